"""Firms and craftsmen on the page: the register, the certificates that run out, one party's page below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.firm_register import FirmRow
from desktop.domain.local_rules import local
from desktop.views.actions import keys_of
from desktop.views.books.book_words import attendance_words
from desktop.views.registers.conduct_dialogs import BadRecordDialog, MeasureDialog
from desktop.views.registers.firm_dialog import FirmDialog
from desktop.views.registers.firm_words import certificate_words, page_words, papers_words
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.registers.page_card import PageCard
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.theme import base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS = ("名称（姓名）", "类别", "工种/专业", "证件号码", "证照", "不良档案", "工程", "联系人", "电话", "状态")
_WIDTHS = (16, 6, 8, 12, 13, 6, 4, 6, 8)
_PAPERS = 4
# What a list of certificates leaves out to have room for them.
_NOT_WITH_PAPERS = (3, 6)
_WIDE = 25


class FirmsTab(RegisterTab):
    """The register from which owners choose; what is on record of a party stands below the table."""

    nothing_there = "还没有登记的企业和工匠。"
    first_step = "按 Insert 登记一家。"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, RegisterTable("firms", _COLUMNS, _WIDTHS), "名称、拼音首字母、号码、工种")
        self.table.setAccessibleName("企业和工匠")
        self.page = PageCard("firms.page")
        self.only_expiring = QCheckBox(f"60 天内到期（{keys_of('registers.expiring')}）")
        self._shown: dict[int, FirmRow] = {}
        self._head.insertWidget(self._head.count() - 1, self.only_expiring)
        self.with_inactive.setText("含移出(&Q)")
        self.page.stand_under(self)
        self.table.opened.connect(lambda _id: self.edit())
        self.table.currentCellChanged.connect(lambda *_cells: self._show_page())
        self.only_expiring.toggled.connect(self._list_papers)
        self._bind_acts()
        self.show_rows()

    @property
    def may_change(self) -> bool:
        """Say whether the one at work keeps firms: who keeps registers, and who takes filings in."""
        actor = self.bench.desk.sign_in.actor
        return actor.may(Right.KEEP_REGISTERS) or actor.may(Right.REGISTER)

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the firms, or the certificates that run out, and say above how many do."""
        firms = self.bench.desk.firms
        self._shown = {row.id: row for row in firms.all()}
        self._say_expiring()
        if self.only_expiring.isChecked():
            return [
                (
                    one.firm_id,
                    self._texts(self._shown[one.firm_id], certificate_words(one.certificate, one.state)),
                    True,
                )
                for one in firms.expiring()
            ]
        kept = [row for row in self._shown.values() if row.is_active or self.with_inactive.isChecked()]
        return [(row.id, self._texts(row, papers_words(row.papers, row.valid_to)), row.is_active) for row in kept]

    def show_rows(self) -> None:
        """Read the register anew, and the page of the chosen party with it."""
        super().show_rows()
        self._show_page()

    def new(self) -> None:
        """Open an empty form."""
        self._open(None)

    def edit(self) -> None:
        """Open the chosen firm."""
        chosen = self.table.chosen_id()
        if chosen is not None and self.may_change:
            self._open(chosen)

    def end(self) -> None:
        """Take the chosen firm off the register with a reason, or back onto it."""
        chosen = self.table.chosen_id()
        if chosen is None:
            return
        row, firms = self._shown[chosen], self.bench.desk.firms
        act = firms.withdraw if row.is_active else firms.take_back
        verb = "移出名录" if row.is_active else "重新列入名录"
        dialog = ReasonDialog(verb, f"“{row.name}”{verb}。记录保留，可随时恢复。", self)
        if dialog.exec():
            reason = dialog.reason()
            self._do(lambda: act(chosen, reason), f"“{row.name}”已{verb}。")

    def put_on_record(self) -> None:
        """Put the chosen party on record (不良档案)."""
        self._judge(BadRecordDialog(self.bench.desk, self.table.chosen_id(), self), "已列入不良档案。")

    def note_measure(self) -> None:
        """Note a measure against the chosen party."""
        self._judge(MeasureDialog(self.bench.desk, self.table.chosen_id(), self), "已记处理措施。")

    def print_list(self) -> None:
        """Show the list that owners choose from."""
        ListDialog(self.bench, "企业和工匠名单", self.bench.desk.firms.list_pdf, self).exec()

    def _bind_acts(self) -> None:
        if self.may_change:
            acts = {
                "registers.new": ("登记", self.new),
                "registers.edit": ("修改", self.edit),
                "registers.end": ("移出、恢复", self.end),
            }
            self.bind(acts, primary="registers.new")
        if self.bench.desk.sign_in.actor.may(Right.JUDGE_CONDUCT):
            judging = {
                "registers.record": ("列入不良档案", self.put_on_record),
                "registers.measure": ("记处理措施", self.note_measure),
            }
            self.bind(judging)
        self.bind({"registers.print": (local("供业主选择的名单"), self.print_list)})
        bind_keys(self, {"registers.expiring": self.only_expiring.toggle})

    def _list_papers(self, only: bool) -> None:
        for column in _NOT_WITH_PAPERS:
            self.table.setColumnHidden(column, only)
        self.table.setColumnWidth(_PAPERS, base_px() * (_WIDE if only else _WIDTHS[_PAPERS]))
        self.show_rows()

    def _open(self, firm_id: int | None) -> None:
        try:
            dialog = FirmDialog(self.bench.desk, firm_id, self)
        except ClerkError as error:
            self.say_trouble(error)
            return
        if dialog.exec():
            self.told()
            self.say(f"已保存“{dialog.firm().name}”。")

    def _judge(self, dialog: BadRecordDialog | MeasureDialog, said: str) -> None:
        if dialog.exec():
            self.told()
            self.say(said)

    def _do(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.told()
        self.say(said)

    def _texts(self, row: FirmRow, papers: str) -> Sequence[str]:
        return (
            row.name,
            word(row.kind),
            row.trade,
            row.id_shown,
            papers,
            "■ 在期" if row.is_on_record else "",
            str(row.cases) if row.cases else "",
            row.contact_name,
            row.phone_shown,
            "" if row.is_active else "已移出",
        )

    def _show_page(self) -> None:
        chosen = self.table.chosen_id()
        if chosen is None:
            self.page.say("")
            return
        try:
            page = self.bench.desk.firms.file(chosen)
            trainings = self.bench.desk.books.attendances(chosen)
        except ClerkError as error:
            self.page.say(describe(error).text)
            return
        said = (page_words(page, self.bench.desk.office.today()), attendance_words(trainings))
        self.page.say("\n".join(words for words in said if words))

    def _say_expiring(self) -> None:
        count = len(self.bench.desk.firms.expiring())
        key = keys_of("registers.expiring")
        self.banner.say(
            f"{count} 份证照已过期或者 60 天内到期，{key} 只看这些。" if count else "", Tone.AMBER, mark="证照"
        )
