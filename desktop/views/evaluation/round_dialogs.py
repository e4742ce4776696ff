"""The small forms of a round: opening it, drawing, appointing, what came in, what was done."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.evaluation import EvaluationLine, Stage
from desktop.domain.evaluation_course import WHOLE, Evaluation, FollowUp, RoundDraft
from desktop.domain.period import Period, PeriodKind, parse_period, period_of
from desktop.services.desk import Desk
from desktop.views.actions import keys_of
from desktop.views.evaluation.evaluation_words import stage_options
from desktop.views.patrol.text_block import TextBlock
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

_PERIODS = (PeriodKind.HALF_YEAR, PeriodKind.QUARTER, PeriodKind.YEAR)


class RoundDialog(RecordDialog):
    """Name, period, day and organisations of a new round; ``made`` is its id."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("evaluation_round", "开展专项评价", save=self._begin, parent=parent)
        self._desk, self._act_id = desk, uuid4().hex
        self.made: int | None = None
        today = desk.office.today()
        self.name = TextField(limit=60)
        self.period = PickList([(one.code, one.label) for one in _periods(today)], allows_other=True)
        self.self_due_on = DayEdit(today=desk.office.today)
        self.organisations = TextBlock("\n".join(desk.evaluations.suggested_organisations()), lines=12)
        self.add_field("name", "名称(&N)", self.name)
        self.add_line(("period", "评价期间(&P)", self.period), ("self_due_on", "自评期限(&D)", self.self_due_on))
        self.add_field("organisations", "单位(&G)", self.organisations, help="每行一个")
        half = period_of(PeriodKind.HALF_YEAR, today)
        self.period.set_value(half.code)
        self.name.set_value(f"{half.label}专项评价")
        unweighed = sum(item.full_marks is None for item in desk.evaluations.items())
        if unweighed:
            said = QLabel(f"评价表有 {unweighed} 项没有分值（未核实）。开展以后按现在的评价表，不能再改。")
            said.setProperty("role", "soft")
            said.setWordWrap(True)
            self._column.addWidget(said)
        self.save_button.setText(f"开展（{keys_of('registers.save')}）")
        self.ready()
        self.name.selectAll()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        days = self.self_due_on.text()
        return (self.name.value(), self.period.value(), days, self.organisations.value())

    def _begin(self) -> None:
        self.period.settle()
        period = parse_period(self.period.value())
        if period is None:
            raise ClerkError(
                "evaluation_unfit", fields=("period",), why="请选评价期间，或者写成 2026-H1、2026-Q3 的样子。"
            )
        if self.self_due_on.problem():
            raise ClerkError("evaluation_unfit", fields=("self_due_on",), why=self.self_due_on.problem())
        self.made = self._desk.evaluations.begin(
            RoundDraft(
                act_id=self._act_id,
                name=self.name.value(),
                period=period,
                self_due_on=self.self_due_on.day(),
                organisations=self.organisations.lines(),
            )
        )


