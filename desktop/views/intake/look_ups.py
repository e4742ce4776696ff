"""Look-ups while one types, off the GUI thread: similar filings, earlier parties and contractors."""

from __future__ import annotations

import logging
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.acts import SimilarFiling
from desktop.domain.conduct import ConductWarning
from desktop.domain.facts import Facts
from desktop.domain.firms import OfferedContractor
from desktop.domain.splitting import SplitSuspicion
from desktop.domain.walk_in import Contractor, Party, WalkIn
from desktop.views.intake.contractor_group import ContractorGroup
from desktop.views.intake.intake_form import IntakeForm
from desktop.views.intake.party_group import PartyGroup
from desktop.views.shared.late_answers import while_there
from desktop.views.workbench import Workbench

_LOG = logging.getLogger(__name__)
_PAUSE_MS: Final = 350
# What decides beside place and owner whether works together exceed the limits.
_MEASURED: Final = ("kind", "contract_amount_yuan", "floor_area_m2")


class LookUps(QObject):
    """Asks the ledger and brings what it finds to the form; a look-up that fails leaves the form as it is."""

    suspicion_changed = Signal()
    conduct_changed = Signal(object)  # ConductWarning or None

    def __init__(self, workbench: Workbench, form: IntakeForm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._form = form
        self._asked: WalkIn | None = None
        self._asked_of_parting: WalkIn | None = None
        self._filing_id: int | None = None
        self._suspicion: SplitSuspicion | None = None
        self._asked_of_conduct: Party | None = None
        self._conduct: ConductWarning | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_for_similar)
        self._pause.timeout.connect(self._look_for_parting)
        self._pause.timeout.connect(self._look_for_conduct)
        for group in (form.owner, form.agent, form.property_owner, form.designer, form.supervisor):
            group.look_up_asked.connect(lambda text, group=group: self._look_for_parties(group, text))
        form.contractor.look_up_asked.connect(lambda text: self._look_for_contractors(form.contractor, text))

    @property
    def suspicion(self) -> SplitSuspicion | None:
        """Give what the ledger last said of works parted, None when nothing."""
        return self._suspicion

    @property
    def conduct(self) -> ConductWarning | None:
        """Give what is on record of the contractor (不良档案), None when nothing."""
        return self._conduct

    def begin(self, filing_id: int | None) -> None:
        """Begin with another matter; its own earlier visit is no other work."""
        self._filing_id = filing_id
        self._asked = self._asked_of_parting = None
        self._suspicion = None
        self._asked_of_conduct = None
        self._set_conduct(None)
        self._form.similar.show_filings(())
        self._form.similar.show_suspicion(None)
        self._pause.start()

    def touch(self) -> None:
        """Note that something was typed; the ledger is asked after a pause, and only about what it knows."""
        self._pause.start()

    def _look_for_similar(self) -> None:
        typed = self._form.walk_in()
        asked = WalkIn(place=typed.place, owner=typed.owner, contractor=Contractor(party=typed.contractor.party))
        if asked == self._asked:
            return
        self._asked = asked

        def show(found: tuple[SimilarFiling, ...]) -> None:
            if asked is self._asked:
                # On a second visit the matter resembles itself.
                others = tuple(filing for filing in found if filing.filing_id != self._filing_id)
                self._form.similar.show_filings(others)

        self._workbench.runner.run(
            lambda _: self._workbench.desk.intake.similar(asked), done=while_there(self, show), failed=_note
        )

    def _look_for_parting(self) -> None:
        typed = self._form.walk_in()
        decisive = {name: typed.facts[name] for name in _MEASURED}
        asked = WalkIn(place=typed.place, owner=typed.owner, facts=Facts(decisive), batch=typed.batch)
        if asked == self._asked_of_parting:
            return
        self._asked_of_parting, filing_id = asked, self._filing_id

        def show(found: SplitSuspicion | None) -> None:
            if asked is self._asked_of_parting and found != self._suspicion:
                self._suspicion = found
                self._form.similar.show_suspicion(found)
                self.suspicion_changed.emit()

        self._workbench.runner.run(
            lambda _: self._workbench.desk.intake.suspected_splitting(asked, filing_id=filing_id),
            done=while_there(self, show),
            failed=_note,
        )

    def _look_for_conduct(self) -> None:
        typed = self._form.walk_in().contractor.party
        asked = Party(name=typed.name, id_kind=typed.id_kind, id_number=typed.id_number)
        if asked == self._asked_of_conduct:
            return
        self._asked_of_conduct = asked

        def show(found: ConductWarning | None) -> None:
            if asked is self._asked_of_conduct:
                self._set_conduct(found)

        self._workbench.runner.run(
            lambda _: self._workbench.desk.conduct.about(asked), done=while_there(self, show), failed=_note
        )

    def _set_conduct(self, found: ConductWarning | None) -> None:
        if found != self._conduct:
            self._conduct = found
            self.conduct_changed.emit(found)

    def _look_for_parties(self, group: PartyGroup, text: str) -> None:
        def show(found: tuple[Party, ...]) -> None:
            group.offer(found, typed=text)

        self._workbench.runner.run(
            lambda _: self._workbench.desk.intake.parties_like(text), done=while_there(self, show), failed=_note
        )

    def _look_for_contractors(self, group: ContractorGroup, text: str) -> None:
        def show(found: tuple[OfferedContractor, ...]) -> None:
            group.offer_contractors(found, typed=text)

        self._workbench.runner.run(
            lambda _: self._workbench.desk.firms.offers(text), done=while_there(self, show), failed=_note
        )


def _note(error: Exception) -> None:
    """Leave a trace without what was typed; an offer that does not come stops nobody."""
    _LOG.warning("look-up failed: %s", type(error).__name__)
