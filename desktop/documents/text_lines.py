"""Setting text in lines: breaking, indenting, justifying; measures in points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.documents.blocks import Align
from desktop.documents.fonts import PLAIN, font, printable
from desktop.documents.kinsoku import break_lines

_MOST_SPREAD: Final = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A font with its size and the distance between lines."""

    size: float
    leading: float
    name: str = PLAIN

    def width(self, text: str) -> float:
        """Give the width of a text."""
        return _ems(self.name, text) * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One set line: where it starts within its column, and the room added between characters."""

    text: str
    x: float = 0.0
    spread: float = 0.0


def set_lines(
    text: str, style: Type, width: float, *, indent: float = 0.0, align: Align = "left", justify: bool = True
) -> list[Line]:
    """Set a text in a column; full lines reach both edges, the last of a paragraph stays as it is."""
    lines: list[Line] = []
    for paragraph in printable(text).split("\n"):
        broken = break_lines(paragraph, first=width - indent, rest=width, width=style.width)
        for index, line in enumerate(broken):
            x = indent if index == 0 else 0.0
            last = index == len(broken) - 1
            lines.append(_set(line, style, width - x, x=x, align=align, full=justify and not last))
    return lines


@lru_cache(maxsize=20_000)
def _ems(name: str, text: str) -> float:
    """Measure a text in its own size: the steps of the ladder ask for the same pieces again and again."""
    return font(name).stringWidth(text, 1)


def _set(text: str, style: Type, room: float, *, x: float, align: Align, full: bool) -> Line:
    slack = room - style.width(text)
    if align == "centre":
        return Line(text=text, x=x + slack / 2)
    if align == "right":
        return Line(text=text, x=x + slack)
    # A line cut short by a long word would fall apart if it were stretched.
    if full and len(text) > 1 and slack < len(text) * style.size * _MOST_SPREAD:
        return Line(text=text, x=x, spread=slack / (len(text) - 1))
    return Line(text=text, x=x)
