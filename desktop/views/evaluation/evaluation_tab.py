"""Rounds of evaluation on the page 统计: everything that is done with them, each by a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop.domain.access import Right
from desktop.domain.evaluation import Stage
from desktop.domain.evaluation_sheet import SheetPlan
from desktop.views.actions import keys_of
from desktop.views.evaluation.evaluation_panel import EvaluationPanel
from desktop.views.evaluation.items_dialog import ItemsDialog
from desktop.views.evaluation.organisation_dialog import OrganisationDialog
from desktop.views.evaluation.paper_choice import RoundPapersDialog
from desktop.views.evaluation.project_dialog import ProjectDialog
from desktop.views.evaluation.round_dialogs import (
    AppointDialog,
    DrawVisitedDialog,
    FollowUpDialog,
    HandedInDialog,
    RoundDialog,
)
from desktop.views.evaluation.sheet_dialog import SheetDialog
from desktop.views.people.sure_dialog import SureDialog
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_WORKBOOKS: Final = "Excel 表格（*.xlsx）"
# Acts that need a round, and those that need an open one.
_OF_A_ROUND: Final = ("organisation", "print", "give_out", "template", "follow_up")
_OF_AN_OPEN_ROUND: Final = ("handed_in", "draw", "appoint", "project", "read_in", "close")


class EvaluationTab(EvaluationPanel):
    """Enter opens what the keyboard is on; who does not decide exceptions looks, prints and notes projects."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._buttons: dict[str, QPushButton] = {}
        actor = workbench.desk.sign_in.actor
        leads, sees_sites = actor.may(Right.DECIDE_EXCEPTIONS), actor.may(Right.PATROL_FEEDBACK)
        self._bind("new", "新一轮", self.new, leads)
        self._bind("organisation", "评价表", self.open_organisation, True)
        self._bind("handed_in", "收自评报告", self.hand_in, leads)
        self._bind("draw", "抽取", self.draw, leads)
        self._bind("appoint", "指定单位", self.appoint, leads)
        self._bind("project", "抽查项目", self.note_project, leads or sees_sites)
        self._bind("follow_up", "措施完成", self.follow_up, leads)
        self._bind("read_in", "读入评价表", self.ask_sheet, leads)
        self._bind("template", "存出评价表", self.ask_template, actor.may(Right.EXPORT))
        self._bind("give_out", "整轮 Excel", self.ask_workbook, actor.may(Right.EXPORT))
        self._bind("print", "打印", self.print_papers, True)
        self._bind("items", "内容和分值", self.set_items, leads)
        self._bind("close", "结束", self.close_round, leads)
        self.organisations.opened.connect(self._open_chosen)
        self.follow_ups.opened.connect(self._follow_chosen)
        self.projects.opened.connect(self._open_project)
        self.after_reading()

    def new(self) -> None:
        """Open a round and show it."""
        dialog = RoundDialog(self.bench.desk, self)
        if dialog.exec() and dialog.made is not None:
            self.read_anew(dialog.made)
            self.say(f"已开展。按 {keys_of('evaluation.template')} 存出评价表，发给各单位填。")

    def open_organisation(self) -> None:
        """Open the table of the chosen organisation."""
        if self.asked is not None and self.organisation():
            OrganisationDialog(self.bench, self.asked, self.organisation(), self).exec()
            self.read_anew()

    def hand_in(self) -> None:
        """Note what came of the chosen organisation."""
        if self._is_open() and self.asked is not None and self.organisation():
            name = self.organisation()
            if HandedInDialog(self.bench.desk, self.asked, name, self).exec():
                self.read_anew()
                self.say(f"{name} 已记下。")

    def draw(self) -> None:
        """Draw the half that is visited, or say whether the draw on record is true."""
        if not self._is_open() or self.asked is None:
            return
        if self.asked.round.visited:
            self._verify()
        elif DrawVisitedDialog(self.bench.desk, self.asked, self).exec():
            self.read_anew()
            self.say("已抽取，种子留在记录中；抽取单可以打印。", mark="已抽取")

    def appoint(self) -> None:
        """Name those visited by hand."""
        if self._is_open() and self.asked is not None and AppointDialog(self.bench.desk, self.asked, self).exec():
            self.read_anew()
            self.say("已指定，理由留在记录中。")

    def note_project(self) -> None:
        """Note a project seen on site."""
        if not self._is_open() or self.asked is None:
            return
        if not self.asked.round.visited:
            self.say(f"先按 {keys_of('evaluation.draw')} 抽取实地评价的单位。", Tone.AMBER, "注意")
            return
        dialog = ProjectDialog(self.bench.desk, self.asked, None, organisation=self.organisation(), parent=self)
        if dialog.exec():
            self.read_anew()
            self.say("已记下。")

    def follow_up(self) -> None:
        """Note that the chosen measure is done."""
        each = self.follow_up_chosen()
        if each is None or not self.bench.desk.sign_in.actor.may(Right.DECIDE_EXCEPTIONS):
            return
        if FollowUpDialog(self.bench.desk, each, self).exec():
            self.read_anew()
            self.say(f"{each.line.organisation} 的改进措施已记下。")

    def ask_template(self) -> None:
        """Ask where the table goes that organisations fill in."""
        if self.asked is None:
            return
        name = f"专项评价表 {self.asked.round.number}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(self, "存出评价表", name, _WORKBOOKS)
        if chosen:
            self.write_template(Path(chosen), Stage.SELF)

    def write_template(self, file: Path, stage: Stage) -> None:
        """Write the table of all organisations, with what is said already."""
        files, round_id = self.bench.desk.evaluation_files, self.round_id()
        if round_id is not None:
            self.run(lambda: files.template(round_id, (), stage, file), self._given_out)

    def ask_workbook(self) -> None:
        """Ask where the whole round goes."""
        if self.asked is None:
            return
        name = f"{self.asked.round.name}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(self, "整轮存为 Excel", name, _WORKBOOKS)
        if chosen:
            self.give_out(Path(chosen))

    def give_out(self, file: Path) -> None:
        """Write the whole round into a workbook."""
        files, round_id = self.bench.desk.evaluation_files, self.round_id()
        if round_id is not None:
            self.run(lambda: files.workbook(round_id, file), self._given_out)

    def ask_sheet(self) -> None:
        """Ask which filled table to read."""
        if self._is_open():
            chosen, _kind = QFileDialog.getOpenFileName(self, "读入评价表", "", "Excel 表格、CSV（*.xlsx *.csv）")
            if chosen:
                self.read_in(Path(chosen))

    def read_in(self, file: Path) -> None:
        """Read a filled table and show what it would bring; nothing is written yet."""
        files, round_id, name = self.bench.desk.evaluation_files, self.round_id(), self.organisation()
        if round_id is not None:
            self.run(
                lambda: files.look(round_id, file, organisation=name, stage=Stage.SELF),
                partial(self._confirm, file),
                errand=Errand.LOOK_UP,
            )

    def print_papers(self) -> None:
        """Show the papers of the round, and those of what the keyboard is on."""
        if self.asked is not None:
            RoundPapersDialog(
                self.bench, self.asked, organisation=self.organisation(), project=self.project_chosen(), parent=self
            ).exec()

    def set_items(self) -> None:
        """Word and weigh the items of rounds to come."""
        if ItemsDialog(self.bench.desk, self).exec():
            self.say("已保存，从下一轮起用。")

    def close_round(self) -> None:
        """Close the round for good, when sure."""
        if not self._is_open() or self.asked is None:
            return
        told = self.asked.round
        words = f"{told.name} 结束以后，只能再记改进措施的完成日期。"
        if SureDialog("结束这一轮", words, self).exec():
            round_id = told.id
            self.run(lambda: self.bench.desk.evaluations.close(round_id), self._closed)

    def after_reading(self) -> None:
        """Let be pressed what can be done now."""
        has_round, is_open = self.asked is not None, self._is_open()
        for key, button in self._buttons.items():
            if key in _OF_A_ROUND:
                button.setEnabled(has_round)
            if key in _OF_AN_OPEN_ROUND:
                button.setEnabled(is_open)

    def _is_open(self) -> bool:
        return self.asked is not None and not self.asked.round.is_closed

    def _verify(self) -> None:
        asked = self.asked
        if asked is None:
            return
        if not asked.round.seed:
            self.say("实地评价的单位是指定的，不是抽取的。", Tone.AMBER, "注意")
        elif self.bench.desk.evaluations.is_draw_true(asked.round.id):
            self.say("已经抽过；按记录的种子重新抽取，结果一致。", mark="一致")
        else:
            self.say("按记录的种子重新抽取，结果不一致，请报告审计人员。", Tone.RED, "不一致")

    def _confirm(self, file: Path, plan: object) -> None:
        if isinstance(plan, SheetPlan) and SheetDialog(self.bench, plan, self).exec():
            files = self.bench.desk.evaluation_files
            self.run(lambda: files.take(plan, file), self._taken_in)

    def _taken_in(self, count: object) -> None:
        self.read_anew()
        self.say(f"已写入 {count} 行。", mark="已读入")

    def _given_out(self, file: object) -> None:
        self.say(f"已存到 {file}。", mark="已存")

    def _closed(self, _nothing: object) -> None:
        self.read_anew()
        self.say("这一轮已结束。", mark="已结束")

    def _open_chosen(self, _place: int) -> None:
        self.open_organisation()

    def _follow_chosen(self, _place: int) -> None:
        self.follow_up()

    def _open_project(self, _project_id: int) -> None:
        project = self.project_chosen()
        if project is None or self.asked is None:
            return
        if not self._is_open():
            self.print_papers()
        elif ProjectDialog(self.bench.desk, self.asked, project, parent=self).exec():
            self.read_anew()
            self.say("已保存。")

    def _bind(self, key: str, title: str, act: Callable[[], None], may: bool) -> None:
        if not may:
            return
        name = f"evaluation.{key}"
        button = QPushButton(f"{title}（{keys_of(name)}）")
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        if key == "new":
            button.setProperty("role", "primary")
        self._buttons[key] = button
        self.acts.addWidget(button)
        bind_keys(self, {name: act})
