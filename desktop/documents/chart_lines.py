"""Lines over months or years: a marker a point, dashes a series, its name at its end, gaps where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from desktop.documents.blocks import Chart
from desktop.documents.chart_drawing import LABEL, Drawing, dashed, fitted, write
from desktop.documents.chart_marks import marker, scale, shown, size_of
from desktop.documents.sheet import MM, Pen

_HEIGHT: Final = 27 * MM  # three of them and the table of a year share a sheet
_ABOVE: Final = 4 * MM
_BELOW: Final = 6 * MM
_GRID: Final = 0.82
_WIDEST_NAME: Final = 0.18
_MOST_WRITTEN: Final = 16
# Labels stand a little above their point.
_LIFT: Final = 2.6 * MM

Point = tuple[float, float]


def lines(block: Chart, width: float) -> Drawing:
    """Draw the lines over a grid that begins at zero."""
    values = [[size_of(row.values[index]) for row in block.rows] for index in range(len(block.series))]
    step, top_value = scale(max((value for line in values for value in line if value is not None), default=0))
    ticks = [_tick(step * index, step) for index in range(round(top_value / step) + 1)]
    left = max(LABEL.width(tick) for tick in ticks) + 2 * MM
    names = [fitted(name, width * _WIDEST_NAME) for name in block.series]
    right = (max(LABEL.width(name) for name in names) + 3 * MM) if len(names) > 1 else 4 * MM
    across = width - left - right
    places = [left + across * (index + 0.5) / len(block.rows) for index in range(len(block.rows))]

    def draw(pen: Pen, x: float, y: float) -> None:
        bottom = y + _ABOVE + _HEIGHT
        _grid(pen, ticks, x + left, bottom, across)
        _days(pen, block, [x + place for place in places], bottom, across)
        ends: list[tuple[float, str]] = []
        for index, line in enumerate(values):
            points = [
                None if value is None else (x + place, bottom - _HEIGHT * max(value, 0) / top_value)
                for place, value in zip(places, line, strict=True)
            ]
            _line(pen, points, index)
            if known := [point for point in points if point is not None]:
                ends.append((known[-1][1], names[index]))
        if len(names) > 1:
            _names(pen, ends, x + left + across + 1.5 * MM)
        else:
            _figures(pen, block, values[0], [x + place for place in places], bottom, top_value)

    return Drawing(_ABOVE + _HEIGHT + _BELOW, draw)


def _tick(value: float, step: float) -> str:
    return f"{value:,.0f}" if step >= 1 and float(step).is_integer() else f"{value:,.10g}"


def _grid(pen: Pen, ticks: Sequence[str], x: float, bottom: float, across: float) -> None:
    for index, tick in enumerate(ticks):
        y = bottom - _HEIGHT * index / (len(ticks) - 1)
        pen.canvas.setStrokeGray(0 if index == 0 else _GRID)
        pen.rule(x, y, x + across, y)
        pen.canvas.setStrokeGray(0)
        write(pen, tick, x - 1.5 * MM, y, align="right")


def _days(pen: Pen, block: Chart, places: Sequence[float], bottom: float, across: float) -> None:
    """Write the labels below the axis, as many as have room."""
    room = across / len(places)
    widest = max(LABEL.width(row.label) for row in block.rows) + 1.5 * MM
    every = max(1, -(-int(widest) // max(int(room), 1)))
    for index, (row, place) in enumerate(zip(block.rows, places, strict=True)):
        pen.rule(place, bottom, place, bottom + 0.8 * MM)
        if index % every == 0:
            write(pen, fitted(row.label, room * every), place, bottom + 3.2 * MM, align="centre")


def _line(pen: Pen, points: Sequence[Point | None], index: int) -> None:
    dashed(pen, index)
    for start, end in pairwise(points):
        if start is not None and end is not None:
            pen.rule(*start, *end, weight=1)
    pen.canvas.setDash()
    pen.canvas.setLineWidth(0.8)
    for point in points:
        if point is not None:
            marker(pen, *point, index)


def _names(pen: Pen, ends: list[tuple[float, str]], x: float) -> None:
    """Write the names at the ends of their lines, moved apart where they would lie on each other."""
    last = float("-inf")
    for y, name in sorted(ends):
        last = max(y, last + LABEL.size * 1.1)
        write(pen, name, x, last)


def _figures(
    pen: Pen, block: Chart, values: Sequence[float | None], places: Sequence[float], bottom: float, top_value: float
) -> None:
    """Write each figure of a single line above its point, where there are not too many."""
    if len(values) > _MOST_WRITTEN:
        return
    for row, value, place in zip(block.rows, values, places, strict=True):
        if value is not None:
            y, text = bottom - _HEIGHT * max(value, 0) / top_value - _LIFT, shown(row.values[0])
            wide = LABEL.width(text)
            # A line that rises past its own figure would strike it out.
            pen.fill(place - wide / 2, y - LABEL.size * 0.42, wide, LABEL.size * 0.84, 1)
            write(pen, text, place, y, align="centre")
