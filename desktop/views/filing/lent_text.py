"""Text lent to the clipboard and taken back: whole personal numbers do not stay there for the next paste."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

LENT_FOR_MS: Final = 120_000


class LentText(QObject):
    """Puts a text on the clipboard and clears it after two minutes, unless something else stands there by then."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(LENT_FOR_MS)
        self.timer.timeout.connect(self.take_back)

    def lend(self, text: str) -> None:
        """Put a text on the clipboard; the time begins anew."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        self.timer.start()

    def take_back(self) -> None:
        """Clear the clipboard when it still holds what was lent."""
        self.timer.stop()
        clipboard = QGuiApplication.clipboard()
        # Systems end lines in their own ways.
        if self._text and clipboard.text().splitlines() == self._text.splitlines():
            clipboard.clear()
        self._text = ""
