"""What F1 shows: every key of the page, and the keys that work everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.actions import ANYWHERE, ActionSpec, actions_of, keys_in_words
from desktop.views.theme import SPACE_2, SPACE_4, SPACE_6


class KeysDialog(QDialog):
    """Two short lists; Esc, Enter or F1 closes."""

    def __init__(self, page: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"键位 · {title}")
        self.setObjectName("keys")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for heading, specs in ((f"{title}页", actions_of(page)), ("各页通用", actions_of(ANYWHERE))):
            if specs:
                column.addWidget(_heading(heading))
                column.addLayout(_table(specs))
        close = QPushButton("关闭")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def _table(specs: tuple[ActionSpec, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_4)
    half = (len(specs) + 1) // 2
    for index, spec in enumerate(specs):
        column, row = divmod(index, half)
        keys = QLabel(keys_in_words(spec))
        keys.setProperty("role", "figure")
        grid.addWidget(keys, row, column * 2)
        grid.addWidget(QLabel(spec.text), row, column * 2 + 1)
    return grid
