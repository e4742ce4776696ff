"""A figure large enough to be read across the room: what it is, how much, and how it moved; a press opens its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.domain.measure import RowsAsked
from desktop.views.shared.chips import Tone
from desktop.views.statistics.figure_words import ChangeWords
from desktop.views.theme import COLOURS, RADIUS, SPACE_1, SPACE_3, base_px, figure_font, text_font

_LABEL_GIVES: Final = 3  # px of its face
_PALE: Final = {Tone.RED: COLOURS.red, Tone.AMBER: COLOURS.amber}


@dataclass(frozen=True, slots=True, kw_only=True)
class TileFigure:
    """What a tile shows; ``key`` tells it from the others; ``asked`` is what its press opens."""

    key: str
    label: str
    value: str
    unit: str = ""
    change: ChangeWords | None = None
    against: str = ""
    tone: Tone = Tone.GREY
    help: str = ""
    asked: RowsAsked | None = None


class FigureTile(QAbstractButton):
    """One figure; Enter and the space bar press it like the mouse."""

    pressed_for = Signal(object)  # TileFigure

    def __init__(self, shown: TileFigure, *, times: float = 2.6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times, self.shown = times, shown
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._press)
        self.show_figure(shown)

    def show_figure(self, shown: TileFigure) -> None:
        """Show another figure in its place."""
        self.shown = shown
        self.setObjectName(f"tile.{shown.key}")
        moved = f"，{shown.against}{shown.change.text}" if shown.change else ""
        self.setAccessibleName(f"{shown.label} {shown.value}{shown.unit}{moved}")
        self.setToolTip(shown.help)
        self.setCursor(Qt.CursorShape.PointingHandCursor if shown.asked else Qt.CursorShape.ArrowCursor)
        self.update()

    def set_times(self, times: float) -> None:
        """Show the number so many times as large as other text."""
        self._times = times
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._least_width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(base_px() * 7, self._height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # its row goes to the next one
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_here = self.hasFocus()
        painter.setPen(QPen(QColor(COLOURS.accent if is_here else COLOURS.line), 2 if is_here else 1))
        painter.setBrush(QColor(COLOURS.grey_ground if self.underMouse() else COLOURS.paper))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        room = frame.adjusted(SPACE_3, SPACE_1, -SPACE_3, -SPACE_1)
        room = self._label(painter, room)
        room = self._value(painter, room)
        if self.shown.change is not None:
            tone = self.shown.change.tone
            colour = COLOURS.ink_faint if tone is Tone.GREY else getattr(COLOURS, tone.value)
            words = f"{self.shown.against}{self.shown.change.text}"
            self._line(painter, room, words, text_font(base_px() - 1), colour)
        painter.end()

    def _label(self, painter: QPainter, room: QRectF) -> QRectF:
        """Write the label; one that is too long for its tile rather in a smaller face than cut."""
        sizes = range(base_px(), base_px() - _LABEL_GIVES - 1, -1)
        fits = (size for size in sizes if self._label_width(size) <= room.width())
        font = text_font(next(fits, sizes[-1]))
        line = QRectF(room.left(), room.top(), room.width(), QFontMetricsF(text_font()).height())
        shown = QFontMetricsF(font).elidedText(self.shown.label, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(QColor(COLOURS.ink_soft))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        return room.adjusted(0, line.height(), 0, 0)

    def _label_width(self, size: int) -> float:
        return QFontMetricsF(text_font(size)).horizontalAdvance(self.shown.label)

    def _value(self, painter: QPainter, room: QRectF) -> QRectF:
        font = self._value_font(room.width())
        metrics = QFontMetricsF(font)
        height = QFontMetricsF(figure_font(int(base_px() * self._times), bold=True)).height()
        painter.setFont(font)
        painter.setPen(QColor(_PALE.get(self.shown.tone, COLOURS.ink)))
        line = QRectF(room.left(), room.top(), room.width(), height)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.shown.value)
        beside = line.adjusted(metrics.horizontalAdvance(self.shown.value) + SPACE_1, 0, 0, -SPACE_1)
        painter.setFont(text_font())
        painter.setPen(QColor(COLOURS.ink_soft))
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self.shown.unit)
        return room.adjusted(0, height, 0, 0)

    def _value_font(self, room: float) -> QFont:
        """Give the largest face in which the number and its unit fit: a long number is never cut."""
        size = int(base_px() * self._times)
        unit = QFontMetricsF(text_font()).horizontalAdvance(self.shown.unit) + SPACE_1
        while size > base_px():
            font = figure_font(size, bold=True)
            if QFontMetricsF(font).horizontalAdvance(self.shown.value) + unit <= room:
                return font
            size -= 1
        return figure_font(base_px(), bold=True)

    def _line(self, painter: QPainter, room: QRectF, words: str, font: QFont, colour: str) -> QRectF:
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        line = QRectF(room.left(), room.top(), room.width(), metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        return room.adjusted(0, metrics.height(), 0, 0)

    def _height(self) -> int:
        value = QFontMetricsF(figure_font(int(base_px() * self._times), bold=True)).height()
        label = QFontMetricsF(text_font()).height()
        below = QFontMetricsF(text_font(base_px() - 1)).height() if self.shown.change is not None else 0
        return int(value + label + below + SPACE_1 * 2 + 4)

    def _least_width(self) -> int:
        value = QFontMetricsF(figure_font(int(base_px() * self._times), bold=True)).horizontalAdvance(self.shown.value)
        unit = QFontMetricsF(text_font()).horizontalAdvance(self.shown.unit)
        label = QFontMetricsF(text_font()).horizontalAdvance(self.shown.label)
        return int(max(value + unit, label) + SPACE_3 * 3)

    def _press(self) -> None:
        self.pressed_for.emit(self.shown)
