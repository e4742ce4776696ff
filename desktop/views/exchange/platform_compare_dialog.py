"""The platform's list beside the ledger, line by line, with what is done about each; written together."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.platform_comparison import ComparedLine, Decision, Standing
from desktop.domain.platform_entries import ListOrder, ListPlan
from desktop.views.actions import keys_of, shortcut
from desktop.views.exchange.platform_words import DECISION_WORDS, KIND_WORDS, counted, differences_in_full, line_texts
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("处理", "情形", "清单行", "平台编号", "登记编号", "工程（作业）", "差异、说明")
_WIDTHS: Final = (10, 7, 5, 12, 11, 15, 22)


class PlatformCompareDialog(WorkingDialog):
    """Space changes what is done about a line; ``taken`` brings what came of it."""

    taken = Signal(object)

    def __init__(self, workbench: Workbench, file: Path, plan: ListPlan, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._file, self._plan, self._act_id = file, plan, uuid4().hex
        self._decisions = {line.key: line.choices[0] for line in plan.lines}
        self.heading, self.told, self.detail = QLabel(), QLabel(), QLabel()
        self.only = QCheckBox(f"只列要处理的（{keys_of('platform_compare.only')}）")
        self.table = RegisterTable("platform_compare", _COLUMNS, _WIDTHS, roomy=(3, 5, 6))
        self.kind = PickList(list(KIND_WORDS.items()))
        self.keep_as = TextField()
        self.rows = {
            "kind": FieldRow("没有写类别的算作(&K)", self.kind, label_characters=9),
            "keep_as": FieldRow("列的对应另存为(&M)", self.keep_as, label_characters=9),
        }
        self.take_button = QPushButton(f"照此写入（{keys_of('platform_compare.take')}）")
        self.close_button = QPushButton("不写入（Esc）")
        self._build()
        self._connect()
        self.only.setChecked(any(len(line.choices) > 1 for line in plan.lines))
        self._show_rows()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def decision_of(self, line: ComparedLine) -> Decision:
        """Give what is done about a line as it stands."""
        return self._decisions[line.key]

    def choose(self) -> None:
        """Go on to the next thing that can be done about the chosen line."""
        chosen = self.table.chosen_id()
        if chosen is None:
            return
        line = self._plan.lines[chosen]
        place = line.choices.index(self._decisions[line.key])
        self._decisions[line.key] = line.choices[(place + 1) % len(line.choices)]
        self._show_rows()

    def take(self) -> None:
        """Write what was decided, all together."""
        self.kind.settle()
        order = ListOrder(
            act_id=self._act_id,
            sha256=self._plan.sha256,
            mapped=self._plan.mapped,
            decisions=dict(self._decisions),
            kind_if_unsaid=self.kind.value(),
            keep_as=self.keep_as.value(),
        )
        returns, file = self.bench.desk.platform_returns, self._file
        self.run(lambda _progress: returns.take(file, order), self._done, failed=self._refused)

    def _done(self, taken: Any) -> None:
        self.accept()
        self.taken.emit(taken)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ClerkError) and error.code == "kind_unsaid":
            self.rows["kind"].set_fault(describe(error).text)
            self.rows["kind"].reveal()
            self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say_trouble(error)

    def _show_rows(self) -> None:
        shown = [
            (place, line_texts(line, self._decisions[line.key]), line.standing is not Standing.SAME)
            for place, line in enumerate(self._plan.lines)
            if not self.only.isChecked() or line.standing is not Standing.SAME
        ]
        self.table.show_rows(shown)
        self.table.say_when_empty("清单与台账一致，没有要处理的。")
        self._show_detail()
        counts = {each: sum(one is each for one in self._decisions.values()) for each in Decision}
        told = [
            f"{DECISION_WORDS[each]} {count}" for each, count in counts.items() if each is not Decision.LEAVE and count
        ]
        self.told.setText(f"将：{'，'.join(told)}。按空格换一种处理。" if told else "没有要写入的。按空格换一种处理。")

    def _show_detail(self) -> None:
        chosen = self.table.chosen_id()
        self.detail.setText(differences_in_full(self._plan.lines[chosen]) if chosen is not None else "")

    def _connect(self) -> None:
        chooses = QShortcut(shortcut("platform_compare.choose"), self.table)
        chooses.setContext(Qt.ShortcutContext.WidgetShortcut)
        chooses.activated.connect(self.choose)
        QShortcut(shortcut("platform_compare.only"), self).activated.connect(self.only.toggle)
        QShortcut(shortcut("platform_compare.take"), self).activated.connect(self.take)
        self.only.toggled.connect(self._show_rows)
        self.table.currentCellChanged.connect(self._show_detail)
        self.take_button.clicked.connect(self.take)
        self.close_button.clicked.connect(self.reject)
        self.kind.changed.connect(lambda: self.rows["kind"].set_fault(""))
        order = (self.only, self.table, self.kind, self.keep_as, self.take_button, self.close_button)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _build(self) -> None:
        plan = self._plan
        self.setObjectName("platform_compare_dialog")
        self.setWindowTitle("核对平台清单")
        self.resize(base_px() * 88, base_px() * 42)
        unseen = f"；另有 {plan.elsewhere} 行不在您的范围内" if plan.elsewhere else ""
        self.heading.setText(f"{counted(plan.lines)}{unseen}。现在还没有写入。")
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.told.setProperty("role", "soft")
        self.detail.setWordWrap(True)
        self.kind.setPlaceholderText("请选择")
        self.table.setAccessibleName("平台清单与台账的比对")
        self.keep_as.set_value(plan.profile)
        self.keep_as.setPlaceholderText("例如：市平台导出；表头相同的清单下次照此对应，可空")
        for name, row in self.rows.items():
            row.editor.setObjectName(f"platform_compare.{name}")
        self.rows["kind"].setVisible(any(_lacks_kind(line) for line in plan.lines))
        self.take_button.setProperty("role", "primary")
        head = QHBoxLayout()
        head.addWidget(self.told, 1)
        head.addWidget(self.only)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addStretch(1)
        for button in (self.take_button, self.close_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.heading)
        column.addWidget(self.banner)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        fields = QHBoxLayout()
        fields.setSpacing(SPACE_3)
        for row in self.rows.values():
            fields.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(fields)
        column.addWidget(self.bar)
        column.addLayout(foot)


def _lacks_kind(line: ComparedLine) -> bool:
    return line.standing is Standing.MISSING_HERE and line.row is not None and not line.row.kind
