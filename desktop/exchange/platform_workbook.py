"""Fills the bulk-import sheet of a platform: in a layout of our own, or in a copy of the platform's own file."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from desktop.domain.errors import ClerkError
from desktop.domain.platform_template import CellKind, PlatformTemplate
from desktop.domain.platform_values import CellValue
from desktop.exchange.ledger_workbook import fit
from desktop.exchange.open_book import open_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDEST: Final = 40
_DAY: Final = "yyyy-mm-dd"
# What the library raises for a file that is broken inside.
_UNFIT: Final = (BadZipFile, zlib.error, ParseError, LookupError, ValueError, TypeError, AttributeError)


def write_platform_workbook(
    file: Path, template: PlatformTemplate, rows: Iterable[Sequence[CellValue]], note: Sequence[tuple[str, str]]
) -> int:
    """Write the headings and below them the rows; a second sheet says who gave it out.  Raises ``OSError``."""
    with open_book(file) as book:
        sheet = book.add_worksheet(template.sheet or "导入")
        _headings(book, sheet, template)
        day = book.add_format({"num_format": _DAY})
        count = 0
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                _write(sheet, line, place, value, day)
            count = line
        _note(book, note)
    return count


def fill_platform_file(own: bytes, file: Path, template: PlatformTemplate, rows: Iterable[Sequence[CellValue]]) -> int:
    """Fill a copy of the platform's own file below its headings; nothing else of it changes.

    Raises ``OSError``, and ``ClerkError("no_workbook")`` for one that cannot be filled.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(own))
    except _UNFIT as error:
        raise ClerkError("no_workbook", why=template.sheet) from error
    if template.sheet not in book.sheetnames:
        raise ClerkError("no_workbook", why=template.sheet)
    sheet = book[template.sheet]
    count = 0
    for line, row in enumerate(rows, template.heading_row + 1):
        for column, value in zip(template.columns, row, strict=True):
            if value is not None:
                _put(sheet.cell(line, column.place), value)
        count += 1
    book.save(file)
    return count


def _headings(book: Workbook, sheet: Worksheet, template: PlatformTemplate) -> None:
    plain = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    must = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#FFF3E0"})
    for place, column in enumerate(template.columns):
        heading = column.heading if not column.is_required or "*" in column.heading else f"*{column.heading}"
        sheet.write_string(0, place, fit(heading), must if column.is_required else plain)
        width = 12 if column.kind is not CellKind.TEXT else max(14, min(_WIDEST, len(column.heading) * 2 + 2))
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Worksheet, line: int, place: int, value: CellValue, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, day)
    elif isinstance(value, Decimal):
        sheet.write_number(line, place, float(value))
    elif value is not None:
        sheet.write_string(line, place, fit(value))


def _put(cell: Any, value: CellValue) -> None:
    if isinstance(value, date):
        cell.value, cell.number_format = value, _DAY
    elif isinstance(value, Decimal):
        cell.value = float(value)
    elif value is not None:
        cell.value = fit(value)
        # Whatever a text begins with, it is no formula.
        cell.data_type = "s"


def _note(book: Workbook, note: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 70)
    for line, (name, text) in enumerate(note):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, fit(text))
