"""What is known of the chosen record, below a register's table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout

from desktop.views.registers.register_tab import RegisterTab
from desktop.views.theme import SPACE_2, SPACE_3, base_px

_LINES = 7


class PageCard(QScrollArea):
    """A few lines of text that can be selected; hidden while there is nothing to say."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        self.setWidget(self.words)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_lines(_LINES)

    @property
    def text(self) -> str:
        """Give what is said."""
        return self.words.text()

    def show_lines(self, lines: int) -> None:
        """Take the height of so many lines; longer text is scrolled."""
        self.setFixedHeight(int(base_px() * 1.6 * lines))

    def say(self, text: str) -> None:
        """Say what is known; an empty text hides the card."""
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self.setVisible(bool(text))

    def stand_under(self, tab: RegisterTab) -> None:
        """Take the place right below the table of a register."""
        column = tab.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(tab.table) + 1, self)
