"""Reports from the public as forms: taken down, assigned, verified, answered, rewarded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from desktop.domain.acts import FieldFault
from desktop.domain.local_rules import article
from desktop.domain.public_report import (
    ReportDraft,
    ReportRow,
    ReportSource,
    ReportVerdict,
    RewardDraft,
    TakenDown,
    VerifyDraft,
    reward_faults,
    verify_faults,
)
from desktop.domain.typed_text import AmountUnit, parse_amount_wan_or_yuan
from desktop.services.desk import Desk
from desktop.views.patrol.text_block import TextBlock
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.wording import word

_DESERVES: Final = (("yes", "符合奖励办法"), ("no", "不符合"))


class ReportDialog(FittingDialog):
    """What was reported, where, by whom; ``taken`` gives its number."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("report", "接收投诉举报", save=self._keep, faults=self._found_faults, parent=parent)
        self._desk, self._act_id = desk, uuid4().hex
        self.taken: TakenDown | None = None
        office = desk.office.office()
        communities = office.communities if office else ()
        self.source = PickList([(source.value, word(source)) for source in ReportSource])
        self.community = PickList([(name, name) for name in communities], allows_other=True)
        self.source_body, self.place = TextField(), TextField()
        self.reporter_name, self.reporter_phone = TextField(), TextField()
        self.is_anonymous, self.content = QCheckBox("匿名(&D)"), TextBlock(lines=4)
        self.received_on, self.verify_by = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        self._arrange()
        self.source.set_value(ReportSource.HOTLINE_12345.value)
        self.received_on.set_day(desk.office.today())
        self.verify_by.set_day(desk.reports.verify_by(desk.office.today()))
        self.is_anonymous.toggled.connect(self._settle_reporter)
        self.ready()

    def draft(self) -> ReportDraft:
        """Give the report as typed."""
        for pick in (self.source, self.community):
            pick.settle()
        return ReportDraft(
            source=ReportSource(self.source.value() or ReportSource.OTHER),
            source_body=self.source_body.value(),
            received_on=self.received_on.day(),
            is_anonymous=self.is_anonymous.isChecked(),
            reporter_name=self.reporter_name.value(),
            reporter_phone=self.reporter_phone.value(),
            community=self.community.value(),
            place=self.place.value(),
            content=self.content.value(),
            verify_by=self.verify_by.day(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.draft()), self.received_on.text(), self.verify_by.text())

    def _settle_reporter(self, is_anonymous: bool) -> None:
        for field in (self.reporter_name, self.reporter_phone):
            field.setEnabled(not is_anonymous)
            if is_anonymous:
                field.set_value("")

    def _found_faults(self) -> Sequence[FieldFault]:
        return self._desk.reports.faults(self.draft())

    def _keep(self) -> None:
        self.taken = self._desk.reports.take_down(self.draft(), act_id=self._act_id)

    def _arrange(self) -> None:
        self.add_line(("source", "来源(&L)", self.source), ("source_body", "来件单位(&W)", self.source_body))
        self.add_field("content", "反映内容(&N)", self.content)
        self.add_line(("place", "地址(&P)", self.place), ("community", "社区(&Q)", self.community))
        self.add_line(
            ("reporter_name", "举报人(&J)", self.reporter_name), ("reporter_phone", "电话(&T)", self.reporter_phone)
        )
        self.add_field("is_anonymous", "", self.is_anonymous)
        self.add_line(("received_on", "收到(&R)", self.received_on), ("verify_by", "核查期限(&E)", self.verify_by))


class AssignDialog(RecordDialog):
    """Who looks into a report, and by when."""

    def __init__(self, desk: Desk, row: ReportRow, parent: QWidget | None = None) -> None:
        super().__init__(
            "report_assign", f"交办　{row.number}", save=self._keep, fields_of={"reason_required": "to"}, parent=parent
        )
        self._desk, self._row, self._act_id = desk, row, uuid4().hex
        self.to, self.verify_by = TextField(row.assigned_to), DayEdit(today=desk.office.today)
        self.add_field("to", "交给(&J)", self.to, help="人员或者单位")
        self.add_field("verify_by", "核查期限(&E)", self.verify_by)
        self.verify_by.set_day(row.verify_by)
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.to.value(), self.verify_by.text())

    def _keep(self) -> None:
        self._desk.reports.assign(self._row.id, to=self.to.value(), act_id=self._act_id, verify_by=self.verify_by.day())


