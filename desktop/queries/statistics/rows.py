"""The rows behind a figure: as many as it counts, each with what it adds."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Row, String, cast, func, literal
from sqlalchemy.orm import Session

from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.measure import CountedRow, RowsAsked
from desktop.queries.statistics.source import Count
from desktop.queries.statistics.tally import ALL_COUNTS, rows_asked

_LONGEST_NOTE: Final = 200


def counted_rows(
    session: Session, asked: RowsAsked, *, known_by: datetime | None = None, offset: int = 0, limit: int = 200
) -> tuple[CountedRow, ...]:
    """Give some of the rows that one figure counts, the latest first; ``known_by`` as of ``tally``.

    Raises ``KeyError`` for a measure that is not counted from rows, or cannot be parted so.
    """
    count = ALL_COUNTS[asked.measure]
    source, shown = count.source, count.source.shown
    columns = (
        (source.opens if source.opens is not None else source.id).label("id"),
        shown.filing_id.label("filing_id"),
        shown.number.label("number"),
        cast(count.event_day, String).label("on_day"),
        shown.title.label("title"),
        shown.place.label("place"),
        shown.community.label("community"),
        shown.note.label("note"),
        (literal(1) if count.amount is None else func.coalesce(count.amount, 0)).label("amount"),
    )
    statement = rows_asked(
        count, columns, asked.period, within=asked.within, known_by=known_by, more=(shown.joined,)
    ).order_by(count.event_day.desc(), source.id.desc())
    return tuple(_row(row, count) for row in session.execute(statement.offset(offset).limit(limit)))


def row_count(session: Session, asked: RowsAsked, known_by: datetime | None = None) -> int:
    """Count the rows behind one figure: its own number where rows are counted, not where amounts are added up."""
    count = ALL_COUNTS[asked.measure]
    statement = rows_asked(count, [func.count()], asked.period, within=asked.within, known_by=known_by)
    return session.scalar(statement) or 0


def _row(row: Row[Any], count: Count) -> CountedRow:
    amount = Decimal(row.amount) / count.parts if count.parts != 1 else int(row.amount)
    return CountedRow(
        kind=count.source.row_kind,
        id=row.id,
        filing_id=row.filing_id,
        number=row.number or "",
        on=_day(row.on_day),
        title=cover_numbers(row.title or ""),
        place=cover_numbers(row.place or ""),
        community=row.community or "",
        note=cover_numbers(str(row.note or ""))[:_LONGEST_NOTE],
        amount=amount,
    )


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")[:10]
