"""The register of organisations on the page."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import in_brackets
from desktop.domain.organisations import OrganisationRow
from desktop.views.registers.organisation_dialog import OrganisationDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_papers_dialog import RegisterPapersDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.registers.register_words import gap_words
from desktop.views.shared.chips import Tone
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS = ("名称", "类别", "级别", "上级", "责任片区", "受理点", "人数", "电话", "状态")
_WIDTHS = (18, 11, 5, 10, 11, 11, 4, 9)
_MOST_GAPS = 3


class OrganisationsTab(RegisterTab):
    """The tree of organisations as a table, those below indented under those above."""

    nothing_there = "还没有组织。"
    first_step = "按 Insert 新增，或者在“人员”一栏按 Ctrl+I 导入汇总表。"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, RegisterTable("organisations", _COLUMNS, _WIDTHS), "名称、简称、片区、电话")
        self.table.setAccessibleName("组织")
        self._shown: dict[int, OrganisationRow] = {}
        self.table.opened.connect(lambda _id: self.edit())
        if self.may_change:
            acts = {
                "registers.new": ("新增组织", self.new),
                "registers.edit": ("修改", self.edit),
                "registers.end": ("停用、恢复", self.end),
            }
            self.bind(acts, primary="registers.new")
        self.bind({"registers.print": ("打印", self.print_papers)})
        self.show_rows()

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give the organisations, and say above them what is lacking."""
        found = self.bench.desk.organisations.all(with_inactive=self.with_inactive.isChecked())
        self._shown = {row.id: row for row in found}
        self._say_gaps()
        return [(row.id, self._texts(row), row.is_active) for row in found]

    def new(self) -> None:
        """Open an empty form."""
        self._open(None)

    def edit(self) -> None:
        """Open the chosen organisation."""
        chosen = self.table.chosen_id()
        if chosen is not None and self.may_change:
            self._open(self._shown[chosen])

    def end(self) -> None:
        """Take the chosen organisation out of use with a reason, or into use again."""
        chosen = self.table.chosen_id()
        if chosen is None:
            return
        row = self._shown[chosen]
        if not row.is_active:
            self._do(lambda: self.bench.desk.organisations.activate(row.id), f"已恢复“{row.name}”。")
            return
        words = f"停用“{row.name}”及其 {row.people} 名人员。记录保留，可随时恢复。"
        dialog = ReasonDialog("停用组织", words, self)
        if dialog.exec():
            reason = dialog.reason()
            self._do(lambda: self.bench.desk.organisations.deactivate(row.id, reason), f"已停用“{row.name}”。")

    def print_papers(self) -> None:
        """Show what can be printed from the registers."""
        RegisterPapersDialog(self.bench, self).exec()

    def _open(self, row: OrganisationRow | None) -> None:
        dialog = OrganisationDialog(self.bench.desk, row, self)
        if dialog.exec():
            self.told()
            self.say(f"已保存“{dialog.organisation().name}”。")

    def _do(self, act: object, said: str) -> None:
        assert callable(act)
        try:
            act()
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.told()
        self.say(said)

    def _texts(self, row: OrganisationRow) -> Sequence[str]:
        own = row.organisation
        depth, above = 0, own.parent_id
        while above is not None and above in self._shown:
            depth, above = depth + 1, self._shown[above].organisation.parent_id
        return (
            "　" * depth + own.name,
            word(own.kind),
            word(own.level),
            row.parent,
            "、".join(own.areas),
            word(own.scope) if own.is_point else "",
            str(row.people) if row.people else "",
            own.phone,
            "" if row.is_active else "停用",
        )

    def _say_gaps(self) -> None:
        gaps = self.bench.desk.organisations.gaps()
        shown = "；".join(f"{gap.what}{gap_words(gap)}{in_brackets(gap.article)}" for gap in gaps[:_MOST_GAPS])
        more = f"；另有 {len(gaps) - _MOST_GAPS} 项，见“待补”" if len(gaps) > _MOST_GAPS else ""
        self.banner.say(f"{shown}{more}。" if gaps else "", Tone.AMBER, mark=f"待补 {len(gaps)} 项")
