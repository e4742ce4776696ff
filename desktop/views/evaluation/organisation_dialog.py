"""The evaluation table of one organisation: items at the left, what is said of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.evaluation import EvaluationItem, EvaluationLine, Stage
from desktop.domain.evaluation_course import Evaluation, number_words
from desktop.domain.evaluation_figures import figure_words
from desktop.views.actions import keys_of, shortcut
from desktop.views.evaluation.evaluation_words import stage_options
from desktop.views.evaluation.line_form import LineForm
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("序号", "维度", "评价内容", "满分", "得分", "问题")
_WIDTHS: Final = (4, 7, 18, 4, 4, 6)


class OrganisationDialog(QDialog):
    """Ctrl+S keeps the item and goes on to the next; leaving an item keeps it too, unless it has a fault."""

    def __init__(
        self, workbench: Workbench, asked: Evaluation, organisation: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.bench, self.asked, self.organisation = workbench, asked, organisation
        may = workbench.desk.sign_in.actor.may(Right.DECIDE_EXCEPTIONS)
        self._may_write = may and not asked.round.is_closed
        self.banner = Banner()
        stages = stage_options() if organisation in asked.round.visited else stage_options()[:1]
        self.stage = PickList(stages)
        self.total = QLabel()
        self.table = RegisterTable("evaluation_items", _COLUMNS, _WIDTHS, roomy=(2,))
        self.form = LineForm(workbench.desk, may_write=self._may_write)
        self._place, self._kept = (
            -1,
            EvaluationLine(round_id=asked.round.id, organisation=organisation, item="", stage=Stage.SELF, score=None),
        )
        self._was_warned = False
        self._build()
        self.stage.set_value(Stage.SELF.value)
        self._show_items()
        self.stage.changed.connect(self._other_stage)
        self.table.currentCellChanged.connect(self._other_item)
        self.table.opened.connect(self._to_score)
        self.table.setFocus()

    def save(self) -> None:
        """Keep the item, and go on to the next."""
        if self._keep():
            if self._place + 1 < self.table.rowCount():
                self.table.setCurrentCell(self._place + 1, 0)
                self._to_score()
            else:
                self.banner.say("最后一项也已保存。", Tone.GREEN, mark="已保存")

    def print_table(self) -> None:
        """Show the table of the stage as a paper."""
        if self._keep():
            files, round_id, stage = self.bench.desk.evaluation_files, self.asked.round.id, self._stage()
            title = f"专项评价表 {self.organisation} {stage.label}"
            ListDialog(self.bench, title, lambda: files.table_pdf(round_id, self.organisation, stage), self).exec()

    def reject(self) -> None:
        if self._is_changed() and not self._was_warned:
            self._was_warned = True
            self.banner.say(
                f"这一项还没有保存：{keys_of('registers.save')} 保存，再按一次 Esc 放弃。", Tone.AMBER, mark="注意"
            )
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> bool:
        """Keep what is typed; says whether one can go on."""
        self.form.clear_faults()
        if not self._may_write or not self._is_changed():
            return True
        try:
            line = self.form.typed(self._kept)
            self.bench.desk.evaluations.note(line)
        except FaultyInput as error:
            self._say_faults([(fault.where.partition(".")[2], fault.what) for fault in error.faults])
            return False
        except ClerkError as error:
            fields = error.details.get("fields")
            names = fields if isinstance(fields, tuple) else ("",)
            self._say_faults([(str(name), describe(error).text) for name in names])
            return False
        others = [one for one in self.asked.lines if (one.item, one.stage, one.organisation) != _key(line)]
        self.asked = replace(self.asked, lines=(*others, line))
        self._kept, self._was_warned = line, False
        self.banner.say("")
        self._show_row(self._place)
        self._say_total()
        return True

    def _say_faults(self, faults: list[tuple[str, str]]) -> None:
        self.form.say_faults(faults)
        self.banner.say("；".join(what for _name, what in faults), Tone.RED, mark="没有保存")

    def _is_changed(self) -> bool:
        try:
            return self._may_write and self._place >= 0 and self.form.typed(self._kept) != self._kept
        except ClerkError:
            return True

    def _stage(self) -> Stage:
        return self._kept.stage

    def _items(self) -> tuple[EvaluationItem, ...]:
        return self.asked.round.items_at(self._stage())

    def _other_stage(self) -> None:
        wanted = Stage(self.stage.value() or Stage.SELF.value)
        if wanted is self._stage():
            return
        if not self._keep():
            self.stage.set_value(self._stage().value)
            return
        self._kept = replace(self._kept, stage=wanted)
        self._show_items()

    def _other_item(self, row: int, _column: int, _before: int, _column_before: int) -> None:
        if row == self._place or row < 0:
            return
        if not self._keep():
            with QSignalBlocker(self.table):
                self.table.setCurrentCell(self._place, 0)
            return
        self._show_item(row)

    def _show_items(self) -> None:
        rows = [(place, self._texts(item), True) for place, item in enumerate(self._items())]
        with QSignalBlocker(self.table):
            self.table.show_rows(rows)
            self.table.setCurrentCell(0, 0)
        self._say_total()
        self._show_item(0)

    def _show_item(self, place: int) -> None:
        self._place = place
        item = self._items()[place]
        line = self.asked.line(self.organisation, item.code, self._stage())
        self._kept = line
        self.form.show_line(item, line, figure_words(self.asked, self.organisation, item))

    def _to_score(self, _place: int = 0) -> None:
        self.form.score.setFocus()
        self.form.score.selectAll()

    def _show_row(self, place: int) -> None:
        for column, text in enumerate(self._texts(self._items()[place])):
            cell = self.table.item(place, column)
            if cell is not None:
                cell.setText(text)

    def _texts(self, item: EvaluationItem) -> tuple[str, ...]:
        line = self.asked.line(self.organisation, item.code, self._stage())
        mark = "" if line.score is None else number_words(line.score)
        full = "" if item.full_marks is None else number_words(item.full_marks)
        problem = "" if not line.problem else "● 已完成" if line.done_on else "▲ 有"
        return (item.code, item.dimension.label, item.text, full, mark or ("✓" if line.text else ""), problem)

    def _say_total(self) -> None:
        self.total.setText(f"合计 {self.asked.score(self.organisation, self._stage()).words}")

    def _build(self) -> None:
        self.setObjectName("evaluation_organisation")
        self.setWindowTitle(f"{self.organisation}　{self.asked.round.name}")
        self.resize(base_px() * 86, base_px() * 46)
        self.table.setAccessibleName("评价内容")
        self.total.setProperty("role", "heading")
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(FieldRow("阶段(&J)", self.stage, label_characters=4))
        head.addStretch(1)
        head.addWidget(self.total)
        body = QHBoxLayout()
        body.setSpacing(SPACE_4)
        body.addWidget(self.table, 6)
        body.addWidget(self.form, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addLayout(head)
        column.addLayout(body, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addStretch(1)
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (f"保存，到下一项（{keys_of('registers.save')}）", "registers.save", self.save),
            (f"打印（{keys_of('evaluation_organisation.print')}）", "evaluation_organisation.print", self.print_table),
        )
        for title, key, act in acts:
            button = QPushButton(title)
            button.setObjectName(key)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            button.setEnabled(self._may_write or key != "registers.save")
            QShortcut(shortcut(key), self).activated.connect(button.click)
            foot.addWidget(button)
        close = QPushButton("关闭（Esc）")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        return foot


def _key(line: EvaluationLine) -> tuple[str, Stage, str]:
    return (line.item, line.stage, line.organisation)
