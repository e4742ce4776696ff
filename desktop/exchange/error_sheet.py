"""A sheet with its faults: its own lines as they were, the faulty cells coloured and commented, the cure at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from desktop.domain.old_ledger_fields import FAULTS_HEADING
from desktop.domain.old_registration import CellFault
from desktop.domain.progress import SILENT, Progress
from desktop.domain.sheet_grid import CellTrouble, CellValue, Grid, text_of
from desktop.domain.sheet_layout import HeadingLines
from desktop.exchange.ledger_workbook import fit
from desktop.exchange.open_book import open_book

_MOST_COMMENTS: Final = 20_000  # the words beside the line go on
_EVERY: Final = 500
_WIDTH: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLines:
    """What is wrong on each line, by its number in the sheet; only cells that hold a fault are marked."""

    faults: Mapping[int, Sequence[CellFault]]


def write_error_sheet(
    file: Path, grid: Grid, headings: HeadingLines, marked: MarkedLines, *, progress: Progress = SILENT
) -> int:
    """Write the sheet so that it can be put right and taken in again; give how many cells are marked.

    Every text stays a text, whatever it begins with.  Raises ``OSError``, ``Cancelled``.
    """
    width = max((len(row) for row in grid.rows), default=0)
    count = 0
    with open_book(file) as book:
        formats = _formats(book)
        sheet = book.add_worksheet(fit(grid.sheet)[:31] if _is_sheet_name(grid.sheet) else "表格")
        sheet.set_column(0, max(width - 1, 0), _WIDTH)
        sheet.set_column(width, width, 60)
        sheet.freeze_panes(headings.last, 0)
        for line, row in enumerate(grid.rows, 1):
            faults = marked.faults.get(line, ())
            of_cell: dict[int, str] = {}
            for fault in faults:
                if fault.column is not None:
                    of_cell[fault.column] = "；".join(filter(None, (of_cell.get(fault.column, ""), fault.what)))
            is_heading = headings.first <= line <= headings.last
            for place in range(max(len(row), max(of_cell, default=-1) + 1)):
                value = row[place] if place < len(row) else None
                style = formats["fault" if place in of_cell else "heading" if is_heading else "plain"]
                _write(sheet, line - 1, place, value, style, formats["fault_day" if place in of_cell else "day"])
                if place in of_cell and count < _MOST_COMMENTS:
                    sheet.write_comment(line - 1, place, of_cell[place][:500], {"x_scale": 2})
                count += place in of_cell
            if line == headings.last:
                sheet.write_string(line - 1, width, FAULTS_HEADING, formats["heading"])
            elif faults:
                sheet.write_string(line - 1, width, fit("；".join(fault.what for fault in faults)), formats["words"])
            if line % _EVERY == 0:
                progress.step(line, len(grid.rows))
    return count


def _write(sheet: Any, line: int, place: int, value: CellValue, style: Any, day: Any) -> None:
    if value is None:
        sheet.write_blank(line, place, None, style)
    elif isinstance(value, bool | str | time | CellTrouble):
        text = "" if isinstance(value, CellTrouble) else text_of(value)
        sheet.write_string(line, place, fit(text), style)
    elif isinstance(value, datetime | date):
        if value.year < 1901:
            sheet.write_string(line, place, text_of(value), style)
        else:
            sheet.write_datetime(line, place, value, day)
    else:
        sheet.write_number(line, place, value, style)


def _formats(book: Any) -> dict[str, Any]:
    fault = {"bg_color": "#FFD9D6", "border": 1, "border_color": "#B3261E"}
    return {
        "plain": book.add_format({"valign": "top"}),
        "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}),
        "fault": book.add_format({**fault, "valign": "top"}),
        "fault_day": book.add_format({**fault, "num_format": "yyyy-mm-dd", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "words": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#B3261E"}),
    }


def _is_sheet_name(name: str) -> bool:
    is_plain = bool(name.strip()) and not set(name) & set("[]:*?/\\") and not name.startswith("'")
    return is_plain and not name.endswith("'") and len(name) <= 31 and name.isprintable()
