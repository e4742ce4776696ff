"""Which subjects go into a package: what changed and is not settled, what belongs to a period, or all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.package import PackageKind, RecordKind
from desktop.domain.packing import settled_event
from desktop.models.book_entry import BookEntry
from desktop.models.package import RefusedRecord, SentPackage
from desktop.services.changed_subjects import ChangedSubjects, touched_between
from desktop.services.record_references import meant
from desktop.services.record_shape import HEAD_OF, PAPER, SHAPES, TableShape
from desktop.services.record_uids import batches
from desktop.services.stored_form import names_of, stored_columns

Chosen = Mapping[RecordKind, Collection[int] | None]  # None: every subject of the kind
# The day that says when something happened on its site, whenever it was entered.
_OWN_DAY: Final = {
    RecordKind.FILING: "filed_on",
    RecordKind.REPORT: "received_on",
    RecordKind.DRAW: "drawn_on",
    RecordKind.FOUND_SITE: "found_on",
    RecordKind.PATROL: "visited_on",
    RecordKind.HAZARD: "found_on",
    RecordKind.TRANSFER: "sent_on",
    RecordKind.BOOK_ENTRY: "happened_on",
}


def settled_up_to(session: Session) -> int:
    """Give up to which event of the trail everything was acknowledged; a package of a period settles nothing."""
    asked = select(SentPackage.from_event, SentPackage.to_event).where(
        SentPackage.acknowledged_at.is_not(None), SentPackage.kind != PackageKind.PERIOD.value
    )
    return settled_event((after, up_to) for after, up_to in session.execute(asked))


def refused_ids(session: Session) -> dict[RecordKind, set[int]]:
    """Give the subjects that a receiver did not take."""
    found: dict[RecordKind, set[int]] = defaultdict(set)
    for kind, subject_id in session.execute(select(RefusedRecord.kind, RefusedRecord.subject_id)):
        found[RecordKind(kind)].add(subject_id)
    return found


def unsettled(session: Session, changed: ChangedSubjects) -> dict[RecordKind, set[int]]:
    """Give what is not yet up: changed after ``changed.after``, or refused."""
    refused = refused_ids(session)
    return {kind: {*changed.ids(kind), *refused.get(kind, ())} for kind in RecordKind}


def of_period(session: Session, first: date, last: date) -> dict[RecordKind, set[int]]:
    """Give what belongs to a period, and everything it refers to, so that the package stands by itself.

    To a period belongs what an act of these days (local) touched, and what bears a day of it itself: a visit of the
    last day of a month that is entered on the next morning is in both.
    """
    found = touched_between(session, first, last)
    for kind, column in _OWN_DAY.items():
        table = SHAPES[kind][0].table
        asked = select(table.c.id).where(table.c[column].between(first, last))
        found[kind].update(session.execute(asked).scalars())
    return closed_over(session, found)


def closed_over(session: Session, chosen: Mapping[RecordKind, Collection[int]]) -> dict[RecordKind, set[int]]:
    """Add to some subjects all that they refer to, and what those refer to."""
    whole: dict[RecordKind, set[int]] = {kind: set() for kind in RecordKind}
    fresh: dict[RecordKind, set[int]] = {kind: set(chosen.get(kind, ())) for kind in RecordKind}
    while any(fresh.values()):
        further: dict[RecordKind, set[int]] = {kind: set() for kind in RecordKind}
        for kind, ids in fresh.items():
            whole[kind] |= ids
            for other, key in _referred(session, kind, ids):
                further[other].add(key)
        fresh = {kind: ids - whole[kind] for kind, ids in further.items()}
    return whole


def _referred(session: Session, kind: RecordKind, ids: Collection[int]) -> Iterator[tuple[RecordKind, int]]:
    if kind is RecordKind.BOOK_ENTRY:
        yield from ((kind, key) for key in _other_forms(session, ids))
    for shape in SHAPES[kind]:
        if not (shape.outer or shape.paper or shape.is_attachment):
            continue
        for some in batches(ids):
            yield from _referred_in(session, shape, some)


def _other_forms(session: Session, ids: Collection[int]) -> Iterator[int]:
    """Give all forms of some entries: one that was put right says nothing without the one that took its place."""
    for some in batches(ids):
        entries = select(BookEntry.uid).where(BookEntry.id.in_(some))
        yield from session.scalars(select(BookEntry.id).where(BookEntry.uid.in_(entries)))


def _referred_in(session: Session, shape: TableShape, ids: list[int]) -> Iterator[tuple[RecordKind, int]]:
    rows, names, papers = shape.rows, names_of(shape.table), set[int]()
    asked = select(*stored_columns(shape.table)).select_from(rows.source).where(rows.key.in_(ids))
    for values in session.execute(asked if rows.only is None else asked.where(rows.only)):
        stored = dict(zip(names, values, strict=True))
        yield from meant(shape, stored)
        if shape.paper is not None and stored[shape.paper] is not None:
            papers.add(stored[shape.paper])
    yield from _of_papers(session, papers)


def _of_papers(session: Session, papers: set[int]) -> Iterator[tuple[RecordKind, int]]:
    """Give the records that papers belong to: their filing, or themselves where they have none."""
    assert HEAD_OF[RecordKind.LOOSE_PAPER] == PAPER
    table = SHAPES[RecordKind.LOOSE_PAPER][0].table
    for some in batches(papers):
        for key, filing_id in session.execute(select(table.c.id, table.c.filing_id).where(table.c.id.in_(some))):
            yield (RecordKind.LOOSE_PAPER, key) if filing_id is None else (RecordKind.FILING, filing_id)
