"""Entries of the registers beside the ledger as statistics read them: their fields, and the form that stands.

As known at a moment an entry counts in the form that stood then: recorded by then, not yet put right or withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Float, Integer, String, and_, case, cast, func, literal, not_, select
from sqlalchemy.orm import aliased

from desktop.domain.book import BookKind
from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.package import RecordKind
from desktop.domain.period import Period
from desktop.models.book_entry import BookEntry
from desktop.models.package import ForeignSubject
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.source import Column, Count, Shown, Source, code

CENTS: Final = 100

Entry = type[BookEntry]


def value(key: str, entry: Entry = BookEntry) -> ColumnElement[Any]:
    """Give a field of an entry as it is stored: counts as numbers, days and money as text."""
    return func.json_extract(entry.values, f"$.{key}")


def text(key: str, entry: Entry = BookEntry) -> ColumnElement[str]:
    """Give a field as text, empty where it is not filled in."""
    return code(cast(value(key, entry), String))


def count(key: str) -> ColumnElement[int]:
    """Give a field that holds a count, nothing filled in adding nothing."""
    return cast(func.coalesce(value(key), 0), Integer)


def cents(key: str) -> ColumnElement[int]:
    """Give a field that holds money in cents, so that adding up stays exact."""
    return cast(func.round(cast(func.coalesce(value(key), 0), Float) * CENTS), Integer)


def standing(entry: Entry, known_by: datetime | None) -> ColumnElement[bool]:
    """Say that an entry stands in this form, now or at a moment."""
    if known_by is None:
        return entry.ended_at.is_(None)
    was_ended = and_(entry.ended_at.is_not(None), end_known(entry) <= known_by)
    return and_(entry_known(entry) <= known_by, not_(was_ended))


def entry_known(entry: Entry = BookEntry) -> ColumnElement[Any]:
    """Give the moment at which this ledger came to know of a form: written here, or brought by a package."""
    return known_here(RecordKind.BOOK_ENTRY, entry.id, entry.recorded_at)


def end_known(entry: Entry = BookEntry) -> ColumnElement[Any]:
    """Give the moment at which this ledger came to know that a form is ended.

    Of one that came from elsewhere that is when the form that takes its place came, so that never both count and never
    none; of one that was withdrawn, the last package that brought it.
    """
    later, last = aliased(BookEntry), ForeignSubject.last_received_at
    replaced = select(func.min(entry_known(later))).where(later.uid == entry.uid, later.version > entry.version)
    came = case((entry.ended_at <= last, func.coalesce(replaced.correlate(entry).scalar_subquery(), last)))
    received = select(came).where(
        ForeignSubject.kind == RecordKind.BOOK_ENTRY.value, ForeignSubject.subject_id == entry.id
    )
    return func.coalesce(received.correlate(entry).scalar_subquery(), entry.ended_at)


def entries_of(kind: BookKind, *, title: str, word: str, members: Mapping[Breakdown, Column] | None = None) -> Source:
    """Give the entries of a register; ``title`` is the field that names one in a list."""
    return Source(
        row_kind=RowKind.BOOK_ENTRY,
        joined=lambda statement: statement.select_from(BookEntry).where(BookEntry.kind == kind.value),
        id=BookEntry.id,
        on=BookEntry.happened_on,
        known_at=entry_known(),
        done_at=BookEntry.recorded_at,
        shown=Shown(
            filing_id=BookEntry.filing_id,
            number=BookEntry.number,
            title=func.coalesce(func.nullif(text(title), ""), literal(word)),
            place=text("place"),
            community=BookEntry.community,
            note=BookEntry.organisation,
        ),
        word=word,
        members={
            Breakdown.COMMUNITY: code(BookEntry.community),
            Breakdown.ORGANISATION: code(BookEntry.organisation),
            **(members or {}),
        },
    )


def in_period(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    """Say that an entry falls into the period by its day, in the form that stands, or that stood at a moment."""
    return and_(BookEntry.happened_on.between(period.first_on, period.last_on), standing(BookEntry, known_by))


class Counting:
    """Makes the counts of one register that fall into a period by their day."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __call__(
        self, *, only: ColumnElement[bool] | None = None, amount: Column | None = None, parts: int = 1
    ) -> Count:
        """Give a count; ``amount`` is added up, in parts of ``parts``."""
        return Count(
            source=self._source,
            when=in_period,
            known_when=in_period,
            only=only,
            amount=amount,
            parts=parts,
        )
