"""The painting of bars and shares, and what all charts share; every painter gives the marks that can be clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.domain.report import ChartKind
from desktop.views.statistics.chart_shape import ChartShape
from desktop.views.theme import COLOURS, SPACE_1, SPACE_2, SPACE_3

# From dark to light, and a pattern besides, so that a grey print and a colour-blind eye still tell them apart.
SHADES: Final = ("#1d4e89", "#d08a1d", "#5b8f7b", "#8f5a86", "#9db4d0", "#b9bec6")
_DASHES: Final = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
)
_PATTERNS: Final = (
    None,
    Qt.BrushStyle.BDiagPattern,
    None,
    Qt.BrushStyle.DiagCrossPattern,
    None,
    Qt.BrushStyle.HorPattern,
)
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_MOST_LABEL: Final = 0.34  # of the width, for the names at the left


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a figure of the table is painted, and what it says."""

    room: QRectF
    row: int
    column: int
    words: str


def paint_legend(painter: QPainter, room: QRectF, names: Sequence[str], *, kind: ChartKind) -> QRectF:
    """Paint what the series are called above the chart, in as many lines as it takes; gives the room left."""
    metrics = QFontMetricsF(painter.font())
    height, x, y = metrics.height() + SPACE_1, room.left(), room.top()
    side = metrics.height() * 0.7
    for place, name in enumerate(names):
        width = side + SPACE_1 + metrics.horizontalAdvance(name) + SPACE_3
        if x + width > room.right() and x > room.left():
            x, y = room.left(), y + height
        box = QRectF(x, y + (height - side) / 2, side, side)
        if kind is ChartKind.LINES:
            painter.setPen(line_pen(place))
            painter.drawLine(QPointF(box.left() - side * 0.2, box.center().y()), QPointF(box.right(), box.center().y()))
            paint_point(painter, box.center(), place)
        else:
            _fill(painter, box, place)
        painter.setPen(QColor(COLOURS.ink_soft))
        painter.drawText(QRectF(box.right() + SPACE_1, y, width, height), _LEFT, name)
        x += width
    return room.adjusted(0, y + height - room.top(), 0, 0)


def paint_bars(painter: QPainter, room: QRectF, shape: ChartShape) -> list[Mark]:
    """Paint lying bars, one a category or a group of them, each with its figure at its end."""
    metrics = QFontMetricsF(painter.font())
    label, ends = _label_width(shape, room, metrics), end_width(shape, metrics)
    field = room.adjusted(label + SPACE_2, 0, -ends, 0)
    step = min(field.height() / len(shape.categories), metrics.height() * 2.4 * len(shape.series))
    thick = min(step * 0.78 / len(shape.series), metrics.height() * 1.1)
    marks = []
    for row, name in enumerate(shape.categories):
        top = field.top() + row * step + (step - thick * len(shape.series)) / 2
        _name(painter, QRectF(room.left(), field.top() + row * step, label, step), name)
        for place, each in enumerate(shape.series):
            long = field.width() * (each.values[row] or 0) / shape.greatest
            bar = QRectF(field.left(), top + place * thick, max(long, 1.0), max(thick - 1, 2))
            _fill(painter, bar, place)
            beside = QRectF(bar.right() + SPACE_1, bar.top() - 4, ends, bar.height() + 8)
            painter.setPen(QColor(COLOURS.ink))
            if thick >= metrics.height() * 0.62:
                painter.drawText(beside, _LEFT, each.texts[row])
            words = f"{name} {each.name} {each.texts[row]}"
            marks.append(Mark(bar.united(beside), row, each.column, words))
    return marks


