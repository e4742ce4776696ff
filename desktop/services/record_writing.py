"""Records of a package as rows of this ledger: new ones in bulk, changed ones row by row, never deleting what happened.

Rows are written as the file holds them, past the types of the mapping, so that what arrives is what was sent.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, TableClause, and_, column, delete, func, insert, select, table, text, update
from sqlalchemy.orm import Session

from desktop.domain.package import PackageRecord, RecordKind
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import FilingNumber
from desktop.models.search_index import index_filing
from desktop.services.filing_keys import search_texts
from desktop.services.record_check import SUBJECT_UID, VISIT, head_row, natural_key, place_of
from desktop.services.record_locating import Located
from desktop.services.record_shape import HEAD_OF, PAPER, SHAPES, TableShape
from desktop.services.stored_form import names_of

Values = dict[str, Any]
# What may not be updated is taken away and put back under the same number; all within one transaction.
_NEVER_UPDATED: Final = frozenset({VISIT, PAPER})
# A list that says how things stand; every other table says what happened, and a row of ours stays there.
_STANDING: Final = frozenset({"filing_department"})


class RecordWriter:
    """Writes records into the open writing transaction; ids are given out of one sequence a table.

    Rows may refer to others that come later: foreign keys are looked at when the transaction is committed.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[str, int] = {}
        session.execute(text("PRAGMA defer_foreign_keys=ON"))

    def give_id(self, kind: RecordKind) -> int:
        """Give the id under which a new subject will be written."""
        return self._next(HEAD_OF[kind])

    def write_new(self, records: Sequence[tuple[PackageRecord, int]], located: Located) -> None:
        """Write records that are not here, each under the id given to it; one statement a table."""
        located.look_up(record for record, _ in records)
        waiting: dict[tuple[RecordKind, str], list[Values]] = defaultdict(list)
        for record, key in records:
            for shape, values in self._rows(record, key, located):
                waiting[(record.kind, shape.table.name)].append(values)
        for (_, name), rows in waiting.items():
            self._session.connection().execute(insert(_bare(name, tuple(rows[0]))), rows)
        for record, key in records:
            if record.kind is RecordKind.FILING:
                self._index(record, key)

    def replace(self, record: PackageRecord, key: int, located: Located) -> bool:
        """Bring a subject that lies here to what a record says; its rows keep their ids, as others refer to them.

        What happened here and is not in the record stays, and gives true; departments are as the record says.
        """
        located.look_up((record,))
        stored = {shape.table.name: self._stored(record.kind, shape, key) for shape in SHAPES[record.kind]}
        numbers = self._numbers(record, stored)
        ordinals = self._ordinals(record, stored.get(VISIT, {}))
        kept: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
        for shape, values in self._rows(record, key, located, numbers):
            name = shape.table.name
            mark = _mark(shape, record.kind, values)
            kept[name].add(mark)
            if name == VISIT:
                values["ordinal"] = ordinals[mark]
            self._put(shape, values, stored[name].get(mark))
        for name in _STANDING & stored.keys():
            for mark in stored[name].keys() - kept[name]:
                self._take_away(name, stored[name][mark])
        if record.kind is RecordKind.FILING:
            self._index(record, key)
        return any(stored[name].keys() - kept[name] for name in stored.keys() - _STANDING)

    def _numbers(
        self, record: PackageRecord, stored: Mapping[str, Mapping[tuple[Any, ...], Values]]
    ) -> dict[str, list[int]]:
        """Give the ids of a record's rows: those that lie here keep theirs, others get new ones.

        They follow one another here as there, as the last correction counts: rows are moved where that takes it, but
        in tables that others refer to by number.
        """
        given: dict[str, list[int]] = {}
        for shape in SHAPES[record.kind]:
            name = shape.table.name
            if not shape.has_own_number or name == HEAD_OF[record.kind]:
                continue
            marks = [tuple(row.get(part) for part in natural_key(name)) for row in record.rows.get(name, ())]
            held = [stored[name].get(mark) for mark in marks]
            given[name] = [self._next(name) if row is None else row["id"] for row in held]
            if name not in _NEVER_UPDATED:
                given[name].sort()
                self._move(name, [(row, number) for row, number in zip(held, given[name], strict=True) if row])
        return given

    def _move(self, name: str, wanted: list[tuple[Values, int]]) -> None:
        bare, moved = _bare(name, ("id",)), [(row, number) for row, number in wanted if row["id"] != number]
        for row, number in moved:
            self._session.execute(update(bare).where(bare.c.id == row["id"]).values(id=-number))
        for row, number in moved:
            self._session.execute(update(bare).where(bare.c.id == -number).values(id=number))
            row["id"] = number

    def _rows(
        self,
        record: PackageRecord,
        key: int,
        located: Located,
        numbers: Mapping[str, Sequence[int]] | None = None,
    ) -> Iterator[tuple[TableShape, Values]]:
        """Give the rows of a record as they are to be written, in an order in which references are known."""
        places: dict[str, list[int]] = defaultdict(list)
        papers: dict[str, int] = {}
        for shape in SHAPES[record.kind]:
            name = shape.table.name
            for row in record.rows.get(name, ()):
                values = _values(shape, row, key, places)
                self._refer(shape, row, values, record=record, located=located, papers=papers)
                if shape.has_own_number:
                    is_head = name == HEAD_OF[record.kind]
                    number = key if is_head else numbers[name][len(places[name])] if numbers else self._next(name)
                    values["id"] = number
                    places[name].append(number)
                    if name == PAPER:
                        papers.setdefault(values["sha256"], number)
                yield shape, values

    def _refer(
        self,
        shape: TableShape,
        row: Mapping[str, Any],
        values: Values,
        *,
        record: PackageRecord,
        located: Located,
        papers: Mapping[str, int],
    ) -> None:
        for name, kind in shape.outer.items():
            values[name] = located.subject(kind, row[name]) if name in row else None
        if shape.paper is not None:
            meant = row.get(shape.paper)
            if meant is None:
                values[shape.paper] = None
            elif meant["of"] == record.uid:
                values[shape.paper] = papers.get(meant["sha256"])
            else:
                values[shape.paper] = located.paper(meant["of"], meant["sha256"])
        if shape.is_attachment:
            uid = row.get(SUBJECT_UID)
            values["subject_id"] = None if uid is None else located.subject(RecordKind(row["subject"]), uid)

    def _stored(self, kind: RecordKind, shape: TableShape, key: int) -> dict[tuple[Any, ...], Values]:
        """Give the rows of a subject in one table by what they are one of."""
        names = names_of(shape.table)
        found = {}
        for _, *held in self._session.execute(_question(kind, shape.table.name), {"subject": key}):
            values = dict(zip(names, held, strict=True))
            found[_mark(shape, kind, values)] = values
        return found

    def _ordinals(self, record: PackageRecord, held: Mapping[tuple[Any, ...], Values]) -> dict[tuple[Any, ...], int]:
        """Give the places of the visits of a record; visits that happened only here keep theirs.

        Those that change their place are taken away at once, so that no two ever hold the same.
        """
        marks = {tuple(row[part] for part in natural_key(VISIT)): row for row in record.rows.get(VISIT, ())}
        taken = {row["ordinal"] for mark, row in held.items() if mark not in marks}
        given: dict[tuple[Any, ...], int] = {}
        for mark, row in marks.items():
            given[mark] = row["ordinal"] if row["ordinal"] not in taken else max(taken) + 1
            taken.add(given[mark])
            if mark in held and held[mark]["ordinal"] != given[mark]:
                self._take_away(VISIT, held[mark])
        return given

    def _put(self, shape: TableShape, values: Values, held: Values | None) -> None:
        name = shape.table.name
        if held is None:
            self._session.connection().execute(insert(_bare(name, tuple(values))), [values])
            return
        changed = {each: value for each, value in values.items() if held[each] != value}
        if not changed:
            return
        if name in _NEVER_UPDATED:
            self._take_away(name, held)
            whole = {**held, **values}
            self._session.connection().execute(insert(_bare(name, tuple(whole))), [whole])
            return
        bare = _bare(name, (*changed, *_key_of(name, held)))
        self._session.connection().execute(update(bare).where(_is_row(bare, name, held)).values(changed))

    def _take_away(self, name: str, held: Values) -> None:
        bare = _bare(name, tuple(_key_of(name, held)))
        self._session.connection().execute(delete(bare).where(_is_row(bare, name, held)))

    def _index(self, record: PackageRecord, key: int) -> None:
        matter = walk_in_from_plain(json.loads(head_row(record)["walk_in"]))
        asked = select(FilingNumber.number).where(FilingNumber.filing_id == key).order_by(FilingNumber.number)
        index_filing(self._session, key, search_texts(matter, self._session.scalars(asked)))

    def _next(self, name: str) -> int:
        if name not in self._last:
            highest = select(func.max(table(name, column("id")).c.id))
            self._last[name] = int(self._session.execute(highest).scalar_one() or 0)
        self._last[name] += 1
        return self._last[name]


