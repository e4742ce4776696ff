"""The papers of hazards composed from the ledger: rectification notice, recheck record, escalation notice."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.escalation import EscalationWords, escalation_notice
from desktop.documents.papers.recheck import RecheckWords, recheck_record
from desktop.documents.papers.rectification import CODE as NOTICE
from desktop.documents.papers.rectification import NoticeLine, NoticeWords, rectification_notice
from desktop.documents.site_paper import SitePaper
from desktop.domain.facts import Facts
from desktop.domain.hazard import (
    HazardDraft,
    HazardLevel,
    HazardRequest,
    Measure,
    Responsible,
    StepKind,
    StepRequest,
)
from desktop.domain.hazard_course import responsible_names
from desktop.domain.hazard_proposal import Proposal, label_of, propose, supplements
from desktop.domain.pack import PolicyPack
from desktop.domain.site import Site, SiteRef
from desktop.domain.typed_text import clean_text
from desktop.domain.workdays import DueDay
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument
from desktop.models.patrol import Patrol
from desktop.services.hazard_writing import NO_SITE, is_noticed, require_fit, require_reach
from desktop.services.review_steps import name_at_work
from desktop.services.site import pack_on_site, site_of
from desktop.services.station import Station


def notice_for_request(
    session: Session, station: Station, request: HazardRequest, number: str, *, visitors: tuple[str, ...] = ()
) -> tuple[Paper, ...]:
    """Compose the notice of hazards about to be recorded; none for a road, or where all was put right on the spot.

    ``visitors`` made the visit that is recorded in the same act; else it is that of the request.

    Raises as ``write_hazards`` does, so that nothing is rendered that cannot be recorded.
    """
    require_fit(session, request, station)
    site = require_reach(session, station, request)
    drafts = [draft for draft in request.hazards if is_noticed(draft)]
    if site is None or not drafts or not request.issues_notice:
        return ()
    pack = pack_on_site(session, station, request.site)
    lines = tuple(_line_of_draft(draft, site, pack, request) for draft in drafts)
    told_by = "、".join(visitors) or _visitors(session, station, request.patrol_id)
    words = NoticeWords(lines=lines, found_on=request.found_on, told_by=told_by)
    return (rectification_notice(context(station, site, pack, number), words),)


def needs_notice(request: HazardRequest) -> bool:
    """Say whether a request leads to a rectification notice."""
    return request.issues_notice and request.site != NO_SITE and any(is_noticed(draft) for draft in request.hazards)


def notice_for_hazard(session: Session, station: Station, hazard: Hazard, request: StepRequest, number: str) -> Paper:
    """Compose the notice of one hazard that was recorded without one."""
    site, pack = site_of(session, ref_of(hazard)), pack_on_site(session, station, ref_of(hazard))
    asked = proposal_of(hazard, site.facts, pack)
    due_on = request.due_on or hazard.due_on
    line = NoticeLine(
        label=asked.label,
        article=asked.article,
        description=hazard.description,
        spot=hazard.spot,
        level=HazardLevel(hazard.level),
        responsible=Responsible(hazard.responsible),
        responsible_name=hazard.responsible_name,
        measures=tuple(Measure(code) for code in hazard.measures) or asked.measures,
        due_on=due_on,
        if_late=asked.if_late,
        if_refused=asked.if_refused,
    )
    told_by = _visitors(session, station, hazard.patrol_id)
    words = NoticeWords(lines=(line,), found_on=hazard.found_on, told_by=told_by)
    return rectification_notice(context(station, site, pack, number), words)


def recheck_paper(
    session: Session,
    station: Station,
    hazard: Hazard,
    request: StepRequest,
    *,
    asked: Proposal,
    is_late: bool,
) -> Paper:
    """Compose the record of a recheck; one that failed past the term (``is_late``) says who is told by when."""
    site, pack = site_of(session, ref_of(hazard)), pack_on_site(session, station, ref_of(hazard))
    is_passed = request.kind is StepKind.PASSED
    words = RecheckWords(
        hazard_number=hazard.number,
        notice_number=notice_number(session, hazard.id),
        label=label_of(pack, hazard.finding),
        article=asked.article,
        description=hazard.description,
        spot=hazard.spot,
        level=HazardLevel(hazard.level),
        responsible_name=hazard.responsible_name,
        found_on=hazard.found_on,
        due_on=hazard.due_on,
        feedback_on=hazard.feedback_on,
        is_passed=is_passed,
        rechecked_on=request.on,
        rechecked_by=_visitors(session, station, request.patrol_id),
        seen=clean_text(request.text),
        new_due_on=None if is_passed else request.due_on,
        report_by=asked.report_by if is_late else None,
        report_to=asked.report_to,
        report_article=asked.report_article,
    )
    return recheck_record(context(station, site, pack, hazard.number), words)


def _visitors(session: Session, station: Station, patrol_id: int | None) -> str:
    """Name who made a visit; without one it is who is at work."""
    patrol = session.get(Patrol, patrol_id) if patrol_id is not None else None
    return "、".join(patrol.patrollers) if patrol is not None else name_at_work(station)


def escalation_paper(
    session: Session, station: Station, hazard: Hazard, request: StepRequest, *, check_by: DueDay | None, number: str
) -> Paper:
    """Compose the notice that a work is managed as high-risk from now on, with the materials asked for."""
    site, pack = site_of(session, ref_of(hazard)), pack_on_site(session, station, ref_of(hazard))
    asked = proposal_of(hazard, site.facts, pack)
    words = EscalationWords(
        hazard_number=hazard.number,
        label=asked.label,
        article=escalation_article(pack),
        description=hazard.description,
        why=clean_text(request.text),
        escalated_on=request.on,
        check_by=check_by.day if check_by else None,
        check_article=pack.deadlines.site_check_article,
        materials=supplements(site.facts, pack),
    )
    # From this notice on; the ledger says so when it is written.
    escalated = replace(site, escalated_on=site.escalated_on or request.on)
    return escalation_notice(context(station, escalated, pack, number), words)


def escalation_article(pack: PolicyPack) -> str:
    """Give the article by which works are escalated, empty where the pack knows none."""
    return next((rule.article for rule in pack.findings if rule.managed_as_high_risk), "")


def proposal_of(
    hazard: Hazard, facts: Facts, pack: PolicyPack, *, is_refused: bool = False, is_overdue: bool = False
) -> Proposal:
    """Say what a recorded hazard asks for on the day it was found."""
    level, on = HazardLevel(hazard.level), hazard.found_on
    return propose(facts, pack, hazard.finding, level=level, on=on, is_refused=is_refused, is_overdue=is_overdue)


def ref_of(hazard: Hazard) -> SiteRef:
    """Give the site of a hazard."""
    return SiteRef(filing_id=hazard.filing_id, found_site_id=hazard.found_site_id)


def context(station: Station, site: Site, pack: PolicyPack, number: str) -> SitePaper:
    """Give what every paper of a site is composed from, issued today."""
    return SitePaper(office=station.known_office(), pack=pack, site=site, number=number, issued_on=station.today())


def notice_number(session: Session, hazard_id: int) -> str:
    """Give the number of the last rectification notice about a hazard, empty when there is none."""
    asked = (
        select(IssuedDocument.number)
        .join(HazardStep, HazardStep.document_id == IssuedDocument.id)
        .where(HazardStep.hazard_id == hazard_id, IssuedDocument.code == NOTICE)
        .order_by(HazardStep.id.desc())
    )
    return session.scalars(asked.limit(1)).first() or ""


def _line_of_draft(draft: HazardDraft, site: Site, pack: PolicyPack, request: HazardRequest) -> NoticeLine:
    asked = propose(site.facts, pack, draft.finding, level=draft.level, on=request.found_on)
    named = responsible_names(draft.responsible, owner=site.owner_name, contractor=site.contractor_name)
    return NoticeLine(
        label=asked.label,
        article=asked.article,
        description=clean_text(draft.description),
        spot=clean_text(draft.spot),
        level=draft.level,
        responsible=draft.responsible,
        responsible_name=clean_text(draft.responsible_name) or named,
        measures=draft.measures or asked.measures,
        due_on=draft.due_on,
        if_late=asked.if_late,
        if_refused=asked.if_refused,
    )
