"""The scrolling column of the form: collects one `WalkIn` from its groups and sets it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.acts import FieldFault, Office
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK, Facts, FactValue
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Party, WalkIn
from desktop.views.intake.asked_questions import asked_questions
from desktop.views.intake.contractor_group import ContractorGroup, SafetyManagersGroup
from desktop.views.intake.field_faults import first_unreadable, show_faults
from desktop.views.intake.form_group import FormGroup
from desktop.views.intake.insurances_group import InsurancesGroup
from desktop.views.intake.party_group import PartyGroup
from desktop.views.intake.place_group import PlaceGroup
from desktop.views.intake.questions_group import QuestionsGroup
from desktop.views.intake.side_parties import PERSON, FactfulPartyGroup, OtherPartiesGroup
from desktop.views.intake.similar_line import SimilarLine
from desktop.views.intake.taken_over import go_on
from desktop.views.intake.work_groups import AmountsGroup, KindGroup, Plan, PlanGroup, WorkGroup
from desktop.views.intake.workers_group import WorkersGroup
from desktop.views.shared.field import FieldRow
from desktop.views.theme import SPACE_2, SPACE_4

_FACTS: Final = "facts."


class IntakeForm(QScrollArea):
    """All fields of one matter in reading order.  A group that does not concern the matter is not there."""

    changed = Signal()

    def __init__(self, pack: PolicyPack, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self._kept = WalkIn()
        self._is_setting = False
        # The column stands in its place before the groups come: a change of parent costs under a style sheet.
        body = QWidget(self)
        self.setWidget(body)
        self.similar = SimilarLine(body)
        self.kind = KindGroup(pack, body)
        self.work = WorkGroup(pack, body)
        self.place = PlaceGroup(office, below=self.similar, parent=body)
        self.amounts = AmountsGroup(pack, body)
        self.questions = [QuestionsGroup(pack, group, parent=body) for group in _groups_of(pack)]
        self.owner = FactfulPartyGroup(
            "owner", local("建设单位"), key="owner", fact="owner_kind", label="单位性质", pack=pack, parent=body
        )
        self.agent = PartyGroup(
            "agent", "受委托人", key="agent", tick="由受委托人办理（须授权委托书）", usual=PERSON, parent=body
        )
        self.property_owner = FactfulPartyGroup(
            "property_owner",
            "房屋产权人",
            key="property_owner",
            fact="property_ownership",
            label="房屋产权",
            pack=pack,
            tick="申报人不是产权人（须产权人同意）",
            parent=body,
        )
        self.contractor = ContractorGroup(body)
        self.safety = SafetyManagersGroup(body)
        self.workers = WorkersGroup(body)
        self.plan = PlanGroup(pack, body)
        self.insurances = InsurancesGroup(body)
        self.designer = PartyGroup("designer", "设计单位", tick="有设计单位", parent=body)
        self.supervisor = PartyGroup("supervisor", "监理单位", tick="有监理单位", parent=body)
        self.others = OtherPartiesGroup(body)
        self.groups: tuple[FormGroup, ...] = (
            self.kind,
            self.work,
            self.place,
            self.amounts,
            *self.questions,
            self.owner,
            self.agent,
            self.property_owner,
            self.contractor,
            self.safety,
            self.workers,
            self.plan,
            self.insurances,
            self.designer,
            self.supervisor,
            self.others,
        )
        self._lay_out(body)
        self._suit_matter()

    def walk_in(self) -> WalkIn:
        """Give the matter as typed, without papers; what is hidden is not sent."""
        plan = self.plan.read()
        owner_safety, contractor_safety = self.safety.read()
        typed = replace(
            self._kept,
            facts=self.facts(),
            project_name=self.work.project_name.value(),
            content=self.work.content.value(),
            place=self.place.read(),
            owner=self.owner.read() or Party(),
            agent=self.agent.read(),
            property_owner=self.property_owner.read(),
            contractor=self.contractor.read_contractor(),
            workers=self.workers.read(),
            planned_start_on=plan.start_on,
            planned_end_on=plan.end_on,
            funding=plan.funding,
            waste_site=plan.waste_site,
            insurances=self.insurances.read(),
            property_company=self.others.read_company(),
            remark=self.others.remark.value(),
        )
        if not self.is_small_work:
            blank = WalkIn()
            return replace(
                typed,
                owner_safety_manager=blank.owner_safety_manager,
                contractor_safety_manager=blank.contractor_safety_manager,
                designer=None,
                supervisor=None,
            )
        return replace(
            typed,
            owner_safety_manager=owner_safety,
            contractor_safety_manager=contractor_safety,
            designer=self.designer.read(),
            supervisor=self.supervisor.read(),
        )

    def set_walk_in(self, walk_in: WalkIn) -> None:
        """Show a matter, without signals: a draft, a next visit, or an empty one."""
        self._is_setting = True
        facts = walk_in.facts.stated
        self._kept = replace(walk_in, materials=(), corrections=())
        self.kind.write(facts)
        self.work.write(walk_in.project_name, walk_in.content, facts=facts)
        self.place.write(walk_in.place)
        self.amounts.write(facts)
        for group in self.questions:
            group.write(facts)
        self.owner.write(walk_in.owner)
        self.owner.write_fact(facts)
        self.agent.write(walk_in.agent)
        self.property_owner.write(walk_in.property_owner)
        self.property_owner.write_fact(facts)
        self.contractor.write_contractor(walk_in.contractor)
        self.safety.write(walk_in.owner_safety_manager, walk_in.contractor_safety_manager)
        self.workers.write(walk_in.workers)
        self.plan.write(
            Plan(
                start_on=walk_in.planned_start_on,
                end_on=walk_in.planned_end_on,
                funding=walk_in.funding,
                waste_site=walk_in.waste_site,
            )
        )
        self.insurances.write(walk_in.insurances)
        self.designer.write(walk_in.designer)
        self.supervisor.write(walk_in.supervisor)
        self.others.property_company.set_value(walk_in.property_company)
        self.others.remark.set_value(walk_in.remark)
        self._is_setting = False
        self._suit_matter()
        self.verticalScrollBar().setValue(0)

    @property
    def is_small_work(self) -> bool:
        """Say whether what only small works are asked is asked; so while no kind is chosen."""
        return self.kind.kind.value() != MINOR_OPERATION

    def facts(self) -> Facts:
        """Give the facts of what is shown, and those that have no field as they came."""
        return asked_questions(self._pack, self._base_facts(), self._answers()).facts

    def row(self, path: str) -> FieldRow | None:
        """Find a field by its path."""
        return next((group.rows[path] for group in self.groups if path in group.rows), None)

    def label_of(self, fact: str) -> str:
        """Give the form's word for a fact."""
        row = self.row(_FACTS + fact)
        return row.label.text().replace("&", "") if row is not None else fact

    def focus_on(self, path: str) -> bool:
        """Put the keyboard into a field and show its fault; says whether it is on the form."""
        row = self.row(path)
        if row is None:
            return False
        row.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        row.reveal()
        self.ensureWidgetVisible(row, 0, 60)
        return True

    def next_unknown(self, missing: Iterable[str]) -> str | None:
        """Give the path of the next field after the keyboard's that is unknown and decides; round at the end."""
        wanted = {_FACTS + fact for fact in missing}
        paths = [path for group in self.groups for path in group.rows]
        here = next((n for n, path in enumerate(paths) if (row := self.row(path)) and row.is_inside()), -1)
        order = (*paths[here + 1 :], *paths[: here + 1])
        return next((path for path in order if path in wanted), None)

    def show_faults(self, faults: tuple[FieldFault, ...]) -> None:
        """Show each field's fault under it once it is left; an unreadable text comes before the rules' objection."""
        show_faults(self._rows(), faults)

    def unreadable(self) -> tuple[str, str] | None:
        """Give path and sentence of the first shown field whose text cannot be taken."""
        return first_unreadable((path, row) for path, row in self._rows() if row.isVisibleTo(self))

    def light(self, facts: Iterable[str]) -> None:
        """Light the fields behind a reason."""
        paths = frozenset(_FACTS + fact for fact in facts)
        for group in self.groups:
            group.light(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            go_on(self, [row for _path, row in self._rows()])
        else:
            super().keyPressEvent(event)

    def _base_facts(self) -> Facts:
        asked = {path.removeprefix(_FACTS) for group in self.groups for path in group.rows if path.startswith(_FACTS)}
        kept = {name: value for name, value in self._kept.facts.stated.items() if name not in asked}
        stated: dict[str, FactValue] = {**kept, **self.kind.read(), **self.work.read()}
        if self.is_small_work:
            stated |= self.amounts.read()
        stated |= self.owner.read_fact() | self.property_owner.read_fact()
        return Facts(stated, self._kept.facts.config)

    def _rows(self) -> Iterator[tuple[str, FieldRow]]:
        return (pair for group in self.groups for pair in group.rows.items())

    def _answers(self) -> dict[str, FactValue]:
        return {fact: value for group in self.questions for fact, value in group.answers().items()}

    def _on_change(self) -> None:
        if not self._is_setting:
            self._suit_matter()
            self.changed.emit()

    def _suit_matter(self) -> None:
        """Show what concerns the matter as answered so far, and nothing else."""
        asked = asked_questions(self._pack, self._base_facts(), self._answers())
        facts = [question.fact for question in asked.questions]
        kind = self.kind.kind.value()
        for group in self.questions:
            group.show_only(facts)
        for small in (self.amounts, self.safety, self.designer, self.supervisor):
            small.setVisible(self.is_small_work)
        self.work.ask_natures(kind == SMALL_WORK)
        self.contractor.ask_certificates(self.is_small_work)
        self.others.company_row.setVisible(asked.facts.flag("property_managed") is not False)
        self.owner.heading.setText(local("业主") if kind == MINOR_OPERATION else local("建设单位"))
        self.plan.name_for(kind)

    def _lay_out(self, body: QWidget) -> None:
        body.setObjectName("scrolled")
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_4)
        column.setSpacing(0)
        for group in self.groups:
            column.addWidget(group)
            group.changed.connect(self._on_change)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 60)


def _groups_of(pack: PolicyPack) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.group for question in pack.questions))
