"""A few lines of text in a form; Tab leaves it."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from desktop.views.theme import SPACE_3, base_px

_LINE = 1.6


class TextBlock(QPlainTextEdit):
    """So many lines high; ``value`` is the text, ``lines`` each line that says something."""

    def __init__(self, text: str = "", *, lines: int = 3) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setFixedHeight(int(base_px() * _LINE * lines) + SPACE_3)

    def value(self) -> str:
        """Give the text without blanks at its ends."""
        return self.toPlainText().strip()

    def lines(self) -> tuple[str, ...]:
        """Give the lines that say something."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())
