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
_Column = tuple[str, str, dict[str, str], int]

# More rows no sheet holds; a few are left for what stands above and below.
MOST_ROWS: Final = 1_048_000
_AT_ONCE: Final = 400
_REMEMBERED: Final = 5_000  # a column
# Points a line; a row is at most 409 points high.
_LINE: Final = 14
_MOST_LINES: Final = 28
_NARROW: Final = "\u2e7f"
# What cannot stand in XML as it is, what Excel would read as an escape of its own, and blanks it would cut off.
_AWKWARD: Final = re.compile("[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^\\s|\\s$")
_ESCAPE_OF_EXCEL: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NO_CHARACTER: Final = re.compile("[\ufffe\uffff]")
_DAY_NOUGHT: Final = date(1899, 12, 30).toordinal()
# Excel counts a day that never was, 29 February 1900; before it no number means the same day everywhere.
_FIRST_DAY: Final = date(1900, 3, 1)


class _Tall(str):
    """A text as it stands in a cell that it fills with more than one line."""

    __slots__ = ("lines",)
    lines: int


class RowWriter:
    """Turns rows into XML; ``styles`` are the numbers of the columns' formats, ``totals`` the columns added up.

    A row with a text longer than its column is ``widths`` wide is made high enough: not every program does that itself.
    """

    def __init__(self, styles: Sequence[str], *, widths: Sequence[int], totals: Iterable[int], first_row: int) -> None:
        self._starts = tuple(f'<c r="{_letters(place)}' for place in range(len(styles)))
        self._styles = tuple(f'" s="{style}"' for style in styles)
        self._totals = tuple(totals)
        self._first = first_row
        self._texts: tuple[dict[str, str], ...] = tuple({} for _ in styles)
        self._widths = tuple(widths)
        self.sums = Sums(0, {place: Decimal(0) for place in self._totals})

    def blocks(self, rows: Iterable[Row]) -> Iterator[bytes]:
        """Give the XML of the rows some hundred at a time; raises ``ClerkError("list_too_long")``."""
        lines: list[str] = []
        sums, columns = self.sums, tuple(zip(self._starts, self._styles, self._texts, self._widths, strict=True))
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

    def _line(self, row: int, columns: Sequence[_Column], line: Row) -> str:
        parts, lines = [""], 1
        for (start, style, texts, width), cell in zip(columns, line, strict=True):
            if type(cell) is str:
                held = texts.get(cell) or _remembered(texts, cell, width)
                if type(held) is _Tall:
                    lines = max(lines, held.lines)
            elif cell is None:
                held = "/>"
            else:
                held = _plain(cell)
            parts.append(f"{start}{row}{style}{held}")
        height = f' ht="{lines * _LINE}" customHeight="1"' if lines > 1 else ""
        parts[0] = f'<row r="{row}"{height}>'
        parts.append("</row>")
        return "".join(parts)


def _remembered(texts: dict[str, str], text: str, width: int) -> str:
    """Put a text into its element, and keep that for the next time."""
    held = f' t="inlineStr"><is>{_element(text)}</is></c>' if text else "/>"
    lines = _lines(text, width)
    if lines > 1:
        held = _Tall(held)
        held.lines = lines
    if len(texts) >= _REMEMBERED:
        texts.clear()
    texts[text] = held
    return held


def _lines(text: str, width: int) -> int:
    """Estimate on how many lines a text stands; an ideograph is as wide as two digits."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    parts = (ceil((len(part) + sum(char > _NARROW for char in part)) / width) for part in text.split("\n"))
    return min(_MOST_LINES, sum(max(1, part) for part in parts))


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
