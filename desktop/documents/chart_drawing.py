"""What the drawings of charts share: their type, their legend, labels that are cut to their room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.documents.blocks import Chart
from desktop.documents.chart_marks import DASHES, GROUNDS, area, marker
from desktop.documents.fonts import printable
from desktop.documents.sheet import MM, Pen
from desktop.documents.text_lines import Line, Type

LABEL: Final = Type(size=8.5, leading=11.5)
_SAMPLE: Final = 7 * MM
_BETWEEN: Final = 5 * MM
_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A part of a chart: its height in points and how to draw it at (left, top)."""

    height: float
    draw: Callable[[Pen, float, float], None]


def fitted(text: str, width: float, style: Type = LABEL) -> str:
    """Cut a label to its room; what is cut is marked."""
    text = printable(text).replace("\n", " ")
    if style.width(text) <= width:
        return text
    while text and style.width(text + _CUT) > width:
        text = text[:-1]
    return text + _CUT


def write(pen: Pen, text: str, x: float, middle: float, *, align: str = "left", style: Type = LABEL) -> None:
    """Write one line whose middle stands at a height, beginning, centred or ending at x."""
    wide = style.width(text)
    left = x if align == "left" else x - wide if align == "right" else x - wide / 2
    pen.text(Line(text=text), style, left, middle - style.leading / 2)


def legend(block: Chart, width: float) -> Drawing:
    """Say what the grounds or the lines mean, and the unit; one series needs no sample."""
    unit = f"单位：{block.unit}" if block.unit else ""
    if block.form == "shares":
        unit = f"右侧为合计，{unit}" if unit else "右侧为合计"
    if len(block.series) < 2:
        words = "　".join(part for part in (*block.series, unit) if part)
        return Drawing(LABEL.leading * 1.2 if words else 0, lambda pen, x, y: _words(pen, fitted(words, width), x, y))
    places: list[tuple[int, str, float, int]] = []
    left, row = 0.0, 0
    for index, name in enumerate(block.series):
        label = fitted(name, width - _SAMPLE)
        need = _SAMPLE + 1.5 * MM + LABEL.width(label)
        if left and left + need > width:
            left, row = 0.0, row + 1
        places.append((index, label, left, row))
        left += need + _BETWEEN
    if unit and left + LABEL.width(unit) > width:
        row += 1
    rows = row + 1

    def draw(pen: Pen, x: float, y: float) -> None:
        for index, label, offset, at in places:
            middle = y + (at + 0.5) * LABEL.leading * 1.2
            _sample(pen, block, index, x + offset, middle)
            write(pen, label, x + offset + _SAMPLE + 1.5 * MM, middle)
        if unit:
            write(pen, unit, x + width, y + (rows - 0.5) * LABEL.leading * 1.2, align="right")

    return Drawing(rows * LABEL.leading * 1.2 + 1 * MM, draw)


def _words(pen: Pen, text: str, x: float, y: float) -> None:
    write(pen, text, x, y + LABEL.leading * 0.5)


def _sample(pen: Pen, block: Chart, index: int, x: float, middle: float) -> None:
    if block.form == "lines":
        dashed(pen, index)
        pen.rule(x, middle, x + _SAMPLE, middle, weight=1)
        pen.canvas.setDash()
        marker(pen, x + _SAMPLE / 2, middle, index)
    else:
        area(pen, x, middle - 1.4 * MM, _SAMPLE, 2.8 * MM, GROUNDS[index % len(GROUNDS)])


def dashed(pen: Pen, index: int) -> None:
    """Set the dashes of one series; the caller sets them back by ``setDash()``."""
    pattern = DASHES[index % len(DASHES)]
    pen.canvas.setDash(*((list(pattern),) if pattern else ()))
