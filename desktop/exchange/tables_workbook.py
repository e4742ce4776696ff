"""Writes tables into a workbook, a sheet a table, and a sheet that says who took it out and what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.domain.ledger_table import LedgerTable
from desktop.exchange.ledger_workbook import fit
from desktop.exchange.open_book import open_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# More rows than this no worksheet holds.
MOST_ROWS: Final = 1_048_000
_CHARACTERS_OF_PART: Final = 0.7


def write_tables_workbook(file: Path, tables: Iterable[LedgerTable], note: Sequence[tuple[str, str]]) -> int:
    """Write the tables in their order, then the note; give how many rows there were.  Raises ``OSError``."""
    with open_book(file) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        count = sum(_write_table(book, table, heading) for table in tables)
        _write_note(book, note)
    return count


def _write_table(book: Workbook, table: LedgerTable, heading: Format) -> int:
    sheet = book.add_worksheet(table.title)
    for place, (text, part) in enumerate(zip(table.headers, table.widths, strict=True)):
        sheet.set_column(place, place, max(8, part * _CHARACTERS_OF_PART))
        sheet.write_string(0, place, text, heading)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    rows = table.rows[:MOST_ROWS]
    for line, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            sheet.write_string(line, place, fit(text))
    if table.note:
        sheet.write_string(len(rows) + 2, 0, fit(table.note))
    return len(rows)


def _write_note(book: Workbook, note: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 70)
    for line, (name, text) in enumerate(note):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, fit(text))
