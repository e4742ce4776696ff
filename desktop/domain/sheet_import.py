"""Taking an old ledger in: what a sheet looks like, what a dry run finds, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.acts import Change
from desktop.domain.column_mapping import Proposal
from desktop.domain.old_registration import Blanks, ReadLine
from desktop.domain.sheet_grid import GridRow, SheetName, SheetNote
from desktop.domain.sheet_layout import HeadingLines, Skipped

OLD_LEDGER = "old_ledger"  # the purpose under which mappings and imports are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """A sheet as it is shown before anything is judged; ``headings`` None when none were found."""

    sheet: str
    sheets: tuple[SheetName, ...]
    notes: tuple[SheetNote, ...]
    preview: tuple[GridRow, ...]  # the first lines
    lines: int
    headings: HeadingLines | None
    columns: tuple[str, ...]  # the joined headings
    samples: tuple[tuple[str, ...], ...]  # the first texts of each column
    proposals: tuple[Proposal, ...]
    blanks: Blanks = field(default_factory=Blanks)  # as they were chosen for these headings before
    is_saved: bool = False  # somebody confirmed a mapping of these headings before


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLine:
    """A line with whether it can be taken; ``twin`` is an earlier line of the sheet that says the same."""

    read: ReadLine
    cells: GridRow
    is_known: bool = False
    twin: int | None = None

    @property
    def is_ready(self) -> bool:
        """Say whether the line becomes a registration."""
        return not self.read.faults and not self.is_known and self.twin is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault:
    """One fault or doubt as a list shows it: where, what stands there, and how to put it right."""

    line: int
    column: int | None
    where: str
    cell: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFindings:
    """What a dry run found; the lists hold the first of many, the counts all of them."""

    rows: int
    ready: int
    known: int
    faulty: int
    doubles: int
    skipped: Mapping[Skipped, int] = field(default_factory=dict)
    faults: tuple[LineFault, ...] = ()
    fault_count: int = 0
    warnings: tuple[LineFault, ...] = ()
    warning_count: int = 0
    own_numbers: int = 0  # lines that will get a number of the station's own series
    sha256: str = ""  # of the file, so that what is taken is what was looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTaken:
    """What an import wrote."""

    import_id: int
    taken: int
    known: int
    refused: int
    changes: frozenset[Change] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSheet:
    """One import as the list of imports shows it."""

    id: int
    file_name: str
    rows: int
    taken: int
    known: int
    refused: int
    at: datetime
    who: str
