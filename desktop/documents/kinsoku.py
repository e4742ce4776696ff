"""Breaking Chinese text into lines (避头尾): no line starts with a closing mark or ends with an opening one.

A run of Latin letters and digits stays whole while it fits; a mark that may not start a line goes with the
unit before it, one that may not end a line with the unit after it.  Nothing hangs in the margin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

NO_START: Final = frozenset("，。、；：？！”’）》〉】〕］｝』」…—·,.;:?!)]}%％℃°‰～")
NO_END: Final = frozenset("“‘（《〈【〔［｛『「([{￥$＄№#")
# Whole days and articles of a rule are read at one glance; so are words and numbers.
_UNIT: Final = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|第[一二三四五六七八九十百]+条(?:\([一二三四五六七八九十]+\))*\d?"
    r"|[0-9A-Za-z@._%+\-/:'&=?#~*]+|\s+|.",
    re.DOTALL,
)

Width = Callable[[str], float]


@lru_cache(maxsize=4_000)
def units(text: str) -> tuple[str, ...]:
    """Cut a text into the pieces that a line break may not part."""
    return tuple(_bound(_UNIT.findall(text)))


def _bound(pieces: Iterable[str]) -> list[str]:
    """Join marks to their neighbours."""
    found: list[str] = []
    for piece in pieces:
        closes = len(piece) == 1 and piece in NO_START
        if closes and len(found) > 1 and found[-1].isspace():
            # The room before a closing mark would let the mark begin a line.
            room = found.pop()
            found[-1] += room
        if found and (closes or found[-1].rstrip()[-1:] in NO_END):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def break_lines(text: str, *, first: float, rest: float, width: Width) -> list[str]:
    """Break a text into lines of at most ``first`` (the first line) or ``rest`` points; keeps hard breaks."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        room = rest if lines else first
        lines += _break(paragraph, room, rest, width) or [""]
    return lines


def _break(text: str, first: float, rest: float, width: Width) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for unit in _fitting(text, rest, width):
        room = (rest if lines else first) + 1e-6
        if line and used + width(unit.rstrip()) > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if line or not unit.isspace() or not lines:
            line += unit
            used += width(unit)
    if line:
        lines.append(line.rstrip())
    return lines


def _fitting(text: str, room: float, width: Width) -> Iterator[str]:
    """Give the units of a text; one wider than a whole line comes in characters, marks still bound to theirs."""
    for unit in units(text):
        for part in [unit] if width(unit) <= room else _bound(unit):
            yield from [part] if width(part) <= room else part
