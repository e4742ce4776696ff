"""A day's patrols as an Excel file: the template to fill in, and lines written as they are read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.domain.check_lists import CheckList
from desktop.domain.errors import ClerkError
from desktop.domain.first_check_points import POINT_WORDS
from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult
from desktop.domain.patrol_sheet import MOST_ROWS, REQUIRED, SheetColumn, SheetRow, cells_of

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
