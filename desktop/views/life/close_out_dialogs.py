"""The dialogs of close-out: the application with its waste, and the check on site."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import (
    CloseOutNeed,
    CloseOutRequest,
    LifeFile,
    NeedProof,
    SiteVerification,
    WasteRecord,
)
from desktop.domain.local_rules import in_brackets, local
from desktop.views.life.life_dialog import LONGEST, LifeDialog
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.workbench import Workbench

_WASTE = ("kind", "amount", "hauler", "site", "taken_on")
_COMPLETE, _NOT_COMPLETE = "complete", "not_complete"


class CloseOutDialog(LifeDialog):
    """One application for close-out as the owner makes it."""

    def __init__(
        self, workbench: Workbench, filing_id: int, life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "close_out", title=local("申报注销"), heading=heading, parent=parent)
        self._filing_id, self._life = filing_id, life
        today = workbench.desk.office.today
        self.completed_on, self.applied_on = DayEdit(today=today), DayEdit(today=today)
        self.applicant = TextField()
        self.completed_on.set_day(life.registration.completed_on or today())
        self.applied_on.set_day(today())
        ahead = workbench.desk.life.closeout_ahead(filing_id, today(), today())
        self._needs_waste = ahead.needs_waste
        self.add_pair(
            ("completed_on", "完工日期(&R)", self.completed_on), ("applied_on", "申报日期(&S)", self.applied_on)
        )
        self.add("applicant", "申报人(&N)", self.applicant)
        self.no_waste = QCheckBox()
        self.waste = {name: TextField() for name in _WASTE[:4]}
        self.taken_on = DayEdit(today=today)
        if self._needs_waste:
            self._add_waste(workbench)
        self.papers = _ticks(self, ahead.needs)
        self.ready()

    def told_effect(self) -> tuple[str, Tone]:
        completed_on, applied_on = self.completed_on.day(), self.applied_on.day()
        if completed_on is None or applied_on is None:
            return "请填写完工日期和申报日期。", Tone.AMBER
        ahead = self.bench.desk.life.closeout_ahead(self._filing_id, completed_on, applied_on)
        late = f"超过 {ahead.days_late} 个工作日" if ahead.days_late else "按期"
        due = f"应在 {ahead.apply_by} 前申报，{late}{in_brackets(ahead.article)}。" if ahead.apply_by else ""
        tone = Tone.AMBER if ahead.days_late else Tone.GREEN
        return local(f"{due}出具注销申请表，转为待注销核实，由巡查人员到现场核实后注销。"), tone

    def job(self) -> Callable[[], object]:
        completed_on, applied_on = self.completed_on.day(), self.applied_on.day()
        if completed_on is None or applied_on is None:
            wanting = "completed_on" if completed_on is None else "applied_on"
            raise ClerkError("life_incomplete", fields=(wanting,))
        request = CloseOutRequest(
            act_id=self.act_id,
            filing_id=self._filing_id,
            completed_on=completed_on,
            applied_on=applied_on,
            applicant=self.applicant.value(),
            waste=self._waste() if self._needs_waste else None,
            settled=tuple(text for text, box in self.papers.items() if box.isChecked()),
        )
        return lambda: self.bench.desk.life.apply_closeout(request)

    def _waste(self) -> WasteRecord:
        if self.no_waste.isChecked():
            return WasteRecord(is_none=True)
        waste = self.waste
        return WasteRecord(
            kind=waste["kind"].value(),
            amount=waste["amount"].value(),
            hauler=waste["hauler"].value(),
            site=waste["site"].value(),
            taken_on=self.taken_on.day(),
        )

    def _add_waste(self, workbench: Workbench) -> None:
        self.no_waste = self.add_tick("no_waste", "无建筑废弃物(&W)")
        self.no_waste.toggled.connect(self._ask_waste)
        self.add_pair(("kind", "废弃物种类(&K)", self.waste["kind"]), ("amount", "数量(&A)", self.waste["amount"]))
        self.add_pair(("hauler", "运输单位(&H)", self.waste["hauler"]), ("taken_on", "清运日期(&T)", self.taken_on))
        labels = self._life.pack.labels
        self.add("site", "消纳场所(&X)", self.waste["site"], article=labels.get("closeout_waste_article", ""))
        self.waste["site"].set_value(workbench.desk.ledger.file(self._filing_id).walk_in.waste_site)

    def _ask_waste(self, is_none: bool) -> None:
        for name in _WASTE:
            self.rows[name].setEnabled(not is_none)


class CheckDialog(LifeDialog):
    """The check on site: finished and closed, or not finished and back to being registered."""

    def __init__(
        self, workbench: Workbench, filing_id: int, life: LifeFile, *, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, "closeout_check", title="现场核实", heading=heading, parent=parent)
        self._filing_id, self._life = filing_id, life
        today = workbench.desk.office.today
        self.verdict = PickList([(_COMPLETE, "已经完工"), (_NOT_COMPLETE, "尚未完工")])
        self.checked_on, self.text = DayEdit(today=today), TextField(limit=LONGEST)
        self.patrol = PickList([(str(each.id), f"{each.visited_on} {each.who}") for each in life.patrols])
        self.exception_reason = TextField(limit=LONGEST)
        article = life.pack.deadlines.closeout_article
        self.add("verdict", "现场情况(&Q)", self.verdict, article=article)
        self.add("checked_on", "核实日期(&R)", self.checked_on)
        self.add("text", "说明(&M)", self.text)
        if life.patrols:
            self.add("patrol", "巡查记录(&X)", self.patrol)
        self.papers = _ticks(self, life.awaiting.needs if life.awaiting is not None else ())
        if life.open_matters and life.may_except:
            self.add("exception_reason", "例外理由(&L)", self.exception_reason)
        self.checked_on.set_day(today())
        self.ready()

    def told_effect(self) -> tuple[str, Tone]:
        article = in_brackets(self._life.pack.deadlines.closeout_article)
        if self.verdict.value() == _NOT_COMPLETE:
            return local(f"出具现场核实单，登记退回在建，完工后重新申报注销{article}。"), Tone.AMBER
        left = (*self._life.open_matters.hazards, *self._life.open_matters.transfers)
        if left:
            who = (
                local("写明例外理由后才能注销")
                if self._life.may_except
                else local("办结前不能注销，或者由分管领导写明理由注销")
            )
            return f"尚未办结：{'、'.join(left)}。{who}{article}。", Tone.RED
        wanting = [text for text, box in self.papers.items() if not box.isChecked()]
        if wanting:
            return f"{local('核实后才能注销的')}：{'、'.join(wanting)}。", Tone.AMBER
        return local(f"出具现场核实单和注销回执，登记注销，此后只供查看{article}。"), Tone.GREEN

    def job(self) -> Callable[[], object]:
        checked_on = self.checked_on.day()
        if not self.verdict.value() or checked_on is None:
            wanting = "verdict" if not self.verdict.value() else "checked_on"
            raise ClerkError("life_incomplete", fields=(wanting,))
        patrol = self.patrol.value()
        check = SiteVerification(
            act_id=self.act_id,
            filing_id=self._filing_id,
            is_complete=self.verdict.value() == _COMPLETE,
            checked_on=checked_on,
            text=self.text.value(),
            patrol_id=int(patrol) if patrol.isdigit() else None,
            settled=tuple(text for text, box in self.papers.items() if box.isChecked()),
            exception_reason=self.exception_reason.value(),
        )
        return lambda: self.bench.desk.life.verify_closeout(check)


def _ticks(dialog: LifeDialog, needs: tuple[CloseOutNeed, ...]) -> dict[str, QCheckBox]:
    """Put a box for each paper that is still to be seen."""
    return {
        need.text: dialog.add_tick(f"need.{place}", f"{need.text}{in_brackets(need.article)}")
        for place, need in enumerate(needs)
        if need.proof is NeedProof.PAPER and not need.is_there
    }
