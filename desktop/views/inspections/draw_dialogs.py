"""The forms of a random inspection: making a draw, and noting what one inspection came to."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.acts import Office
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import local
from desktop.domain.patrol import PatrolRow
from desktop.domain.sampling import (
    Draw,
    DrawnRow,
    DrawRequest,
    InspectionNote,
    InspectionResult,
    Population,
    RiskChoice,
    Standing,
    percent,
    share_of,
)
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.actions import keys_of
from desktop.views.inspections.inspection_words import options
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.wording import kind_word, word


class DrawDialog(RecordDialog):
    """Asks who can be drawn and which share, and says beforehand how many that is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("draw", "随机抽取", save=self._draw, parent=parent)
        self._desk, self._act_id = desk, uuid4().hex
        self.made: Draw | None = None
        office: Office | None = desk.office.office()
        places = office.communities if office else ()
        self.first_on, self.last_on = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        pack = desk.office.pack()
        self.kind = PickList([("", local("小型工程和零星作业")), *((kind, kind_word(kind)) for kind in pack.kinds())])
        self.risk = PickList([("", "不分风险"), *options(RiskChoice)])
        self.standing = PickList(options(Standing))
        self.community = PickList([("", "各社区"), *((name, name) for name in places)])
        self.share, self.seed, self.foreseen = TextField(), TextField(), QLabel()
        self.add_line(("first_on", local("登记期间起(&R)"), self.first_on), ("last_on", "止(&E)", self.last_on))
        self.add_line(("kind", "类别(&K)", self.kind), ("risk", "风险(&F)", self.risk))
        # What the rules do not tell apart nobody chooses by.
        self.rows["kind"].setVisible(len(pack.kinds()) > 1)
        self.rows["risk"].setVisible(pack.tells_risk_apart)
        self.add_line(("standing", "范围(&W)", self.standing), ("community", "社区(&Q)", self.community))
        self.add_line(("share", "比例(&B)", self.share), ("seed", "种子(&Z)", self.seed))
        self._begin()
        self.ready()

    def request(self) -> DrawRequest:
        """Give the draw as typed; raises ``ClerkError("draw_unfit")`` for what cannot be read."""
        population, share = self._population(), share_of(self.share.value())
        if population is None:
            raise ClerkError("draw_unfit", fields=self._days_missing(), why=local("请填写登记期间的起止日期。"))
        if share is None:
            raise ClerkError("draw_unfit", fields=("share",), why="比例请写成 5% 或者 0.05，最多 100%。")
        return DrawRequest(act_id=self._act_id, population=population, share=share, seed=self.seed.value())

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        fields = (self.first_on, self.last_on, self.share, self.seed)
        picks = (self.kind, self.risk, self.standing, self.community)
        return (*(field.text() for field in fields), *(pick.value() for pick in picks))

    def _population(self) -> Population | None:
        picks = (self.kind, self.risk, self.standing, self.community)
        for pick in picks:
            pick.settle()
        first, last = self.first_on.day(), self.last_on.day()
        if first is None or last is None:
            return None
        risk = self.risk.value()
        return Population(
            first_on=first,
            last_on=last,
            kind=self.kind.value(),
            risk=RiskChoice(risk) if risk else None,
            standing=Standing(self.standing.value() or Standing.UNDER_WAY.value),
            community=self.community.value(),
        )

    def _days_missing(self) -> tuple[str, ...]:
        named = (("first_on", self.first_on), ("last_on", self.last_on))
        return tuple(name for name, field in named if field.day() is None)

    def _draw(self) -> None:
        self.made = self._desk.draws.draw(self.request())

    def _begin(self) -> None:
        population, share = self._desk.draws.usual()
        self.first_on.set_day(population.first_on)
        self.last_on.set_day(population.last_on)
        self.share.set_value(percent(share))
        self.standing.set_value(Standing.UNDER_WAY.value)
        for pick in (self.kind, self.risk, self.community):
            pick.set_value("")
        self.seed.setPlaceholderText("不填则由系统随机取")
        self.foreseen.setProperty("role", "soft")
        self.foreseen.setWordWrap(True)
        self._column.addWidget(self.foreseen)
        self.save_button.setText(f"抽取（{keys_of('registers.save')}）")
        for day in (self.first_on, self.last_on, self.share):
            day.editingFinished.connect(self._foresee)
        for pick in (self.kind, self.risk, self.standing, self.community):
            pick.changed.connect(self._foresee)
        self._foresee()

    def _foresee(self) -> None:
        population, share = self._population(), share_of(self.share.value()) or Decimal(0)
        if population is None or not share:
            self.foreseen.setText("填好期间和比例后，这里说明能抽到几件。")
            return
        try:
            can, drawn = self._desk.draws.foreseen(population, share)
        except ClerkError:
            self.foreseen.setText("")
            return
        self.foreseen.setText(f"这个范围内能够被抽到的 {can} 件，按 {percent(share)} 抽出 {drawn} 件（有小数的进一）。")


class ResultDialog(RecordDialog):
    """What the inspection of one drawn filing came to."""

    def __init__(self, desk: Desk, draw: Draw, row: DrawnRow, parent: QWidget | None = None) -> None:
        fields_of = {"note_unfit": "note", "day_not_possible": "inspected_on", "no_such_patrol": "patrol_id"}
        super().__init__("draw_result", "记抽查结果", save=self._keep, fields_of=fields_of, parent=parent)
        self._desk, self._draw_id, self._row = desk, draw.row.id, row
        head = QLabel(f"{row.ordinal}　{row.number}　{row.project_name}\n{row.place}")
        head.setWordWrap(True)
        self._column.addWidget(head)
        self.outcome = PickList(options(InspectionResult))
        self.inspected_on, self.note = DayEdit(today=desk.office.today), TextField()
        self.add_line(("result", "结果(&C)", self.outcome), ("inspected_on", "检查日期(&D)", self.inspected_on))
        self.add_field("note", "情况(&B)", self.note, help="发现问题、未能检查的必填。")
        visits = desk.patrols.recent(SiteRef(filing_id=row.filing_id))
        said = "不关联" if visits else "这一处还没有巡查记录"
        self.patrol = PickList([("", said), *((str(visit.id), _visit_words(visit)) for visit in visits)])
        self.add_field("patrol_id", "巡查记录(&X)", self.patrol, help="检查时记过巡查的，选那一次。")
        self.patrol.set_value(str(row.patrol_id) if row.patrol_id is not None else "")
        self.outcome.set_value((row.result or InspectionResult.IN_ORDER).value)
        self.inspected_on.set_day(row.inspected_on or desk.office.today())
        self.note.set_value(row.note)
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.outcome.value(), self.inspected_on.text(), self.note.value(), self.patrol.value())

    def _keep(self) -> None:
        for pick in (self.outcome, self.patrol):
            pick.settle()
        day = self.inspected_on.day()
        if day is None:
            raise ClerkError("day_not_possible", why="请填写检查日期。")
        self._desk.draws.record(
            InspectionNote(
                draw_id=self._draw_id,
                filing_id=self._row.filing_id,
                result=InspectionResult(self.outcome.value()),
                inspected_on=day,
                note=self.note.value(),
                patrol_id=int(self.patrol.value()) if self.patrol.value() else None,
            )
        )


def _visit_words(visit: PatrolRow) -> str:
    return f"{visit.visited_on} {word(visit.result)}　{'、'.join(visit.patrollers)}"
