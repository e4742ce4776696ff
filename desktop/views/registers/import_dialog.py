"""What a list would change in the registers, to be looked at before anything is changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services.person_lists import Effect, ImportPlan
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.plan_dialog import PlanDialog
from desktop.views.workbench import Workbench

_WORDS = {Effect.ADD: "新增", Effect.CHANGE: "变更", Effect.END: "停用"}


class ImportDialog(PlanDialog):
    """Lists every change in order; Ctrl+S takes them in together, Esc leaves all as it is."""

    def __init__(self, workbench: Workbench, plan: ImportPlan, parent: QWidget | None = None) -> None:
        super().__init__(
            workbench, parent, name="import_plan", title="导入汇总表", size=(64, 36), words=("全部导入", "不导入")
        )
        counts = {effect: sum(line.effect is effect for line in plan.lines) for effect in Effect}
        told = "，".join(f"{_WORDS[effect]} {count}" for effect, count in counts.items() if count)
        self.heading.setText(f"导入后：{told}。现在还没有改动任何内容。")
        self.table = RegisterTable("import_lines", ("处理", "组织", "内容"), (5, 18))
        self.table.setAccessibleName("导入后的改动")
        self.table.show_rows(
            [
                (place, (_WORDS[line.effect], line.organisation, line.what), True)
                for place, line in enumerate(plan.lines)
            ]
        )
        self.lay_out(self.table)
