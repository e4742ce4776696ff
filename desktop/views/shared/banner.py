"""A sentence across the page that stays until its reason is gone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.word_room import make_room
from desktop.views.theme import SPACE_1, SPACE_3, SPACE_4


class Banner(QFrame):
    """Says one sentence with a chip before it; hidden while there is nothing to say."""

    pressed = Signal()  # the button at its end, where it has one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = Chip()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.setProperty("role", "quiet")
        self._button.clicked.connect(self.pressed)
        self._button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_1, SPACE_4, SPACE_1)
        row.setSpacing(SPACE_3)
        row.addWidget(self._chip)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.hide()

    @property
    def text(self) -> str:
        """Give the sentence shown, empty when hidden."""
        return self._words.text()

    def say(self, text: str, tone: Tone | str = Tone.AMBER, *, mark: str = "注意", button: str = "") -> None:
        """Show a sentence; an empty one hides the banner."""
        tone = Tone(tone)
        self._chip.show_as(mark, tone)
        self._words.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setProperty("role", f"banner-{tone.value}")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if text:
            make_room(self)
