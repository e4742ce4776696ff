"""The sections of the home page: how many filings each has, and the first of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.acts import Status
from desktop.domain.home import HomeLine, HomePart, HomeSection
from desktop.domain.ledger import LedgerColumn, LedgerCriteria, LedgerException
from desktop.domain.review import ReviewOutcome
from desktop.models.filing import Filing
from desktop.models.review import Review
from desktop.queries.ledger import count_and_first

MOST_LINES: Final = 6
# Exceptions of long ago are found in the ledger; the home page shows what can still be talked about.
LOOKS_BACK_DAYS: Final = 30
_URGENT: Final = frozenset(
    {
        HomeSection.RETURNED,
        HomeSection.OPINIONS,
        HomeSection.FEEDBACK_TODAY,
        HomeSection.FEEDBACK_OVERDUE,
        HomeSection.SITE_CHECK_TODAY,
    }
)
_EXCEPTION_OF: Final = {
    HomeSection.OPINIONS: LedgerException.OPINION,
    HomeSection.FEEDBACK_TODAY: LedgerException.FEEDBACK_TODAY,
    HomeSection.SITE_CHECK_TODAY: LedgerException.SITE_CHECK_TODAY,
    HomeSection.FEEDBACK_OVERDUE: LedgerException.FEEDBACK_OVERDUE,
    HomeSection.OVERRIDDEN: LedgerException.OVERRIDDEN,
    HomeSection.INCOMPLETE_NOTICE: LedgerException.INCOMPLETE_NOTICE,
    HomeSection.EXPIRING: LedgerException.EXPIRING,
}
_RECENT: Final = frozenset({HomeSection.OVERRIDDEN, HomeSection.INCOMPLETE_NOTICE})


def criteria_of(section: HomeSection, today: date) -> LedgerCriteria:
    """Give what finds a section's filings in the ledger."""
    if section is HomeSection.REVIEWS:
        return LedgerCriteria(status=Status.AWAITING_REVIEW, descending=False)
    if section is HomeSection.RETURNED:
        return LedgerCriteria(status=Status.RETURNED, descending=False)
    if section is HomeSection.CORRECTIONS:
        return LedgerCriteria(status=Status.AWAITING_CORRECTION, descending=False)
    if section is HomeSection.AWAITS_PLATFORM:
        return LedgerCriteria(awaits_platform=True, descending=False)
    since = today - timedelta(days=LOOKS_BACK_DAYS) if section in _RECENT else None
    is_expiring = section is HomeSection.EXPIRING
    return LedgerCriteria(
        exception=_EXCEPTION_OF[section],
        as_of=today,
        filed_from=since,
        sort_by=LedgerColumn.VALID_UNTIL if is_expiring else LedgerColumn.FILED_ON,
        descending=section in _RECENT,
    )


def part_of(session: Session, section: HomeSection, today: date) -> HomePart:
    """Count a section's filings and give the first of them."""
    criteria = criteria_of(section, today)
    count, first = count_and_first(session, criteria, most=MOST_LINES)
    filings = {filing.id: filing for filing in session.scalars(select(Filing).where(Filing.id.in_(first)))}
    lines = tuple(_line(session, section, filings[filing_id]) for filing_id in first if filing_id in filings)
    return HomePart(
        section=section, count=count, lines=lines, criteria=criteria, is_urgent=bool(count) and section in _URGENT
    )


def _line(session: Session, section: HomeSection, filing: Filing) -> HomeLine:
    return HomeLine(
        filing_id=filing.id,
        number=filing.number,
        project_name=filing.project_name,
        place=filing.place,
        remark=_REMARKS[section](session, filing),
    )


def _opinion(outcome: ReviewOutcome) -> Callable[[Session, Filing], str]:
    def read(session: Session, filing: Filing) -> str:
        newest = (
            select(Review)
            .where(Review.filing_id == filing.id, Review.outcome == outcome.value)
            .order_by(Review.id.desc())
            .limit(1)
        )
        found = session.scalars(newest).first()
        who = "" if found is None else (found.done_by or found.asked_by)
        return "" if found is None else f"{who}：{found.opinion}".removeprefix("：")

    return read


def _filed(_session: Session, filing: Filing) -> str:
    return f"{filing.filed_on} 申报"


def _feedback(_session: Session, filing: Filing) -> str:
    return f"应于 {filing.feedback_by} 前反馈"


_REMARKS: Final[Mapping[HomeSection, Callable[[Session, Filing], str]]] = {
    HomeSection.REVIEWS: _filed,
    HomeSection.RETURNED: _opinion(ReviewOutcome.RETURNED),
    HomeSection.OPINIONS: _opinion(ReviewOutcome.OPINION),
    HomeSection.CORRECTIONS: _filed,
    HomeSection.FEEDBACK_TODAY: _feedback,
    HomeSection.SITE_CHECK_TODAY: lambda _session, filing: f"首次现场检查期限 {filing.site_check_by}",
    HomeSection.AWAITS_PLATFORM: lambda _session, filing: f"{filing.accepted_on} 受理",
    HomeSection.FEEDBACK_OVERDUE: _feedback,
    HomeSection.OVERRIDDEN: lambda _session, filing: filing.overrides[-1],
    HomeSection.INCOMPLETE_NOTICE: lambda _session, filing: f"漏告 {filing.incomplete_notices} 次",
    HomeSection.EXPIRING: lambda _session, filing: f"有效期至 {filing.valid_until}",
}
