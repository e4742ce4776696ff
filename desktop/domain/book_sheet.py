"""A sheet of a register before it is taken in: what each column means, and what is wrong with each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.acts import Change, FieldFault
from desktop.domain.book import BookKind


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheetRow:
    """One row: its line in the sheet from 1, its cells as texts by field key, and its faults."""

    line: int
    texts: Mapping[str, str]
    faults: tuple[FieldFault, ...] = ()
    is_known: bool = False  # stands in the register already, or twice in the sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheetPlan:
    """What taking a sheet in would do; with one faulty row nothing of it is taken."""

    kind: BookKind
    file_name: str
    sha256: str
    sheet: str
    mapped: Mapping[str, str]  # heading by field key
    unused: tuple[str, ...]  # headings that mean nothing here
    rows: tuple[BookSheetRow, ...]

    @property
    def faulty(self) -> tuple[BookSheetRow, ...]:
        """Give the rows that cannot stand."""
        return tuple(row for row in self.rows if row.faults)

    @property
    def known(self) -> int:
        """Count the rows that stand in the register already."""
        return sum(row.is_known and not row.faults for row in self.rows)

    @property
    def new(self) -> int:
        """Count the rows that would be taken."""
        return len(self.rows) - self.known - len(self.faulty)


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksTaken:
    """What came of taking a sheet in: entries written, rows known before."""

    taken: int
    known: int
    changes: frozenset[Change]
