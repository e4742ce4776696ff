"""Stacked shares: one bar of full length a label, parted by its values, each part with its share of a hundred."""

from __future__ import annotations

from typing import Final

from desktop.documents.blocks import Chart, ChartRow
from desktop.documents.chart_drawing import LABEL, Drawing, fitted, write
from desktop.documents.chart_marks import GROUNDS, Ground, area, size_of
from desktop.documents.sheet import MM, Pen

_BAR: Final = 5.6 * MM
_BETWEEN: Final = 1.8 * MM
_WIDEST_LABEL: Final = 0.25
_PAD: Final = 0.6 * MM


def shares(block: Chart, width: float) -> Drawing:
    """Draw the bars; a part too narrow for its figure stays without, the table has it."""
    names = [fitted(row.label, width * _WIDEST_LABEL) for row in block.rows]
    room = max((LABEL.width(name) for name in names), default=0) + 2 * MM
    sums = [f"{sum(_sizes(row)):,.10g}" for row in block.rows]
    after = max((LABEL.width(text) for text in sums), default=0) + 3 * MM
    long = width - room - after
    step = _BAR + _BETWEEN

    def draw(pen: Pen, x: float, y: float) -> None:
        for place, (name, row, total) in enumerate(zip(names, block.rows, sums, strict=True)):
            top = y + _BETWEEN + place * step
            write(pen, name, x + room - 1.5 * MM, top + _BAR / 2, align="right")
            _row(pen, row, x + room, top, long)
            write(pen, total, x + width, top + _BAR / 2, align="right")

    return Drawing(len(block.rows) * step + _BETWEEN, draw)


def _row(pen: Pen, row: ChartRow, x: float, top: float, long: float) -> None:
    sizes = _sizes(row)
    total = sum(sizes)
    if not total:
        write(pen, "没有", x, top + _BAR / 2)
        return
    for index, size in enumerate(sizes):
        wide = long * size / total
        ground = GROUNDS[index % len(GROUNDS)]
        area(pen, x, top, wide, _BAR, ground)
        _percent(pen, f"{size * 100 / total:.0f}%", x, top, wide, ground)
        x += wide


def _percent(pen: Pen, text: str, x: float, top: float, wide: float, ground: Ground) -> None:
    need = LABEL.width(text) + 2 * _PAD
    if need > wide:
        return
    middle = x + wide / 2
    if ground.hatch:
        # Type over lines is not read: it stands on white.
        pen.fill(middle - need / 2, top + 0.9 * MM, need, _BAR - 1.8 * MM, 1)
    if ground.is_dark:
        pen.canvas.setFillGray(1)
    write(pen, text, middle, top + _BAR / 2, align="centre")
    pen.canvas.setFillGray(0)


def _sizes(row: ChartRow) -> list[float]:
    return [max(size_of(value) or 0, 0) for value in row.values]
