"""A name field that offers earlier parties while one types; taking one over fills the whole party."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QWidget

from desktop.views.shared.text_field import TextField

_PAUSE_MS: Final = 200
_SHORTEST: Final = 2
_NAME_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_OFFER_ROLE: Final = _NAME_ROLE + 1


class TakeoverField(TextField):
    """Asks for look-ups after a short pause; ↓ and Enter take one of the offers."""

    look_up_asked = Signal(str)
    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._offers = QStandardItemModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_NAME_ROLE)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]  # the stubs know no overloads
        completer.setWidget(self)
        self._offering = completer
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda _: self._pause.start())

    def offer(self, offers: Sequence[tuple[str, str, object]], *, typed: str) -> None:
        """Offer name, line to show and the thing itself; late answers to an older text are dropped."""
        self._offers.clear()
        if typed != self.value() or not self.hasFocus():
            return
        for name, shown, thing in offers:
            item = QStandardItem(shown)
            item.setData(name, _NAME_ROLE)
            item.setData(thing, _OFFER_ROLE)
            self._offers.appendRow(item)
        if offers:
            self._offering.complete()

    @property
    def offers(self) -> int:
        """Say how many earlier ones are offered now."""
        return self._offers.rowCount()

    def popup(self) -> QAbstractItemView | None:
        """Give the list of offers, None before the first."""
        return self._offering.popup()

    def _ask(self) -> None:
        if len(self.value()) >= _SHORTEST and self.hasFocus():
            self.look_up_asked.emit(self.value())

    def _take(self, index: QModelIndex) -> None:
        thing = index.data(_OFFER_ROLE)
        if thing is not None:
            self.taken.emit(thing)