def _values(shape: TableShape, row: Mapping[str, Any], key: int, places: Mapping[str, list[int]]) -> Values:
    """Give what a row carries, what it hangs on, and what of its own record it refers to."""
    values = {name: row[name] if name in row else _default(shape.table.name, name) for name in shape.carried}
    for name, target in shape.inner.items():
        values[name] = places[target][place_of(row[name]) - 1] if name in row else None
    if shape.parent is not None:
        values[shape.parent] = key
    return values


@cache
def _question(kind: RecordKind, name: str) -> Select[Any]:
    """Give the question for the rows of one subject in one table."""
    return next(shape for shape in SHAPES[kind] if shape.table.name == name).rows.of_one()


@cache
def _default(table_name: str, name: str) -> str | None:
    """Give what the file itself writes where a row of an older program does not know a column."""
    column_of = next(s.table.c[name] for shapes in SHAPES.values() for s in shapes if s.table.name == table_name)
    given = getattr(column_of.server_default, "arg", None)
    return None if given is None or column_of.nullable else str(getattr(given, "text", given))


def _mark(shape: TableShape, kind: RecordKind, values: Mapping[str, Any]) -> tuple[Any, ...]:
    if shape.table.name == HEAD_OF[kind]:
        return ()
    return tuple(values[name] for name in natural_key(shape.table.name))


@cache
def _bare(name: str, columns: tuple[str, ...]) -> TableClause:
    """Give a table without types, so that values go into the file as they are."""
    return table(name, *(column(each) for each in dict.fromkeys(columns)))


def _key_of(name: str, held: Mapping[str, Any]) -> dict[str, Any]:
    shape = next(s for shapes in SHAPES.values() for s in shapes if s.table.name == name)
    return {each.name: held[each.name] for each in shape.table.primary_key}


def _is_row(bare: TableClause, name: str, held: Mapping[str, Any]) -> Any:
    return and_(*(bare.c[each] == value for each, value in _key_of(name, held).items()))
