"""What a sheet of somebody else holds, as plain cells: nothing is judged yet, only what no cell can be is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class CellTrouble(StrEnum):
    """Why a cell has no value that could be read; a person puts it right in the sheet."""

    UNCOMPUTED = "uncomputed"  # a formula whose result was never saved
    FORMULA_ERROR = "formula_error"  # #REF! and its like
    TOO_LONG = "too_long"

    @property
    def label(self) -> str:
        """Say what is wrong and how to put it right."""
        return _TROUBLES[self]


_TROUBLES = {
    CellTrouble.UNCOMPUTED: "公式没有算出的结果：请用 Excel 打开、保存一次，或者把公式改成数值",
    CellTrouble.FORMULA_ERROR: "公式出错（如 #REF!），请改成数值",
    CellTrouble.TOO_LONG: "文字过长，请删减",
}

CellValue = str | int | float | bool | date | datetime | time | CellTrouble | None
GridRow = tuple[CellValue, ...]


class SheetNote(StrEnum):
    """What a person should know of a workbook before its rows are taken."""

    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    HIDDEN_SHEETS = "hidden_sheets"
    FORMULAS = "formulas"
    DECODED = "decoded"  # text that was not UTF-8, read as GB18030

    @property
    def label(self) -> str:
        """Say it in a sentence."""
        return _NOTES[self]


_NOTES = {
    SheetNote.MACROS: "文件带有宏，本程序不运行宏，只读取单元格。",
    SheetNote.EXTERNAL_LINKS: "文件引用了别的文件，取的是上次保存的数值。",
    SheetNote.HIDDEN_SHEETS: "文件有隐藏的工作表，名称后注明“隐藏”。",
    SheetNote.FORMULAS: "部分单元格是公式，取的是上次保存的结果。",
    SheetNote.DECODED: "文字编码不是 UTF-8，已按国标（GB18030）读取，请看预览中有无乱码。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetName:
    """A sheet of a workbook as it can be chosen."""

    name: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of one sheet from its first line on; a merged range holds its value in every cell."""

    sheet: str
    rows: tuple[GridRow, ...]
    sheets: tuple[SheetName, ...]
    notes: tuple[SheetNote, ...] = ()


def is_blank(value: CellValue) -> bool:
    """Say whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def text_of(value: CellValue) -> str:
    """Give a cell as one reads it: whole numbers without a point, days as 2026-03-02, yes and no as words."""
    if value is None:
        return ""
    if isinstance(value, CellTrouble):
        return "（公式）" if value is not CellTrouble.TOO_LONG else "（文字过长）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def column_letters(place: int) -> str:
    """Give the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sample_texts(rows: Sequence[GridRow], column: int, *, most: int) -> tuple[str, ...]:
    """Give the first texts of a column that say something."""
    found: list[str] = []
    for row in rows:
        if column < len(row) and not is_blank(row[column]):
            found.append(text_of(row[column]))
            if len(found) == most:
                break
    return tuple(found)