def paint_shares(painter: QPainter, room: QRectF, shape: ChartShape) -> list[Mark]:
    """Paint one stacked bar a category, all of one length; a share that has the room bears its figure."""
    metrics = QFontMetricsF(painter.font())
    label = _label_width(shape, room, metrics)
    field = room.adjusted(label + SPACE_2, 0, 0, 0)
    step = min(field.height() / len(shape.categories), metrics.height() * 2.6)
    thick = min(step * 0.72, metrics.height() * 1.5)
    marks = []
    for row, name in enumerate(shape.categories):
        _name(painter, QRectF(room.left(), field.top() + row * step, label, step), name)
        total = sum(each.values[row] or 0 for each in shape.series)
        left = field.left()
        for place, each in enumerate(shape.series):
            value = each.values[row] or 0
            if not value or not total:
                continue
            part = QRectF(left, field.top() + row * step + (step - thick) / 2, field.width() * value / total, thick)
            _fill(painter, part, place)
            words = each.texts[row]
            if metrics.horizontalAdvance(words) + 2 * SPACE_1 < part.width():
                _on_shade(painter, part, words, place)
            marks.append(Mark(part, row, each.column, f"{name} {each.name} {words}（{value / total:.0%}）"))
            left = part.right()
    return marks


def _fill(painter: QPainter, room: QRectF, place: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(SHADES[place % len(SHADES)]))
    painter.drawRect(room)
    pattern = _PATTERNS[place % len(_PATTERNS)]
    if pattern is not None:
        painter.setBrush(QBrush(QColor(255, 255, 255, 110), pattern))
        painter.drawRect(room)


def _on_shade(painter: QPainter, room: QRectF, words: str, place: int) -> None:
    metrics = QFontMetricsF(painter.font())
    width = metrics.horizontalAdvance(words) + SPACE_1
    plate = QRectF(0, 0, width, metrics.height() * 0.95)
    plate.moveCenter(room.center())
    shade = QColor(SHADES[place % len(SHADES)])
    is_dark = shade.lightness() < 110 and _PATTERNS[place % len(_PATTERNS)] is None
    if not is_dark:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 215))
        painter.drawRoundedRect(plate, 2, 2)
    painter.setPen(QColor(COLOURS.paper if is_dark else COLOURS.ink))
    painter.drawText(room, _CENTRE, words)


def _name(painter: QPainter, room: QRectF, name: str) -> None:
    painter.setPen(QColor(COLOURS.ink_soft))
    shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _RIGHT, shown)


def line_pen(place: int) -> QPen:
    """Give the pen of a series: its shade and its dashes."""
    pen = QPen(QColor(SHADES[place % len(SHADES)]), 2)
    pen.setStyle(_DASHES[place % len(_DASHES)])
    return pen


def paint_point(painter: QPainter, at: QPointF, place: int) -> None:
    """Paint a point of a series in the form of its own."""
    side = 4.0
    painter.setPen(QPen(QColor(SHADES[place % len(SHADES)]), 1.5))
    painter.setBrush(QColor(SHADES[place % len(SHADES)] if place % 2 == 0 else COLOURS.paper))
    shapes: tuple[Callable[[], None], ...] = (
        lambda: painter.drawEllipse(at, side, side),
        lambda: painter.drawRect(QRectF(at.x() - side, at.y() - side, 2 * side, 2 * side)),
        lambda: painter.drawPolygon(_triangle(at, side)),
    )
    shapes[place % len(shapes)]()


def _triangle(at: QPointF, side: float) -> QPolygonF:
    return QPolygonF(
        [
            QPointF(at.x(), at.y() - side * 1.2),
            QPointF(at.x() + side * 1.1, at.y() + side),
            QPointF(at.x() - side * 1.1, at.y() + side),
        ]
    )


def _label_width(shape: ChartShape, room: QRectF, metrics: QFontMetricsF) -> float:
    widest = max(metrics.horizontalAdvance(name) for name in shape.categories)
    return min(widest, room.width() * _MOST_LABEL)


def end_width(shape: ChartShape, metrics: QFontMetricsF) -> float:
    """Give the room that the longest figure takes beside its mark."""
    return max(metrics.horizontalAdvance(text) for each in shape.series for text in each.texts) + SPACE_2 + SPACE_1
