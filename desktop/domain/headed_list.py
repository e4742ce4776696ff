"""A list of somebody else under a line of headings: found, its columns proposed, its cells read.  Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from desktop.domain.checked import half_width
from desktop.domain.platform_template import heading_key
from desktop.domain.sheet_grid import CellTrouble, CellValue, GridRow, text_of
from desktop.domain.typed_text import clean_text, parse_day, text_fault

Field = TypeVar("Field")
HEADINGS_WITHIN: Final = 20
_LONGEST_TEXT: Final = 300
_FEWEST: Final = 2  # known headings that make a line one of headings


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundList:
    """A list as found in a file: its headings, where they stand, and what is below them."""

    sheet: str
    row: int  # of the headings, counted from 1
    headings: tuple[str, ...]
    lines: tuple[GridRow, ...]


def find_list(sheet: str, rows: Sequence[GridRow], words: Mapping[Field, Sequence[str]]) -> FoundList | None:
    """Find the line of headings: the one with the most known ones; None when no line holds two."""
    best, most = None, _FEWEST - 1
    for place, row in enumerate(rows[:HEADINGS_WITHIN]):
        count = len(proposed(tuple(text_of(cell).strip() for cell in row), words))
        if count > most:
            best, most = place, count
    if best is None:
        return None
    headings = tuple(text_of(cell).strip() for cell in rows[best])
    return FoundList(sheet=sheet, row=best + 1, headings=headings, lines=tuple(rows[best + 1 :]))


def proposed(headings: Sequence[str], words: Mapping[Field, Sequence[str]]) -> dict[Field, str]:
    """Propose which heading means what; each heading once, the first word that fits counts."""
    keys = {heading_key(text): text for text in reversed(headings) if heading_key(text)}
    found: dict[Field, str] = {}
    for field, names in words.items():
        for name in names:
            heading = keys.get(heading_key(name))
            if heading is not None and heading not in found.values():
                found[field] = heading
                break
    return found


def filled_lines(found: FoundList, mapped: Mapping[Field, str]) -> Iterator[tuple[int, dict[Field, CellValue]]]:
    """Give every line that says something under a mapped heading, with its number in the sheet and its cells."""
    places = {field: found.headings.index(heading) for field, heading in mapped.items() if heading in found.headings}
    for line, cells in enumerate(found.lines, found.row + 1):
        by_field = {field: cells[place] if place < len(cells) else None for field, place in places.items()}
        if any(text_of(cell).strip() for cell in by_field.values()):
            yield line, by_field


def read_text(cell: CellValue, *, longest: int = _LONGEST_TEXT) -> tuple[str, str]:
    """Give a cell as clean text, and what is wrong with it, empty when nothing is."""
    if isinstance(cell, CellTrouble):
        return "", cell.label
    typed = text_of(cell).strip()
    fault = text_fault(typed, longest=longest)
    return ("", fault) if fault else (clean_text(typed), "")


def read_day(cell: CellValue, today: date) -> tuple[date | None, str]:
    """Give a cell as a day, of a moment the day; and what is wrong with it.  A day yet to come is a fault."""
    if isinstance(cell, CellTrouble):
        return None, cell.label
    day, fault = any_day(cell, today)
    return (None, "晚于今天") if day is not None and day > today else (day, fault)


def any_day(cell: CellValue, today: date) -> tuple[date | None, str]:
    """Give a cell as a day, past or to come, None for an empty one; and what is wrong with it."""
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    typed = half_width(text_of(cell)).replace("T", " ").strip()
    if not typed:
        return None, ""
    # Before a clock's time a day stands alone.
    read = parse_day(typed.split(" ")[0] if ":" in typed else typed, today)
    return (None, read.why) if read.value is None else (read.value, "")
