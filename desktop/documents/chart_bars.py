"""Bars that lie: one row a label, one bar a series, the figure at the end of each."""

from __future__ import annotations

from typing import Final

from desktop.documents.blocks import Chart, ChartRow
from desktop.documents.chart_drawing import LABEL, Drawing, fitted, write
from desktop.documents.chart_marks import GROUNDS, area, shown, size_of
from desktop.documents.sheet import MM, Pen

_BAR: Final = 4.0 * MM
_THIN: Final = 3.2 * MM
_BETWEEN: Final = 1.6 * MM
_WIDEST_LABEL: Final = 0.3


def bars(block: Chart, width: float) -> Drawing:
    """Draw the bars from a common line at zero; the longest leaves room for its figure."""
    names = [fitted(row.label, width * _WIDEST_LABEL) for row in block.rows]
    room = max((LABEL.width(name) for name in names), default=0) + 2 * MM
    figures = [shown(value) for row in block.rows for value in row.values]
    after = max((LABEL.width(text) for text in figures), default=0) + 3 * MM
    sizes = [size_of(value) or 0 for row in block.rows for value in row.values]
    per_unit = (width - room - after) / (max([*sizes, 0]) or 1)
    thick = _BAR if len(block.series) == 1 else _THIN
    step = len(block.series) * thick + _BETWEEN
    height = len(block.rows) * step + _BETWEEN

    def draw(pen: Pen, x: float, y: float) -> None:
        zero = x + room
        for place, (name, row) in enumerate(zip(names, block.rows, strict=True)):
            top = y + _BETWEEN + place * step
            write(pen, name, zero - 1.5 * MM, top + (step - _BETWEEN) / 2, align="right")
            _row(pen, row, zero, top, thick, per_unit)
        pen.rule(zero, y, zero, y + height, weight=0.8)

    return Drawing(height, draw)


def _row(pen: Pen, row: ChartRow, zero: float, top: float, thick: float, per_unit: float) -> None:
    for index, value in enumerate(row.values):
        long = max(size_of(value) or 0, 0) * per_unit
        area(pen, zero, top + index * thick, long, thick * 0.9, GROUNDS[index % len(GROUNDS)])
        write(pen, shown(value), zero + long + 1.2 * MM, top + (index + 0.45) * thick)
