"""Sheets of other people, whatever they are in truth: .xlsx and .csv are read within limits, the rest is named.

A file is known by what it holds, never by its name.  Nothing in it is run, followed or written.
"""

from __future__ import annotations

import csv
import io
import lzma
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, LargeZipFile, ZipFile

from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.domain.sheet_grid import CellTrouble, CellValue, Grid, GridRow, SheetName, SheetNote
from desktop.exchange.sheet_cells import SheetReader
from desktop.exchange.sheet_limits import (
    LARGEST_FILE,
    LARGEST_UNPACKED,
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_SHEETS,
)
from desktop.exchange.sheet_xml import BrokenPart, SheetPart, read_date_styles, read_sheets, read_strings

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and whatever is locked by a password
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = {
    b"%PDF": "PDF",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
}
_BROKEN: Final = (
    BadZipFile,
    LargeZipFile,
    BrokenPart,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
)
_EVERY: Final = 2_000
_CSV_SHEET: Final = "表格"


def read_grid(file: Path, *, sheet: str = "", progress: Progress = SILENT) -> Grid:
    """Read one sheet, the first one shown unless ``sheet`` names another.

    Raises ``Cancelled`` and ``ClerkError``: cannot_read_file, file_too_large, no_workbook, sheet_protected,
    sheet_old_format, sheet_web_page, sheet_other_format, sheet_encoding, sheet_too_large, sheet_too_many_rows,
    sheet_too_wide, sheet_empty, no_such_sheet.
    """
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ClerkError("file_too_large", most=LARGEST_FILE // 1_000_000)
        with file.open("rb") as source:
            head = source.read(4096)
        if head.startswith(b"PK"):
            return _read_workbook(file, sheet, progress)
        _require_text(file, head)
        return _read_text(file, progress)
    except OSError as error:
        raise ClerkError("cannot_read_file", why=error.strerror or "") from error
    except _BROKEN as error:
        raise ClerkError("no_workbook", why=type(error).__name__) from error


def _read_workbook(file: Path, wanted: str, progress: Progress) -> Grid:
    with ZipFile(file) as archive:
        names = _checked_names(archive)
        parts, from_1904 = read_sheets(archive, names)
        if not parts or len(parts) > MOST_SHEETS:
            raise BrokenPart("no sheets, or more than any workbook has")
        chosen = _chosen(parts, wanted)
        reader = SheetReader(
            read_strings(archive, names, progress), read_date_styles(archive, names), from_1904=from_1904
        )
        reader.read(archive, chosen.part, progress)
    if not reader.rows and wanted:
        raise ClerkError("sheet_empty", sheet=chosen.name)
    return Grid(
        sheet=chosen.name,
        rows=tuple(reader.rows),
        sheets=tuple(SheetName(name=part.name, is_hidden=part.is_hidden) for part in parts),
        notes=_notes(names, parts, has_formulas=reader.has_formulas),
    )


def _checked_names(archive: ZipFile) -> tuple[str, ...]:
    """Give the names of the parts once their sizes are found bearable; zipfile reads no more than it is told here."""
    found = archive.infolist()
    if len(found) > MOST_PARTS or sum(part.file_size for part in found) > LARGEST_UNPACKED:
        raise ClerkError("sheet_too_large", most=LARGEST_UNPACKED // 1_000_000)
    names = tuple(part.filename for part in found)
    if len(set(names)) != len(names):
        raise BrokenPart("a part that is there twice")
    if "xl/workbook.xml" in names:
        return names
    if "xl/workbook.bin" in names:
        raise ClerkError("sheet_old_format", kind="xlsb")
    is_other = any(name in names for name in ("mimetype", "word/document.xml", "ppt/presentation.xml"))
    raise ClerkError("sheet_other_format", kind="其他文档") if is_other else BrokenPart("no workbook within")


def _chosen(parts: Sequence[SheetPart], wanted: str) -> SheetPart:
    if wanted:
        found = next((part for part in parts if part.name == wanted), None)
        if found is None:
            raise ClerkError("no_such_sheet", sheet=wanted)
        return found
    return next((part for part in parts if not part.is_hidden), parts[0])


def _notes(names: Sequence[str], parts: Sequence[SheetPart], *, has_formulas: bool) -> tuple[SheetNote, ...]:
    said = {
        SheetNote.MACROS: any(name.endswith("vbaProject.bin") or name.startswith("xl/macrosheets/") for name in names),
        SheetNote.EXTERNAL_LINKS: any(name.startswith("xl/externalLinks/") for name in names),
        SheetNote.HIDDEN_SHEETS: any(part.is_hidden for part in parts),
        SheetNote.FORMULAS: has_formulas,
    }
    return tuple(note for note, holds in said.items() if holds)


def _require_text(file: Path, head: bytes) -> None:
    """See that a file is a table of text; raises ``ClerkError`` naming what it is otherwise."""
    if head.startswith(_COMPOUND):
        is_locked = _LOCKED in file.read_bytes()
        raise ClerkError("sheet_protected") if is_locked else ClerkError("sheet_old_format", kind="xls")
    for mark, kind in _OTHERS.items():
        if head.startswith(mark):
            raise ClerkError("sheet_other_format", kind=kind)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise ClerkError("sheet_web_page")
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ClerkError("no_workbook", why="binary")


def _read_text(file: Path, progress: Progress) -> Grid:
    text, is_other = _decoded(file.read_bytes())
    rows: list[GridRow] = []
    filled = cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    # What is longer than a cell may be is told by its cell; the limit is there for what is no table at all.
    csv.field_size_limit(LARGEST_FILE)
    try:
        for line in reader:
            while line and not line[-1].strip():
                line.pop()
            if len(line) > MOST_COLUMNS:
                raise ClerkError("sheet_too_wide", most=MOST_COLUMNS)
            filled, cells = filled + bool(line), cells + len(line)
            if filled > MOST_ROWS:
                raise ClerkError("sheet_too_many_rows", most=MOST_ROWS)
            if cells > MOST_CELLS:
                raise ClerkError("sheet_too_large", most=MOST_CELLS)
            rows.append(tuple(_text_cell(cell) for cell in line))
            if len(rows) % _EVERY == 0:
                progress.step(len(rows), 0)
    except csv.Error as error:
        raise ClerkError("no_workbook", why="csv") from error
    notes = (SheetNote.DECODED,) if is_other else ()
    return Grid(sheet=_CSV_SHEET, rows=tuple(rows), sheets=(SheetName(name=_CSV_SHEET),), notes=notes)


def _decoded(content: bytes) -> tuple[str, bool]:
    """Give the text, and whether it was in the national encoding; raises ``ClerkError("sheet_encoding")``."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, encoding == "gb18030"
    raise ClerkError("sheet_encoding")


def _delimiter(text: str) -> str:
    head = text[:20_000]
    return max(",\t;", key=head.count)


def _text_cell(cell: str) -> CellValue:
    if len(cell) > LONGEST_CELL:
        return CellTrouble.TOO_LONG
    # Excel is told by ="00123" that a number is a text.
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 3:
        return cell[2:-1]
    return cell if cell.strip() else None
