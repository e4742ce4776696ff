"""A name field that offers earlier parties while one types; taking one over fills the whole party."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.views.shared.chips import Tone, chip_size, paint_chip
from desktop.views.shared.text_field import TextField

_PAUSE_MS: Final = 200
_SHORTEST: Final = 2
_OFFER_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_CHIPS_ROLE: Final = _OFFER_ROLE + 1
_CHIP_GAP: Final = 6

Chips = Sequence[tuple[str, Tone]]


class TakeoverField(TextField):
    """Asks for look-ups after a short pause; ↓ and Enter take one of the offers, Esc folds them.

    The keyboard, and with it the input method, always stays with the field.
    """

    look_up_asked = Signal(str)
    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._list = QListWidget(self)
        self._list.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._list.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("role", "popup")
        self._list.setItemDelegate(_ChippedLine(self._list))
        self._list.itemClicked.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda _: self._pause.start())

    def offer(self, offers: Sequence[tuple[str, object]], *, typed: str, chips: Sequence[Chips] = ()) -> None:
        """Offer lines to show with the things behind them; late answers to an older text are dropped.

        ``chips`` are painted at the end of each line and are read out with it.
        """
        self._list.clear()
        self._list.hide()
        if typed != self.value() or not self.hasFocus():
            return
        for place, (shown, thing) in enumerate(offers):
            item = QListWidgetItem(shown, self._list)
            item.setData(_OFFER_ROLE, thing)
            marks = tuple(chips[place]) if place < len(chips) else ()
            item.setData(_CHIPS_ROLE, marks)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, "，".join((shown, *(word for word, _tone in marks))))
        if offers:
            self._show()

    @property
    def offers(self) -> int:
        """Say how many earlier ones are offered now."""
        return self._list.count() if self._list.isVisible() else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose among the offers while there are some; what is typed stays what it is until one is taken."""
        if not self._list.isVisible():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(min(max(self._list.currentRow() + step, 0), self._list.count() - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.currentItem() is not None:
            self._take(self._list.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self._list.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold the offers when the field is left."""
        self._list.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Fold the offers with the field."""
        self._list.hide()
        super().hideEvent(event)

    def _ask(self) -> None:
        if len(self.value()) >= _SHORTEST and self.hasFocus():
            self.look_up_asked.emit(self.value())

    def _show(self) -> None:
        self._list.setCurrentRow(-1)
        width = max(self.width(), self._list.sizeHintForColumn(0) + 24)
        self._list.resize(width, self._list.sizeHintForRow(0) * self._list.count() + 6)
        self._list.move(self.mapToGlobal(QPoint(0, self.height())))
        self._list.show()

    def _take(self, item: QListWidgetItem) -> None:
        thing = item.data(_OFFER_ROLE)
        self._list.hide()
        self.taken.emit(thing)


class _ChippedLine(QStyledItemDelegate):
    """Paints the chips of an offer at the end of its line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the room of the words and of all chips."""
        size = super().sizeHint(option, index)
        marks: Chips = index.data(_CHIPS_ROLE) or ()
        chips = [chip_size(word, QFontMetricsF(option.font)) for word, _tone in marks]
        width = size.width() + sum(chip.width() + _CHIP_GAP for chip in chips)
        return QSize(width, max([size.height(), *(chip.height() for chip in chips)]))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the line, then its chips from the right."""
        super().paint(painter, option, index)
        marks: Chips = index.data(_CHIPS_ROLE) or ()
        right = float(option.rect.right()) - _CHIP_GAP
        painter.save()
        painter.setFont(option.font)
        for word, tone in reversed(marks):
            width = chip_size(word, QFontMetricsF(option.font)).width()
            room = QRectF(right - width, option.rect.top(), width, option.rect.height())
            paint_chip(painter, room, text=word, tone=tone)
            right -= width + _CHIP_GAP
        painter.restore()
