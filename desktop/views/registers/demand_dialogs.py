"""A demand of an owner as a form, and the answer to one (业主需求)."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.demands import OUTCOMES, DemandDraft, DemandState
from desktop.domain.firm_register import DemandRow
from desktop.domain.local_rules import local
from desktop.services.desk import Desk
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

_OUTCOME_WORDS: Final = {
    DemandState.PUBLISHED: "发布给名录企业",
    DemandState.ANSWERED: "答复业主",
    DemandState.DECLINED: "不予发布",
}


class DemandDialog(FittingDialog):
    """Which works, where, when, and how the owner is reached."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            "demand",
            local("受理业主需求"),
            save=self._keep,
            faults=lambda: desk.demands.faults(self.demand()),
            parent=parent,
        )
        self._desk, self._act_id = desk, uuid4().hex
        office = desk.office.office()
        communities = office.communities if office else ()
        self.community = PickList([(name, name) for name in communities], allows_other=True)
        self.works, self.trade, self.place = TextField(), TextField(), TextField()
        self.wanted_from, self.wanted_to = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        self.owner_name, self.owner_phone, self.remark = TextField(), TextField(), TextField()
        self.add_field("works", "工程或作业(&G)", self.works)
        self.add_line(("trade", "工种/专业(&Z)", self.trade), ("community", "社区(&Q)", self.community))
        self.add_field("place", "地点(&D)", self.place)
        self.add_line(("wanted_from", "时间起(&R)", self.wanted_from), ("wanted_to", "止(&E)", self.wanted_to))
        self.add_line(
            ("owner_name", local("业主(&Y)"), self.owner_name), ("owner_phone", local("业主电话(&T)"), self.owner_phone)
        )
        self.add_field("remark", "备注(&B)", self.remark)
        self.ready()

    def demand(self) -> DemandDraft:
        """Give the demand as typed."""
        self.community.settle()
        return DemandDraft(
            works=self.works.value(),
            trade=self.trade.value(),
            community=self.community.value(),
            place=self.place.value(),
            wanted_from=self.wanted_from.day(),
            wanted_to=self.wanted_to.day(),
            owner_name=self.owner_name.value(),
            owner_phone=self.owner_phone.value(),
            remark=self.remark.value(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.demand()), self.wanted_from.text(), self.wanted_to.text())

    def _keep(self) -> None:
        self._desk.demands.take_in(self.demand(), act_id=self._act_id)


class AnswerDialog(RecordDialog):
    """What becomes of a demand (业主需求审核), with the words of the answer."""

    def __init__(self, desk: Desk, row: DemandRow, parent: QWidget | None = None) -> None:
        super().__init__(
            "demand_answer",
            local("业主需求审核"),
            save=self._keep,
            fields_of={"reason_required": "answer"},
            parent=parent,
        )
        self._desk, self._row = desk, row
        said = QLabel(f"第 {row.id} 号　{row.community}　{row.works}")
        said.setWordWrap(True)
        self._column.addWidget(said)
        left = [outcome for outcome in OUTCOMES if outcome is not row.state]
        self.outcome = PickList([(outcome.value, local(_OUTCOME_WORDS[outcome])) for outcome in left])
        self.answer = TextField()
        self.add_field("outcome", "处理(&C)", self.outcome)
        self.add_field("answer", "答复内容(&D)", self.answer)
        self.outcome.set_value(left[0].value)
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.outcome.value(), self.answer.value())

    def _keep(self) -> None:
        self._desk.demands.review(self._row.id, DemandState(self.outcome.value()), self.answer.value())
