"""What owners look for, on the page (业主需求): taken in, checked, printed for the firms."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.access import Right
from desktop.domain.demands import DemandState, term_words
from desktop.domain.errors import ClerkError
from desktop.domain.firm_register import DemandRow
from desktop.domain.local_rules import local
from desktop.views.registers.demand_dialogs import AnswerDialog, DemandDialog
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS = ("需求号", "状态", "工程或作业", "工种/专业", "社区", "地点", "时间", "业主", "电话", "答复")
_WIDTHS = (5, 5, 18, 7, 6, 11, 13, 6, 8)
_OPEN = (DemandState.OPEN, DemandState.PUBLISHED)


class DemandsTab(RegisterTab):
    """Demands that wait or are published; the closed ones on demand."""

    first_step = "按 Insert 受理一件。"

    def __init__(self, workbench: Workbench) -> None:
        self.nothing_there = local("没有待办的业主需求。")
        super().__init__(workbench, RegisterTable("demands", _COLUMNS, _WIDTHS), local("工程、工种、社区、业主"))
        self.table.setAccessibleName(local("业主需求"))
        self.with_inactive.setText("含办结(&Q)")
        self._shown: dict[int, DemandRow] = {}
        actor = self.bench.desk.sign_in.actor
        if actor.may(Right.REGISTER):
            self.bind({"registers.new": ("受理需求", self.new)}, primary="registers.new")
        if actor.may(Right.REVIEW_DEMAND):
            self.table.opened.connect(lambda _id: self.answer())
            self.bind({"registers.edit": ("审核、答复", self.answer)})
        if actor.may(Right.SEE_WHOLE):
            self.bind({"registers.phone": ("看完整电话", self.see_phone)})
        self.bind({"registers.print": ("发布单", self.print_list)})
        self.show_rows()

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the demands that are not closed, the others too when asked for."""
        found = self.bench.desk.demands.all()
        kept = [row for row in found if row.state in _OPEN or self.with_inactive.isChecked()]
        self._shown = {row.id: row for row in kept}
        return [(row.id, _texts(row), row.state in _OPEN) for row in kept]

    def new(self) -> None:
        """Take a demand in."""
        if DemandDialog(self.bench.desk, self).exec():
            self.told()
            self.say(local("业主需求已受理，待审核。"))

    def answer(self) -> None:
        """Publish, answer or decline the chosen demand."""
        row = self._chosen()
        if row is None or row.state not in _OPEN:
            return
        if AnswerDialog(self.bench.desk, row, self).exec():
            self.told()
            self.say(local(f"第 {row.id} 号业主需求已处理。"))

    def see_phone(self) -> None:
        """Show the owner's whole phone, for a purpose that stays on record."""
        row = self._chosen()
        if row is None:
            return
        dialog = ReasonDialog(
            local("看业主的完整电话"), local(f"看第 {row.id} 号需求的业主电话，用途留在记录中。"), self
        )
        dialog.ask_as("用途(&R)", "查看")
        if not dialog.exec():
            return
        try:
            phone = self.bench.desk.demands.owner_phone(row.id, dialog.reason())
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.say(f"第 {row.id} 号　{row.owner_name}　{phone}", Tone.AMBER, mark="已记录")

    def print_list(self) -> None:
        """Show the published demands, for the firms of the register."""
        ListDialog(self.bench, local("业主需求发布单"), self.bench.desk.demands.list_pdf, self).exec()

    def _chosen(self) -> DemandRow | None:
        chosen = self.table.chosen_id()
        return self._shown.get(chosen) if chosen is not None else None


def _texts(row: DemandRow) -> Sequence[str]:
    return (
        str(row.id),
        word(row.state),
        row.works,
        row.trade,
        row.community,
        row.place,
        term_words(row.wanted_from, row.wanted_to),
        row.owner_name,
        row.phone_shown,
        f"{row.answer}（{row.answered_by}）" if row.answer else "",
    )
