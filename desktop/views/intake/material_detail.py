"""The small row beneath the materials list: form, copies, pages, last day and remark of the current paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.acts import MaterialLine
from desktop.domain.walk_in import MaterialCheck, PaperForm
from desktop.views.intake.named import named
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.side_by_side import SideBySide
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, base_px
from desktop.views.wording import word


class MaterialDetail(QWidget):
    """Edits the check of one paper; Esc or Enter goes back to the list."""

    edited = Signal(object)  # MaterialCheck
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = MaterialCheck(code="")
        self.about = ElidedLabel()
        self.about.setProperty("role", "faint")
        self.form = named(PickList([(form.value, word(form)) for form in PaperForm]), "material.form")
        self.copies = named(TextField(limit=3), "material.copies")
        self.pages = named(TextField(limit=4), "material.pages")
        self.valid_to = named(DayEdit(), "material.valid_to")
        self.remark = named(TextField(), "material.remark")
        self.remark.setPlaceholderText("说明，印在告知书上")
        for editor in (self.form, self.copies, self.pages, self.valid_to, self.remark):
            editor.changed.connect(self._typed)
        self._lay_out()

    @property
    def code(self) -> str:
        """Name the paper shown."""
        return self._check.code

    def show_check(self, line: MaterialLine | None, check: MaterialCheck) -> None:
        """Show one paper's details; nothing can be typed where there is no paper."""
        self.setEnabled(line is not None)
        self._check = check
        self.about.setText(_about(line) if line is not None else "")
        self.form.set_value(check.form.value if check.form else "")
        self.copies.set_value(str(check.copies) if check.copies != 1 else "")
        self.pages.set_value(str(check.pages) if check.pages else "")
        self.valid_to.set_day(check.valid_to)
        self.remark.set_value(check.remark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list by Esc or Enter."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        form = self.form.value()
        self._check = replace(
            self._check,
            form=PaperForm(form) if form else None,
            copies=_number(self.copies.value()) or 1,
            pages=_number(self.pages.value()),
            valid_to=self.valid_to.day(),
            remark=self.remark.value(),
        )
        self.edited.emit(self._check)

    def _lay_out(self) -> None:
        self.copies.setFixedWidth(base_px() * 3)
        self.pages.setFixedWidth(base_px() * 3)
        self.valid_to.setFixedWidth(base_px() * 8)
        self.form.setMinimumWidth(base_px() * 5)
        self.remark.setMinimumWidth(base_px() * 7)
        numbers = QWidget(self)
        fields = QHBoxLayout(numbers)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(SPACE_1)
        fields.addWidget(self.form, 1)
        for editor, words in ((self.copies, "份"), (self.pages, "页　至")):
            fields.addWidget(editor)
            fields.addWidget(QLabel(words))
        fields.addWidget(self.valid_to)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_1)
        layout.addWidget(self.about)
        layout.addWidget(SideBySide((numbers, self.remark), (1, 2), self))


def _about(line: MaterialLine) -> str:
    return "　".join(part for part in (line.problem, line.help, line.article) if part)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) else None
