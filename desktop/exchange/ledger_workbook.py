"""Writes the ledger as a workbook: rows in, one file out; what somebody typed never becomes a formula or a link."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.domain.ledger_line import ExportNote, LedgerLine
from desktop.exchange.ledger_columns import COLUMNS, Cell
from desktop.exchange.open_book import open_book

# The most that a cell holds; a longer text would be left out without a word.
LONGEST_TEXT: Final = 32_767


def write_ledger_workbook(file: Path, lines: Iterable[LedgerLine], note: ExportNote) -> int:
    """Write the lines as they come and give how many there were; raises ``OSError``."""
    with open_book(file) as book:
        count = _write_lines(book, lines)
        _write_note(book, note, count)
    return count


def _write_lines(book: Workbook, lines: Iterable[LedgerLine]) -> int:
    sheet = book.add_worksheet("台账")
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    formats = {date: book.add_format({"num_format": "yyyy-mm-dd"}), Decimal: book.add_format({"num_format": "0.00"})}
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.heading, heading)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    count = 0
    for count, line in enumerate(lines, 1):
        for place, column in enumerate(COLUMNS):
            _write_cell(sheet, count, place, column.value(line), formats)
    sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
    return count


def _write_cell(sheet: Worksheet, row: int, place: int, value: Cell, formats: dict[type, Any]) -> None:
    match value:
        case None | "":
            return
        case date():
            sheet.write_datetime(row, place, value, formats[date])
        case Decimal():
            sheet.write_number(row, place, value, formats[Decimal])
        case int():
            sheet.write_number(row, place, value)
        case str():
            sheet.write_string(row, place, fit(value))


def _write_note(book: Workbook, note: ExportNote, count: int) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 70)
    lines = (
        ("导出时间", f"{note.at.astimezone():%Y-%m-%d %H:%M}"),
        ("受理点", note.station),
        ("导出人", note.who),
        ("范围", "；".join(note.asked) or "全部（本人可见范围）"),
        ("件数", str(count)),
        ("个人信息", "完整显示，用后请删除" if note.is_whole else "已遮盖"),
        ("用途", note.purpose),
    )
    for row, (name, text) in enumerate(line for line in lines if line[1]):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, fit(text))


def fit(text: str) -> str:
    """Give a text that a workbook can hold: no lone surrogates, no control characters but line breaks."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    shown = "".join(char if char == "\n" or unicodedata.category(char) != "Cc" else " " for char in whole)
    return shown[:LONGEST_TEXT]
