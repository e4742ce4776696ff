"""Chips: one word with colour and shape, so that a grey print still tells them apart."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.theme import COLOURS, base_px

_GAP: Final = 6


class Tone(StrEnum):
    """What a colour means; the same everywhere."""

    RED = "red"  # stops here
    AMBER = "amber"  # due, or high-risk
    GREEN = "green"  # in order
    BLUE = "blue"  # can be done
    GREY = "grey"  # neither

    @property
    def ink(self) -> QColor:
        """Give the colour of its words and shape."""
        return QColor(getattr(COLOURS, self.value))

    @property
    def ground(self) -> QColor:
        """Give the colour behind its words."""
        return QColor(getattr(COLOURS, f"{self.value}_ground"))


class Chip(QWidget):
    """A word in a rounded frame with the shape of its tone before it."""

    def __init__(self, text: str = "", tone: Tone | str = Tone.GREY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = Tone(tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """Give the word shown."""
        return self._text

    @property
    def tone(self) -> Tone:
        """Give the tone shown."""
        return self._tone

    def show_as(self, text: str, tone: Tone | str) -> None:
        """Show another word and tone."""
        self._text, self._tone = text, Tone(tone)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._text, QFontMetricsF(self.font()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_chip(painter, QRectF(self.rect()), text=self._text, tone=self._tone)
        painter.end()


def chip_size(text: str, metrics: QFontMetricsF) -> QSize:
    """Give the room one chip needs, in pixels."""
    shape = metrics.height() * 0.5
    return QSize(int(metrics.horizontalAdvance(text) + shape + _GAP * 3 + 4), int(metrics.height() * 1.1 + 4))


def paint_chip(painter: QPainter, room: QRectF, *, text: str, tone: Tone) -> None:
    """Paint a chip at the left of ``room``, centred in height; used by chips and by table cells."""
    metrics = QFontMetricsF(painter.font())
    size = chip_size(text, metrics)
    height = min(float(size.height()), room.height())
    frame = QRectF(room.left(), room.center().y() - height / 2, min(float(size.width()), room.width()), height)
    frame = frame.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(tone.ground)
    painter.setPen(QPen(tone.ink, 1))
    painter.drawRoundedRect(frame, 4, 4)
    side = metrics.height() * 0.5
    _paint_shape(painter, QRectF(frame.left() + _GAP, frame.center().y() - side / 2, side, side), tone)
    painter.setPen(tone.ink)
    words = frame.adjusted(_GAP + side + _GAP, 0, -2, 0)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width() + 1)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


def _paint_shape(painter: QPainter, box: QRectF, tone: Tone) -> None:
    painter.setBrush(tone.ink)
    painter.setPen(Qt.PenStyle.NoPen)
    if tone is Tone.RED:
        painter.drawRect(box)
    elif tone is Tone.AMBER:
        painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))
    elif tone is Tone.GREEN:
        painter.drawEllipse(box)
    elif tone is Tone.BLUE:
        middle = box.center()
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(middle.x(), box.top()),
                    QPointF(box.right(), middle.y()),
                    QPointF(middle.x(), box.bottom()),
                    QPointF(box.left(), middle.y()),
                ]
            )
        )
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tone.ink, max(1.2, base_px() / 10)))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
