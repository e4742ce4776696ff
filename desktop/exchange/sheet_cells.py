"""The cells of one sheet as they stream by: values, formulas by their last result, merged ranges filled."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zipfile import ZipFile

from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.domain.sheet_grid import CellTrouble, CellValue, GridRow
from desktop.exchange.sheet_limits import (
    LAST_LINE,
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGED_CELLS,
    MOST_MERGES,
    MOST_ROWS,
)
from desktop.exchange.sheet_xml import Attributes, BrokenPart, Handlers, parse_part

_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SPAN: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")
_MOST_KEPT_TEXTS: Final = 200_000

Span = tuple[int, int, int, int]  # first line, first column, last line, last column; from 0


class SheetReader:
    """Takes one sheet off the stream; ``rows`` and ``has_formulas`` hold what it read."""

    def __init__(self, strings: Sequence[str], dated: frozenset[int], *, from_1904: bool) -> None:
        self.rows: list[GridRow] = []
        self.has_formulas = False
        self._strings, self._dated = strings, dated
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        self._from_excel, self._epoch = from_excel, MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        self._spans: list[Span] = []
        self._texts: dict[str, str] = {}
        self._line = self._column = self._cells = self._filled = self._width = 0
        self._row: list[CellValue] = []
        self._kind, self._style = "n", 0
        self._is_formula = self._in_value = self._in_phonetic = False
        self._parts: list[str] = []
        self._length = 0

    def read(self, archive: ZipFile, part: str, progress: Progress = SILENT) -> None:
        """Read the sheet.

        Raises ``BrokenPart``, ``Cancelled``, ``ClerkError``: sheet_too_many_rows, sheet_too_wide, sheet_too_large.
        """
        parse_part(archive, part, Handlers(self._start, self._end, self._text), progress)
        self._fill_merged()

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in ("v", "t"):
            self._in_value = not self._in_phonetic
        elif tag == "f":
            self._is_formula = self.has_formulas = True
        elif tag == "row":
            self._begin_row(attributes.get("r", ""))
        elif tag == "rPh":
            self._in_phonetic = True
        elif tag == "mergeCell":
            self._note_span(attributes.get("ref", ""))

    def _end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "t"):
            self._in_value = False
        elif tag == "rPh":
            self._in_phonetic = False
        elif tag == "row":
            self._end_row()

    def _text(self, characters: str) -> None:
        if self._in_value and self._length <= LONGEST_CELL:
            self._parts.append(characters)
            self._length += len(characters)

    def _begin_row(self, number: str) -> None:
        said = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0
        self._line = said if said > self._line else self._line + 1
        if self._line > LAST_LINE:
            raise BrokenPart("a line beyond the last one of a sheet")
        self._column, self._row = 0, []

    def _end_row(self) -> None:
        if not self._row:
            return
        self._filled += 1
        if self._filled > MOST_ROWS:
            raise ClerkError("sheet_too_many_rows", most=MOST_ROWS)
        self.rows.extend([()] * (self._line - 1 - len(self.rows)))
        self._width = max(self._width, len(self._row))
        self.rows.append(tuple(self._row))
        self._row = []

    def _begin_cell(self, attributes: Attributes) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        style = attributes.get("s", "0")
        self._style = int(style) if style.isascii() and style.isdigit() and len(style) < 8 else 0
        self._kind = attributes.get("t", "n")
        self._is_formula = self._in_value = False
        self._parts, self._length = [], 0

    def _end_cell(self) -> None:
        value = self._value("".join(self._parts))
        if value is None or value == "":
            return
        if self._column > MOST_COLUMNS:
            raise ClerkError("sheet_too_wide", most=MOST_COLUMNS)
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise ClerkError("sheet_too_large", most=MOST_CELLS)
        place = self._column - 1
        if place < len(self._row):  # named twice: the last one counts
            self._row[place] = value
        else:
            self._row.extend([None] * (place - len(self._row)))
            self._row.append(value)

    def _value(self, text: str) -> CellValue:
        if not text:
            return CellTrouble.UNCOMPUTED if self._is_formula and self._kind not in ("str", "s", "inlineStr") else None
        if self._kind == "s":
            return self._checked(self._shared(text))
        if self._kind in ("str", "inlineStr"):
            return self._checked(text)
        if self._kind == "b":
            return text.strip() in ("1", "true")
        if self._kind == "e":
            return CellTrouble.FORMULA_ERROR
        if self._kind == "d":
            return _iso(text)
        return self._number(text.strip())

    def _shared(self, text: str) -> str:
        place = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
        if not 0 <= place < len(self._strings):
            raise BrokenPart("a text that the file does not have")
        return self._strings[place]

    def _checked(self, text: str) -> CellValue:
        if len(text) > LONGEST_CELL:
            return CellTrouble.TOO_LONG
        if len(self._texts) < _MOST_KEPT_TEXTS:
            return self._texts.setdefault(text, text)
        return self._texts.get(text, text)

    def _number(self, text: str) -> CellValue:
        if _WHOLE.fullmatch(text):
            number: int | float = int(text)
        else:
            try:
                number = float(text)
            except ValueError:
                return self._checked(text)
            if not math.isfinite(number):
                return CellTrouble.FORMULA_ERROR
        if self._style not in self._dated:
            return number
        try:
            shown = self._from_excel(number, self._epoch)
        except (ValueError, OverflowError):
            return number
        return shown if not isinstance(shown, int | float) else number

    def _note_span(self, ref: str) -> None:
        span = _SPAN.fullmatch(ref)
        if span is None:
            return
        if len(self._spans) >= MOST_MERGES:
            raise ClerkError("sheet_too_large", most=MOST_MERGES)
        first, last = int(span[2]) - 1, int(span[4]) - 1
        self._spans.append((first, _column(span[1]) - 1, last, _column(span[3]) - 1))

    def _fill_merged(self) -> None:
        """Let every cell of a merged range hold its value, as far as the sheet is used."""
        budget = MOST_MERGED_CELLS
        for first, left, last, right in self._spans:
            if first >= len(self.rows) or left >= len(self.rows[first]):
                continue
            value = self.rows[first][left]
            last, right = min(last, len(self.rows) - 1), min(right, self._width - 1)
            budget -= max(0, last - first + 1) * max(0, right - left + 1)
            if budget < 0:
                raise ClerkError("sheet_too_large", most=MOST_MERGED_CELLS)
            for line in range(first, last + 1) if value is not None else ():
                row = list(self.rows[line])
                row.extend([None] * (right + 1 - len(row)))
                row[left : right + 1] = [value] * (right + 1 - left)
                self.rows[line] = tuple(row)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _iso(text: str) -> CellValue:
    try:
        return datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text[:LONGEST_CELL]
