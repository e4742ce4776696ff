"""What a filled table would bring into a round, looked at before anything is written."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.evaluation import EvaluationLine
from desktop.domain.evaluation_course import number_words
from desktop.domain.evaluation_sheet import SheetPlan
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.plan_dialog import PlanDialog
from desktop.views.workbench import Workbench

_LINES = ("单位", "阶段", "序号", "得分", "情况", "问题", "改进措施")
_LINE_WIDTHS = (12, 8, 5, 5, 16, 12, 12)
_FAULTS = ("表中第几行", "问题")


class SheetDialog(PlanDialog):
    """Lists every line that changes, or every fault: with a fault nothing can be taken in."""

    def __init__(self, workbench: Workbench, plan: SheetPlan, parent: QWidget | None = None) -> None:
        title = f"读入评价表：{plan.file_name}"
        super().__init__(
            workbench, parent, name="evaluation_sheet", title=title, size=(80, 38), words=("全部写入", "不写入")
        )
        self._plan = plan
        self.heading.setText(_told(plan))
        self.table = self._table(plan)
        self.lay_out(self.table)

    def can_take(self) -> bool:
        return bool(self._plan.lines) and not self._plan.faults

    def _table(self, plan: SheetPlan) -> RegisterTable:
        texts: list[tuple[str, ...]]
        if plan.faults:
            table = RegisterTable("evaluation_sheet_faults", _FAULTS, (9,), self)
            texts = [(f"第 {fault.where} 行", f"■ {fault.what}") for fault in plan.faults]
        else:
            table = RegisterTable("evaluation_sheet_lines", _LINES, _LINE_WIDTHS, self, roomy=(4, 5, 6))
            texts = [_texts(line) for line in plan.lines]
        table.setAccessibleName("表中各行")
        table.show_rows([(at, row, True) for at, row in enumerate(texts)])
        table.say_when_empty("表中的内容与已记的相同，没有要写入的。")
        return table


def _told(plan: SheetPlan) -> str:
    if plan.faults:
        return f"有 {len(plan.faults)} 处问题，整张表都不写入。请在 Excel 中改正后再读入。"
    same = f"，{plan.unchanged} 行与已记的相同" if plan.unchanged else ""
    return f"将写入 {len(plan.lines)} 行{same}。现在还没有写入。"


def _texts(line: EvaluationLine) -> tuple[str, ...]:
    mark = "" if line.score is None else number_words(line.score)
    return (line.organisation, line.stage.label, line.item, mark, line.text, line.problem, line.measure)
