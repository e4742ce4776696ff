"""A short group of fields under a heading, reached by Alt and a letter; the base of every group of the form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol, cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.views.actions import keys_of
from desktop.views.intake.named import named, restyle
from desktop.views.shared.field import FieldRow
from desktop.views.shared.side_by_side import SideBySide
from desktop.views.theme import COLOURS, SPACE_1, SPACE_2, SPACE_3

LABEL_CHARACTERS: Final = 6


class Editor(Protocol):
    """What the editors of the shared fields have in common."""

    changed: SignalInstance


class FormGroup(QWidget):
    """A heading and rows of labelled fields; ``rows`` finds each by its path, in reading order.

    ``key`` names the action ``group.…`` that leads here, empty where none does.
    """

    changed = Signal()

    def __init__(self, title: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.rows: dict[str, FieldRow] = {}
        self.heading = QLabel(title)
        self.heading.setProperty("role", "heading")
        hint = QLabel(keys_of(f"group.{key}") if key else "")
        hint.setProperty("role", "faint")
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE_2)
        self.head.addWidget(self.heading)
        if key:
            self.head.addWidget(hint)
        self.head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, SPACE_3)
        self.body.setSpacing(SPACE_1)
        self.body.addLayout(self.head)

    def field(
        self,
        path: str,
        label: str,
        editor: QWidget,
        *,
        help_text: str = "",
        article: str = "",
        label_characters: int = LABEL_CHARACTERS,
    ) -> FieldRow:
        """Make a labelled field under its path; every change by hand is told as the group's change."""
        row = FieldRow(
            label,
            named(editor, path),
            help=help_text,
            article=article,
            label_characters=label_characters,
            # Under a style sheet every change of parent costs; so each is put in its place from the start.
            parent=self,
        )
        cast("Editor", editor).changed.connect(self.changed)
        self.rows[path] = row
        return row

    def line(self, *rows: QWidget, stretches: Iterable[int] = ()) -> QWidget:
        """Put fields side by side on one line of the form, below each other where the form is narrow."""
        line = SideBySide(rows, tuple(stretches) or (1,) * len(rows), self)
        self.body.addWidget(line)
        return line

    def focus_first(self) -> None:
        """Put the keyboard into the first field that is there."""
        for row in self.rows.values():
            if row.isVisibleTo(self) and row.editor.isEnabled():
                row.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def light(self, paths: frozenset[str]) -> None:
        """Light the labels of these fields, and no others."""
        for path, row in self.rows.items():
            lit = path in paths
            if bool(row.label.property("lit")) != lit:
                restyle(row.label, lit=lit)
                style = f"background: {COLOURS.picked}; color: {COLOURS.accent_dark}; font-weight: bold;"
                row.label.setStyleSheet(style if lit else "")
