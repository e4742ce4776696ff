"""A register as an Excel file: empty to be filled in, or with its rows; both are read in again as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop.domain.book import BookSpec, BookValue, FieldSpec, FieldType
from desktop.domain.book_values import shown
from desktop.domain.errors import ClerkError
from desktop.exchange.fit_text import fit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NUMBER: Final = "编号"
_LINES: Final = 2000  # with pick lists
_LONGEST_PICK: Final = 255  # what Excel takes as a list of choices
_WIDTHS: Final = {
    FieldType.LONG_TEXT: 44,
    FieldType.TEXT: 24,
    FieldType.FIRM: 26,
    FieldType.FILING: 24,
    FieldType.ENTRY: 24,
    FieldType.MONEY: 16,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One entry on the sheet: its number and what it says."""

    number: str
    values: Mapping[str, BookValue]


def write_book_sheet(
    file: Path,
    spec: BookSpec,
    lines: Iterable[BookLine] = (),
    *,
    communities: Sequence[str] = (),
    said: Sequence[tuple[str, str]] = (),
) -> None:
    """Write the register; without lines it is the template.  ``said`` tells who took it out and what was asked.

    Raises ``ClerkError("cannot_save_file")``.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = spec.title
    held = tuple(lines)
    heads = (*((NUMBER,) if held else ()), *(heading(field) for field in spec.fields))
    _write_heads(sheet, spec, heads, has_numbers=bool(held))
    for place, line in enumerate(held, 2):
        _write_line(sheet, spec, line, place)
    _write_picks(sheet, spec, communities, first=len(heads) - len(spec.fields) + 1)
    _write_notes(book.create_sheet("填写说明"), spec, said)
    try:
        book.save(file)
    except OSError as error:
        raise ClerkError("cannot_save_file", why=error.strerror or "") from error


def heading(field: FieldSpec) -> str:
    """Give the heading of a column: the field, with the unit of money."""
    return f"{field.label}（{field.unit}）" if field.type is FieldType.MONEY else field.label


def _write_heads(sheet: Worksheet, spec: BookSpec, heads: Sequence[str], *, has_numbers: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    edge = Side(style="thin", color="BBBBBB")
    must = PatternFill("solid", fgColor="FFF3E0")
    fields: list[FieldSpec | None] = [*([None] if has_numbers else []), *spec.fields]
    for place, (text, field) in enumerate(zip(heads, fields, strict=True), 1):
        cell = sheet.cell(1, place, text)
        cell.font, cell.border = Font(bold=True), Border(left=edge, right=edge, top=edge, bottom=edge)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        if field is not None and field.is_required:
            cell.fill = must
        width = 22 if field is None else _WIDTHS.get(field.type, 14)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "B2" if has_numbers else "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _write_line(sheet: Worksheet, spec: BookSpec, line: BookLine, row: int) -> None:
    _put(sheet, row, 1, line.number)
    for place, field in enumerate(spec.fields, 2):
        value = line.values.get(field.key)
        if value is not None:
            _put(sheet, row, place, value if isinstance(value, date | Decimal) else _told(field, value))


def _told(field: FieldSpec, value: BookValue) -> str | int:
    return value if field.type is FieldType.COUNT and isinstance(value, int) else shown(field, value)


def _put(sheet: Worksheet, row: int, column: int, value: str | int | date | Decimal) -> None:
    from openpyxl.styles import Alignment

    cell: Any = sheet.cell(row, column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.value = fit(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # whatever a text begins with, it is no formula
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00"


def _write_picks(sheet: Worksheet, spec: BookSpec, communities: Sequence[str], *, first: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, field in enumerate(spec.fields, first):
        listed = ",".join(_picks(field, communities))
        if not listed or len(listed) > _LONGEST_PICK:
            continue
        pick = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(place)
        pick.add(f"{letter}2:{letter}{_LINES}")
        sheet.add_data_validation(pick)


def _picks(field: FieldSpec, communities: Sequence[str]) -> tuple[str, ...]:
    if field.type is FieldType.CHOICE:
        return tuple(word for _code, word in field.choices)
    if field.type is FieldType.YES_NO:
        return ("是", "否")
    return tuple(communities) if field.type is FieldType.COMMUNITY else ()


def _write_notes(sheet: Worksheet, spec: BookSpec, said: Sequence[tuple[str, str]]) -> None:
    from openpyxl.styles import Alignment, Font

    lines = [
        ("登记簿", spec.title),
        *((("依据", spec.article),) if spec.article else ()),
        *said,
        ("怎样填写", "一行一条；底色较深的列必须填写。有一行不对，整个文件都不导入，改好后再导入一次即可。"),
        ("日期", "写成 2026-03-02、2026.3.2 或者 2026年3月2日。"),
        *((field.label, _how(field)) for field in spec.fields),
    ]
    for place, (name, text) in enumerate(lines, 1):
        sheet.cell(place, 1, fit(name)).font = Font(bold=True)
        cell = sheet.cell(place, 2, fit(text))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.data_type = "s"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 90


def _how(field: FieldSpec) -> str:
    several = "可以填几项，用顿号隔开：" if field.type is FieldType.SEVERAL else "可填："
    listed = several + "、".join(word for _code, word in field.choices) if field.choices else ""
    parts = (
        "必填" if field.is_required else "可以空着",
        f"单位：{field.unit}" if field.unit else "",
        listed,
        field.help,
    )
    return "；".join(part for part in parts if part) + "。"
