"""A day's patrols as an Excel file: the template, lines written, and lines read whole or with every fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.domain.check_lists import CheckList
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.first_check_points import POINT_WORDS
from desktop.domain.patrol_cells import is_ditto, read_line
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult
from desktop.domain.patrol_sheet import MOST_ROWS, REQUIRED, SheetColumn, SheetRow, cells_of, column_named
from desktop.exchange.foreign_pages import foreign_pages

_LARGEST: Final = 10_000_000
_HEADINGS_WITHIN: Final = 20  # lines in which the headings are looked for
_SHEET: Final = "巡查记录"
_EDGE: Final = Side(style="thin", color="BBBBBB")
_MUST: Final = PatternFill("solid", fgColor="FFF3E0")
_WIDTHS: Final = {
    SheetColumn.NUMBER: 22,
    SheetColumn.ORGANISATION: 26,
    SheetColumn.PATROLLERS: 20,
    SheetColumn.FAILED: 40,
    SheetColumn.NOT_APPLICABLE: 24,
    SheetColumn.REMARK: 30,
    SheetColumn.ROAD: 26,
    SheetColumn.CHECKED: 24,
    SheetColumn.WANTING: 24,
}
_LISTED: Final[Mapping[SheetColumn, tuple[str, ...]]] = {
    SheetColumn.KIND: tuple(kind.label for kind in PatrolKind),
    SheetColumn.LEVEL: tuple(level.label for level in PatrolLevel),
    SheetColumn.RESULT: tuple(result.label for result in PatrolResult),
    SheetColumn.PUBLICITY: ("是", "否"),
}


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


def write_patrol_sheet(rows: Sequence[SheetRow], file: Path) -> None:
    """Write lines as they can be read again; raises ``ClerkError("cannot_save_file")``."""
    workbook = Workbook()
    _write_lines(workbook.worksheets[0], rows)
    _save(workbook, file)


def write_patrol_template(file: Path, lists: Sequence[CheckList]) -> None:
    """Write an empty sheet with its choices, an explanation and the items of the check lists.

    Raises ``ClerkError("cannot_save_file")``.
    """
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    _write_lines(sheet, ())
    for column, words in _LISTED.items():
        # Excel lists hold at most 255 characters; what is typed otherwise is taken all the same.
        choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(_place(column))
        choice.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
        sheet.add_data_validation(choice)
    _write_notes(workbook.create_sheet("填写说明"))
    _write_items(workbook.create_sheet("检查项目"), lists)
    _save(workbook, file)


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
    letter = f" {get_column_letter(index + 1)} 列" if index is not None else ""
    return f"第 {place} 行{letter}（{column.value}）"


def _write_lines(sheet: Any, rows: Sequence[SheetRow]) -> None:
    sheet.title = _SHEET
    for column in SheetColumn:
        cell = sheet.cell(1, _place(column), column.value)
        cell.font = Font(bold=True)
        cell.border = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
        if column in REQUIRED:
            cell.fill = _MUST
        sheet.column_dimensions[get_column_letter(_place(column))].width = _WIDTHS.get(column, 13)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    for line, row in enumerate(rows, 2):
        for column, value in cells_of(row).items():
            cell = sheet.cell(line, _place(column), value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
            else:
                # Whatever a text begins with, it is no formula.
                cell.data_type = "s"


def _write_notes(sheet: Any) -> None:
    notes = (
        "一行一条巡查记录；底色较深的四列必须填写，与上一行相同的可以写“同上”。",
        "登记编号：照回执填写或者扫码；没有登记的道路、小区巡查不填编号，改填“道路（地段）”和“社区”。",
        "日期可写 2026-03-02、2026.3.2 或者 3月2日；时间写 09:30，可以空着。",
        "结果空着的：有不符合项目的算“发现问题”，没有的算“未发现问题”。",
        "不符合项目：照“检查项目”一页的编号或者名称填写，一行一项（或者用分号隔开），冒号后可写说明。",
        "旁站的另填旁站人员、开始和结束时间、旁站作业；其他巡查这几列空着。",
        "首次现场检查的可另填“首次检查已查”和“首次检查缺项”，一行一项（或者用分号隔开），没有查的不写：",
        f"　　{'、'.join(POINT_WORDS)}；五项方案内容都有的写“施工方案”。方案签字人、方案审批人写姓名或者单位。",
        "有一行不对，整个文件都不导入；改好后再导入一次即可。",
    )
    for place, note in enumerate(notes, 1):
        sheet.cell(place, 1, note)
    sheet.column_dimensions["A"].width = 100


def _write_items(sheet: Any, lists: Sequence[CheckList]) -> None:
    line = 1
    for check_list in lists:
        sheet.cell(line, 1, check_list.label).font = Font(bold=True)
        for place, item in enumerate(check_list.items, 1):
            for column, text in enumerate((str(place), item.group.label, item.label, item.article), 1):
                sheet.cell(line + place, column, text)
        line += len(check_list.items) + 2
    for letter, width in (("A", 28), ("B", 12), ("C", 70), ("D", 32)):
        sheet.column_dimensions[letter].width = width


def _place(column: SheetColumn) -> int:
    return list(SheetColumn).index(column) + 1


def _save(workbook: Workbook, file: Path) -> None:
    try:
        workbook.save(file)
    except OSError as error:
        raise ClerkError("cannot_save_file", why=error.strerror or "") from error
