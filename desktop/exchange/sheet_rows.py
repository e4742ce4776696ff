"""Writes the rows of a sheet as they come, straight into the file: the fast half of a ledger's workbook.

A row is one line of the sheet's XML with its texts inside, so that nothing is kept.  What is said of most texts is said
once: how a text stands in a cell is remembered, for the same names and words come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Final
from xml.sax.saxutils import escape

from desktop.domain.errors import ClerkError
from desktop.domain.standing_ledger import Cell
from desktop.exchange.fit_text import LONGEST_TEXT, fit
from desktop.exchange.sheet_layout import Sums

Row = Sequence[Cell]

# More rows no sheet holds; a few are left for what stands above and below.
MOST_ROWS: Final = 1_048_000
_AT_ONCE: Final = 400
# Characters of all columns together, each text with what it takes besides: flat, whatever people type.
_REMEMBERED: Final = 36_000_000
_BESIDES: Final = 100
# Points a line; a row is at most 409 points high.
_LINE: Final = 14
_MOST_LINES: Final = 28
# What cannot stand in XML as it is, what Excel would read as an escape of its own, and blanks it would cut off.
_AWKWARD: Final = re.compile("[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^\\s|\\s$")
_ESCAPE_OF_EXCEL: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NO_CHARACTER: Final = re.compile("[\ufffe\uffff]")
_DAY_NOUGHT: Final = date(1899, 12, 30).toordinal()
# Excel counts a day that never was, 29 February 1900; before it no number means the same day everywhere.
_FIRST_DAY: Final = date(1900, 3, 1)


class _Texts:
    """The texts of one column as they stand in a cell, and on how many lines those that need more than one."""

    __slots__ = ("lines", "most", "room", "seen", "width")

    def __init__(self, width: int, most: int) -> None:
        self.width = width
        self.most = self.room = most
        self.seen: dict[str, str] = {}
        self.lines: dict[str, int] = {}

    def add(self, text: str) -> str:
        """Put a text into its element, and keep that for the next time."""
        held = f' t="inlineStr"><is>{_element(text)}</is></c>' if text else "/>"
        self.room -= len(text) + _BESIDES
        if self.room < 0:
            self.seen.clear()
            self.lines.clear()
            self.room = self.most
        self.seen[text] = held
        lines = _lines(text, self.width)
        if lines > 1:
            self.lines[text] = lines
        return held


class RowWriter:
    """Turns rows into XML; ``styles`` are the numbers of the columns' formats, ``totals`` the columns added up.

    A row with a text longer than its column is ``widths`` wide is made high enough: not every program does that itself.
    """

    def __init__(self, styles: Sequence[str], *, widths: Sequence[int], totals: Iterable[int], first_row: int) -> None:
        self._starts = tuple(f'<c r="{_letters(place)}' for place in range(len(styles)))
        self._styles = tuple(f'" s="{style}"' for style in styles)
        self._totals = tuple(totals)
        self._first = first_row
        self._texts = tuple(_Texts(width, _REMEMBERED // len(widths)) for width in widths)
        self.sums = Sums(0, {place: Decimal(0) for place in self._totals})

    def blocks(self, rows: Iterable[Row]) -> Iterator[bytes]:
        """Give the XML of the rows some hundred at a time; raises ``ClerkError("list_too_long")``."""
        lines: list[str] = []
        sums, columns = self.sums, tuple(zip(self._starts, self._styles, self._texts, strict=True))
        for line in rows:
            row = self._first + sums.count
            sums.count += 1
            for place in self._totals:
                sums.totals[place] += _number(line[place])
            lines.append(self._line(row, columns, line))
            if len(lines) == _AT_ONCE:
                if sums.count > MOST_ROWS:
                    raise ClerkError("list_too_long", count=sums.count, most=MOST_ROWS)
                yield "".join(lines).encode()
                lines.clear()
        yield "".join(lines).encode()

    def _line(self, row: int, columns: Sequence[tuple[str, str, _Texts]], line: Row) -> str:
        parts, lines = [""], 1
        for (start, style, texts), cell in zip(columns, line, strict=True):
            if type(cell) is str:
                held = texts.seen.get(cell) or texts.add(cell)
                if texts.lines and cell in texts.lines:
                    lines = max(lines, texts.lines[cell])
            elif cell is None:
                held = "/>"
            else:
                held = _plain(cell)
            parts.append(f"{start}{row}{style}{held}")
        height = f' ht="{lines * _LINE}" customHeight="1"' if lines > 1 else ""
        parts[0] = f'<row r="{row}"{height}>'
        parts.append("</row>")
        return "".join(parts)


def _lines(text: str, width: int) -> int:
    """Estimate on how many lines a text stands; an ideograph is as wide as two digits, as in GB 18030."""
    if "\n" not in text and (2 * len(text) <= width or (len(text) <= width and text.isascii())):
        return 1
    widths = (len(part.encode("gb18030", "replace")) for part in text.split("\n"))
    return min(_MOST_LINES, sum(max(1, ceil(wide / width)) for wide in widths))


def _element(text: str) -> str:
    if len(text) <= LONGEST_TEXT and not _AWKWARD.search(text):
        return f"<t>{text}</t>"
    safe = _NO_CHARACTER.sub("\ufffd", _ESCAPE_OF_EXCEL.sub("_x005F_", fit(text)))
    return f'<t xml:space="preserve">{escape(safe)}</t>'


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        if cell < _FIRST_DAY:
            return f' t="inlineStr"><is><t>{cell.isoformat()}</t></is></c>'
        return f"><v>{cell.toordinal() - _DAY_NOUGHT}</v></c>"
    return f"><v>{_number(cell):f}</v></c>"


def _number(cell: Cell) -> Decimal:
    return Decimal(cell) if isinstance(cell, int | Decimal) else Decimal(0)


def _letters(place: int) -> str:
    """Give the letters of a column counted from nought."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
