"""Writes one sheet as CSV: UTF-8 with its mark, so that Excel and WPS read the characters right; nothing computes."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from desktop.domain.standing_ledger import Cell
from desktop.exchange.sheet_rows import Row

# A table: its name, its headings, its rows.
Part = tuple[str, Sequence[str], Iterable[Row]]

# What a spreadsheet would take for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
# What is no number and no text of ours: an apostrophe keeps it text, as a clerk would write it.
_MARK: Final = "'"


def write_csv(file: Path, parts: Sequence[Part]) -> int:
    """Write the rows as they come, each part below its headings; give how many rows there were.  Raises ``OSError``.

    With several parts each begins with its name, and an empty line parts it from the one before.
    """
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as sheet:
        writer = csv.writer(sheet)
        for place, (name, headings, rows) in enumerate(parts):
            if len(parts) > 1:
                writer.writerows([[]] * bool(place) + [[name]])
            writer.writerow(headings)
            for row in rows:
                writer.writerow([_shown(cell) for cell in row])
                count += 1
    return count


def _shown(cell: Cell) -> str:
    if isinstance(cell, str):
        text = neutral(cell)
        return text if text.isprintable() else _printable(text)
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def neutral(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula."""
    return f"{_MARK}{text}" if text.startswith(_FORMULA) else text


def _printable(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(char if char == "\n" or unicodedata.category(char) != "Cc" else " " for char in whole)
