"""Writes ledgers in the office's layout: the frame by XlsxWriter, the rows streamed into it, memory flat."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from desktop.exchange.sheet_layout import HEAD_ROWS, Pairs, SheetLayout, Sums, frame
from desktop.exchange.sheet_rows import Row, RowWriter

Note = Callable[[Sequence[int]], Pairs]
Sheet = tuple[SheetLayout, Iterable[Row]]

# Level 3 packs to within a tenth of the usual 6 in two thirds of the time.
_LEVEL: Final = 3
_PATTERN: Final = re.compile(rf'<row r="{HEAD_ROWS + 1}"[^>]*>(.*?)</row>', re.DOTALL)
_TOTALS: Final = re.compile(rf'<row r="{HEAD_ROWS + 2}".*?</row>', re.DOTALL)
_ROW_OF_TOTALS: Final = re.compile(rf'(?<= r="){HEAD_ROWS + 2}(?=")|(?<= r=")([A-Z]+){HEAD_ROWS + 2}(?=")')
_STYLE: Final = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"/>')
# It speaks of the frame; without it readers count for themselves.
_DIMENSION: Final = re.compile(r"<dimension [^>]*/>")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The XML of a sheet before and after its rows, and the numbers of the columns' formats."""

    before: str
    after: str
    styles: tuple[str, ...]


def write_layout_book(file: Path, sheets: Sequence[Sheet], note: Note) -> tuple[int, ...]:
    """Write the sheets one after the other and give how many rows each has; ``note`` is told these for the last sheet.

    Raises ``OSError``, ``ClerkError("list_too_long")``, and whatever the rows raise; what is written then is of no use.
    """
    layouts = [layout for layout, _rows in sheets]
    counted = [Sums(0, {}) for _ in sheets]
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as book:
        for place, (layout, rows) in enumerate(sheets):
            start = _read(frame(layouts, counted, ()), place)
            totals = [at for at, column in enumerate(layout.columns) if column.is_total]
            widths = [column.width for column in layout.columns]
            writer = RowWriter(start.styles, widths=widths, totals=totals, first_row=HEAD_ROWS + 1)
            with book.open(_name(place), "w", force_zip64=True) as entry:
                entry.write(start.before.encode())
                for block in writer.blocks(rows):
                    entry.write(block)
                counted[place] = writer.sums
                # What stands below the rows knows only now where they end.
                entry.write(_ending(_read(frame(layouts, counted, ()), place), writer.sums.count).encode())
        counts = [one.count for one in counted]
        _copy_rest(book, frame(layouts, counted, note(counts)), len(sheets))
    return tuple(counts)


def _read(made: bytes, place: int) -> _Frame:
    with ZipFile(BytesIO(made)) as book:
        xml = book.read(_name(place)).decode()
    pattern = _PATTERN.search(xml)
    if pattern is None:
        raise AssertionError("the frame has no pattern row")
    before = _DIMENSION.sub("", xml[: pattern.start()])
    return _Frame(before, xml[pattern.end() :], tuple(_STYLE.findall(pattern[1])))


def _ending(ended: _Frame, count: int) -> str:
    """Give what stands below the rows, the totals moved to where these end."""
    totals = _TOTALS.search(ended.after)
    if totals is None:
        raise AssertionError("the frame has no totals")
    moved = _ROW_OF_TOTALS.sub(lambda found: f"{found[1] or ''}{HEAD_ROWS + 1 + max(1, count)}", totals[0])
    return f"{ended.after[: totals.start()]}{moved}{ended.after[totals.end() :]}"


def _copy_rest(book: ZipFile, made: bytes, sheets: int) -> None:
    """Take over everything but the sheets that are written: words, formats, names, the sheet that says where from."""
    streamed = {_name(place) for place in range(sheets)}
    with ZipFile(BytesIO(made)) as source:
        for name in source.namelist():
            if name not in streamed:
                book.writestr(name, source.read(name))


def _name(place: int) -> str:
    return f"xl/worksheets/sheet{place + 1}.xml"
