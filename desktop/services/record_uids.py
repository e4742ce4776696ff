"""The uids of records: by which a subject is known in every ledger, and the other way round.

A uid is made of what the record itself carries (its act id, the number of its first act, the hash of a paper), so
that it is the same wherever the record lies; ``foreign_subject`` repeats it for what came from elsewhere.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.package import PackageRecord, RecordKind
from desktop.services.record_shape import SHAPES, filing_uid, paper_uid

BATCH: Final = 500
_BATCH_BYTES: Final = 16 << 20
_T = TypeVar("_T")
# What makes up the uid where it is not the act id.
_MADE_OF: Final = {
    RecordKind.FILING: ("first_number",),
    RecordKind.LOOSE_PAPER: ("code", "number", "sha256"),
}


def batches(values: Iterable[_T], size: int = BATCH) -> Iterator[list[_T]]:
    """Give values in lists of at most ``size`` (500), so that a question never names too many."""
    waiting = iter(values)
    while batch := list(islice(waiting, size)):
        yield batch


def record_batches(records: Iterable[PackageRecord]) -> Iterator[list[PackageRecord]]:
    """Give records in lists as ``batches`` does, shorter where records are large, so that memory stays bounded."""
    batch: list[PackageRecord] = []
    size = 0
    for record in records:
        if batch and (len(batch) >= BATCH or size + record.size > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += record.size
    if batch:
        yield batch


def ordered_ids(session: Session, kind: RecordKind, only: Collection[int] | None = None) -> Sequence[int]:
    """Give the ids of a kind in the order of their uids, all or ``only`` some; 8 bytes each.

    Of two papers with one uid, which are the same paper, the older is given.
    """
    if kind in _MADE_OF:
        pairs: dict[str, int] = {}
        for key, uid in _pairs(session.execute(_asked(kind).order_by(_key(kind))), kind):
            if only is None or key in only:
                pairs.setdefault(uid, key)
        return array("q", (pairs[uid] for uid in sorted(pairs)))
    # The index on act ids gives this order without reading a row.
    found = session.execute(_asked(kind).order_by(_head(kind).c.act_id).execution_options(yield_per=BATCH))
    return array("q", (key for key, _uid in _pairs(found, kind) if only is None or key in only))


def uids_of(session: Session, kind: RecordKind, ids: Iterable[int]) -> dict[int, str]:
    """Give the uids of subjects of one kind; what is not there is left out."""
    found: dict[int, str] = {}
    for some in batches(ids):
        found.update(_pairs(session.execute(_asked(kind).where(_key(kind).in_(some))).all(), kind))
    return found


def ids_by_uid(session: Session, kind: RecordKind, uids: Collection[str]) -> dict[str, int]:
    """Give the subjects of one kind that bear some uids; what is not here is left out."""
    if kind in _MADE_OF:
        # Such a uid cannot be turned back; there are at most some ten thousand filings and loose papers.
        every = every_uid(session, kind)
        return {uid: every[uid] for uid in uids if uid in every}
    found: dict[str, int] = {}
    act_id = _head(kind).c.act_id
    for some in batches(uids):
        found.update((uid, key) for key, uid in _pairs(session.execute(_asked(kind).where(act_id.in_(some))), kind))
    return found


def every_uid(session: Session, kind: RecordKind) -> dict[str, int]:
    """Give all subjects of one kind by uid; of two with the same one the older."""
    return {uid: key for key, uid in _pairs(session.execute(_asked(kind).order_by(_key(kind).desc())), kind)}


def count_of(session: Session, kind: RecordKind) -> int:
    """Count the subjects of a kind."""
    rows = SHAPES[kind][0].rows
    asked = select(func.count()).select_from(rows.source)
    return session.execute(asked if rows.only is None else asked.where(rows.only)).scalar_one()


def highest_id(session: Session, kind: RecordKind) -> int:
    """Give the highest id among the subjects of a kind; 0 for none."""
    return session.execute(select(func.max(_key(kind)))).scalar_one() or 0


def _head(kind: RecordKind) -> Any:
    return SHAPES[kind][0].table


def _key(kind: RecordKind) -> Any:
    return SHAPES[kind][0].rows.key


def _asked(kind: RecordKind) -> Select[Any]:
    rows, table = SHAPES[kind][0].rows, _head(kind)
    asked = select(rows.key, *(table.c[name] for name in _MADE_OF.get(kind, ("act_id",)))).select_from(rows.source)
    return asked if rows.only is None else asked.where(rows.only)


def _pairs(found: Iterable[Sequence[Any]], kind: RecordKind) -> Iterator[tuple[int, str]]:
    for row in found:
        key: int = row[0]
        parts: Sequence[str] = row[1:]
        if kind is RecordKind.FILING:
            yield key, filing_uid(parts[0])
        elif kind is RecordKind.LOOSE_PAPER:
            yield key, paper_uid(code=parts[0], number=parts[1], sha256=parts[2])
        else:
            yield key, parts[0]
