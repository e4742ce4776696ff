"""One step of one hazard inside an open transaction: what it changes on the hazard and on its filing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import UNDER_WAY, Status
from desktop.domain.errors import ClerkError
from desktop.domain.facts import SMALL_WORK, Facts
from desktop.domain.hazard import MEASURE_WORDS, HazardLevel, HazardState, StepKind, StepRequest
from desktop.domain.hazard_course import Standing, state_after, steps_from
from desktop.domain.hazard_proposal import Proposal, late_findings, propose
from desktop.domain.local_rules import article
from desktop.domain.typed_text import clean_text
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument
from desktop.services.filing_keys import storable
from desktop.services.hazard_papers import ref_of
from desktop.services.hazard_writing import NO_SITE
from desktop.services.reach import require_for_row
from desktop.services.review_steps import name_at_work
from desktop.services.site import pack_on_site, site_of
from desktop.services.station import Station

# Who may take a step; where several are named one is enough.
_RIGHTS: Final[Mapping[StepKind, tuple[Right, ...]]] = MappingProxyType(
    {
        # What the contractor brings to the window is taken down there.
        StepKind.FEEDBACK: (Right.PATROL_FEEDBACK, Right.REGISTER),
        StepKind.WITHDRAWN: (Right.DECIDE_EXCEPTIONS,),
        StepKind.ESCALATION_LIFTED: (Right.DECIDE_EXCEPTIONS,),
    }
)
_ON_FILING: Final = frozenset({StepKind.STOPPED, StepKind.RESUMED, StepKind.ESCALATED, StepKind.ESCALATION_LIFTED})


def rights_for(kind: StepKind) -> tuple[Right, ...]:
    """Name the rights of which one is needed for a step."""
    return _RIGHTS.get(kind, (Right.PATROL_FEEDBACK,))


def stored_hazard(session: Session, hazard_id: int) -> Hazard:
    """Find a hazard; raises ``ClerkError("no_such_hazard")``."""
    hazard = session.get(Hazard, hazard_id)
    if hazard is None:
        raise ClerkError("no_such_hazard", hazard_id=hazard_id)
    return hazard


def require_on_hazard(session: Session, station: Station, hazard: Hazard, kind: StepKind) -> None:
    """Raise ``ClerkError``: not_permitted, outside_scope."""
    actor, rights = station.actor, rights_for(kind)
    actor.require(*rights)
    held = [right for right in rights if actor.may(right)]
    for right in held[:-1]:
        try:
            require_for_row(session, actor, right, hazard)
        except ClerkError:
            continue
        return
    require_for_row(session, actor, held[-1], hazard)


def standing_of(session: Session, hazard: Hazard) -> Standing:
    """Say how a hazard stands, as far as it decides what may follow."""
    filing = session.get(Filing, hazard.filing_id) if hazard.filing_id is not None else None
    return Standing(
        state=HazardState(hazard.state),
        is_stopped=hazard.stopped_on is not None and hazard.resumed_on is None,
        is_escalated=hazard.escalated_on is not None,
        is_escalatable=filing is not None and _is_escalatable(filing),
        has_refused=hazard.refused_on is not None,
        awaits_report=hazard.report_by is not None and hazard.reported_on is None,
    )


def require_step(session: Session, hazard: Hazard, kind: StepKind) -> None:
    """Raise ``ClerkError("step_not_allowed")`` unless the step may follow."""
    standing = standing_of(session, hazard)
    if kind not in steps_from(standing):
        raise ClerkError("step_not_allowed", state=standing.state.value, step=kind.value)


def apply_step(
    session: Session, station: Station, hazard: Hazard, request: StepRequest, *, document: IssuedDocument | None = None
) -> HazardStep:
    """Write one step and what it changes; the caller records the event.  Raises as ``require_step``."""
    require_step(session, hazard, request.kind)
    hazard.state = state_after(standing_of(session, hazard), request.kind).value
    if change := _CHANGES.get(request.kind):
        change(session, station, hazard, request)
    if document is not None:
        session.add(document)
    session.flush()
    step = HazardStep(
        hazard_id=hazard.id,
        act_id=request.act_id,
        kind=request.kind.value,
        on=request.on,
        text=storable(_said(request)),
        due_on=request.due_on,
        patrol_id=request.patrol_id,
        document_id=document.id if document is not None else request.document_id,
        done_at=station.now(),
        done_by=name_at_work(station),
        done_by_id=station.actor.account_id,
    )
    session.add(step)
    session.flush()
    return step


def note_step(session: Session, station: Station, request: StepRequest) -> Hazard:
    """Note a report or transfer that is written in the same transaction; the caller records the event with it.

    Raises ``ClerkError``: no_such_hazard, step_not_allowed, not_permitted, outside_scope.
    """
    hazard = stored_hazard(session, request.hazard_id)
    require_on_hazard(session, station, hazard, request.kind)
    apply_step(session, station, hazard, request)
    return hazard


def changes_filing(kind: StepKind, hazard: Hazard) -> int | None:
    """Give the filing whose own rows a step may change, None for every other step."""
    return hazard.filing_id if kind in _ON_FILING else None


def proposal_after(session: Session, station: Station, hazard: Hazard, request: StepRequest) -> Proposal:
    """Say what the rules ask after a step: a refusal, or a recheck that failed past the term."""
    ref = ref_of(hazard)
    return propose(
        Facts({}) if ref == NO_SITE else site_of(session, ref).facts,
        pack_on_site(session, station, ref),
        hazard.finding,
        level=HazardLevel(hazard.level),
        on=request.on,
        is_refused=request.kind is StepKind.REFUSED or hazard.refused_on is not None,
        is_overdue=is_late(hazard, request),
    )


def is_late(hazard: Hazard, request: StepRequest) -> bool:
    """Say whether a recheck failed past the term of rectification."""
    return request.kind is StepKind.FAILED and hazard.due_on is not None and hazard.due_on < request.on


def _is_escalatable(filing: Filing) -> bool:
    is_plain = filing.kind == SMALL_WORK and not filing.high_risk and filing.escalated_on is None
    # Only where the rules of the place know of it.
    return bool(article("escalation")) and is_plain and _is_under_way(filing)


def _is_under_way(filing: Filing) -> bool:
    # Nothing of a registration that is over changes any more, whatever becomes of its hazards.
    return Status(filing.status) in UNDER_WAY


def _said(request: StepRequest) -> str:
    named = "、".join(clean_text(name) for name in request.names if clean_text(name))
    named = named or "、".join(MEASURE_WORDS[measure] for measure in request.measures)
    return "：".join(part for part in (named, clean_text(request.text)) if part)


def _report_by(session: Session, station: Station, hazard: Hazard, request: StepRequest) -> date | None:
    days = (hazard.report_by, proposal_after(session, station, hazard, request).report_by)
    return min((day for day in days if day is not None), default=None)


def _measures(session: Session, station: Station, hazard: Hazard, request: StepRequest) -> None:
    hazard.measures = [*dict.fromkeys((*hazard.measures, *(measure.value for measure in request.measures)))]
    _term(session, station, hazard, request)


def _term(session: Session, station: Station, hazard: Hazard, request: StepRequest) -> None:
    if request.due_on is None:
        return
    _keep_lateness(session, station, hazard, request.on)
    hazard.due_on = request.due_on


def _keep_lateness(session: Session, station: Station, hazard: Hazard, on: date) -> None:
    """Keep that enforcement had to know when the term ran out, whatever comes after it."""
    due_on = hazard.due_on
    if due_on is None or on <= due_on or hazard.feedback_on is not None:
        # What was said to be put right in time waits for the patroller, not for the contractor.
        return
    if hazard.finding in late_findings(pack_on_site(session, station, ref_of(hazard))):
        hazard.report_by = hazard.report_by or due_on + timedelta(days=1)


def _feedback(session: Session, station: Station, hazard: Hazard, request: StepRequest) -> None:
    _keep_lateness(session, station, hazard, request.on)
    hazard.feedback_on = request.on


def _passed(session: Session, station: Station, hazard: Hazard, request: StepRequest) -> None:
    _keep_lateness(session, station, hazard, request.on)
    hazard.cleared_on = request.on


def _failed(session: Session, station: Station, hazard: Hazard, request: StepRequest) -> None:
    _keep_lateness(session, station, hazard, request.on)
    hazard.report_by = _report_by(session, station, hazard, request)
    hazard.feedback_on = None
    hazard.due_on = request.due_on or hazard.due_on


def _refused(session: Session, station: Station, hazard: Hazard, request: StepRequest) -> None:
    _keep_lateness(session, station, hazard, request.on)
    hazard.report_by = _report_by(session, station, hazard, request)
    hazard.refused_on = request.on


def _reported(_session: Session, _station: Station, hazard: Hazard, request: StepRequest) -> None:
    hazard.reported_on = hazard.reported_on or request.on


def _stopped(session: Session, _station: Station, hazard: Hazard, request: StepRequest) -> None:
    hazard.stopped_on, hazard.resumed_on = request.on, None
    if (filing := _filing_of(session, hazard)) is not None and _is_under_way(filing):
        filing.stopped_on = filing.stopped_on or request.on


def _resumed(session: Session, _station: Station, hazard: Hazard, request: StepRequest) -> None:
    hazard.resumed_on = request.on
    session.flush()
    filing = _filing_of(session, hazard)
    still = select(
        exists().where(
            Hazard.filing_id == hazard.filing_id, Hazard.stopped_on.is_not(None), Hazard.resumed_on.is_(None)
        )
    )
    if filing is not None and _is_under_way(filing) and not session.scalar(still):
        filing.stopped_on = None


def _supervised(_session: Session, _station: Station, hazard: Hazard, request: StepRequest) -> None:
    hazard.supervised_level, hazard.supervised_on = storable(clean_text(request.names[0])), request.on


def _escalated(session: Session, _station: Station, hazard: Hazard, request: StepRequest) -> None:
    filing = _filing_of(session, hazard)
    assert filing is not None
    hazard.escalated_on = filing.escalated_on = request.on


def _lifted(session: Session, _station: Station, hazard: Hazard, _request: StepRequest) -> None:
    hazard.escalated_on = None
    if (filing := _filing_of(session, hazard)) is not None and _is_under_way(filing):
        filing.escalated_on = None


def _filing_of(session: Session, hazard: Hazard) -> Filing | None:
    return session.get(Filing, hazard.filing_id) if hazard.filing_id is not None else None


_Change = Callable[[Session, Station, Hazard, StepRequest], None]
_CHANGES: Final[Mapping[StepKind, _Change]] = MappingProxyType(
    {
        StepKind.MEASURES: _measures,
        StepKind.NOTICE: _term,
        StepKind.TERM: _term,
        StepKind.FEEDBACK: _feedback,
        StepKind.PASSED: _passed,
        StepKind.FAILED: _failed,
        StepKind.REFUSED: _refused,
        StepKind.REPORTED: _reported,
        StepKind.TRANSFERRED: _reported,
        StepKind.STOPPED: _stopped,
        StepKind.RESUMED: _resumed,
        StepKind.SUPERVISED: _supervised,
        StepKind.ESCALATED: _escalated,
        StepKind.ESCALATION_LIFTED: _lifted,
    }
)
