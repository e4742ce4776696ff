"""Writing one decision into the ledger: filing, visit, verdicts, papers, parties and the audit event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from desktop.documents.blocks import to_plain
from desktop.domain.acts import STATUS_AFTER, Act, DecisionRequest, Office, Preview
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.assessment_result import Assessment
from desktop.domain.changed_facts import fingerprint
from desktop.domain.facts import Facts
from desktop.domain.local_rules import local
from desktop.domain.one_time_notice import settled_items
from desktop.domain.pack import PolicyPack
from desktop.domain.search_keys import normalise
from desktop.domain.walk_in import Contractor, MaterialCheck, Party, Verdict, WalkIn
from desktop.domain.walk_in_json import party_to_plain, walk_in_to_plain
from desktop.models.desk_rows import DraftRow
from desktop.models.filing import Filing, FilingDepartment, FilingNumber, FilingVisit, VisitMaterial
from desktop.models.issued_document import IssuedDocument
from desktop.models.known_party import KnownParty, KnownPartyUse
from desktop.models.record import FinishedAct
from desktop.models.search_index import index_filing
from desktop.queries.decisions import numbers_of
from desktop.queries.filing_file import stored_filing
from desktop.services.audit import FieldChange, changed_fields, flattened, record_event
from desktop.services.bundling import Numbers
from desktop.services.filing_keys import initials, party_key, place_key, search_texts, sort_key, storable
from desktop.services.found_site_registering import tie_decided
from desktop.services.press import RenderedPaper
from desktop.services.review_steps import Reviewed, close_step, open_step
from desktop.services.staging import take_over_staged
from desktop.services.station import Station
from desktop.services.wording import ACT_WORDS

CONTRACTOR_ROLE = "contractor"
PARTY_ROLE = "party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """All that is known about a decision when it is written."""

    request: DecisionRequest
    preview: Preview
    facts: Facts  # the decisive ones, with the day of acceptance
    pack: PolicyPack
    office: Office
    numbers: Numbers
    papers: tuple[RenderedPaper, ...]
    override: str | None
    visit: int
    on: date
    at: datetime
    ordinal: int = 1  # among all that was decided of the filing; ``visit`` counts how often the person came
    levels: int = 0  # of review, where the filing is sent for it
    reviewed: Reviewed | None = None  # who passed it, where a review leads to this decision

    @property
    def forgotten(self) -> bool:
        """Say whether this notice names what an earlier one failed to (一次性告知不到位)."""
        is_notice = self.request.act is Act.ONE_TIME_NOTICE
        return is_notice and any(not gap.newly_visible for gap in self.preview.deficiencies)


def write_decision(session: Session, decision: Decision, station: Station) -> None:
    """Write everything of one decision in the open transaction."""
    before = _typed_before(session, decision)
    filing = _filing(session, decision)
    session.flush()
    write_departments(session, decision.preview.assessment, filing.id)
    numbers = [number for number in (decision.numbers.own, decision.numbers.transfer) if number]
    session.add_all(FilingNumber(number=number, filing_id=filing.id) for number in numbers)
    visit = _visit(decision, filing.id)
    session.add(visit)
    session.flush()
    _verdicts(session, decision, visit)
    _review_steps(session, decision, station, visit)
    documents = [_document(decision, paper, filing_id=filing.id, visit_id=visit.id) for paper in decision.papers]
    session.add_all(documents)
    _remember_parties(session, decision.request.walk_in, decision.at, filing.id)
    session.flush()
    index_filing(session, filing.id, search_texts(decision.request.walk_in, numbers_of(session, filing.id)))
    account_id = station.actor.account_id
    scans = take_over_staged(session, decision.request.draft_id, filing_id=filing.id, account_id=account_id)
    had_draft = _drop_drafts(session, decision.request, station.actor.account_id)
    session.add(FinishedAct(act_id=decision.request.act_id, visit_id=visit.id, had_draft=had_draft))
    changes = changed_fields(before, flattened(walk_in_to_plain(decision.request.walk_in))) if before else ()
    papers = [document.id for document in documents]
    if decision.request.found_site_id is not None:
        tie_decided(session, station, decision.request.found_site_id, filing)
    _audit(session, decision, station, filing_id=filing.id, paper_ids=papers, changes=changes, scans=scans)


def _filing(session: Session, decision: Decision) -> Filing:
    request = decision.request
    values = _values(decision)
    if request.filing_id is None:
        filing = Filing(
            **values,
            first_number=decision.numbers.own,
            filed_on=decision.on,
            overrides=[decision.override] if decision.override else [],
            incomplete_notices=0,
            follows_id=request.follows_id,
        )
        session.add(filing)
        return filing
    filing = stored_filing(session, request.filing_id)
    for name, value in values.items():
        setattr(filing, name, value)
    filing.incomplete_notices += decision.forgotten
    if decision.override and decision.override not in filing.overrides:
        filing.overrides = [*filing.overrides, decision.override]
    return filing


def _typed_before(session: Session, decision: Decision) -> dict[str, object]:
    """Give what the last visit said, field by field; nothing at the first."""
    filing_id = decision.request.filing_id
    return flattened(stored_filing(session, filing_id).walk_in) if filing_id is not None else {}


def departments_asked(assessment: Assessment) -> tuple[str, ...]:
    """Give the departments a filing is of by its assessment: the one that leads, then those asked along."""
    lead = assessment.industry_department
    return tuple(dict.fromkeys((*([lead] if lead else []), *assessment.co_departments)))


def write_departments(session: Session, assessment: Assessment, filing_id: int) -> None:
    """Keep the departments a filing is of by its assessment, and no others."""
    session.execute(delete(FilingDepartment).where(FilingDepartment.filing_id == filing_id))
    lead = assessment.industry_department
    session.add_all(
        FilingDepartment(filing_id=filing_id, code=code, is_lead=code == lead) for code in departments_asked(assessment)
    )


def _values(decision: Decision) -> dict[str, Any]:
    """Give the columns that every visit sets anew."""
    assessment, walk_in = decision.preview.assessment, decision.request.walk_in
    accepted = decision.request.act is Act.ACCEPT
    return {
        "number": decision.numbers.own,
        "registration_number": decision.numbers.own if accepted else None,
        "status": STATUS_AFTER[decision.request.act].value,
        "high_risk": True if assessment.is_high_risk else (False if assessment.high_risk is False else None),
        "accepted_on": decision.on if accepted else None,
        "valid_until": assessment.validity_end if accepted else None,
        "extension_first": assessment.extension_first if accepted else None,
        "site_check_by": assessment.site_check_by if accepted else None,
        # The answer is due from the day the papers were handed in, however long the review takes.
        **({} if decision.reviewed else {"feedback_by": assessment.acceptance_feedback_by}),
        "is_provisional": bool(assessment.provisional_dates),
        "awaits_platform": accepted,
        "visits": decision.visit,
        "walk_in": walk_in_to_plain(walk_in),
        "assessment": assessment_to_plain(assessment),
        "pack_id": decision.pack.id,
        "pack_version": decision.pack.version,
        **shown_columns(walk_in, decision.pack),
    }


def shown_columns(walk_in: WalkIn, pack: PolicyPack) -> dict[str, str]:
    """Give the columns that lists show, sort and compare by."""
    code = walk_in.facts.text("category") or ""
    category = pack.category(code)
    label = category.label if category is not None else code
    return {
        "project_name": storable(walk_in.project_name),
        "place": storable(walk_in.place.text),
        "community": storable(walk_in.place.community),
        "owner_name": storable(walk_in.owner.name),
        "contractor_name": storable(walk_in.contractor.party.name),
        "project_sort": sort_key(walk_in.project_name),
        "place_sort": sort_key(walk_in.place.text),
        "community_sort": sort_key(walk_in.place.community),
        "owner_sort": sort_key(walk_in.owner.name),
        "contractor_sort": sort_key(walk_in.contractor.party.name),
        "category_sort": sort_key(label),
        "place_key": place_key(walk_in),
        "owner_key": party_key(walk_in.owner),
        "contractor_key": party_key(walk_in.contractor.party),
        "kind": walk_in.facts.text("kind") or "",
        "category": storable(code),
        "category_label": storable(label),
    }


def _visit(decision: Decision, filing_id: int) -> FilingVisit:
    request, gaps = decision.request, decision.preview.deficiencies
    is_notice = request.act is Act.ONE_TIME_NOTICE
    return FilingVisit(
        filing_id=filing_id,
        ordinal=decision.ordinal,
        visited_on=decision.on,
        decided_at=decision.at,
        act=request.act.value,
        number=decision.numbers.own,
        clerk=storable(decision.office.clerk_name),
        reviewer=storable(decision.reviewed.reviewers) if decision.reviewed else "",
        facts_fingerprint=fingerprint(decision.facts),
        noticed=[asdict(gap) for gap in gaps] if is_notice else [],
        settled=list(settled_items(request.walk_in, gaps)),
        reason=storable(request.reason.strip()),
        is_notice_incomplete=decision.forgotten,
        is_signed=request.signed,
        is_video_watched=request.video_watched,
        video=storable(request.video.strip()) if request.video_watched else "",
    )


def _verdicts(session: Session, decision: Decision, visit: FilingVisit) -> None:
    told = _checked_before(session, visit)
    session.add_all(
        VisitMaterial(
            visit_id=visit.id,
            code=check.code,
            verdict=check.verdict.value,
            form=check.form.value if check.form else None,
            copies=check.copies,
            pages=check.pages,
            valid_to=check.valid_to,
            remark=storable(check.remark),
            checked_by="" if check.verdict is Verdict.UNJUDGED else told.get(_judged(check), visit.clerk),
            reviewed_by=visit.reviewer,
        )
        # The last verdict on a paper counts, should a file name it twice.
        for check in {check.code: check for check in decision.request.walk_in.materials}.values()
    )


def _judged(check: MaterialCheck) -> tuple[object, ...]:
    return check.code, check.verdict.value, check.copies, check.pages, check.valid_to, storable(check.remark)


def _checked_before(session: Session, visit: FilingVisit) -> dict[tuple[object, ...], str]:
    """Give who judged each paper the visit before: a verdict that stays remains theirs."""
    of_before = (
        select(VisitMaterial)
        .join(FilingVisit, FilingVisit.id == VisitMaterial.visit_id)
        .where(FilingVisit.filing_id == visit.filing_id, FilingVisit.ordinal == visit.ordinal - 1)
    )
    return {
        (row.code, row.verdict, row.copies, row.pages, row.valid_to, row.remark): row.checked_by
        for row in session.scalars(of_before)
        if row.checked_by
    }


def _review_steps(session: Session, decision: Decision, station: Station, visit: FilingVisit) -> None:
    """Open the first step of a filing sent for review; close the one that led to this decision."""
    if decision.request.act is Act.SUBMIT_FOR_REVIEW:
        open_step(session, station, visit=visit, level=1, levels=decision.levels)
    elif decision.reviewed is not None:
        close_step(session, station, decision.reviewed, act_id=decision.request.act_id)


def _document(decision: Decision, rendered: RenderedPaper, *, filing_id: int, visit_id: int) -> IssuedDocument:
    paper = rendered.paper
    return IssuedDocument(
        filing_id=filing_id,
        visit_id=visit_id,
        code=paper.code,
        title=paper.title,
        number=paper.number,
        pages=rendered.pages,
        template_version=paper.template_version,
        issued_at=decision.at,
        sha256=rendered.sha256,
        content_sha256=rendered.content_sha256,
        paper=to_plain(paper),
    )


def _remember_parties(session: Session, walk_in: WalkIn, at: datetime, filing_id: int) -> None:
    named: list[tuple[str, Party | Contractor, Party]] = [
        (PARTY_ROLE, party, party) for party in (walk_in.owner, walk_in.agent, walk_in.property_owner) if party
    ]
    named.append((CONTRACTOR_ROLE, walk_in.contractor, walk_in.contractor.party))
    for role, kept, party in named:
        name_key = normalise(storable(party.name))
        if name_key:
            known = KnownParty(
                role=role,
                identity=f"{name_key} {normalise(storable(party.id_number))}",
                name_key=name_key,
                initials=initials(party.name),
                typed=party_to_plain(kept),
                used_at=at,
            )
            session.merge(known)
            session.merge(KnownPartyUse(role=role, identity=known.identity, filing_id=filing_id))


def _audit(
    session: Session,
    decision: Decision,
    station: Station,
    *,
    filing_id: int,
    paper_ids: Sequence[int],
    changes: Sequence[FieldChange],
    scans: int,
) -> None:
    request = decision.request
    summary = f"{ACT_WORDS[request.act]}，编号 {decision.numbers.own}，文书 {len(paper_ids)} 份"
    if decision.reviewed is not None:
        summary = f"审核通过（{decision.reviewed.reviewers}）：{summary}"
    elif decision.visit > 1:
        summary = f"第 {decision.visit} 次到场：{summary}"
    if decision.forgotten:
        summary += local("；一次性告知不到位")
    if request.video_watched:
        film = request.video.strip()
        summary += f"；已观看安全警示片{f'《{film}》' if film else ''}"
    if scans:
        summary += f"；附件 {scans} 份"
    record_event(
        session,
        station,
        act=request.act.value,
        at=decision.at,
        summary=summary,
        reason=decision.reviewed.opinion if decision.reviewed else request.reason.strip(),
        filing_id=filing_id,
        paper_ids=paper_ids,
        changes=changes,
    )


def _drop_drafts(session: Session, request: DecisionRequest, account_id: int | None) -> bool:
    """Drop the form's draft, and every draft of the same filing, whosever: it would undo this visit later."""
    own = or_(DraftRow.account_id.is_(None), DraftRow.account_id == account_id)
    drafts = and_(DraftRow.id == request.draft_id, own)
    if request.filing_id is not None:
        drafts |= DraftRow.filing_id == request.filing_id
    existed = bool(session.scalar(select(func.count()).where(drafts)))
    session.execute(delete(DraftRow).where(drafts))
    return existed
