"""Tasks that filings themselves ask for: at the window, at review, and by the days of a registration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from desktop.domain.acts import Status
from desktop.domain.patrol import PatrolResult
from desktop.domain.review import ReviewOutcome
from desktop.domain.worklist import LOOKS_BACK_DAYS, TaskKind
from desktop.models.filing import Filing
from desktop.models.patrol import Patrol
from desktop.models.registration_life import Extension
from desktop.models.review import Review
from desktop.queries.outstanding_papers import OUTSTANDING_PAPERS, codes_wanting, filings_wanting_papers
from desktop.queries.worklist_certificates import earliest_end
from desktop.queries.worklist_source import Source, Terms, filing_source

_REGISTERED: Final = Status.REGISTERED.value
# Of the filings the gate lets through; the plain tables save a second round through it.
_VISIT: Final = Patrol.__table__.c
_OPINION: Final = Review.__table__.c
_EXTENSION: Final = Extension.__table__.c


def at_the_window(terms: Terms) -> Iterator[Source]:
    """Give the sources of what is decided at the window and by its reviewers."""
    unanswered = Filing.status.in_((Status.AWAITING_REVIEW.value, Status.RETURNED.value))
    article = terms.deadlines.feedback_article
    due: dict[str, Any] = {"day": Filing.feedback_by, "article": article, "until": terms.ahead}
    yield filing_source(TaskKind.FEEDBACK, unanswered, Filing.feedback_by.is_not(None), **due)
    may_be_undated: dict[str, Any] = {**due, "until": None, "is_dated": False}
    yield filing_source(TaskKind.REVIEW, Filing.status == Status.AWAITING_REVIEW.value, **may_be_undated)
    yield filing_source(TaskKind.RETURNED, Filing.status == Status.RETURNED.value, **may_be_undated)
    answered = select(_OPINION.filing_id).where(_OPINION.outcome == ReviewOutcome.OPINION.value)
    yield filing_source(TaskKind.OPINION, Filing.id.in_(answered))
    noticed: dict[str, Any] = {"article": terms.pack.notice_article, "details": (Filing.filed_on,)}
    yield filing_source(TaskKind.CORRECTION, Filing.status == Status.AWAITING_CORRECTION.value, **noticed)
    entry: dict[str, Any] = {"article": terms.pack.article("platform_entry"), "details": (Filing.accepted_on,)}
    yield filing_source(TaskKind.PLATFORM, Filing.awaits_platform.is_(True), **entry)
    recent = Filing.filed_on >= terms.today - timedelta(days=LOOKS_BACK_DAYS)
    overridden = func.json_array_length(Filing.overrides) > 0
    yield filing_source(TaskKind.OVERRIDDEN, recent, overridden, details=(Filing.overrides,))
    told: dict[str, Any] = {"article": terms.pack.notice_article, "details": (Filing.incomplete_notices,)}
    yield filing_source(TaskKind.INCOMPLETE_NOTICE, recent, Filing.incomplete_notices > 0, **told)


def _may_ask_for_more(terms: Terms) -> ColumnElement[bool]:
    """Say which registrations are in the time to ask for more: each in that of the rules it was judged by.

    Of one taken over from an older ledger that time is not known; it is reminded by today's rules.  Where the rules
    set no such time, nobody is reminded of asking.
    """
    own, days = Filing.extension_first <= terms.today, terms.deadlines.extension_window_days
    if days is None:
        return own
    taken_over = and_(Filing.extension_first.is_(None), Filing.valid_until <= terms.today + timedelta(days=days))
    return or_(own, taken_over)


def of_registrations(terms: Terms) -> Iterator[Source]:
    """Give the sources of what the days of a registration ask for."""
    today, deadlines, expired_before = terms.today, terms.deadlines, terms.expired_before
    # Where the rules set no validity, a registration stands until it is closed out.
    not_past = or_(Filing.valid_until.is_(None), Filing.valid_until >= expired_before)
    valid = and_(Filing.status == _REGISTERED, not_past)
    going_on = and_(valid, Filing.completed_on.is_(None))
    article = deadlines.extension_article or deadlines.validity_article
    by_end: dict[str, Any] = {"day": Filing.valid_until, "article": article}
    # How often it was extended says whether another is the owner's to ask for, or only a new registration is left.
    had = select(func.count()).where(_EXTENSION.filing_id == Filing.id).scalar_subquery()
    yield filing_source(
        TaskKind.EXTENSION,
        going_on,
        _may_ask_for_more(terms),
        due=terms.in_time,
        details=(Filing.valid_until, had),
        **by_end,
    )
    expired = (Filing.status == _REGISTERED, Filing.valid_until < expired_before, Filing.completed_on.is_(None))
    yield filing_source(TaskKind.EXPIRED, *expired, until=today - timedelta(days=1), **by_end)
    yield filing_source(
        TaskKind.CHANGE_PAPERS,
        Filing.status == _REGISTERED,
        Filing.id.in_(filings_wanting_papers()),
        article=terms.pack.article(OUTSTANDING_PAPERS),
        details=(codes_wanting(),),
    )
    has_term = deadlines.closeout_working_days is not None
    close_out: dict[str, Any] = {
        "article": deadlines.closeout_article,
        "due": terms.working_days(deadlines.closeout_working_days),
    }
    completed = (Filing.completed_on.is_not(None), Filing.status == _REGISTERED)
    yield filing_source(
        TaskKind.CLOSE_OUT,
        *completed,
        day=Filing.completed_on if has_term else None,
        details=(Filing.completed_on,),
        **close_out,
    )
    # Who was there since, and saw the work still going on, has asked already.
    looked = exists().where(
        _VISIT.filing_id == Filing.id,
        _VISIT.visited_on > Filing.planned_end,
        _VISIT.result != PatrolResult.COMPLETED.value,
    )
    planned = (going_on, Filing.planned_end < today, ~looked)
    yield filing_source(
        TaskKind.PLANNED_END,
        *planned,
        day=Filing.planned_end if has_term else None,
        details=(Filing.planned_end,),
        **close_out,
    )
    ends = earliest_end(Filing.walk_in)
    certificate: dict[str, Any] = {"article": terms.pack.article("staff_as_registered"), "day": ends}
    yield filing_source(TaskKind.CERTIFICATE, going_on, ends.is_not(None), until=terms.ahead, **certificate)
