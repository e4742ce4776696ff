"""Reads of the registers beside the ledger: the entries that stand, the forms an entry had, what names them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from desktop.domain.book import BookKind, BookRow
from desktop.domain.book_values import from_plain, search_text
from desktop.domain.books import BOOKS, BookCriteria
from desktop.domain.search_keys import normalise
from desktop.models.book_entry import BookEntry
from desktop.models.filing import Filing


def book_rows(session: Session, kind: BookKind, criteria: BookCriteria, *, limit: int | None = None) -> list[BookRow]:
    """List the entries of a register that stand, the last day first."""
    asked = _entries().where(BookEntry.kind == kind.value, BookEntry.ended_at.is_(None), *_inside(criteria))
    wanted = normalise(criteria.text)
    rows: list[BookRow] = []
    for found in session.execute(asked.order_by(BookEntry.happened_on.desc(), BookEntry.id.desc())):
        row = _row(found)
        if wanted and wanted not in search_text(BOOKS[kind], row):
            continue
        rows.append(row)
        if len(rows) == limit:
            break
    return rows


def attendances(session: Session, firm_id: int, name: str) -> tuple[BookRow, ...]:
    """List the trainings of a firm, the last first; also those noted under its name before it was on the register."""
    asked = _entries().where(BookEntry.kind == BookKind.ATTENDANCE.value, BookEntry.ended_at.is_(None))
    nameless = and_(BookEntry.firm_id.is_(None), BookEntry.values["firm"].as_string() == name)
    found = session.execute(
        asked.where(or_(BookEntry.firm_id == firm_id, nameless)).order_by(BookEntry.happened_on.desc())
    )
    return tuple(_row(each) for each in found)


def book_forms(session: Session, uid: str) -> tuple[BookRow, ...]:
    """Give all forms of an entry, the last first."""
    asked = _entries().where(BookEntry.uid == uid).order_by(BookEntry.version.desc())
    return tuple(_row(found) for found in session.execute(asked))


def standing_row(session: Session, entry_id: int) -> BookRow | None:
    """Give the form of an entry that stands now, by the id of any form of it."""
    uid = select(BookEntry.uid).where(BookEntry.id == entry_id).scalar_subquery()
    found = session.execute(_entries().where(BookEntry.uid == uid, BookEntry.ended_at.is_(None))).first()
    return None if found is None else _row(found)


def standing_entry(session: Session, uid: str) -> BookEntry | None:
    """Give the form of an entry that stands."""
    return session.scalars(select(BookEntry).where(BookEntry.uid == uid, BookEntry.ended_at.is_(None))).first()


def _entries() -> Select[BookEntry, str]:
    return select(BookEntry, Filing.number).outerjoin(Filing, Filing.id == BookEntry.filing_id)


def _inside(criteria: BookCriteria) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if criteria.first_on is not None:
        conditions.append(BookEntry.happened_on >= criteria.first_on)
    if criteria.last_on is not None:
        conditions.append(BookEntry.happened_on <= criteria.last_on)
    if criteria.community is not None:
        conditions.append(BookEntry.community == criteria.community)
    if criteria.filing_id is not None:
        conditions.append(BookEntry.filing_id == criteria.filing_id)
    return conditions


def _row(found: Any) -> BookRow:
    entry, filing_number = found
    kind = BookKind(entry.kind)
    beside = {"community": entry.community, "organisation": entry.organisation, "filing": filing_number or ""}
    plain = {**entry.values, **{key: value for key, value in beside.items() if value}}
    return BookRow(
        id=entry.id,
        uid=entry.uid,
        kind=kind,
        number=entry.number,
        happened_on=entry.happened_on,
        community=entry.community,
        organisation=entry.organisation,
        filing_id=entry.filing_id,
        filing_number=filing_number or "",
        values=from_plain(BOOKS[kind], plain),
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        version=entry.version,
        ended_at=entry.ended_at,
        end_reason=entry.end_reason,
        is_withdrawn=entry.is_withdrawn,
    )
