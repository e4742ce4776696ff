"""The painting of lines over months: figures of one unit share a field and its scale, each unit has a field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, log10
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop.views.statistics.chart_paint import Mark, end_width, line_pen, paint_point
from desktop.views.statistics.chart_shape import ChartShape, Series
from desktop.views.theme import COLOURS, SPACE_1, SPACE_2

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_MOST_STEPS: Final = 4
_LINES_A_STEP: Final = 1.6


def paint_lines(painter: QPainter, room: QRectF, shape: ChartShape) -> list[Mark]:
    """Paint lines over the categories, from zero, with a mark a point and the last figure beside it.

    Figures of different units never share a scale: works in tens would lie flat below patrols in thousands.
    """
    metrics = QFontMetricsF(painter.font())
    units = list(dict.fromkeys(each.unit for each in shape.series))
    fields = [[place for place, each in enumerate(shape.series) if each.unit == unit] for unit in units]
    greatest = [
        max((value for at in own for value in shape.series[at].values if value is not None), default=0.0)
        for own in fields
    ]
    below, air = metrics.height() + SPACE_1, metrics.height() * (0.6 if len(fields) == 1 else 1.0)
    height = (room.height() - below) / len(fields)
    steps = max(1, min(_MOST_STEPS, int((height - air) / (metrics.height() * _LINES_A_STEP))))
    scales = [_scale(each, steps) for each in greatest]
    left = max(metrics.horizontalAdvance(_tick(tick)) for _top, ticks in scales for tick in ticks) + SPACE_2
    marks: list[Mark] = []
    field = QRectF()
    for at, (own, scale) in enumerate(zip(fields, scales, strict=True)):
        upper = room.top() + at * height + air
        field = QRectF(room.left() + left, upper, room.width() - left - end_width(shape, metrics), height - air)
        _paint_scale(painter, field, scale, left)
        marks += _paint_field(painter, field, shape, own, scale[0])
    _names_below(painter, field, shape)
    return marks


def _paint_scale(painter: QPainter, field: QRectF, scale: tuple[float, tuple[float, ...]], left: float) -> None:
    metrics = QFontMetricsF(painter.font())
    top, ticks = scale
    for tick in ticks:
        y = field.bottom() - field.height() * tick / top
        painter.setPen(QPen(QColor(COLOURS.line), 1))
        painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
        painter.setPen(QColor(COLOURS.ink_faint))
        words = QRectF(field.left() - left, y - metrics.height() / 2, left - SPACE_2, metrics.height())
        painter.drawText(words, _RIGHT, _tick(tick))


def _paint_field(painter: QPainter, field: QRectF, shape: ChartShape, places: Sequence[int], top: float) -> list[Mark]:
    marks: list[Mark] = []
    ends: list[tuple[QPointF, str]] = []
    for place in places:
        each = shape.series[place]
        points = _points(field, each, top)
        _line(painter, points, place)
        for row, point in enumerate(points):
            if point is not None:
                paint_point(painter, point, place)
                said = f"{shape.categories[row]} {each.name} {each.texts[row]}"
                marks.append(Mark(QRectF(point.x() - 6, point.y() - 6, 12, 12), row, each.column, said))
        if points and points[-1] is not None:
            ends.append((points[-1], each.texts[-1]))
    _end_words(painter, field, ends)
    return marks


def _points(field: QRectF, each: Series, top: float) -> list[QPointF | None]:
    gap = field.width() / max(len(each.values) - 1, 1)
    return [
        None if value is None else QPointF(field.left() + row * gap, field.bottom() - field.height() * value / top)
        for row, value in enumerate(each.values)
    ]


def _end_words(painter: QPainter, field: QRectF, ends: Sequence[tuple[QPointF, str]]) -> None:
    """Write the last figures beside their points, in the order of the points and none over another."""
    height = QFontMetricsF(painter.font()).height() * 0.95
    once = {(round(point.y()), words): point for point, words in ends}  # lines that end in one point say so once
    order = sorted(once.items(), key=lambda each: each[1].y())
    lowest = field.bottom()
    places: list[float] = []
    for _said, point in reversed(order):
        places.insert(0, min(point.y(), lowest))
        lowest = places[0] - height
    painter.setPen(QColor(COLOURS.ink))
    for ((_y, words), point), y in zip(order, places, strict=True):
        painter.drawText(QRectF(point.x() + SPACE_2, y - height / 2, 200, height), _LEFT, words)


def _line(painter: QPainter, points: Sequence[QPointF | None], place: int) -> None:
    painter.setPen(line_pen(place))
    for one, other in pairwise(points):
        if one is not None and other is not None:
            painter.drawLine(one, other)


def _names_below(painter: QPainter, field: QRectF, shape: ChartShape) -> None:
    metrics = QFontMetricsF(painter.font())
    widest = max(metrics.horizontalAdvance(name) for name in shape.categories) + SPACE_2
    gap = field.width() / max(len(shape.categories) - 1, 1)
    every = max(1, ceil(widest / gap)) if gap > 0 else 1
    painter.setPen(QColor(COLOURS.ink_soft))
    last = len(shape.categories) - 1
    for row, name in enumerate(shape.categories):
        if (last - row) % every == 0:
            x = field.left() + row * gap
            room = QRectF(x - widest / 2, field.bottom() + SPACE_1, widest, metrics.height())
            painter.drawText(room, _CENTRE, name)


def _scale(greatest: float, most: int) -> tuple[float, tuple[float, ...]]:
    """Give the top of a scale from zero and its ticks: steps of 1, 2 or 5 times a power of ten, at most so many."""
    rough = max(greatest, 1.0) / most
    power = 10.0 ** int(log10(rough)) if rough >= 1 else 1.0
    step = next(power * times for times in (1, 2, 5, 10, 20) if power * times >= rough)
    top = step * ceil(max(greatest, 1.0) / step)
    return top, tuple(step * count for count in range(round(top / step) + 1))


def _tick(value: float) -> str:
    return f"{value:,.0f}"
