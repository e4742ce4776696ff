"""Restricted notes on patrollers: the notes on one person or all, how many there are, and a new one."""

from __future__ import annotations

from itertools import pairwise
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.local_rules import cited
from desktop.domain.patroller_note import KIND_WORDS, NoteKind, PatrollerNoteDraft, PatrollerNoteRow
from desktop.services.desk import Desk
from desktop.views.actions import keys_of, shortcut
from desktop.views.patrol.text_block import TextBlock
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px

_COLUMNS = ("姓名", "组织", "类别", "发生日期", "事实", "处理", "作出处理的", "记录人")
_WIDTHS = (6, 11, 9, 8, 20, 14, 11)


class PatrollerNotesDialog(QDialog):
    """Notes below each other, Insert adds one; nothing is changed or deleted."""

    def __init__(self, desk: Desk, patroller: str = "", organisation: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._patroller, self._organisation = desk, patroller, organisation
        self.heading, self.detail = QLabel(), QLabel()
        self.table = RegisterTable("patroller_notes", _COLUMNS, _WIDTHS, roomy=(4, 5))
        self.add_button = QPushButton(f"记一条（{keys_of('registers.new')}）")
        self.close_button = QPushButton("关闭（Esc）")
        self._shown: dict[int, PatrollerNoteRow] = {}
        self._build()
        self.table.currentCellChanged.connect(lambda *_cells: self._show_detail())
        self.add_button.clicked.connect(self.add)
        self.close_button.clicked.connect(self.reject)
        QShortcut(shortcut("registers.new"), self).activated.connect(self.add)
        self.look_up()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_up(self) -> None:
        """Read the notes anew."""
        notes = self._desk.patroller_notes
        self._shown = {row.id: row for row in notes.all(self._patroller)}
        self.table.show_rows([(row.id, _texts(row), True) for row in self._shown.values()])
        self.table.say_when_empty(f"没有记事。{keys_of('registers.new')} 记一条。")
        if self._patroller:
            duty = sum(row.kind is NoteKind.DUTY for row in self._shown.values())
            self.heading.setText(f"{self._patroller}：未履职 {duty} 条，廉洁问题 {len(self._shown) - duty} 条")
        else:
            people = notes.counts()
            counted = "，".join(f"{one.patroller} {one.duty + one.integrity} 条" for one in people[:6])
            more = f"等 {len(people)} 人" if len(people) > 6 else ""
            self.heading.setText(f"全部 {len(self._shown)} 条" + (f"：{counted}{more}" if counted else ""))
        self._show_detail()

    def add(self) -> None:
        """Write a note."""
        if PatrollerNoteDialog(self._desk, self._patroller, self._organisation, self).exec():
            self.look_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _show_detail(self) -> None:
        chosen = self.table.chosen_id()
        row = self._shown.get(chosen) if chosen is not None else None
        self.detail.setText(f"事实：{row.facts}\n处理：{row.handling}" if row else "")

    def _build(self) -> None:
        self.setObjectName("patroller_notes_dialog")
        self.setWindowTitle("巡查人员履职记事")
        self.resize(base_px() * 80, base_px() * 36)
        self.heading.setProperty("role", "heading")
        who = QLabel(f"仅分管领导可见；记后不改不删，供考核{cited('patroller_notes')}。")
        who.setProperty("role", "soft")
        self.detail.setWordWrap(True)
        self.table.setAccessibleName("履职记事")
        self.add_button.setProperty("role", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addStretch(1)
        for button in (self.add_button, self.close_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        for part in (self.heading, who):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addLayout(foot)
        for before, after in pairwise((self.table, self.add_button, self.close_button)):
            self.setTabOrder(before, after)


class PatrollerNoteDialog(FittingDialog):
    """Who, of which unit, what happened when, how it was handled and by whom."""

    def __init__(self, desk: Desk, patroller: str, organisation: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "patroller_note",
            "记巡查人员履职情况",
            save=self._keep,
            faults=lambda: desk.patroller_notes.faults(self.draft()),
            parent=parent,
        )
        self._desk, self._act_id = desk, uuid4().hex
        self.patroller, self.organisation, self.decided_by = TextField(), TextField(), TextField()
        self.kind = PickList([(kind.value, words) for kind, words in KIND_WORDS.items()])
        self.happened_on = DayEdit(today=desk.office.today)
        self.facts, self.handling = TextBlock(lines=4), TextBlock(lines=3)
        self.add_line(("patroller", "姓名(&N)", self.patroller), ("organisation", "组织(&Z)", self.organisation))
        self.add_line(("kind", "类别(&G)", self.kind), ("happened_on", "发生日期(&R)", self.happened_on))
        self.add_field("facts", "事实(&F)", self.facts)
        self.add_field("handling", "处理(&H)", self.handling)
        self.add_field("decided_by", "作出处理的(&J)", self.decided_by)
        self.patroller.set_value(patroller)
        self.organisation.set_value(organisation)
        self.kind.set_value(NoteKind.DUTY.value)
        self.happened_on.set_day(desk.office.today())
        self.ready()
        if patroller:
            self.kind.setFocus()

    def draft(self) -> PatrollerNoteDraft:
        """Give the note as typed."""
        return PatrollerNoteDraft(
            patroller=self.patroller.value(),
            organisation=self.organisation.value(),
            kind=NoteKind(self.kind.value() or NoteKind.DUTY.value),
            happened_on=self.happened_on.day(),
            facts=self.facts.value(),
            handling=self.handling.value(),
            decided_by=self.decided_by.value(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.draft()), self.happened_on.text())

    def _keep(self) -> None:
        self._desk.patroller_notes.write(self.draft(), act_id=self._act_id)


def _texts(row: PatrollerNoteRow) -> tuple[str, ...]:
    return (
        row.patroller,
        row.organisation,
        KIND_WORDS[row.kind],
        row.happened_on.isoformat(),
        " ".join(row.facts.split()),
        " ".join(row.handling.split()),
        row.decided_by,
        row.noted_by,
    )
