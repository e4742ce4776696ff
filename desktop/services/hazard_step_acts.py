"""Taking one step with a hazard: checked, written, and recorded in one transaction with its paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import STEP_WORDS, HazardState, StepDone, StepKind, StepRequest
from desktop.domain.hazard_faults import step_faults
from desktop.domain.register_number import Series
from desktop.domain.typed_text import clean_text
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument
from desktop.queries.papers import papers_by_id
from desktop.services.audit import record_event
from desktop.services.calendar import CalendarService
from desktop.services.hazard_papers import escalation_paper, notice_for_hazard, recheck_paper, ref_of
from desktop.services.hazard_steps import (
    apply_step,
    changes_filing,
    is_late,
    proposal_after,
    require_on_hazard,
    require_step,
    rights_for,
    stored_hazard,
)
from desktop.services.hazard_writing import NO_SITE, give_to
from desktop.services.numbered_act import NumberedActs, Written
from desktop.services.numbered_filing import add_number
from desktop.services.once import row_of_act
from desktop.services.site import pack_on_site
from desktop.services.station import Station
from desktop.services.touched import HAZARD
from desktop.services.visits import visit_finding, visit_to

HAZARD_CHANGES: Final = frozenset({Change.ON_SITE})
PAPER_CHANGES: Final = frozenset({Change.ON_SITE, Change.PAPERS, Change.FILINGS})
_NUMBERED: Final = {StepKind.NOTICE: Series.RECTIFICATION, StepKind.ESCALATED: Series.ESCALATION}
_RECHECKS: Final = frozenset({StepKind.PASSED, StepKind.FAILED})


class HazardSteps:
    """Takes steps for ``HazardService``; the same act id twice gives what the first call gave."""

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService, acts: NumberedActs) -> None:
        self._database, self._station = database, station
        self._calendar, self._acts = calendar, acts

    def take(self, request: StepRequest) -> StepDone:
        """Take one step; raises as ``HazardService.step``."""
        self._station.actor.require(*rights_for(request.kind))
        series = _NUMBERED.get(request.kind)
        if series is None:
            return self._step_plain(request)
        return self._acts.carry_out(
            series,
            done=lambda session: _step_done(session, request),
            compose=lambda session, number: (self._numbered_paper(session, request, number),),
            write=lambda session, number, documents: self._step_numbered(session, request, number, documents),
        )

    def _numbered_paper(self, session: Session, request: StepRequest, number: str) -> Paper:
        hazard = self._ready(session, request)
        if request.kind is StepKind.NOTICE:
            return notice_for_hazard(session, self._station, hazard, request, number)
        days = pack_on_site(session, self._station, ref_of(hazard)).deadlines.site_check_working_days
        check_by = self._calendar.calendar().term(request.on, days)
        return escalation_paper(session, self._station, hazard, request, check_by=check_by, number=number)

    def _step_numbered(
        self, session: Session, request: StepRequest, number: str, documents: Sequence[IssuedDocument]
    ) -> tuple[StepDone, Written]:
        hazard, [document] = self._ready(session, request), documents
        give_to(document, hazard.filing_id, hazard.community)
        apply_step(session, self._station, hazard, request, document=document)
        number_filing(session, hazard.filing_id, number)
        return _result(session, hazard, document), self._written(hazard, request, number=number)

    def _step_plain(self, request: StepRequest) -> StepDone:
        with self._database.writing() as session:
            if (done := _step_done(session, request)) is not None:
                return done
            hazard = self._ready(session, request)
            if request.kind in _RECHECKS and ref_of(hazard) != NO_SITE:
                return self._recheck(session, hazard, request)
            apply_step(session, self._station, hazard, request)
            written = self._written(hazard, request)
            record_event(
                session,
                self._station,
                act=written.act,
                summary=written.summary,
                reason=written.reason,
                filing_id=changes_filing(request.kind, hazard),
                touched=written.touched,
            )
            return _result(session, hazard, None)

    def _recheck(self, session: Session, hazard: Hazard, request: StepRequest) -> StepDone:
        """Compose the paper first: it states the term that was; the step names the paper."""
        asked, late = proposal_after(session, self._station, hazard, request), is_late(hazard, request)
        paper = recheck_paper(session, self._station, hazard, request, asked=asked, is_late=late)

        def bind(document: IssuedDocument) -> None:
            apply_step(session, self._station, hazard, request, document=document)

        document = self._acts.issue(session, paper, self._written(hazard, request), bind=bind)
        return _result(session, hazard, document)

    def _ready(self, session: Session, request: StepRequest) -> Hazard:
        hazard = stored_hazard(session, request.hazard_id)
        require_on_hazard(session, self._station, hazard, request.kind)
        require_step(session, hazard, request.kind)
        self._require_fit(hazard, request)
        _require_order(session, hazard, request)
        _require_visit(session, hazard, request)
        return hazard

    def _require_fit(self, hazard: Hazard, request: StepRequest) -> None:
        faults = step_faults(
            request,
            found_on=hazard.found_on,
            today=self._station.today(),
            has_term=hazard.due_on is not None,
            follows=_followed(hazard, request.kind),
        )
        if faults:
            raise ClerkError("step_incomplete", fields=tuple(fault.field for fault in faults), faults=faults)

    def _written(self, hazard: Hazard, request: StepRequest, *, number: str = "") -> Written:
        words = STEP_WORDS[request.kind]
        return Written(
            act="hazard_step",
            summary=f"隐患 {hazard.number}：{words}{f'，编号 {number}' if number else ''}",
            reason=clean_text(request.text),
            filing_id=hazard.filing_id,
            community=hazard.community if hazard.filing_id is None else None,
            touched=[(HAZARD, hazard.id)],
        )


def _require_visit(session: Session, hazard: Hazard, request: StepRequest) -> None:
    """See that a step leans on a visit to the site itself, or for a hazard on a road to one of its community."""
    if request.patrol_id is None:
        return
    if ref_of(hazard) == NO_SITE:
        visit_finding(session, request.patrol_id, NO_SITE, hazard.community)
    else:
        visit_to(session, request.patrol_id, ref_of(hazard))


def number_filing(session: Session, filing_id: int | None, number: str) -> None:
    """Let the filing of a hazard, where it has one, be found by one more number."""
    if filing_id is not None and (filing := session.get(Filing, filing_id)) is not None:
        add_number(session, filing, number)


def _step_done(session: Session, request: StepRequest) -> StepDone | None:
    step = row_of_act(session, HazardStep, request.act_id)
    if step is None:
        return None
    if (step.hazard_id, step.kind) != (request.hazard_id, request.kind.value):
        raise ClerkError("act_id_used", act_id=request.act_id)
    document = session.get(IssuedDocument, step.document_id) if step.document_id is not None else None
    return _result(session, stored_hazard(session, step.hazard_id), document)


def _result(session: Session, hazard: Hazard, document: IssuedDocument | None) -> StepDone:
    session.flush()
    paper = next(iter(papers_by_id(session, [document.id])), None) if document is not None else None
    is_plain = paper is None and hazard.filing_id is None
    return StepDone(
        hazard_id=hazard.id,
        state=HazardState(hazard.state),
        paper=paper,
        changes=HAZARD_CHANGES if is_plain else PAPER_CHANGES,
    )


def _followed(hazard: Hazard, kind: StepKind) -> date | None:
    """Give the day of what a step answers: it cannot lie before it."""
    days = {
        StepKind.PASSED: (hazard.feedback_on,),
        StepKind.FAILED: (hazard.feedback_on,),
        StepKind.RESUMED: (hazard.stopped_on, hazard.cleared_on),
        StepKind.ESCALATION_LIFTED: (hazard.escalated_on,),
    }
    return max((day for day in days.get(kind, ()) if day is not None), default=None)


def _require_order(session: Session, hazard: Hazard, request: StepRequest) -> None:
    """See that a paper named with a step is one about the same site."""
    if request.document_id is None:
        return
    document = session.get(IssuedDocument, request.document_id)
    if document is None or document.filing_id is None or document.filing_id != hazard.filing_id:
        raise ClerkError("no_such_paper", document_id=request.document_id)
