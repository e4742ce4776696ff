"""A day's patrols read from an Excel file: whole, or with every fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.patrol_cells import is_ditto, read_line
from desktop.domain.patrol_sheet import MOST_ROWS, REQUIRED, SheetColumn, SheetRow, column_named
from desktop.exchange.foreign_pages import foreign_pages

_LARGEST: Final = 10_000_000
_HEADINGS_WITHIN: Final = 20  # lines in which the headings are looked for


@dataclass(frozen=True, slots=True)
class _Headed:
    """Where the columns stand: the line of the headings, counted from 0, and column by place."""

    line: int
    columns: Mapping[int, SheetColumn]


class FaultyCells(FaultyInput):
    """Cells that cannot be read; ``rows`` are the lines that can, so that their faults are told at the same time.

    ``by_line`` gives each fault with its line.
    """

    def __init__(self, by_line: tuple[tuple[int, Fault], ...], rows: tuple[SheetRow, ...]) -> None:
        super().__init__(tuple(fault for _line, fault in by_line))
        self.by_line, self.rows = by_line, rows


def read_patrol_sheet(file: Path, *, today: date) -> tuple[SheetRow, ...]:
    """Read the lines of a sheet; columns may stand in any order, and be named as people name them.

    Raises ``FaultyCells`` with every faulty cell, ``FaultyInput`` for what is no sheet of patrols, and ``ClerkError``:
    file_too_large, and those of ``read_grid``.
    """
    for page in foreign_pages(file, largest=_LARGEST):
        lines = page.rows[: MOST_ROWS + _HEADINGS_WITHIN + 1]
        headed = _headed(lines)
        if headed is not None:
            return _read(lines, headed, today)
    names = "、".join(column.value for column in REQUIRED)
    raise FaultyInput((Fault(file.name, f"没有找到巡查表的表头：表头应有“{names}”几列，请用本程序给出的模板"),))


def _headed(lines: Sequence[Sequence[Any]]) -> _Headed | None:
    for place, line in enumerate(lines[:_HEADINGS_WITHIN]):
        columns: dict[int, SheetColumn] = {}
        for index, cell in enumerate(line):
            column = column_named(cell) if isinstance(cell, str) else None
            if column is not None and column not in columns.values():
                columns[index] = column
        if set(REQUIRED) <= set(columns.values()):
            return _Headed(place, columns)
    return None


def _read(lines: Sequence[Sequence[Any]], headed: _Headed, today: date) -> tuple[SheetRow, ...]:
    rows: list[SheetRow] = []
    faults: list[tuple[int, Fault]] = []
    for place, cells in _filled(lines, headed):
        row, troubles = read_line(place, cells, today)
        if row is not None:
            rows.append(row)
        faults += [(place, Fault(where(place, column, headed.columns), what)) for column, what in troubles]
    if not rows and not faults:
        raise FaultyInput((Fault(f"第 {headed.line + 2} 行", "表头下面没有内容，请填写巡查记录"),))
    if len(rows) > MOST_ROWS:
        raise FaultyInput((Fault(f"第 {MOST_ROWS + 1} 条", f"一次最多导入 {MOST_ROWS} 条，请分成几个文件"),))
    if faults:
        raise FaultyCells(tuple(faults), tuple(rows))
    return tuple(rows)


def _filled(lines: Sequence[Sequence[Any]], headed: _Headed) -> Iterator[tuple[int, Mapping[SheetColumn, Any]]]:
    """Give the lines that hold something, 同上 replaced by what stands above, with their place from 1."""
    above: Mapping[SheetColumn, Any] = {}
    for place, line in enumerate(lines[headed.line + 1 :], headed.line + 2):
        cells = {column: line[index] for index, column in headed.columns.items() if index < len(line)}
        if not any(cell is not None and str(cell).strip() for cell in cells.values()):
            continue
        cells = {column: above.get(column) if is_ditto(cell) else cell for column, cell in cells.items()}
        yield place, cells
        above = cells


def where(place: int, column: SheetColumn, columns: Mapping[int, SheetColumn] | None = None) -> str:
    """Name a cell for somebody who has the file open; without its place only line and heading are named."""
    index = next((index for index, each in (columns or {}).items() if each is column), None)
    from openpyxl.utils import get_column_letter

    letter = f" {get_column_letter(index + 1)} 列" if index is not None else ""
    return f"第 {place} 行{letter}（{column.value}）"
