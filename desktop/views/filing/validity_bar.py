"""The validity of a registration as a bar: its days, the window for extension, and today."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.theme import COLOURS, base_px

_BAR: Final = 10


class ValidityBar(QWidget):
    """From acceptance to the last valid day; the extension window is hatched, today has a mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first: date | None = None
        self._last: date | None = None
        self._extension: date | None = None
        self._today: date | None = None
        self._in_time_until: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_dates(
        self,
        *,
        first: date,
        last: date,
        extension_first: date | None,
        today: date,
        in_time_until: date | None = None,
    ) -> None:
        """Show a validity; also told in words as the widget's accessible name.

        ``in_time_until`` is a day after the last where that is a rest day: until then nothing counts as expired.
        """
        self._in_time_until = in_time_until
        self._first, self._last, self._extension, self._today = first, last, extension_first, today
        self.setAccessibleName(self.words)
        self.setToolTip(self.words)
        self.update()

    @property
    def words(self) -> str:
        """Say the validity in words."""
        if self._first is None or self._last is None or self._today is None:
            return ""
        said = f"有效期 {self._first} 至 {self._last}"
        if self._extension:
            said += f"，可申请延期 {self._extension} 起"
        return f"{said}，{self._left}"

    @property
    def _is_over(self) -> bool:
        assert self._last is not None
        assert self._today is not None
        return self._today > max(self._last, self._in_time_until or self._last)

    @property
    def _left(self) -> str:
        assert self._last is not None
        assert self._today is not None
        left = (self._last - self._today).days
        if left < 0 and not self._is_over:
            return f"届满之日为休息日：{self._in_time_until} 前（含）办理仍算按期"
        return f"还有 {left} 天" if left >= 0 else f"已过期 {-left} 天"

    def sizeHint(self) -> QSize:
        return QSize(400, int(base_px() * 3.6) + _BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._first is None or self._last is None or self._today is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QFontMetricsF(self.font()).height()
        bar = QRectF(6, line + 6, self.width() - 12, _BAR)
        self._paint_bar(painter, bar)
        self._paint_ends(painter, bar, line)
        self._paint_today(painter, bar, line)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(QPen(QColor(COLOURS.green), 1))
        painter.setBrush(QColor(COLOURS.green_ground))
        painter.drawRect(bar)
        if self._extension:
            window = QRectF(QPointF(self._at(self._extension, bar), bar.top()), bar.bottomRight())
            painter.setPen(QPen(QColor(COLOURS.amber), 1))
            painter.setBrush(QColor(COLOURS.amber_ground))
            painter.drawRect(window)
            painter.setBrush(QBrush(QColor(COLOURS.amber), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(window)

    def _paint_ends(self, painter: QPainter, bar: QRectF, line: float) -> None:
        below = QRectF(bar.left(), bar.bottom() + 2, bar.width(), line)
        painter.setPen(QColor(COLOURS.ink_soft))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"{self._first} 受理")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"{self._last} 到期")
        if self._extension:
            words = f"{self._extension} 起可延期"
            metrics = QFontMetricsF(self.font())
            end = bar.right() - metrics.horizontalAdvance(f"{self._last} 到期") - 24
            width = metrics.horizontalAdvance(words)
            start = min(self._at(self._extension, bar) - width / 2, end - width)
            painter.setPen(QColor(COLOURS.amber))
            painter.drawText(QPointF(start, below.top() + metrics.ascent()), words)

    def _paint_today(self, painter: QPainter, bar: QRectF, line: float) -> None:
        assert self._today is not None
        assert self._last is not None
        place = self._at(self._today, bar)
        is_over = self._is_over
        painter.setBrush(QColor(COLOURS.red if is_over else COLOURS.ink))
        painter.setPen(QPen(QColor(COLOURS.red if is_over else COLOURS.ink), 2))
        painter.drawLine(QPointF(place, bar.top() - 3), QPointF(place, bar.bottom() + 2))
        painter.drawPolygon(
            QPolygonF([QPointF(place - 4, bar.top() - 7), QPointF(place + 4, bar.top() - 7), QPointF(place, bar.top())])
        )
        words = self._left
        width = QFontMetricsF(self.font()).horizontalAdvance(f"今天，{words}")
        left = min(max(place - width / 2, bar.left()), bar.right() - width)
        painter.drawText(QRectF(left, 0, width + 4, line), Qt.AlignmentFlag.AlignLeft, f"今天，{words}")

    def _at(self, day: date, bar: QRectF) -> float:
        assert self._first is not None
        assert self._last is not None
        whole = max((self._last - self._first).days, 1)
        share = min(max((day - self._first).days / whole, 0.0), 1.0)
        return bar.left() + bar.width() * share
