"""Prevention services that insurers gave: their lists read in, each row put to its filing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtWidgets import QFileDialog

from desktop.domain.access import Right
from desktop.domain.local_rules import local
from desktop.domain.prevention import PreventionRow, ServicePlan, ServicesTaken
from desktop.views.exchange.prevention_dialogs import AssignDialog, PreventionPlanDialog
from desktop.views.registers.page_card import PageCard
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_COLUMNS = ("服务日期", "登记编号", "工程（作业）", "地点", "保险公司", "保单号", "服务内容", "发现的问题")
_WIDTHS = (8, 11, 15, 15, 10, 11, 14, 16)


class PreventionTab(RegisterTab):
    """The services, the last first; the whole of the chosen one below, Enter opens its filing."""

    nothing_there = "还没有事故预防服务的记录。"
    first_step = "按 Ctrl+I 导入保险公司的服务清单。"

    def __init__(self, workbench: Workbench) -> None:
        table = RegisterTable("prevention", _COLUMNS, _WIDTHS, roomy=(2, 3, 6, 7))
        super().__init__(workbench, table, "工程、地点、保单号、内容")
        self.table.setAccessibleName("事故预防服务")
        self.with_inactive.setText("只列没有对应的(&Q)")
        self.page = PageCard("prevention.page")
        self.page.stand_under(self)
        self._shown: dict[int, PreventionRow] = {}
        self.table.currentCellChanged.connect(lambda *_cells: self._show_page())
        self.table.opened.connect(self._open_filing)
        if self.may_change:
            acts = {
                "registers.read_in": ("导入服务清单", self.ask_file),
                "registers.assign": (local("对应到登记件"), self.assign),
            }
            self.bind(acts, primary="registers.read_in")
        self.show_rows()

    @property
    def may_change(self) -> bool:
        """Say whether the one at work takes such lists in."""
        actor = self.bench.desk.sign_in.actor
        return actor.may(Right.REGISTER) or actor.may(Right.DECIDE_EXCEPTIONS)

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the services, only those without a filing when asked for."""
        found = self.bench.desk.prevention_services.all()
        kept = [row for row in found if row.filing_id is None or not self.with_inactive.isChecked()]
        self._shown = {row.id: row for row in kept}
        return [(row.id, _texts(row), True) for row in kept]

    def show_rows(self) -> None:
        """Read the services anew, and show the whole of the chosen one."""
        super().show_rows()
        self._show_page()

    def ask_file(self) -> None:
        """Ask which list to read."""
        name, _kind = QFileDialog.getOpenFileName(self, "导入服务清单", "", "Excel 表格、CSV（*.xlsx *.csv）")
        if name:
            self.read_in(Path(name))

    def read_in(self, file: Path) -> None:
        """Read a list and show whose each row is; nothing is written yet."""
        services = self.bench.desk.prevention_services
        self.bench.runner.run(
            lambda _progress: services.plan(file),
            done=while_there(self, partial(self._confirm, file)),
            failed=while_there(self, self.say_trouble),
            errand=Errand.LOOK_UP,
        )

    def assign(self) -> None:
        """Put the chosen service to a filing."""
        chosen = self.table.chosen_id()
        row = self._shown.get(chosen) if chosen is not None else None
        if row is not None and AssignDialog(self.bench.desk, row, self).exec():
            self.told()
            self.say("已保存对应。")

    def _confirm(self, file: Path, plan: ServicePlan) -> None:
        if not PreventionPlanDialog(self.bench, plan, self).exec():
            return
        services, act_id = self.bench.desk.prevention_services, uuid4().hex
        self.bench.runner.run(
            lambda _progress: services.take_in(file, sha256=plan.sha256, act_id=act_id),
            done=while_there(self, self._taken_in),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def _taken_in(self, taken: ServicesTaken) -> None:
        self.told()
        refused = f"，{taken.refused} 行有错没有导入" if taken.refused else ""
        known = f"，{taken.known} 条以前已导入" if taken.known else ""
        self.say(local(f"已导入 {taken.taken} 条，对应到登记件 {taken.matched} 条{known}{refused}。"), mark="导入")

    def _open_filing(self, service_id: int) -> None:
        row = self._shown.get(service_id)
        if row is not None and row.filing_id is not None:
            self.bench.filing_asked.emit(row.filing_id)

    def _show_page(self) -> None:
        chosen = self.table.chosen_id()
        row = self._shown.get(chosen) if chosen is not None else None
        if row is None:
            self.page.say("")
            return
        whose = (
            f"{row.filing_number}　{row.project_name}"
            if row.filing_number
            else f"{row.project_name}{local('（没有对应的登记件）')}"
        )
        findings = f"发现的问题：{row.findings}" if row.findings else ""
        self.page.say("\n".join(line for line in (whose, f"服务内容：{row.service}", findings) if line))


def _texts(row: PreventionRow) -> tuple[str, ...]:
    return (
        row.served_on.isoformat(),
        row.filing_number or "▲ 没有对应",
        row.project_name,
        row.place,
        row.insurer,
        row.policy_number,
        " ".join(row.service.split()),
        " ".join(row.findings.split()),
    )
