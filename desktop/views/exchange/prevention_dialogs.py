"""What an insurer's list would bring, looked at before it is taken in; and putting one service to a filing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.local_rules import local
from desktop.domain.prevention import MATCH_WORDS, Match, MatchedService, PreventionRow, ServicePlan
from desktop.services.desk import Desk
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.plan_dialog import PlanDialog
from desktop.views.shared.text_field import TextField
from desktop.views.workbench import Workbench

_COLUMNS = ("清单行", "处理", "登记编号", "依据", "服务日期", "工程（作业）", "地点", "保单号", "服务内容")
_WIDTHS = (5, 20, 11, 9, 8, 14, 12, 10)


class PreventionPlanDialog(PlanDialog):
    """Lists every row with its filing or its fault; Ctrl+S takes in what has none, Esc leaves all as it is."""

    def __init__(self, workbench: Workbench, plan: ServicePlan, parent: QWidget | None = None) -> None:
        super().__init__(
            workbench, parent, name="prevention_plan", title="导入服务清单", size=(84, 38), words=("导入", "不导入")
        )
        self._new = [each for each in plan.rows if not each.row.fault and not each.is_known]
        matched = sum(each.filing_id is not None for each in self._new)
        faulty = sum(bool(each.row.fault) for each in plan.rows)
        known = sum(each.is_known for each in plan.rows)
        parts = (
            local(f"将导入 {len(self._new)} 条，对应到登记件 {matched} 条"),
            f"{known} 条以前已导入" if known else "",
            f"{faulty} 行有错，不导入" if faulty else "",
        )
        self.heading.setText("，".join(part for part in parts if part) + "。现在还没有写入。")
        self.table = RegisterTable("prevention_rows", _COLUMNS, _WIDTHS, roomy=(1, 5, 6))
        self.table.setAccessibleName("清单各行")
        self.table.show_rows([(place, _texts(each), not each.is_known) for place, each in enumerate(plan.rows)])
        self.table.say_when_empty("清单里没有内容。")
        self.lay_out(self.table)

    def can_take(self) -> bool:
        return bool(self._new)


class AssignDialog(RecordDialog):
    """The number of the filing a service was given at; empty takes the service off it."""

    def __init__(self, desk: Desk, row: PreventionRow, parent: QWidget | None = None) -> None:
        super().__init__(
            "prevention_assign",
            local("对应到登记件"),
            save=self._keep,
            fields_of={"no_such_number": "number", "outside_scope": "number"},
            parent=parent,
        )
        self._desk, self._id = desk, row.id
        self.number = TextField()
        self.number.setPlaceholderText(local("扫回执上的编号，或者输入；空着是不对应"))
        about = f"{row.served_on} {row.insurer} {row.project_name} {row.place}".strip()
        self.add_field("number", local("登记编号(&N)"), self.number, help=about)
        self.number.set_value(row.filing_number)
        self.number.returnPressed.connect(self.save)
        self.ready()
        self.number.selectAll()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the field."""
        return (self.number.value(),)

    def _keep(self) -> None:
        self._desk.prevention_services.assign(self._id, self.number.value())


def _texts(each: MatchedService) -> tuple[str, ...]:
    row = each.row
    return (
        str(row.row),
        _what(each),
        each.number,
        "" if row.fault else MATCH_WORDS[each.match],
        row.served_on.isoformat() if row.served_on else "",
        row.project_name,
        row.place,
        row.policy_number,
        " ".join(row.service.split()),
    )


def _what(each: MatchedService) -> str:
    if each.row.fault:
        return f"■ {each.row.fault}"
    if each.is_known:
        return "以前已导入"
    return "● 导入" if each.match not in (Match.NONE, Match.SEVERAL) else "▲ 导入，待对应"
