"""A quiet line that says how many there are and unfolds a short list of them by its key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop.views.intake.named import named

_MOST_ROWS: Final = 4


class FoldedLine(QWidget):
    """The base of such lines: ``head`` says it, ``list`` holds the items, ``column`` is the layout of both."""

    def __init__(self, name: str, items: QListWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = named(QPushButton(), name)
        self.head.setProperty("role", "quiet")
        self.head.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head.clicked.connect(self.toggle)
        self.list = items
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.list)

    def toggle(self) -> None:
        """Open the list and go there, or fold it."""
        if self.head.isHidden():
            return
        self.list.setVisible(self.list.isHidden())
        if not self.list.isHidden():
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say(self, words: str) -> None:
        """Say what the list holds now, and give it the room for that; an empty list leaves no head."""
        count = self.list.count()
        self.head.setText(words)
        self.head.setVisible(bool(count))
        if not count:
            self.list.hide()
        row = max(self.list.sizeHintForRow(0), 1)
        self.list.setFixedHeight(row * min(count, _MOST_ROWS) + 8)
