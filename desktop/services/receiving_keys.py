"""Numbers and act ids that only one subject may hold: whether a record brings one that another holds already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, UniqueConstraint, select
from sqlalchemy.orm import Session

from desktop.domain.package import PackageRecord, RecordKind
from desktop.domain.register_number import RegisterNumber, parse_number
from desktop.services.record_shape import HEAD_OF, SHAPES, TableShape
from desktop.services.record_uids import batches
from desktop.services.record_words import column_words, table_words

_NUMBERS: Final = frozenset({"number", "first_number", "registration_number"})
Holder = tuple[RecordKind, int]


@dataclass(frozen=True, slots=True)
class HeldKey:
    """One value that must stand only once in its column."""

    table: str
    column: str
    value: str

    @property
    def words(self) -> str:
        """Say what it is, for whoever reads why a record was refused."""
        return f"{table_words(self.table)}的{column_words(self.column)} {self.value[:60]}"


class KeyCheck:
    """Knows which keys this ledger holds and which the records of a package took so far (8 bytes each)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._taken: set[int] = set()

    def clashes(self, records: Iterable[tuple[PackageRecord, int | None]]) -> dict[str, HeldKey]:
        """Give, by uid, the first key of each record that another subject holds; ``None`` stands for a new one."""
        wanted = [(record, known, list(keys_of(record))) for record, known in records]
        held = self._holders({key for _, _, keys in wanted for key in keys})
        found: dict[str, HeldKey] = {}
        for record, known, keys in wanted:
            own = None if known is None else (record.kind, known)
            clash = next((key for key in keys if held.get(key, own) != own or hash(key) in self._taken), None)
            if clash is not None:
                found[record.uid] = clash
            else:
                self._taken.update(hash(key) for key in keys)
        return found

    def _holders(self, keys: Iterable[HeldKey]) -> dict[HeldKey, Holder]:
        by_column: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key in keys:
            by_column[(key.table, key.column)].add(key.value)
        found: dict[HeldKey, Holder] = {}
        for (table, column), values in by_column.items():
            for kind, shape in _shapes_of(table):
                for some in batches(sorted(values)):
                    for value, holder in self._session.execute(_asked(shape, column, some)):
                        found[HeldKey(table, column, value)] = (kind, holder)
        return found


def keys_of(record: PackageRecord) -> Iterator[HeldKey]:
    """Give what of a fitting record must stand only once; its uid is left out."""
    for shape in SHAPES[record.kind]:
        name = shape.table.name
        columns = _unique_columns(record.kind, name)
        for row in record.rows.get(name, ()) if columns else ():
            for column in columns:
                if column in row:
                    yield HeldKey(name, column, row[column])


def numbers_in(record: PackageRecord) -> Iterator[RegisterNumber]:
    """Give the numbers of an office's series that a fitting record holds."""
    for shape in SHAPES[record.kind]:
        names = _number_columns(record.kind, shape.table.name)
        for row in record.rows.get(shape.table.name, ()) if names else ():
            for name in names:
                number = parse_number(row[name]) if name in row else None
                if number is not None:
                    yield number


@cache
def _number_columns(kind: RecordKind, table: str) -> tuple[str, ...]:
    if table == "platform_entry":
        return ()  # of the district's platform
    shape = next(shape for shape in SHAPES[kind] if shape.table.name == table)
    return tuple(name for name in shape.carried if name in _NUMBERS)


@cache
def _unique_columns(kind: RecordKind, table: str) -> tuple[str, ...]:
    shape = next(shape for shape in SHAPES[kind] if shape.table.name == table)
    single = {
        next(iter(constraint.columns)).name
        for constraint in (*shape.table.constraints, shape.table.primary_key)
        if isinstance(constraint, UniqueConstraint) or constraint is shape.table.primary_key
        if len(constraint.columns) == 1
    }
    if table == HEAD_OF[kind]:
        single.discard("act_id")  # the uid, by which the subject is known anyway
    return tuple(sorted(single & set(shape.carried)))


@cache
def _shapes_of(table: str) -> tuple[tuple[RecordKind, TableShape], ...]:
    return tuple((kind, shape) for kind, shapes in SHAPES.items() for shape in shapes if shape.table.name == table)


def _asked(shape: TableShape, column: str, values: list[str]) -> Any:
    held: Column[Any] = shape.table.c[column]
    asked = select(held, shape.rows.key).select_from(shape.rows.source).where(held.in_(values))
    return asked if shape.rows.only is None else asked.where(shape.rows.only)


def highest_serials(numbers: Iterable[RegisterNumber], codes: frozenset[str]) -> Mapping[tuple[str, str, int], int]:
    """Give the last serial of each run of some offices that stands among numbers."""
    last: dict[tuple[str, str, int], int] = {}
    for number in numbers:
        if number.office_code in codes:
            run = (number.office_code, number.series.value, number.year)
            last[run] = max(last.get(run, 0), number.serial)
    return last
