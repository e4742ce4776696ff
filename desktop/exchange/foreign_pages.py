"""Every sheet of somebody else's workbook as plain rows, read within the limits of ``foreign_sheet``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.errors import ClerkError
from desktop.domain.sheet_grid import CellTrouble, CellValue, GridRow
from desktop.exchange.foreign_sheet import read_grid

_MOST_PAGES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet, its rows equally wide; a merged range holds its value in every cell."""

    title: str
    rows: tuple[tuple[object, ...], ...]


def foreign_pages(file: Path, *, largest: int) -> Iterator[Page]:
    """Give the sheets one after the other, the first twenty; ``largest`` is in bytes.

    A sheet that is only text is no workbook here.  Raises ``ClerkError``: file_too_large, and those of ``read_grid``.
    """
    is_book = _is_book(file, largest)
    first = read_grid(file)
    if not is_book:
        raise ClerkError("no_workbook", why="text")
    for place, sheet in enumerate(first.sheets[:_MOST_PAGES]):
        rows = first.rows if sheet.name == first.sheet else _rows_of(file, sheet.name)
        width = max(map(len, rows), default=0)
        yield Page(title=sheet.name or str(place + 1), rows=tuple(_padded(row, width) for row in rows))


def _is_book(file: Path, largest: int) -> bool:
    try:
        if file.stat().st_size > largest:
            raise ClerkError("file_too_large", most=largest // 1_000_000)
        with file.open("rb") as opened:
            return opened.read(2) == b"PK"
    except OSError as error:
        raise ClerkError("cannot_read_file", why=error.strerror or "") from error


def _rows_of(file: Path, sheet: str) -> tuple[GridRow, ...]:
    try:
        return read_grid(file, sheet=sheet).rows
    except ClerkError as error:
        if error.code != "sheet_empty":
            raise
        return ()


def _padded(row: GridRow, width: int) -> tuple[object, ...]:
    return (*map(_plain, row), *[None] * (width - len(row)))


def _plain(value: CellValue) -> object:
    """Give what a cell shows; one that cannot be read says so, where somebody will look for a name or a day."""
    if isinstance(value, CellTrouble):
        return None if value is CellTrouble.UNCOMPUTED else f"#{value.label}"
    return value
