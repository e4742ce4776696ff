"""Lists of others as plain rows, from a workbook or a text file: looked at before it is read, read within bounds."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from desktop.domain.errors import ClerkError

LARGEST: Final = 20_000_000  # bytes of the file
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 2_000
_MOST_SHEETS: Final = 20
_LARGEST_INSIDE: Final = 400_000_000  # bytes of all parts of a workbook, unpacked
_LARGEST_WORDS: Final = 80_000_000  # bytes of its table of texts, which is held in memory
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
# Whatever a file that is no workbook does to the reader, it is said in one way; XML that is none is a SyntaxError.
_BROKEN: Final = (
    *(BadZipFile, InvalidFileException, zlib.error, EOFError, RuntimeError, SyntaxError),
    *(ArithmeticError, LookupError, ValueError, TypeError, AttributeError),
)
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSheet:
    """One sheet: its name and its rows, which may differ in length."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_listed(file: Path) -> tuple[ListedSheet, ...]:
    """Read the sheets of a workbook, or the lines of a CSV file as one sheet; formulas give the value last computed.

    Raises ``ClerkError``: no_workbook, file_too_large (``most`` MB), too_many_rows (``most``), cannot_read_file.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise ClerkError("file_too_large", most=LARGEST // 1_000_000)
        if file.suffix.lower() in (".csv", ".txt"):
            return (ListedSheet(name=file.stem, rows=tuple(_lines(file))),)
        return tuple(_sheets(file))
    except OSError as error:
        raise ClerkError("cannot_read_file", why=error.strerror or "") from error


def _sheets(file: Path) -> Iterator[ListedSheet]:
    content = file.read_bytes()
    try:
        _look_inside(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets[:_MOST_SHEETS]:
                yield ListedSheet(name=sheet.title, rows=tuple(_rows(sheet)))
        finally:
            book.close()
    except _BROKEN as error:
        raise ClerkError("no_workbook", why=type(error).__name__) from error


def _look_inside(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
    words = sum(size for name, size in sizes.items() if name.lower().endswith("sharedstrings.xml"))
    if sum(sizes.values()) > _LARGEST_INSIDE or words > _LARGEST_WORDS:
        raise ClerkError("file_too_large", most=LARGEST // 1_000_000)


def _rows(sheet: Any) -> Iterator[tuple[Cell, ...]]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    for place, row in enumerate(islice(rows, MOST_ROWS + 1)):
        if place == MOST_ROWS:
            raise ClerkError("too_many_rows", most=MOST_ROWS)
        yield tuple(_cell(value) for value in row)


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if value is None or isinstance(value, int | float | date):
        return value
    return str(value)[:LONGEST_CELL]


def _lines(file: Path) -> Iterator[tuple[Cell, ...]]:
    text = _decoded(file.read_bytes())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for place, row in enumerate(reader):
            if place == MOST_ROWS:
                raise ClerkError("too_many_rows", most=MOST_ROWS)
            yield tuple(cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS])
    except csv.Error as error:
        raise ClerkError("no_workbook", why=type(error).__name__) from error


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in _UTF_16 else _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise ClerkError("no_workbook", why="UnicodeDecodeError")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",\t;", key=first.count)
