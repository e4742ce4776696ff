"""What belongs to a period and came to be known only after a moment: why a figure now differs from the one printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, func, literal, select
from sqlalchemy.orm import Session

from desktop.domain.book import BookKind
from desktop.domain.books import BOOKS
from desktop.domain.life_acts import CloseOutState
from desktop.domain.local_rules import local
from desktop.domain.period import Period
from desktop.domain.report import LateEntry
from desktop.models.book_entry import BookEntry
from desktop.models.filing import Filing
from desktop.models.record import AuditEvent
from desktop.models.registration_life import CloseOut, RegistrationChange
from desktop.queries.statistics.book_rows import end_known, entry_known
from desktop.queries.statistics.registration_counts import CHANGES
from desktop.queries.statistics.source import Source, in_period
from desktop.queries.statistics.tally import ALL_COUNTS

RECORDED: Final = "补录"
RECEIVED: Final = "上报包接收"
PUT_RIGHT: Final = "更正"
WITHDRAWN: Final = "撤回"
ALTERED: Final = "此后改动"
MOST: Final = 1_000


def late_entries(session: Session, period: Period, since: datetime, *, most: int = MOST) -> tuple[LateEntry, ...]:
    """List rows of a period that the ledger came to know after a moment, and book entries put right or withdrawn then.

    In the order in which they came, at most ``most`` of each kind of row.
    """
    found = [
        entry for source in _sources() for entry in _of_source(session, source, period=period, since=since, most=most)
    ]
    found += [*_book_ends(session, period, since, most), *_altered(session, period, since, most)]
    return tuple(sorted(set(found), key=lambda entry: (entry.known_at, entry.kind, entry.number)))


def _sources() -> Iterator[Source]:
    """Give each source of rows once: those that differ only in how rows are counted tell of the same ones."""
    seen: set[tuple[str, str]] = set()
    for count in ALL_COUNTS.values():
        mark = (count.source.word, str(count.source.id))
        if mark not in seen:
            seen.add(mark)
            yield count.source


def _of_source(session: Session, source: Source, *, period: Period, since: datetime, most: int) -> Iterator[LateEntry]:
    shown = source.shown
    done_at = literal(None) if source.done_at is None else source.done_at
    columns = (
        shown.number.label("number"),
        source.on.label("on_day"),
        source.known_at.label("known_at"),
        done_at.label("done_at"),
    )
    statement: Any = select(*columns)
    for join in dict.fromkeys((source.joined, source.known_joined, shown.joined)):
        statement = join(statement)
    known_at = source.known_at
    asked = statement.where(in_period(source.on)(period), known_at > since).order_by(known_at).limit(most)
    return (_entry(local(source.word), row) for row in session.execute(asked))


def _entry(word: str, row: Row[Any]) -> LateEntry:
    came_by_package = row.done_at is not None and row.known_at != row.done_at
    return LateEntry(
        kind=word,
        number=row.number or "",
        on=_day(row.on_day),
        known_at=row.known_at,
        what=RECEIVED if came_by_package else RECORDED,
    )


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _altered(session: Session, period: Period, since: datetime, most: int) -> Iterator[LateEntry]:
    """Give what later acts altered of works counted: registrations changed since, completions that did not hold."""
    known_at = CHANGES.known_at.label("known_at")
    changed = (
        select(RegistrationChange.number, RegistrationChange.changed_on.label("on_day"), known_at)
        .join(Filing, Filing.id == RegistrationChange.filing_id)
        .where(Filing.accepted_on <= period.last_on, RegistrationChange.changed_on > period.last_on, known_at > since)
    )
    was_completed_on = func.json_extract(AuditEvent.changes, "$[0][1]")
    withdrawn = (
        select(Filing.number, was_completed_on.label("on_day"), AuditEvent.at.label("known_at"))
        .join(Filing, Filing.id == AuditEvent.filing_id)
        .where(AuditEvent.act == "completion_withdrawn", AuditEvent.at > since)
        .where(was_completed_on.between(str(period.first_on), str(period.last_on)))
    )
    refuted = (
        select(CloseOut.number, CloseOut.completed_on.label("on_day"), func.min(AuditEvent.at).label("known_at"))
        .join(AuditEvent, AuditEvent.filing_id == CloseOut.filing_id)
        .where(AuditEvent.act == "closeout_checked", AuditEvent.at > since, AuditEvent.at > CloseOut.done_at)
        .where(CloseOut.state == CloseOutState.NOT_COMPLETE.value, in_period(CloseOut.completed_on)(period))
        .group_by(CloseOut.id)
    )
    for word, asked in (("变更", changed), ("撤回完工", withdrawn), ("核实未完工", refuted)):
        for row in session.execute(asked.order_by("known_at").limit(most)):
            yield LateEntry(kind=word, number=row.number, on=_day(row.on_day), known_at=row.known_at, what=ALTERED)


def _book_ends(session: Session, period: Period, since: datetime, most: int) -> Iterator[LateEntry]:
    """Give the entries that were counted and are ended since; the form that takes their place is told by its source."""
    ended = end_known().label("end_known")
    asked = (
        select(BookEntry.kind, BookEntry.number, BookEntry.happened_on, BookEntry.is_withdrawn, ended)
        .where(in_period(BookEntry.happened_on)(period), BookEntry.ended_at.is_not(None))
        .where(ended > since, entry_known() <= since)
        .order_by(ended, func.coalesce(BookEntry.number, ""))
        .limit(most)
    )
    for row in session.execute(asked):
        yield LateEntry(
            kind=BOOKS[BookKind(row.kind)].title,
            number=row.number,
            on=row.happened_on,
            known_at=row.end_known,
            what=WITHDRAWN if row.is_withdrawn else PUT_RIGHT,
        )
