"""What F1 shows: every key of the page, part by part, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.views.actions import ANYWHERE, ActionSpec, actions_of, keys_in_words
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6

_MOST_COLUMNS: Final = 4
_FEW_KEYS: Final = 24

Part = tuple[str, tuple[ActionSpec, ...]]


class KeysDialog(QDialog):
    """The keys in columns; Esc, Enter or F1 closes."""

    def __init__(self, page: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"键位 · {title}")
        self.setObjectName("keys")
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_4)
        for parts in _in_columns(_parts(page, title)):
            column = QVBoxLayout()
            column.setSpacing(SPACE_2)
            for heading, specs in parts:
                column.addWidget(_heading(heading))
                column.addLayout(_table(specs))
            column.addStretch(1)
            columns.addLayout(column)
        close = QPushButton("关闭")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        whole.setSpacing(SPACE_2)
        whole.addLayout(columns)
        whole.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)


def _parts(page: str, title: str) -> tuple[Part, ...]:
    here = actions_of(page)
    names = dict.fromkeys(spec.part for spec in here)
    parts = [(local(name) or f"{title}页", tuple(spec for spec in here if spec.part == name)) for name in names]
    anywhere = actions_of(ANYWHERE)
    to_pages = tuple(spec for spec in anywhere if spec.key.startswith("page."))
    others = tuple(spec for spec in anywhere if spec not in to_pages)
    return (*parts, ("到各页", to_pages), ("各页通用", others))


def _in_columns(parts: Sequence[Part]) -> list[list[Part]]:
    """Share the parts out so that no column is much longer than another; in a column they keep their order."""
    rows = sum(len(specs) + 1 for _heading, specs in parts)
    columns: list[list[Part]] = [[] for _ in range(1 if rows <= _FEW_KEYS else min(_MOST_COLUMNS, len(parts)))]
    for part in sorted(parts, key=lambda each: len(each[1]), reverse=True):
        min(columns, key=_length).append(part)
    for column in columns:
        column.sort(key=parts.index)
    return sorted(columns, key=lambda column: parts.index(column[0]))


def _length(column: list[Part]) -> int:
    return sum(len(specs) + 1 for _heading, specs in column)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def _table(specs: tuple[ActionSpec, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_3)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    for row, spec in enumerate(specs):
        keys = QLabel(keys_in_words(spec))
        keys.setProperty("role", "figure")
        grid.addWidget(keys, row, 0)
        grid.addWidget(QLabel(spec.text), row, 1)
    return grid
