"""Corrections of typed information that the notice asks for beside the papers (补充更正事项)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.walk_in import Correction
from desktop.views.intake.named import named
from desktop.views.intake.repeat_group import is_delete_line
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1


class CorrectionsList(QWidget):
    """Lines of item and what is asked; Ctrl+Delete takes one away.  ``add_button`` stands where the panel puts it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[TextField, TextField, QWidget]] = []
        self.add_button = named(QPushButton("＋ 补充更正事项"), "corrections.add")
        self.add_button.setProperty("role", "quiet")
        self.add_button.clicked.connect(self.add)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_1)

    def read(self) -> tuple[Correction, ...]:
        """Give the lines that say something."""
        typed = (Correction(item=item.value(), asked=asked.value()) for item, asked, _ in self._lines)
        return tuple(each for each in typed if each.item or each.asked)

    def write(self, corrections: tuple[Correction, ...]) -> None:
        """Show these, without signals."""
        while self._lines:
            self._drop(0)
        for correction in corrections:
            item, asked = self._append()
            item.set_value(correction.item)
            asked.set_value(correction.asked)

    def add(self) -> None:
        """Add a line and go there."""
        self._append()[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Ctrl+Delete before a line of text takes it for a word."""
        here = next((n for n, line in enumerate(self._lines) if watched in line[:2]), None)
        if here is None or not is_delete_line(event):
            return super().eventFilter(watched, event)
        self._drop(here)
        self.add_button.setFocus()
        self.changed.emit()
        return True

    def _append(self) -> tuple[TextField, TextField]:
        place = len(self._lines)
        item = named(TextField(), f"corrections.{place}.item")
        asked = named(TextField(), f"corrections.{place}.asked")
        item.setPlaceholderText("哪一项，如：施工面积")
        asked.setPlaceholderText("如何更正")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_1)
        row.addWidget(item, 2)
        row.addWidget(asked, 3)
        for field in (item, asked):
            field.changed.connect(self.changed)
            field.installEventFilter(self)
        self._layout.addWidget(line)
        line.show()  # at once, so that the keyboard can go there
        before = self._lines[-1][1] if self._lines else self.add_button
        QWidget.setTabOrder(before, item)
        QWidget.setTabOrder(item, asked)
        self._lines.append((item, asked, line))
        return item, asked

    def _drop(self, place: int) -> None:
        *_, line = self._lines.pop(place)
        self._layout.removeWidget(line)
        line.hide()
        line.deleteLater()
        for number, (item, asked, _) in enumerate(self._lines):
            item.setObjectName(f"corrections.{number}.item")
            asked.setObjectName(f"corrections.{number}.asked")
