"""What is past its day, in large words: how many of each, the most first; Enter or a click opens them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.dashboard import OverdueLine
from desktop.views.shared.chips import Tone
from desktop.views.theme import COLOURS, SPACE_2, SPACE_3, SPACE_6, base_px, figure_font, text_font

_LINE: Final = Qt.ItemDataRole.UserRole
_TIMES: Final = 1.5


class _Line(QStyledItemDelegate):
    """Paints the words at the left and the number large at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(base_px() * 10, int(QFontMetricsF(figure_font(int(base_px() * _TIMES))).height() + SPACE_2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(_LINE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(COLOURS.picked))
        room = QRectF(option.rect).adjusted(SPACE_3, 0, -SPACE_3, 0)
        colour = QColor(COLOURS.red if line.count else COLOURS.ink_faint)
        number, figures = f"{line.count:,}", figure_font(int(base_px() * _TIMES), bold=True)
        painter.setFont(figures)
        painter.setPen(colour)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        font = text_font(int(base_px() * 1.1))
        left = room.adjusted(0, 0, -QFontMetricsF(figures).horizontalAdvance(number) - SPACE_2, 0)
        painter.setFont(font)
        painter.setPen(QColor(COLOURS.ink))
        words = QFontMetricsF(font).elidedText(words_of_line(line), Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class OverdueList(QListWidget):
    """``asked`` gives the line that was opened."""

    asked = Signal(object)  # OverdueLine

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName("已逾期")
        self.setItemDelegate(_Line(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.itemClicked.connect(self._open)

    def show_lines(self, lines: Sequence[OverdueLine]) -> None:
        """Show what is overdue, the most first; kinds of task without any are left out."""
        here = self.currentRow()
        self.clear()
        shown = [line for line in lines if line.count or line.asked is not None]
        for line in sorted(shown, key=lambda line: -line.count):
            item = QListWidgetItem(f"{words_of_line(line)} {line.count}", self)
            item.setData(_LINE, line)
            item.setToolTip(words_of_line(line))
        if self.count():
            self.setCurrentRow(min(max(here, 0), self.count() - 1))

    def lines(self) -> tuple[OverdueLine, ...]:
        """Give what is shown, in order."""
        return tuple(self.item(row).data(_LINE) for row in range(self.count()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.doItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(Tone.GREEN.ink)
            room = self.viewport().rect().adjusted(SPACE_3, SPACE_6, -SPACE_3, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter, "没有逾期的。")
            painter.end()

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.asked.emit(item.data(_LINE))


def words_of_line(line: OverdueLine) -> str:
    """Give the words of a line that stands by itself: what is 其中 elsewhere has nothing above it here."""
    return line.label.removeprefix("其中")
