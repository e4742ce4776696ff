"""Bad records on the page (不良档案): entered, lifted with a reason, printed."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.firm_register import BadRecordRow
from desktop.domain.local_rules import local
from desktop.views.registers.conduct_dialogs import BadRecordDialog, MeasureDialog
from desktop.views.registers.firm_words import measure_words, state_words
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.registers.page_card import PageCard
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS = ("名称（姓名）", "类别", "证件号码", "情形", "期限", "认定机构", "状态", "文书")
_WIDTHS = (16, 6, 12, 7, 15, 12, 9)


class ConductTab(RegisterTab):
    """Records in force, with the ended and the lifted ones on demand; measures of the chosen party below."""

    nothing_there = "没有在期的不良档案。"
    first_step = "按 Insert 列入一家已登记的企业或者工匠。"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, RegisterTable("bad_records", _COLUMNS, _WIDTHS), "名称、号码、机构、文书")
        self.table.setAccessibleName("不良档案")
        self.with_inactive.setText("含期满和解除(&Q)")
        self.page = PageCard("bad_records.page")
        self.page.stand_under(self)
        self._shown: dict[int, BadRecordRow] = {}
        self.table.currentCellChanged.connect(lambda *_cells: self._show_page())
        if self.may_change:
            acts = {
                "registers.new": ("列入", self.new),
                "registers.end": ("解除", self.lift),
                "registers.measure": ("记处理措施", self.note_measure),
            }
            self.bind(acts, primary="registers.new")
        self.bind({"registers.print": ("不良档案名单", self.print_list)})
        self.show_rows()

    @property
    def may_change(self) -> bool:
        """Say whether the one at work judges conduct."""
        return self.bench.desk.sign_in.actor.may(Right.JUDGE_CONDUCT)

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the records in force, the others too when asked for."""
        today = self.bench.desk.office.today()
        found = self.bench.desk.conduct.records()
        kept = [row for row in found if row.is_in_force(today) or self.with_inactive.isChecked()]
        self._shown = {row.id: row for row in kept}
        return [(row.id, self._texts(row), row.is_in_force(today)) for row in kept]

    def show_rows(self) -> None:
        """Read the records anew, and what is known of the chosen one with them."""
        super().show_rows()
        self._show_page()

    def new(self) -> None:
        """Put a party on record."""
        self._judge(BadRecordDialog(self.bench.desk, None, self), "已列入不良档案。")

    def note_measure(self) -> None:
        """Note a measure against the party of the chosen record."""
        chosen = self._chosen()
        self._judge(MeasureDialog(self.bench.desk, chosen.firm_id if chosen else None, self), "已记处理措施。")

    def lift(self) -> None:
        """Lift the chosen record with a reason; it stays in the list."""
        chosen = self._chosen()
        if chosen is None:
            return
        dialog = ReasonDialog("解除不良档案", f"解除“{chosen.firm_name}”的不良档案。记录保留，不再提醒。", self)
        if not dialog.exec():
            return
        try:
            self.bench.desk.conduct.lift(chosen.id, dialog.reason())
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.told()
        self.say(f"“{chosen.firm_name}”的不良档案已解除。")

    def print_list(self) -> None:
        """Show the list of records in force."""
        ListDialog(self.bench, "不良档案名单", self.bench.desk.conduct.list_pdf, self).exec()

    def _judge(self, dialog: BadRecordDialog | MeasureDialog, said: str) -> None:
        if dialog.exec():
            self.told()
            self.say(said)

    def _chosen(self) -> BadRecordRow | None:
        chosen = self.table.chosen_id()
        return self._shown.get(chosen) if chosen is not None else None

    def _texts(self, row: BadRecordRow) -> Sequence[str]:
        today = self.bench.desk.office.today()
        return (
            row.firm_name,
            word(row.firm_kind),
            row.id_shown,
            word(row.ground),
            f"{row.since.isoformat()} 至 {row.until.isoformat() if row.until else '未定'}",
            row.decided_by,
            f"{'■ ' if row.is_in_force(today) else ''}{state_words(row, today)}",
            row.document,
        )

    def _show_page(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            self.page.say("")
            return
        lifted = f"解除：{chosen.lifted_by}，{chosen.lift_reason}" if chosen.lifted_on else ""
        filing = local(f"有关登记：{chosen.filing_number}") if chosen.filing_number else ""
        entered = f"认定：{chosen.decided_on.isoformat()}，{chosen.decided_by}；录入：{chosen.entered_by}"
        taken = [one for one in self.bench.desk.conduct.measures() if one.firm_id == chosen.firm_id]
        lines = (entered, filing, chosen.remark, lifted, *(measure_words(one) for one in taken))
        self.page.say("\n".join(line for line in lines if line))
