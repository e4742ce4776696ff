"""Counting the judged lines of a sheet, with the first faults and doubts by their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.domain.old_registration import CellFault, LedgerMapping
from desktop.domain.sheet_grid import Grid, column_letters, text_of
from desktop.domain.sheet_import import JudgedLine, LineFault, SheetFindings
from desktop.domain.sheet_layout import joined_headings
from desktop.services.sheet_judging import SheetJudging

MOST_LISTED: Final = 1_000  # faults in a list; the sheet of errors marks them all
_LONGEST_SHOWN: Final = 40


class Tally:
    """Counts judged lines and keeps the first faults and doubts."""

    def __init__(self, mapping: LedgerMapping, grid: Grid) -> None:
        self._columns = joined_headings(grid, mapping.headings)
        self.rows = self.ready = self.known = self.faulty = self.doubles = self.own_numbers = 0
        self._faults: list[LineFault] = []
        self._warnings: list[LineFault] = []
        self._counts = [0, 0]

    def add(self, chunk: Sequence[JudgedLine]) -> None:
        """Count some lines."""
        for line in chunk:
            self.rows += 1
            self.ready += line.is_ready
            self.known += line.is_known
            self.doubles += line.twin is not None
            self.faulty += bool(line.read.faults)
            self.own_numbers += line.is_ready and not line.read.old.number
            self._list(line, line.read.faults, self._faults, 0)
            doubt = (
                () if line.twin is None else (CellFault(column=None, what=f"与第 {line.twin} 行完全相同，只导入一次"),)
            )
            self._list(line, (*line.read.warnings, *doubt), self._warnings, 1)

    def findings(self, judging: SheetJudging) -> SheetFindings:
        """Give what was found."""
        return SheetFindings(
            rows=self.rows,
            ready=self.ready,
            known=self.known,
            faulty=self.faulty,
            doubles=self.doubles,
            skipped=dict(judging.skipped),
            faults=tuple(self._faults),
            fault_count=self._counts[0],
            warnings=tuple(self._warnings),
            warning_count=self._counts[1],
            own_numbers=self.own_numbers,
        )

    def _list(self, line: JudgedLine, found: Sequence[CellFault], into: list[LineFault], place: int) -> None:
        self._counts[place] += len(found)
        for fault in found[: max(0, MOST_LISTED - len(into))]:
            column = fault.column
            heading = self._columns[column].replace("\n", "/") if column is not None else ""
            letters = f" {column_letters(column)} 列" if column is not None else ""
            cell = line.cells[column] if column is not None and column < len(line.cells) else None
            into.append(
                LineFault(
                    line=line.read.line,
                    column=column,
                    where=f"第 {line.read.line} 行{letters}{f'（{heading}）' if heading else ''}",
                    cell=text_of(cell)[:_LONGEST_SHOWN],
                    what=fault.what,
                )
            )
