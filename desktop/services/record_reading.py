"""Subjects of the ledger as records of a package: batch by batch, in the order of their uids.

How a record is written (what the receiving side reads):

``rows``
    {name of the table: [row, …]}; a table without rows is left out.  Tables and columns are those of
    ``record_shape.SHAPES``.
row
    {column: value as the file holds it}: JSON columns stay the text they are, moments are UTC text, flags 0 or 1;
    empty (null) columns are left out.
order
    Rows stand in the order of their primary key.  The rows of ``drawn_filing``, whose key is the number of another
    subject, stand in the order of their canonical JSON.
inner reference
    "@n": the n-th row (from 1) of the table it means (``TableShape.inner``) within the record.
outer reference
    The uid of the record meant, under the name of the column.  One to a row that is no longer there is left out.
paper
    Under the name of the column: {"of": uid of its filing, or null for a loose paper, "sha256": hash of its PDF}.
attachment
    "subject_uid" beside "subject", when the photo shows one subject.
community
    That of the head; empty where the head has none (draws, papers of no community).
versions
    ``RecordVersions``.  An own subject that no event ever touched has 1 of its station.
masked
    See ``record_masking``: no papers, reprints, scans and orders, no references to papers, no loose papers and loose
    scans.  ``before`` and ``after`` of a change are covered as the matter is.  What lies here masked only stays
    ``is_masked`` when it is sent on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.package import PackageRecord, RecordKind, Versions, canonical_json
from desktop.services.record_masking import UNMASKABLE, covered_value, is_left_out
from desktop.services.record_references import References
from desktop.services.record_shape import HEAD_OF, SHAPES, TableShape
from desktop.services.record_uids import BATCH, batches, ordered_ids, uids_of
from desktop.services.stored_form import names_of, stored_columns

Row = dict[str, Any]
Stored = dict[str, Any]  # every column of a row by its name, as the file holds it
# Records that hold papers can be some hundred kilobytes each.
_LARGE: Final = frozenset({RecordKind.FILING, RecordKind.LOOSE_PAPER})
_WITH_PAPERS: Final = 50


class VersionLookup(Protocol):
    """Knows in which versions subjects lie here."""

    def of(self, session: Session, kind: RecordKind, ids: Sequence[int]) -> Mapping[int, tuple[Versions, bool]]:
        """Give the versions of some subjects, and whether each lies here masked only."""


def records_of(
    session: Session,
    kind: RecordKind,
    ids: Collection[int] | None,
    *,
    versions: VersionLookup,
    masked: bool,
) -> Iterator[PackageRecord]:
    """Give the records of a kind, all (None) or of some subjects, sorted by uid; memory stays flat.

    A subject that is no longer there is passed over.  The session need not be whole: rows are read below the gate, so
    the caller answers for the right to see them.
    """
    if masked and kind in UNMASKABLE:
        return
    references = References(session)
    for some in batches(ordered_ids(session, kind, ids), _WITH_PAPERS if kind in _LARGE else BATCH):
        yield from _Batch(session, kind, some, references, masked=masked).records(versions)


class _Batch:
    """The rows of up to 500 subjects of one kind, read table by table."""

    def __init__(
        self, session: Session, kind: RecordKind, ids: Sequence[int], references: References, *, masked: bool
    ) -> None:
        self._session, self._kind, self._ids, self._masked = session, kind, ids, masked
        self._references = references
        self._shapes = [shape for shape in SHAPES[kind] if not (masked and is_left_out(shape))]
        self._stored = {shape.table.name: self._read(shape) for shape in self._shapes}
        references.look_up(self._all_stored())

    def records(self, versions: VersionLookup) -> Iterator[PackageRecord]:
        """Give the records in the order of the ids."""
        uids = uids_of(self._session, self._kind, self._ids)
        known = versions.of(self._session, self._kind, self._ids)
        for key in self._ids:
            head = self._stored[HEAD_OF[self._kind]].get(key)
            if head is None:
                continue
            stated, is_masked = known[key]
            yield PackageRecord(
                kind=self._kind,
                uid=uids[key],
                community=head[0].get("community") or "",
                versions=stated,
                is_masked=self._masked or is_masked,
                rows=self._rows_of(key),
            )

    def _read(self, shape: TableShape) -> dict[int, list[Stored]]:
        """Give the rows of a table by subject, each subject's in their order."""
        rows, names = shape.rows, names_of(shape.table)
        asked = select(rows.key, *stored_columns(shape.table)).select_from(rows.source).where(rows.key.in_(self._ids))
        if rows.only is not None:
            asked = asked.where(rows.only)
        found: dict[int, list[Stored]] = defaultdict(list)
        for key, *values in self._session.execute(asked.order_by(rows.key, *shape.table.primary_key)).all():
            found[key].append(dict(zip(names, values, strict=True)))
        return found

    def _all_stored(self) -> Iterator[tuple[TableShape, Stored]]:
        for shape in self._shapes:
            for rows in self._stored[shape.table.name].values():
                for stored in rows:
                    yield shape, stored

    def _rows_of(self, key: int) -> dict[str, tuple[Row, ...]]:
        places: dict[str, dict[int, int]] = {}
        written: dict[str, tuple[Row, ...]] = {}
        for shape in self._shapes:
            name, stored = shape.table.name, self._stored[shape.table.name].get(key, [])
            if shape.has_own_number:
                places[name] = {row["id"]: place for place, row in enumerate(stored, 1)}
            rows = [self._row(shape, row, places) for row in stored]
            if name == "drawn_filing":
                rows.sort(key=canonical_json)
            if rows:
                written[name] = tuple(rows)
        return written

    def _row(self, shape: TableShape, stored: Stored, places: Mapping[str, Mapping[int, int]]) -> Row:
        row = {name: stored[name] for name in shape.carried if stored[name] is not None}
        if self._masked:
            row = {name: covered_value(shape, name, value) for name, value in row.items()}
        for name, table in shape.inner.items():
            place = places.get(table, {}).get(stored[name])
            if place is not None:
                row[name] = f"@{place}"
        row.update(self._references.of(shape, stored, names_papers=not self._masked))
        return row
