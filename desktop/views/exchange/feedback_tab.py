"""The register of what is told upward (情况反馈, 平台使用意见建议) with its states, given out by period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.domain.access import Right
from desktop.domain.feedback import KIND_WORDS, FeedbackRow
from desktop.views.exchange.feedback_dialogs import FeedbackDialog, PeriodDialog
from desktop.views.registers.page_card import PageCard
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_COLUMNS = ("发现日期", "类别", "情况、意见", "反馈对象", "反馈日期", "答复", "状态", "记录人")
_WIDTHS = (8, 11, 30, 12, 8, 20, 7)
_WRITERS = (Right.REGISTER, Right.PATROL_FEEDBACK, Right.DECIDE_EXCEPTIONS)
_MARKS = {"未反馈": "▲ ", "已反馈": "", "已答复": "● "}


class FeedbackTab(RegisterTab):
    """Feedback, the last noticed first; the whole of the chosen one below."""

    nothing_there = "还没有情况反馈。"
    first_step = "按 Insert 记一条新情况、新问题，或者对平台的意见建议。"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, RegisterTable("feedback", _COLUMNS, _WIDTHS, roomy=(2, 5)), "内容、对象、答复")
        self.table.setAccessibleName("情况反馈")
        self.with_inactive.setText("只列未答复(&Q)")
        self.page = PageCard("feedback.page")
        self.page.stand_under(self)
        self._shown: dict[int, FeedbackRow] = {}
        self.table.currentCellChanged.connect(lambda *_cells: self._show_page())
        self.table.opened.connect(lambda _id: self.edit())
        if self.may_change:
            acts = {"registers.new": ("记一条", self.new), "registers.edit": ("续填、答复", self.edit)}
            self.bind(acts, primary="registers.new")
        if workbench.desk.exporting.may_export():
            self.bind({"registers.give_out": ("按期间导出", self.ask_period)})
        self.show_rows()

    @property
    def may_change(self) -> bool:
        """Say whether the one at work notes feedback."""
        return any(self.bench.desk.sign_in.actor.may(right) for right in _WRITERS)

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the feedback, only what awaits a reply when asked for."""
        found = self.bench.desk.feedback.all()
        kept = [row for row in found if row.replied_on is None or not self.with_inactive.isChecked()]
        self._shown = {row.id: row for row in kept}
        return [(row.id, _texts(row), True) for row in kept]

    def show_rows(self) -> None:
        """Read the register anew, and show the whole of the chosen one."""
        super().show_rows()
        self._show_page()

    def new(self) -> None:
        """Note one."""
        self._open(None)

    def edit(self) -> None:
        """Go on with the chosen one."""
        chosen = self.table.chosen_id()
        if chosen is not None and self.may_change:
            self._open(chosen)

    def ask_period(self) -> None:
        """Ask over which period, then where to."""
        dialog = PeriodDialog(self.bench.desk, self)
        dialog.given.connect(self._ask_file)
        dialog.exec()

    def give_out(self, file: Path, first: date | None, last: date | None) -> None:
        """Write the feedback of a period."""
        feedback = self.bench.desk.feedback
        self.bench.runner.run(
            lambda _progress: feedback.export(file, first, last),
            done=while_there(self, lambda count: self.say(f"已导出 {count} 条到 {file}。", mark="导出")),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def _ask_file(self, first: date | None, last: date | None) -> None:
        wanted = f"情况反馈 {first or ''}至{last or ''}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "导出情况反馈", wanted, "Excel 表格（*.xlsx）")
        if name:
            file = Path(name)
            self.give_out(file if file.suffix else file.with_suffix(".xlsx"), first, last)

    def _open(self, feedback_id: int | None) -> None:
        if FeedbackDialog(self.bench.desk, feedback_id, self).exec():
            self.told()
            self.say("已保存。")

    def _show_page(self) -> None:
        chosen = self.table.chosen_id()
        row = self._shown.get(chosen) if chosen is not None else None
        if row is None:
            self.page.say("")
            return
        told = f"{row.told_on} 反馈{row.told_to}" if row.told_on else "尚未反馈"
        reply = f"{row.replied_on} 答复：{row.reply}" if row.replied_on else ""
        noted = f"{row.noted_by} 记于 {row.noted_at.astimezone():%Y-%m-%d %H:%M}"
        self.page.say("\n".join(line for line in (row.content, told, reply, noted) if line))


def _texts(row: FeedbackRow) -> tuple[str, ...]:
    return (
        row.noticed_on.isoformat(),
        KIND_WORDS[row.kind],
        " ".join(row.content.split()),
        row.told_to,
        row.told_on.isoformat() if row.told_on else "",
        " ".join(row.reply.split()),
        f"{_MARKS[row.state]}{row.state}",
        row.noted_by,
    )
