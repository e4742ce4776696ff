"""Paints the chart of a table: bars, lines with marks, stacked shares; told apart by shade, pattern and label."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.domain.report import ChartKind
from desktop.views.statistics.chart_lines import paint_lines
from desktop.views.statistics.chart_paint import Mark, paint_bars, paint_legend, paint_shares
from desktop.views.statistics.chart_shape import ChartShape
from desktop.views.theme import COLOURS, RADIUS, SPACE_1, SPACE_2, base_px, text_font

_NEAR: Final = 9.0
_RING: Final = 8.0
_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ChartView(QWidget):
    """Shows one chart; a click on a mark gives its place in the table, Enter that of the mark the arrow keys went to.

    ``takes_keys`` is for a chart without its table beside it; the others take no stop of the Tab key.
    """

    asked = Signal(int, int)  # row and column of the table
    stood_on = Signal(int, int)  # row and column of the table

    def __init__(self, name: str, parent: QWidget | None = None, *, takes_keys: bool = False) -> None:
        super().__init__(parent)
        self._here: tuple[int, int] | None = None  # category and series one is on
        self._shape: ChartShape | None = None
        self._marks: list[Mark] = []
        self.setObjectName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if takes_keys else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Give what can be clicked, as painted last."""
        return tuple(self._marks)

    def show_chart(self, shape: ChartShape | None, words: str = "") -> None:
        """Show a chart; without one the view goes away."""
        self._shape = shape
        self.setAccessibleName(words)
        self.setAccessibleDescription(_read_out(shape) if shape else "")
        self.setVisible(shape is not None)
        self._here = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(base_px() * 30, base_px() * 13)

    def minimumSizeHint(self) -> QSize:
        return QSize(base_px() * 14, base_px() * 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._marks = []
        if self._shape is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(base_px() - 1))
        room = QRectF(self.rect()).adjusted(SPACE_2, SPACE_1, -SPACE_2, -SPACE_1)
        if len(self._shape.series) > 1:
            room = paint_legend(painter, room, [each.name for each in self._shape.series], kind=self._shape.kind)
        paint = {ChartKind.LINES: paint_lines, ChartKind.SHARES: paint_shares}.get(self._shape.kind, paint_bars)
        self._marks = paint(painter, room, self._shape)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mark = self._mark_here()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and mark is not None:
            self.asked.emit(mark.row, mark.column)
        elif event.key() in _STEPS and self._shape is not None:
            self._go(*_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._go(0, 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)
        if mark is not None:
            QToolTip.showText(event.globalPosition().toPoint(), mark.words, self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if mark is not None:
            self.asked.emit(mark.row, mark.column)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def _go(self, categories: int, series: int) -> None:
        """Go to another mark; at first to the last of the first series."""
        if self._shape is None:
            return
        last, others = len(self._shape.categories) - 1, len(self._shape.series) - 1
        row, place = self._here or (last, 0)
        self._here = (min(max(row + categories, 0), last), min(max(place + series, 0), others))
        self.stood_on.emit(self._here[0], self._shape.series[self._here[1]].column)
        self.update()

    def _mark_here(self) -> Mark | None:
        if self._shape is None or self._here is None:
            return None
        row, column = self._here[0], self._shape.series[self._here[1]].column
        return next((mark for mark in self._marks if (mark.row, mark.column) == (row, column)), None)

    def _paint_focus(self, painter: QPainter) -> None:
        """Frame the chart and the mark one is on, and say what it says."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(COLOURS.accent), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        mark = self._mark_here()
        if mark is None:
            return
        painter.drawEllipse(mark.room.center(), _RING, _RING)
        metrics = painter.fontMetrics()
        plate = QRectF(0, 0, metrics.horizontalAdvance(mark.words) + 2 * SPACE_2, metrics.height() + SPACE_1)
        plate.moveCenter(mark.room.center() - QPointF(0, metrics.height() + _RING))
        plate.moveLeft(min(max(plate.left(), SPACE_1), self.width() - plate.width() - SPACE_1))
        plate.moveTop(max(plate.top(), SPACE_1))
        painter.setBrush(QColor(COLOURS.picked))
        painter.setPen(QPen(QColor(COLOURS.accent), 1))
        painter.drawRoundedRect(plate, RADIUS, RADIUS)
        painter.setPen(QColor(COLOURS.ink))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, mark.words)

    def _mark_at(self, point: QPointF) -> Mark | None:
        within = [mark for mark in self._marks if mark.room.contains(point)]
        if within:
            return within[-1]
        near = [mark for mark in self._marks if (mark.room.center() - point).manhattanLength() < _NEAR]
        return near[0] if near else None


def _read_out(shape: ChartShape) -> str:
    lines = []
    for each in shape.series:
        pairs = "，".join(f"{label} {text}" for label, text in zip(shape.categories, each.texts, strict=True))
        lines.append(f"{each.name}：{pairs}")
    return "；".join(lines)
