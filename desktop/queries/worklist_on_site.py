"""Tasks that sites ask for: checks, hazards, works found unregistered, matters with other bodies, public reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from desktop.domain.acts import OPEN_TO_THE_CLERK, UNDER_WAY, Status
from desktop.domain.found_site import REGISTRABLE, WAITING, FoundState
from desktop.domain.hazard import HazardState
from desktop.domain.life_acts import CloseOutState
from desktop.domain.public_report import ReportState
from desktop.domain.transfer import TransferState
from desktop.domain.worklist import TaskKind
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.models.random_draw import DrawnFiling, RandomDraw
from desktop.models.registration_life import CloseOut, OutsideReview, Revocation
from desktop.models.transfer import Transfer
from desktop.queries.first_checks import day_raised, is_first_check
from desktop.queries.hazards import awaits_report_by_day, awaits_report_by_lateness
from desktop.queries.worklist_source import Source, Terms, filing_source

_UNDER_WAY: Final = sorted(status.value for status in UNDER_WAY)
# Of the filings the gate lets through; the plain table saves a second round through it.
_VISIT: Final = Patrol.__table__.c
_FILING: Final = Filing.__table__.c
_REVIEW: Final = OutsideReview.__table__.alias("later_review").c
# Nobody waits for what a third party says of a matter that is over or was never taken in.
_OPEN_MATTERS: Final = sorted({*_UNDER_WAY, Status.AWAITING_REVIEW.value, *OPEN_TO_THE_CLERK})


def of_checks(terms: Terms) -> Iterator[Source]:
    """Give the sources of first checks, checks of close-outs, inspections that were drawn."""
    deadlines = terms.deadlines
    article, days = deadlines.site_check_article, deadlines.site_check_working_days
    visited = exists().where(_VISIT.filing_id == Filing.id, is_first_check())
    # A work that a change made high-risk is checked again: what was seen before the change does not count.
    checked = visited.where(_VISIT.visited_on >= func.coalesce(day_raised(Filing.id), Filing.accepted_on))
    under_way = Filing.status.in_(_UNDER_WAY)
    high_risk = or_(Filing.escalated_on.is_(None), Filing.high_risk.is_(True))
    yield filing_source(
        TaskKind.FIRST_CHECK,
        Filing.site_check_by.is_not(None),
        under_way,
        high_risk,
        ~checked,
        day=Filing.site_check_by,
        # Over the long holidays the three working days reach further than the list looks ahead.
        until=max(terms.ahead, terms.working_days(days)(terms.today)),
        article=article,
    )
    since = visited.where(_VISIT.visited_on >= Filing.escalated_on)
    escalated = (Filing.escalated_on.is_not(None), under_way, Filing.high_risk.is_not(True), ~since)
    yield filing_source(
        TaskKind.ESCALATION_CHECK,
        *escalated,
        # Where the rules set no term, what is high-risk by escalation is still to be looked at, whenever.
        day=Filing.escalated_on if days is not None else None,
        due=terms.working_days(days),
        details=(Filing.escalated_on,),
        article="、".join(filter(None, (terms.pack.article("escalation"), article))),
    )
    yield Source(
        kind=TaskKind.CLOSE_OUT_CHECK,
        asked=select(CloseOut.id)
        .join(Filing, Filing.id == CloseOut.filing_id)
        .where(Filing.status == Status.AWAITING_CLOSEOUT.value, CloseOut.state == CloseOutState.AWAITING_CHECK.value),
        subject=CloseOut.id,
        filing=CloseOut.filing_id,
        community=Filing.community,
        article=deadlines.closeout_article,
        details=(CloseOut.completed_on, CloseOut.applied_on),
    )
    yield Source(
        kind=TaskKind.DRAWN,
        asked=select(DrawnFiling.draw_id)
        .join(RandomDraw, RandomDraw.id == DrawnFiling.draw_id)
        .join(Filing, Filing.id == DrawnFiling.filing_id)
        .where(DrawnFiling.result == "", Filing.status.in_(_UNDER_WAY)),
        subject=DrawnFiling.draw_id,
        filing=DrawnFiling.filing_id,
        community=Filing.community,
        article=terms.pack.article("random_inspection"),
        details=(RandomDraw.number, RandomDraw.drawn_on),
    )
    yield from _of_papers(terms)


def _of_papers(terms: Terms) -> Iterator[Source]:
    """Give the sources of reviews that are out, and of decisions still to be delivered."""
    for kind, row, open_, key, details in (
        (
            TaskKind.OUTSIDE_REVIEW,
            OutsideReview,
            (OutsideReview.returned_on.is_(None), ~_noted_later(), Filing.status.in_(_OPEN_MATTERS)),
            "outside_review",
            (OutsideReview.reviewer, OutsideReview.asked_on),
        ),
        (
            TaskKind.DELIVERY,
            Revocation,
            (Revocation.delivered_on.is_(None),),
            "revocation_grounds",
            (Revocation.number, Revocation.decided_on),
        ),
    ):
        yield Source(
            kind=kind,
            asked=select(row.id).join(Filing, Filing.id == row.filing_id).where(*open_),
            subject=row.id,
            filing=row.filing_id,
            community=Filing.community,
            article=terms.pack.article(key),
            details=details,
        )


def _noted_later() -> ColumnElement[bool]:
    """Say whether a later entry stands on the same review: it, and not this one, is how the review stands."""
    same = (_REVIEW[name] == getattr(OutsideReview, name) for name in ("filing_id", "subject", "reviewer", "asked_on"))
    return exists().where(*same, _REVIEW.id > OutsideReview.id)


def _hazard_source(kind: TaskKind, states: Iterable[HazardState], *where: ColumnElement[bool], **more: Any) -> Source:
    """Give the source of a kind of task on hazards; no state named leaves the state to ``where``."""
    wanted = sorted(state.value for state in states)
    of_state = (Hazard.state.in_(wanted),) if wanted else ()
    kind_of_site = select(_FILING.kind).where(_FILING.id == Hazard.filing_id).scalar_subquery()
    return Source(
        kind=kind,
        asked=select(Hazard.id).where(*of_state, *where),
        subject=Hazard.id,
        filing=Hazard.filing_id,
        found_site=Hazard.found_site_id,
        community=Hazard.community,
        details=(Hazard.finding, Hazard.number, Hazard.description, kind_of_site),
        **more,
    )


def of_hazards(terms: Terms) -> Iterator[Source]:
    """Give the sources of what a hazard asks for until it is cleared."""
    waiting = {HazardState.FOUND, HazardState.RECTIFYING, HazardState.REFUSED}
    due: dict[str, Any] = {"day": Hazard.due_on, "until": terms.ahead, "is_dated": False}
    yield _hazard_source(TaskKind.RECTIFICATION, waiting, **due)
    # What is said to be put right is looked at whatever its term.
    yield _hazard_source(TaskKind.RECHECK, {HazardState.AWAITING_RECHECK}, **{**due, "until": None})
    # Together what ``hazards_to_report`` lists: by a stored day, cleared or not, and by lateness alone.
    yield _hazard_source(TaskKind.SAME_DAY_HAZARD, set(), awaits_report_by_day(), day=Hazard.report_by)
    late = awaits_report_by_lateness(terms.today, terms.late_findings)
    after_term = func.date(Hazard.due_on, "+1 day", type_=Hazard.due_on.type)
    yield _hazard_source(TaskKind.SAME_DAY_HAZARD, waiting, late, day=after_term)


def outward(terms: Terms) -> Iterator[Source]:
    """Give the sources of works found unregistered, matters with other bodies, reports from the public."""
    yield from _of_found_sites(terms)
    open_ = sorted(state.value for state in TransferState if state is not TransferState.REPLIED)
    yield Source(
        kind=TaskKind.REPLY,
        asked=select(Transfer.id).where(Transfer.state.in_(open_)),
        subject=Transfer.id,
        filing=Transfer.filing_id,
        found_site=Transfer.found_site_id,
        community=Transfer.community,
        day=Transfer.reply_by,
        until=terms.ahead,
        is_dated=False,
        details=(Transfer.article, Transfer.number, Transfer.to_body),
    )
    unverified = {ReportState.RECEIVED, ReportState.ASSIGNED}
    yield _report_source(TaskKind.REPORT_VERIFY, terms, unverified, day=PublicReport.verify_by, is_dated=False)
    yield _report_source(TaskKind.REPORT_ANSWER, terms, {ReportState.VERIFIED})


def _report_source(kind: TaskKind, terms: Terms, states: Iterable[ReportState], **more: Any) -> Source:
    return Source(
        kind=kind,
        asked=select(PublicReport.id).where(PublicReport.state.in_(sorted(state.value for state in states))),
        subject=PublicReport.id,
        filing=PublicReport.filing_id,
        found_site=PublicReport.found_site_id,
        community=PublicReport.community,
        article=terms.pack.article("public_reports"),
        details=(PublicReport.number, PublicReport.place, PublicReport.content, PublicReport.assigned_to),
        **more,
    )


def _of_found_sites(terms: Terms) -> Iterator[Source]:
    today = terms.today
    common: dict[str, Any] = {
        "subject": FoundSite.id,
        "found_site": FoundSite.id,
        "community": FoundSite.community,
        "article": terms.pack.article("unregistered_work"),
        "details": (FoundSite.found_on, FoundSite.register_by),
    }
    waiting = FoundSite.state.in_(sorted(state.value for state in WAITING))
    in_term = or_(FoundSite.register_by.is_(None), FoundSite.register_by >= today)
    yield Source(
        kind=TaskKind.FOUND_SITE,
        asked=select(FoundSite.id).where(waiting, in_term),
        day=FoundSite.register_by,
        until=terms.ahead,
        is_dated=False,
        **common,
    )
    # The day after the term it stands that nobody came, and enforcement must know on that day.
    after_term = func.date(FoundSite.register_by, "+1 day", type_=FoundSite.register_by.type)
    refused = case((FoundSite.state == FoundState.REFUSED.value, FoundSite.refused_on))
    report_by = func.coalesce(FoundSite.report_by, refused, after_term, type_=FoundSite.register_by.type)
    is_due = or_(FoundSite.report_by.is_not(None), refused.is_not(None), and_(waiting, FoundSite.register_by < today))
    registrable = FoundSite.state.in_(sorted(state.value for state in REGISTRABLE))
    yield Source(
        kind=TaskKind.SAME_DAY_FOUND_SITE,
        asked=select(FoundSite.id).where(registrable, FoundSite.reported_on.is_(None), is_due),
        day=report_by,
        **common,
    )