class VerifyDialog(FittingDialog):
    """What was found when somebody looked."""

    def __init__(
        self, desk: Desk, row: ReportRow, *, patrol_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "report_verify", f"核查结果　{row.number}", save=self._keep, faults=self._found_faults, parent=parent
        )
        self._desk, self._row, self._patrol_id, self._act_id = desk, row, patrol_id, uuid4().hex
        self.verdict = PickList([(verdict.value, word(verdict)) for verdict in ReportVerdict])
        self.on, self.brought = DayEdit(today=desk.office.today), TextBlock(row.result, lines=4)
        self.add_line(("verdict", "结论(&J)", self.verdict), ("on", "核查日期(&R)", self.on))
        self.add_field("result", "核查结果(&Q)", self.brought)
        self.verdict.set_value((row.verdict or ReportVerdict.TRUE).value)
        self.on.set_day(desk.office.today())
        self.ready()

    def draft(self) -> VerifyDraft:
        """Give the result as typed."""
        self.verdict.settle()
        return VerifyDraft(
            act_id=self._act_id,
            verdict=ReportVerdict(self.verdict.value() or ReportVerdict.TRUE),
            on=self.on.day(),
            result=self.brought.value(),
            patrol_id=self._patrol_id,
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.draft()), self.on.text())

    def _found_faults(self) -> Sequence[FieldFault]:
        return verify_faults(self.draft(), received_on=self._row.received_on, on=self._desk.office.today())

    def _keep(self) -> None:
        self._desk.reports.verify(self._row.id, self.draft())


class AnswerDialog(RecordDialog):
    """The words of the answer."""

    def __init__(self, desk: Desk, row: ReportRow, parent: QWidget | None = None) -> None:
        super().__init__(
            "report_answer",
            f"答复　{row.number}",
            save=self._keep,
            fields_of={"reason_required": "reply"},
            parent=parent,
        )
        self._desk, self._row, self._act_id = desk, row, uuid4().hex
        if row.result:
            found = QLabel(f"核查：{row.result}")
            found.setWordWrap(True)
            self._column.addWidget(found)
        self.reply = TextBlock(lines=4)
        self.add_field("reply", "答复(&D)", self.reply)
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.reply.value(),)

    def _keep(self) -> None:
        self._desk.reports.answer(self._row.id, self.reply.value(), act_id=self._act_id)


class RewardDialog(FittingDialog):
    """Whether a report that was borne out deserves a reward, how much, when it was paid."""

    def __init__(self, desk: Desk, row: ReportRow, parent: QWidget | None = None) -> None:
        super().__init__(
            "report_reward", f"举报奖励　{row.number}", save=self._keep, faults=self._found_faults, parent=parent
        )
        self._desk, self._row, self._act_id = desk, row, uuid4().hex
        self.deserves, self.yuan = PickList(_DESERVES), TextField(limit=20)
        self.rewarded_on = DayEdit(today=desk.office.today)
        self.add_field("deserves", "认定(&J)", self.deserves, article=article("report_reward"))
        self.add_line(("yuan", "金额（元）(&Y)", self.yuan), ("rewarded_on", "发放日期(&R)", self.rewarded_on))
        self.deserves.set_value("no" if row.deserves_reward is False else "yes")
        self.yuan.set_value("" if row.reward_yuan is None else f"{row.reward_yuan:f}")
        self.rewarded_on.set_day(row.rewarded_on)
        self.ready()

    def draft(self) -> RewardDraft:
        """Give the reward as typed."""
        self.deserves.settle()
        return RewardDraft(
            act_id=self._act_id,
            deserves=self.deserves.value() == "yes",
            yuan=_yuan(self.yuan.value()),
            rewarded_on=self.rewarded_on.day(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.deserves.value(), self.yuan.value(), self.rewarded_on.text())

    def _found_faults(self) -> Sequence[FieldFault]:
        typed = self.yuan.value()
        if typed and _yuan(typed) is None:
            return (FieldFault(field="yuan", code="unreadable", message="请写数字，例如 500。"),)
        row = self._row
        return reward_faults(self.draft(), verdict=row.verdict, on=self._desk.office.today(), paid_on=row.rewarded_on)

    def _keep(self) -> None:
        self._desk.reports.reward(self._row.id, self.draft())


def _yuan(typed: str) -> Decimal | None:
    return parse_amount_wan_or_yuan(typed, AmountUnit.YUAN).value if typed else None
