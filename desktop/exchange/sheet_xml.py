"""The parts of an .xlsx read as a stream, cell by cell, with limits: no part is ever held whole.

Own reading rather than openpyxl's: that one keeps a whole row as a tree, loses merged ranges while it streams and
cannot tell a formula without a result from an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat
from zipfile import ZipFile

from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.exchange.sheet_limits import LARGEST_PART, LONGEST_CELL, LONGEST_TOKEN

_CHUNK: Final = 1 << 16
_MOST_STRINGS: Final = 4_000_000
_MOST_STYLES: Final = 200_000

Attributes = dict[str, str]


class BrokenPart(Exception):
    """A part of the file that is not what it should be."""


@dataclass(slots=True)
class Handlers:
    """What is called for each tag by its local name, and for text; each may be left out."""

    start: Callable[[str, Attributes], None]
    end: Callable[[str], None] = field(default=lambda _name: None)
    text: Callable[[str], None] = field(default=lambda _text: None)


def parse_part(archive: ZipFile, name: str, handlers: Handlers, progress: Progress = SILENT) -> None:
    """Stream one part through the handlers.

    Raises ``BrokenPart``, ``ClerkError("sheet_too_large")``, ``Cancelled``, and what zipfile raises of damage.
    """
    size = archive.getinfo(name).file_size
    if size > LARGEST_PART.get(name, size):
        raise ClerkError("sheet_too_large", part=name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    stirred = [0]

    def start(tag: str, attributes: Attributes) -> None:
        stirred[0] += 1
        handlers.start(tag.rpartition(" ")[2], attributes)

    def end(tag: str) -> None:
        stirred[0] += 1
        handlers.end(tag.rpartition(" ")[2])

    def text(characters: str) -> None:
        stirred[0] += 1
        handlers.text(characters)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    # No sheet has a document type; whoever writes one means to blow entities up.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with archive.open(name) as source:
            _feed(parser, source, stirred, size, progress)
    except expat.ExpatError as error:
        raise BrokenPart(str(error)) from error


def _feed(parser: Any, source: Any, stirred: list[int], size: int, progress: Progress) -> None:
    seen, quiet_since, fed = 0, 0, 0
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk, False)
        fed += len(chunk)
        if stirred[0] != seen:
            seen, quiet_since = stirred[0], fed
        elif fed - quiet_since > LONGEST_TOKEN:
            raise BrokenPart("a single tag of megabytes")
        progress.step(min(fed, size), max(size, 1))
    parser.Parse(b"", True)


def _refuse_doctype(*_what: object) -> None:
    raise BrokenPart("a document type")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A sheet of the workbook: its name, whether it is shown, and the part it lies in."""

    name: str
    is_hidden: bool
    part: str


def read_sheets(archive: ZipFile, names: Sequence[str]) -> tuple[tuple[SheetPart, ...], bool]:
    """Give the sheets in their order, and whether days count from 1904; raises ``BrokenPart``."""
    targets = _relations(archive)
    found: list[SheetPart] = []
    from_1904: list[bool] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            from_1904.append(_attribute(attributes, "date1904") in ("1", "true"))
        elif tag == "sheet":
            part = targets.get(_attribute(attributes, "id"), "")
            if part in known:
                name, state = _attribute(attributes, "name")[:100], _attribute(attributes, "state")
                found.append(SheetPart(name=name, is_hidden=state in ("hidden", "veryHidden"), part=part))

    known = frozenset(names)
    parse_part(archive, "xl/workbook.xml", Handlers(start))
    return tuple(found), any(from_1904)


def _relations(archive: ZipFile) -> Mapping[str, str]:
    targets: dict[str, str] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and _attribute(attributes, "Type").endswith("/worksheet"):
            target = _attribute(attributes, "Target")
            inside = target.removeprefix("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
            targets[_attribute(attributes, "Id")] = inside

    parse_part(archive, "xl/_rels/workbook.xml.rels", Handlers(start))
    return targets


def read_strings(archive: ZipFile, names: Sequence[str], progress: Progress = SILENT) -> tuple[str, ...]:
    """Give the shared strings, each cut one character beyond the longest a cell may have; none where there are none."""
    name = "xl/sharedStrings.xml"
    if name not in names:
        return ()
    strings: list[str] = []
    parts: list[str] = []
    state = {"in_text": 0, "in_phonetic": 0, "length": 0}

    def start(tag: str, _attributes: Attributes) -> None:
        if tag == "t":
            state["in_text"] = 1
        elif tag == "rPh":
            state["in_phonetic"] = 1
        elif tag == "si":
            parts.clear()
            state["length"] = 0

    def end(tag: str) -> None:
        if tag == "t":
            state["in_text"] = 0
        elif tag == "rPh":
            state["in_phonetic"] = 0
        elif tag == "si":
            if len(strings) >= _MOST_STRINGS:
                raise ClerkError("sheet_too_large", part=name)
            strings.append("".join(parts)[: LONGEST_CELL + 1])

    def text(characters: str) -> None:
        if state["in_text"] and not state["in_phonetic"] and state["length"] <= LONGEST_CELL:
            parts.append(characters)
            state["length"] += len(characters)

    parse_part(archive, name, Handlers(start, end, text), progress)
    return tuple(strings)


def read_date_styles(archive: ZipFile, names: Sequence[str]) -> frozenset[int]:
    """Give the numbers of the cell styles that show a number as a day or a time."""
    if "xl/styles.xml" not in names:
        return frozenset()
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    dated: set[int] = set()
    state = {"in_cells": 0, "count": 0}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            formats[_number(attributes, "numFmtId")] = _attribute(attributes, "formatCode")[:255]
        elif tag == "cellXfs":
            state["in_cells"] = 1
        elif tag == "xf" and state["in_cells"]:
            shown = formats.get(_number(attributes, "numFmtId"), "General")
            if is_date_format(shown) and not is_timedelta_format(shown):
                dated.add(state["count"])
            state["count"] += 1
            if state["count"] > _MOST_STYLES:
                raise BrokenPart("more styles than any workbook has")

    def end(tag: str) -> None:
        if tag == "cellXfs":
            state["in_cells"] = 0

    parse_part(archive, "xl/styles.xml", Handlers(start, end))
    return frozenset(dated)


def _attribute(attributes: Attributes, name: str) -> str:
    """Give an attribute by its local name, in whatever namespace; empty when it is missing."""
    return next(iter(_named(attributes, name)), "")


def _named(attributes: Attributes, name: str) -> Iterator[str]:
    for key, value in attributes.items():
        if key.rpartition(" ")[2] == name:
            yield value


def _number(attributes: Attributes, name: str) -> int:
    text = _attribute(attributes, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
