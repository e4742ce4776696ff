"""The fields of one entry of the rules, below each other; every change goes into the draft at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.pack_draft import NAME, Key, PackDraft
from desktop.domain.pack_sections import Section, Shape
from desktop.domain.rule_words import RuleWords
from desktop.views.rules.value_editors import ValueEditor
from desktop.views.shared.field import FieldRow
from desktop.views.theme import SPACE_1, SPACE_2

_LABEL: Final = 8
_NOTHING: Final = "这一节没有内容。"


class EntryForm(QScrollArea):
    """``changed`` follows a change of a field, ``renamed`` a change of the name of the entry."""

    changed = Signal()
    renamed = Signal(object)  # the new key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self.editors: dict[str, ValueEditor] = {}
        self._draft: PackDraft | None = None
        self._section: Section | None = None
        self._key: Key | None = None
        self.setObjectName("rules_editor.form")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_entry(self, draft: PackDraft, section: Section, key: Key | None) -> None:
        """Show the fields of an entry, or that there is none."""
        was_on = next((name for name, row in self.rows.items() if row.is_inside()), None)
        self._draft, self._section, self._key = draft, section, key
        self.rows, self.editors = {}, {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.setSpacing(SPACE_1)
        if key is None:
            column.addWidget(QLabel(_NOTHING))
        else:
            words = RuleWords(draft.whole)
            for field in draft.fields(section, key):
                editor = ValueEditor(field, words)
                editor.inner.setObjectName(f"rules_editor.{field.key}")
                row = FieldRow(field.label, editor, label_characters=_LABEL)
                row.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                editor.inner.setAccessibleName(field.label)
                editor.changed.connect(lambda name=field.key: self._take(name))
                column.addWidget(row)
                self.rows[field.key], self.editors[field.key] = row, editor
        column.addStretch(1)
        self.setWidget(inside)
        if was_on is not None:
            self.begin(was_on)  # the keyboard was on a field that is gone

    def begin(self, field: str = "") -> bool:
        """Begin in a field, or in the first; says whether there is one."""
        editor = self.editors.get(field) or next(
            (each for name, each in self.editors.items() if name != NAME), next(iter(self.editors.values()), None)
        )
        if editor is None:
            return False
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(editor)
        return True

    def say_faults(self, faults: dict[str, str]) -> None:
        """Say each fault below its field; the others are in order."""
        for name, row in self.rows.items():
            row.set_fault(faults.get(name, ""))
            if name in faults and not row.is_inside():
                row.reveal()

    def _take(self, name: str) -> None:
        if self._draft is None or self._section is None or self._key is None:
            return
        key = self._draft.change(self._section, self._key, name, self.editors[name].value())
        if key != self._key:
            self._key = key
            self.renamed.emit(key)
        elif name == NAME and self.editors[name].value() != key:
            self.rows[name].set_fault("这个名称已经用过，或者是空的；没有改名。", blocking=False)
        self.changed.emit()


def is_listed(section: Section) -> bool:
    """Say whether entries of a section can be added and removed."""
    return section.shape is not Shape.RECORD
