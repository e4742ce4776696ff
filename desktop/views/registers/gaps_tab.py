"""What organisations and areas still lack, and the head-count of third-party teams."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.local_rules import article
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.register_table import RegisterTable
from desktop.views.registers.register_words import gap_words
from desktop.views.wording import word
from desktop.views.workbench import Workbench


class GapsTab(RegisterTab):
    """One line for each thing that is lacking, with its article."""

    nothing_there = "没有待补的内容：组织、片区和受理点该有的都有了。"

    def __init__(self, workbench: Workbench) -> None:
        table = RegisterTable("gaps", ("单位或者片区", "还缺什么", "依据"), (24, 30))
        super().__init__(workbench, table, "单位、片区、所缺")
        self.table.setAccessibleName("待补")
        self.with_inactive.hide()
        self.show_rows()

    def rows(self) -> Sequence[tuple[int, Sequence[str], bool]]:
        """Give what is lacking; teams below the norm stand at the end."""
        organisations = self.bench.desk.organisations
        found = [(gap.what, gap_words(gap), gap.article) for gap in organisations.gaps()]
        for team in organisations.head_counts():
            if team.present < team.norm:
                short = f"巡查人员 {team.present} 人，{word(team.level)}队伍应有 {team.norm} 人"
                found.append((team.organisation, short, article("team_strength") or "未核实"))
        return [(place, texts, True) for place, texts in enumerate(found)]
