"""Where the headings of an old sheet stand, and which lines are no entries: blank, totals, titles, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.column_mapping import recognised
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_grid import CellValue, Grid, GridRow, is_blank, text_of

_WITHIN: Final = 30  # lines among which the headings are looked for
_DEEPEST: Final = 3
_LONGEST_HEADING: Final = 60
_TOTALS: Final = re.compile(
    r"(?:本?[页月日季年周]|上[页月]|分|全[年部区]|社区|街道)?(?:合计|小计|总计|共计|累计|总数)(?:数|件数|金额|面积)?"
    r"[:：]?[0-9０-９.,，件宗个项处万元㎡]{0,20}"
)
_FOOT: Final = re.compile(
    r"(?:填表|制表|填报|审核|审批|复核|经办|统计|负责|联系|单位负责)(?:人|日期|时间|单位|单位负责人)?(?:[（(].{0,8}[)）])?[:：].*"
    r"|(?:备注|说明|注|填表说明|填写说明)[:：].*"
)


class Skipped(StrEnum):
    """Why a line is no entry."""

    BLANK = "blank"
    TOTAL = "total"
    TITLE = "title"  # one text over several cells
    HEADINGS = "headings"  # repeated on each printed page
    FOOT = "foot"  # who filled the sheet in, and notes

    @property
    def label(self) -> str:
        """Give the word for it."""
        return _SKIPPED[self]


_SKIPPED: Final = {
    Skipped.BLANK: "空行",
    Skipped.TOTAL: "合计行",
    Skipped.TITLE: "标题行",
    Skipped.HEADINGS: "重复的表头",
    Skipped.FOOT: "落款、说明",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingLines:
    """The first and the last line of the headings, counted from 1."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line that counts, with its number in the sheet from 1."""

    line: int
    cells: GridRow


def find_headings(grid: Grid) -> HeadingLines | None:
    """Find the lines of the headings: those in which most known ones stand, of equals the fewest and the first."""
    best: tuple[int, int, int] | None = None
    for first in range(1, min(len(grid.rows), _WITHIN) + 1):
        if skipped_as(grid.rows[first - 1]) in (Skipped.BLANK, Skipped.TITLE):
            continue
        for depth in range(1, _DEEPEST + 1):
            last = first + depth - 1
            if last > len(grid.rows) or any(_is_data(cell) for cell in grid.rows[last - 1]):
                break
            score = recognised(joined_headings(grid, HeadingLines(first=first, last=last)))
            if score > 1 and (best is None or score > best[0]):
                best = (score, first, last)
    return None if best is None else HeadingLines(first=best[1], last=best[2])


def joined_headings(grid: Grid, lines: HeadingLines) -> tuple[str, ...]:
    """Give the heading of each column, the different parts of several lines joined by a line break."""
    rows = grid.rows[lines.first - 1 : lines.last]
    width = max((len(row) for row in grid.rows[lines.first - 1 : lines.last + 200]), default=0)
    wide = [row for row in rows if not _is_spread(row)]
    return tuple(_joined([row[place] if place < len(row) else None for row in wide]) for place in range(width))


def entries(grid: Grid, lines: HeadingLines, counts: dict[Skipped, int] | None = None) -> Iterator[Entry]:
    """Give the lines below the headings that are entries; ``counts`` is told how many of which kind were left out."""
    heads = tuple(normalise(heading) for heading in joined_headings(grid, lines))
    for line, row in enumerate(grid.rows[lines.last :], lines.last + 1):
        skipped = skipped_as(row, heads)
        if skipped is None:
            yield Entry(line=line, cells=row)
        elif counts is not None:
            counts[skipped] = counts.get(skipped, 0) + 1


def skipped_as(row: GridRow, heads: Sequence[str] = ()) -> Skipped | None:
    """Say why a line is no entry, None when it is one; ``heads`` are the folded headings."""
    texts = [text_of(cell).strip() for cell in row if not is_blank(cell)]
    if not texts:
        return Skipped.BLANK
    if any(_TOTALS.fullmatch("".join(text.split())) for text in texts[:2]):
        return Skipped.TOTAL
    if _FOOT.fullmatch("".join(texts[0].split())[:200]):
        return Skipped.FOOT
    if _is_spread(row):
        return Skipped.TITLE
    own = [(place, normalise(text_of(cell))) for place, cell in enumerate(row) if not is_blank(cell)]
    if len(own) > 2 and all(place < len(heads) and text and text in heads[place] for place, text in own):
        return Skipped.HEADINGS
    return None


def _is_spread(row: GridRow) -> bool:
    """Say whether one text stands over several cells and nothing beside it: a title merged over the table."""
    texts = {text_of(cell) for cell in row if not is_blank(cell)}
    return len(texts) == 1 and sum(not is_blank(cell) for cell in row) > 2


def _joined(cells: Sequence[CellValue]) -> str:
    parts = dict.fromkeys("".join(text_of(cell).split()) for cell in cells if not is_blank(cell))
    return "\n".join(part[:_LONGEST_HEADING] for part in parts)


def _is_data(cell: CellValue) -> bool:
    """Say whether a cell holds what no heading is."""
    return isinstance(cell, date) or (isinstance(cell, int | float) and not isinstance(cell, bool))
