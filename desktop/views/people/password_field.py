"""A line for a password: hidden, taken exactly as typed, with a word when Caps Lock seems to be on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.passwords import LONGEST
from desktop.views.shared.text_field import TextField

CAPS_WORDS: Final = "大写锁定（Caps Lock）似乎开着。"


class PasswordField(TextField):
    """Shows dots; blanks at the ends belong to the password.  ``objected`` says when Caps Lock seems to be on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, limit=LONGEST)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._is_caps_on = False

    def value(self) -> str:
        """Give the password exactly as typed."""
        return self.text()

    def show_plainly(self, is_plain: bool) -> None:
        """Show the characters themselves, or dots again."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_plain else QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self._look_at(event)

    def _look_at(self, event: QKeyEvent) -> None:
        # Qt does not tell the state of the key; a letter in the wrong case does.
        was_on, text = self._is_caps_on, event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._is_caps_on = False
        elif len(text) == 1 and text.isascii() and text.isalpha():
            self._is_caps_on = text.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._is_caps_on:
            self.objected.emit(CAPS_WORDS)
        elif was_on:
            self.objected.emit("")
