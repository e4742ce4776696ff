"""One hazard of a visit as a form, with what the rules ask below it while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.acts import FieldFault
from desktop.domain.hazard import HazardDraft, HazardLevel, HazardRequest, Responsible
from desktop.domain.hazard_faults import hazard_faults
from desktop.domain.local_rules import article, local
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.actions import keys_of
from desktop.views.patrol.hazard_proposing import draft_of_entry, proposal_for, with_proposal
from desktop.views.patrol.proposal_panel import ProposalPanel
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import base_px
from desktop.views.wording import word

_PATH = "hazards.0."
_PANEL_LINES = 9
_EMPTY = HazardDraft(finding="", description="")


class HazardDialog(FittingDialog):
    """``draft`` gives the hazard as typed; without one to begin with the dictionary is asked first."""

    def __init__(
        self,
        desk: Desk,
        site: SiteRef,
        begun: HazardDraft | None,
        *,
        found_on: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("hazard", "隐患", save=lambda: None, faults=self._found_faults, parent=parent)
        self._desk, self._site, self._found_on = desk, site, found_on
        self._pack, self._begun = desk.hazards.pack_for(site), begun or _EMPTY
        self.entry = PickList([(entry.code, f"{entry.topic}：{entry.label}") for entry in self._pack.hazard_entries])
        self.finding = PickList(desk.hazards.findings(site))
        self.level = PickList([(level.value, word(level)) for level in HazardLevel])
        self.responsible = PickList([(each.value, word(each)) for each in Responsible])
        self.description, self.spot = TextField(limit=500), TextField(limit=100)
        self.responsible_name, self.due_on = TextField(limit=60), DayEdit(today=desk.office.today)
        self.is_on_the_spot, self.is_refused = QCheckBox("当场整改完毕(&W)"), QCheckBox("当场拒不整改(&J)")
        self.panel = ProposalPanel()
        self._arrange()
        self._show(self._begun)
        self._connect()
        self.save_button.setText(f"记下（{keys_of('registers.save')}）")
        self.ready()
        (self.description if begun is not None else self.entry).setFocus()

    def draft(self) -> HazardDraft:
        """Give the hazard as typed."""
        for pick in (self.entry, self.finding, self.level, self.responsible):
            pick.settle()
        is_done = self.is_on_the_spot.isChecked()
        typed = replace(
            self._begun,
            finding=self.finding.value(),
            entry=self.entry.value(),
            description=self.description.value(),
            spot=self.spot.value(),
            level=HazardLevel(self.level.value() or HazardLevel.GENERAL),
            responsible=Responsible(self.responsible.value() or Responsible.CONTRACTOR),
            responsible_name=self.responsible_name.value(),
            due_on=None if is_done else self.due_on.day(),
            is_on_the_spot=is_done,
            is_refused=self.is_refused.isChecked(),
        )
        asked = proposal_for(self._desk, self._site, typed)
        return typed if asked is None else replace(typed, measures=asked.measures)

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.draft()), self.due_on.text())

    def _found_faults(self) -> Sequence[FieldFault]:
        request = HazardRequest(
            act_id="", site=self._site, hazards=(self.draft(),), found_on=self._found_on, community="—"
        )
        codes = [code for code, _words in self._desk.hazards.findings(self._site)]
        found = hazard_faults(request, findings=codes, today=self._desk.office.today())
        return [replace(fault, field=fault.field.removeprefix(_PATH)) for fault in found]

    def _arrange(self) -> None:
        self.add_field("entry", "隐患词库(&K)", self.entry, help="写几个字或者拼音首字母")
        self.add_field("finding", "情形(&F)", self.finding, article=article("patrol_findings"))
        self.add_field("description", "隐患情况(&Q)", self.description)
        self.add_line(("spot", "部位(&B)", self.spot), ("level", "等级(&G)", self.level))
        self.add_line(
            ("responsible", "责任方(&Z)", self.responsible), ("responsible_name", "名称(&M)", self.responsible_name)
        )
        self.add_line(("is_on_the_spot", "整改", self.is_on_the_spot), ("due_on", "整改期限(&T)", self.due_on))
        self.add_field("is_refused", "拒绝", self.is_refused)
        self.responsible_name.setPlaceholderText(local("空着按登记的名称"))
        self.panel.setFixedHeight(int(base_px() * 1.6 * _PANEL_LINES))
        self._column.addWidget(self.panel)

    def _connect(self) -> None:
        self.entry.picked.connect(self._take_entry)
        for pick in (self.finding, self.level):
            pick.picked.connect(lambda _code: self._propose(sets_term=True))
        self.is_on_the_spot.toggled.connect(self._settle_term)
        self.is_refused.toggled.connect(lambda _on: self._propose(sets_term=False))

    def _show(self, draft: HazardDraft) -> None:
        for pick, code in (
            (self.entry, draft.entry),
            (self.finding, draft.finding),
            (self.level, draft.level.value),
            (self.responsible, draft.responsible.value),
        ):
            pick.set_value(code)
        self.description.set_value(draft.description)
        self.spot.set_value(draft.spot)
        self.responsible_name.set_value(draft.responsible_name)
        self.is_on_the_spot.setChecked(draft.is_on_the_spot)
        self.is_refused.setChecked(draft.is_refused)
        self.due_on.set_day(draft.due_on)
        self.due_on.setEnabled(not draft.is_on_the_spot)
        self._propose(sets_term=draft.due_on is None)

    def _take_entry(self, code: str) -> None:
        begun = draft_of_entry(code, self._pack)
        if begun is None:
            return
        self._begun = replace(self._begun, group=begun.group)
        self.finding.set_value(begun.finding)
        self.description.set_value(begun.description)
        self.level.set_value(begun.level.value)
        self._propose(sets_term=True)

    def _propose(self, *, sets_term: bool) -> None:
        asked = proposal_for(self._desk, self._site, self.draft())
        if asked is None:
            self.panel.show_nothing()
            return
        self.panel.show_proposal(asked)
        if sets_term and not self.is_on_the_spot.isChecked():
            self.due_on.set_day(asked.due_on)

    def _settle_term(self, is_done: bool) -> None:
        self.due_on.setEnabled(not is_done)
        if is_done:
            self.is_refused.setChecked(False)
            self.due_on.set_day(None)
        else:
            self.due_on.set_day(with_proposal(self.draft(), proposal_for(self._desk, self._site, self.draft())).due_on)
