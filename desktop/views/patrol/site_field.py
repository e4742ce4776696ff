"""The field that chooses a site: a keyboard-wedge scanner types into it as a person does."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QKeyEvent

from desktop.domain.local_rules import local
from desktop.views.shared.text_field import TextField

# A scanner types a number of 15 characters in well under a second; nobody types so fast.
_SCANNED_MS_A_KEY: Final = 35
_SHORTEST_SCAN: Final = 8


class SiteField(TextField):
    """A line whose Enter looks for a site; ``asked`` gives the text and whether a scanner typed it."""

    asked = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._since, self._keys = QElapsedTimer(), 0
        self.setPlaceholderText(local("扫回执上的二维码，或者输入编号、名称、地址，再按 Enter"))
        self.returnPressed.connect(self._ask)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text().isprintable():
            if not self._keys or not self._since.isValid():
                self._since.start()
            self._keys += 1
        super().keyPressEvent(event)

    def begin(self, text: str = "") -> None:
        """Stand ready for the next site."""
        self._keys = 0
        self.set_value(text)
        self.selectAll()

    def _ask(self) -> None:
        is_scanned = self._keys >= _SHORTEST_SCAN and self._since.elapsed() <= self._keys * _SCANNED_MS_A_KEY
        self._keys = 0
        self.selectAll()
        if self.value():
            self.asked.emit(self.value(), is_scanned)