class DrawVisitedDialog(RecordDialog):
    """Draws half of the organisations; the seed can be one that was drawn in public."""

    def __init__(self, desk: Desk, asked: Evaluation, parent: QWidget | None = None) -> None:
        super().__init__("evaluation_draw", "抽取实地评价的单位", save=self._draw, parent=parent)
        self._desk, self._round_id = desk, asked.round.id
        count = -(-len(asked.round.organisations) // 2)
        said = QLabel(
            f"从 {len(asked.round.organisations)} 个单位中抽 {count} 个。只抽一次，种子留在记录中，可以重新核对。"
        )
        said.setWordWrap(True)
        self._column.addWidget(said)
        self.seed = TextField(limit=80)
        self.seed.setPlaceholderText("不填则由系统随机取")
        self.add_field("seed", "种子(&Z)", self.seed)
        self.save_button.setText(f"抽取（{keys_of('registers.save')}）")
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the field."""
        return (self.seed.value(),)

    def _draw(self) -> None:
        self._desk.evaluations.draw(self._round_id, seed=self.seed.value())


class AppointDialog(RecordDialog):
    """Names those visited by hand, with the reason."""

    def __init__(self, desk: Desk, asked: Evaluation, parent: QWidget | None = None) -> None:
        super().__init__(
            "evaluation_appoint",
            "指定实地评价的单位",
            save=self._appoint,
            fields_of={"reason_required": "reason"},
            parent=parent,
        )
        self._desk, self._round_id = desk, asked.round.id
        named = asked.round.visited or asked.round.organisations
        self.organisations, self.reason = TextBlock("\n".join(named), lines=12), TextField(limit=300)
        self.add_field("organisations", "单位(&G)", self.organisations, help="每行一个，去掉不评价的")
        self.add_field("reason", "理由(&R)", self.reason)
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.organisations.value(), self.reason.value())

    def _appoint(self) -> None:
        self._desk.evaluations.choose(self._round_id, self.organisations.lines(), reason=self.reason.value())


class HandedInDialog(RecordDialog):
    """The day on which the report came, or of the visit, and what is said as a whole."""

    def __init__(self, desk: Desk, asked: Evaluation, organisation: str, parent: QWidget | None = None) -> None:
        super().__init__("evaluation_handed_in", organisation, save=self._keep, parent=parent)
        self._desk, self._asked, self._organisation = desk, asked, organisation
        stages = stage_options() if organisation in asked.round.visited else stage_options()[:1]
        self.stage, self.on = PickList(stages), DayEdit(today=desk.office.today)
        self.said = TextBlock(lines=6)
        self.add_line(("stage", "阶段(&J)", self.stage), ("done_on", "日期(&D)", self.on))
        self.add_field("text", "总体情况(&Q)", self.said)
        self.stage.set_value(Stage.SELF.value)
        self._show()
        self.stage.changed.connect(self._show)
        self.ready()
        self.on.setFocus()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.on.text(), self.said.value())

    def _show(self) -> None:
        stage = Stage(self.stage.value() or Stage.SELF.value)
        before = self._asked.line(self._organisation, WHOLE, stage)
        self.on.set_day(before.done_on or self._desk.office.today())
        self.said.setPlainText(before.text)
        self.rows["done_on"].set_label("收到日期(&D)" if stage is Stage.SELF else "评价日期(&D)")
        self._saved_state = self.state()

    def _keep(self) -> None:
        if self.on.problem():
            raise ClerkError("evaluation_unfit", fields=("done_on",), why=self.on.problem())
        day = self.on.day()
        if day is not None and day > self._desk.office.today():
            raise ClerkError("evaluation_unfit", fields=("done_on",), why="日期晚于今天。")
        self._desk.evaluations.hand_in(
            self._asked.round.id,
            self._organisation,
            day,
            stage=Stage(self.stage.value()),
            said=self.said.value(),
        )


class FollowUpDialog(RecordDialog):
    """The day on which a measure was done; empty where it is not after all."""

    def __init__(self, desk: Desk, each: FollowUp, parent: QWidget | None = None) -> None:
        super().__init__("evaluation_follow_up", "改进措施", save=self._keep, parent=parent)
        self._desk, self._line = desk, each.line
        due_on = f"（{each.line.due_on.isoformat()} 前）" if each.line.due_on else ""
        measure = f"{each.line.measure or '没有'}{due_on}"
        said = QLabel(f"{each.line.organisation}　{each.item}\n问题：{each.line.problem}\n措施：{measure}")
        said.setWordWrap(True)
        self._column.addWidget(said)
        self.done_on = DayEdit(today=desk.office.today)
        self.add_field("done_on", "完成日期(&D)", self.done_on, help="空着是没有完成")
        self.done_on.set_day(each.line.done_on or desk.office.today())
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the field."""
        return (self.done_on.text(),)

    def _keep(self) -> None:
        if self.done_on.problem():
            raise ClerkError("evaluation_unfit", fields=("done_on",), why=self.done_on.problem())
        line: EvaluationLine = self._line
        self._desk.evaluations.follow_up(line, self.done_on.day())


def _periods(today: date) -> list[Period]:
    found = []
    for kind in _PERIODS:
        now = period_of(kind, today)
        found += [now, now.before()]
    return found
