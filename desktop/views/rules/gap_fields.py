"""The fields of one gap: a number with its source, or a list of classes each with its source."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.checked import half_width
from desktop.domain.pack_rules import OpenList, Parameter
from desktop.domain.pack_version import FilledClass, FilledList, FilledNumber
from desktop.domain.sentences import plain_number
from desktop.views.actions import keys_of
from desktop.views.rules.gap_words import list_about, marked_source, number_about, number_proposal
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.side_by_side import SideBySide
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4

_LABEL: Final = 4
_SHARES: Final = (2, 5)
_LIST_SHARES: Final = (3, 4)
_PROPOSED: Final = "未核实建议"


class GapCard(QFrame):
    """One gap: what it is, why it is open, the proposal where there is one, and the fields."""

    changed = Signal()
    fields_changed = Signal()  # fields came or went

    def __init__(self, heading: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rows: list[FieldRow] = []
        title, why = QLabel(heading), QLabel(about)
        title.setProperty("role", "heading")
        why.setProperty("role", "soft")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_3)
        self._column.setSpacing(SPACE_1)
        for label in (title, why):
            label.setWordWrap(True)
            self._column.addWidget(label)

    def adopt(self) -> None:
        """Copy the proposal into the fields, marked as not verified."""

    def clear_faults(self) -> None:
        """Take every fault away."""
        for row in self.rows:
            row.set_fault("")

    def _say_proposal(self, words: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        said = QLabel(f"{_PROPOSED}：{words}")
        said.setWordWrap(True)
        said.setProperty("role", "doubt")
        button = QPushButton(f"采用建议（{keys_of('rules_gaps.adopt')}）")
        button.setAutoDefault(False)
        button.setAccessibleDescription("只抄入下面的栏目，来源标明未核实；请核对原文以后再保存。")
        button.setToolTip(button.accessibleDescription())
        button.clicked.connect(self.adopt)
        line.addWidget(said, 1)
        line.addWidget(button)
        self._column.addLayout(line)


class NumberCard(GapCard):
    """A number; coded ones are picked by their words."""

    def __init__(self, name: str, known: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(known.label, number_about(known), parent)
        self.name, self._known = name, known
        self._coded = PickList([(plain_number(word.value), word.label) for word in known.words])
        self._number = TextField(limit=24)
        self._number.setProperty("figures", "true")
        self.value: TextField = self._coded if known.words else self._number
        self.source = TextField(limit=120)
        self.source.setPlaceholderText("文件名称、文号和条款")
        self.value.setObjectName(name)
        self.source.setObjectName(f"{name}.source")
        if words := number_proposal(known):
            self._say_proposal(words)
        self.rows = [
            FieldRow("填写", self.value, label_characters=_LABEL),
            FieldRow("出处", self.source, label_characters=_LABEL),
        ]
        for row, about in zip(self.rows, ("填写", "出处"), strict=True):
            row.editor.setAccessibleName(f"{known.label}：{about}")
        self._column.addWidget(SideBySide(self.rows, _SHARES))
        for editor in (self.value, self.source):
            editor.changed.connect(self.changed)
        (self._number if known.words else self._coded).deleteLater()

    def adopt(self) -> None:
        if self._known.proposal is None:
            return
        self.value.set_value(plain_number(self._known.proposal))
        self.source.set_value(marked_source(self._known.proposal_source))
        self.changed.emit()
        self.source.setFocus()

    def filled(self) -> FilledNumber | None:
        """Give what is filled in; None while both fields are empty."""
        value, source = half_width(self.value.value()), self.source.value()
        return FilledNumber(name=self.name, value=value, source=source) if value or source else None

    def say_fault(self, what: str) -> QWidget:
        """Say a fault at the field it concerns, and give that field."""
        row = self.rows["出处" in what]
        row.set_fault(what)
        row.reveal()
        return row.editor


class ListCard(GapCard):
    """A list: rows of a class and its source; each proposal becomes a row when it is taken."""

    def __init__(self, opened: OpenList, parent: QWidget | None = None) -> None:
        super().__init__(opened.label, list_about(opened), parent)
        self.code, self._opened = opened.code, opened
        self.entries: list[tuple[TextField, TextField, SideBySide]] = []
        if opened.proposals:
            named = "；".join(f"{each.label}（来源：{each.source}）" for each in opened.proposals)
            self._say_proposal(named)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(SPACE_1)
        self._column.addLayout(self._fields)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for title, act in (
            (f"再加一类（{keys_of('rules_gaps.add')}）", self.add),
            (f"去掉这一类（{keys_of('rules_gaps.remove')}）", self.remove),
        ):
            button = QPushButton(title)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
            foot.addWidget(button)
        foot.addStretch(1)
        self._column.addLayout(foot)
        self._last = 0
        self.add(begins=False)

    def adopt(self) -> None:
        taken = {label.value() for label, _source, _line in self.entries}
        for proposal in self._opened.proposals:
            if proposal.label not in taken:
                label, source = self._empty_row()
                label.set_value(proposal.label)
                source.set_value(marked_source(proposal.source))
        self.changed.emit()
        self.entries[-1][1].setFocus()

    def add(self, *, begins: bool = True) -> None:
        """Put one more row below the others and begin in it."""
        label, source = TextField(limit=120), TextField(limit=120)
        label.setPlaceholderText("这一类是什么")
        source.setPlaceholderText("文件名称、文号和条款")
        place = len(self.entries) + 1
        rows = [
            FieldRow(f"第 {place} 类", label, label_characters=_LABEL),
            FieldRow("出处", source, label_characters=_LABEL),
        ]
        for editor, about in ((label, "名称"), (source, "出处")):
            editor.setAccessibleName(f"{self._opened.label}：第 {place} 类的{about}")
            editor.changed.connect(self.changed)
        line = SideBySide(rows, _LIST_SHARES)
        self._fields.addWidget(line)
        self.rows += rows
        self.entries.append((label, source, line))
        self.fields_changed.emit()
        if begins:
            label.setFocus()

    def remove(self) -> None:
        """Take the row away that the keyboard is on, or was on last; one stays."""
        at = next((at for at, entry in enumerate(self.entries) if entry[2].isAncestorOf(self.focusWidget())), -1)
        if len(self.entries) == 1:
            for editor in self.entries[0][:2]:
                editor.set_value("")
            self.changed.emit()
            return
        label, source, line = self.entries.pop(at)
        self.rows = [row for row in self.rows if row.editor not in (label, source)]
        for place, row in enumerate(self.rows[::2], start=1):
            row.set_label(f"第 {place} 类")
        self._fields.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.entries[min(max(at, 0), len(self.entries) - 1)][0].setFocus()
        self.changed.emit()

    def filled(self) -> FilledList | None:
        """Give the classes filled in; None while there are none."""
        typed = [(label.value(), source.value()) for label, source, _line in self.entries]
        classes = tuple(FilledClass(label=label, source=source) for label, source in typed if label or source)
        return FilledList(code=self.code, classes=classes) if classes else None

    def say_fault(self, what: str, place: int) -> QWidget:
        """Say a fault at the row it concerns, and give that field."""
        said = [at for at, (label, source, _line) in enumerate(self.entries) if label.value() or source.value()]
        entry = self.entries[said[place] if place < len(said) else 0]
        editor = entry[1] if "出处" in what else entry[0]
        row = next(row for row in self.rows if row.editor is editor)
        row.set_fault(what)
        row.reveal()
        return editor

    def _empty_row(self) -> tuple[TextField, TextField]:
        if any(editor.value() for editor in self.entries[-1][:2]):
            self.add(begins=False)
        return self.entries[-1][0], self.entries[-1][1]
