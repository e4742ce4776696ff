"""How the editor of a draft of the rules is laid out: head, three columns, faults, keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.domain.pack_version import LONGEST_NOTE, LONGEST_VERSION
from desktop.views.actions import keys_of
from desktop.views.registers.register_table import RegisterTable
from desktop.views.rules.editor_lists import EntryList, SectionTree
from desktop.views.rules.entry_form import EntryForm
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.flowing import FlowingLines
from desktop.views.shared.text_field import TextField
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px, row_px
from desktop.views.workbench import Workbench

_SIZE: Final = (94, 50)  # in characters
_PARTS: Final = (20, 28, 46)
_FAULT_ROWS: Final = 4
_FAULT_COLUMNS: Final = ("章节", "条目", "错误和改法", "键")
_BUTTONS: Final = (
    ("add", "加一条"),
    ("copy", "复制"),
    ("remove", "删去"),
    ("check", "检查"),
    ("compare", "比较"),
    ("submit", "提交复核"),
)


class EditorFrame(WorkingDialog):
    """The parts of the editor; what they do is said by the window."""

    stopped_words = "已停止。"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent, named="正在读取规则")
        self.version = TextField(limit=LONGEST_VERSION)
        self.day = DayEdit(today=workbench.desk.office.today)
        self.note = TextField(limit=LONGEST_NOTE)
        self.head_rows = {
            "version": FieldRow("版本号(&B)", self.version, label_characters=4),
            "day": FieldRow("施行日期(&D)", self.day, label_characters=5),
            "note": FieldRow("修改说明(&N)", self.note, label_characters=5),
        }
        self.sections, self.entries, self.form = SectionTree(), EntryList(), EntryForm()
        self.fault_table = RegisterTable("rules_editor.faults", _FAULT_COLUMNS, (9, 18, 36, 14), roomy=(1, 2))
        self.state_line = QLabel()
        self.buttons = {key: QPushButton(f"{title}（{keys_of(f'rules_editor.{key}')}）") for key, title in _BUTTONS}
        self.close_button = QPushButton("关闭（Esc）")
        self._lay_out()

    def allow(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(not self.is_busy)

    def _lay_out(self) -> None:
        self.setObjectName("rules_editor")
        self.resize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        for name, row in self.head_rows.items():
            row.editor.setObjectName(f"rules_editor.head.{name}")
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        for name, share in (("version", 3), ("day", 3), ("note", 6)):
            head.addWidget(self.head_rows[name], share, Qt.AlignmentFlag.AlignTop)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for part, share in zip((self.sections, self.entries, self.form), _PARTS, strict=True):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([base_px() * part for part in _PARTS])
        self.fault_table.setAccessibleName("错误清单")
        self.fault_table.setFixedHeight(row_px() * (_FAULT_ROWS + 1))
        self.fault_table.hide()
        self.state_line.setProperty("role", "soft")
        self.state_line.setMinimumWidth(base_px() * 14)
        lines = FlowingLines()
        self.buttons["submit"].setProperty("role", "primary")
        for button in (*self.buttons.values(), self.close_button):
            button.setAutoDefault(False)
            lines.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.state_line)
        foot.addLayout(lines, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addLayout(head)
        column.addWidget(split, 1)
        column.addWidget(self.fault_table)
        column.addWidget(self.bar)
        column.addLayout(foot)
        self.allow()
