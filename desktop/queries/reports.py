"""Reports as lists show them: who reported is covered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.masking import mask_name, mask_phone
from desktop.domain.public_report import (
    ReportCriteria,
    ReportMove,
    ReportRow,
    ReportSource,
    ReportState,
    ReportStepRow,
    ReportVerdict,
)
from desktop.domain.site import SiteRef
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.public_report import PublicReport, PublicReportStep

_Joined = Select[PublicReport, Filing, FoundSite]


def reports(session: Session, criteria: ReportCriteria, *, as_of: date) -> tuple[ReportRow, ...]:
    """List the reports asked for, the last received first."""
    asked = _joined().where(*_filters(criteria), *_days(criteria, as_of))
    newest = asked.order_by(PublicReport.received_on.desc(), PublicReport.id.desc()).limit(criteria.limit)
    return tuple(_row(*found) for found in session.execute(newest))


def count_reports(session: Session, criteria: ReportCriteria, *, as_of: date) -> int:
    """Count the reports asked for, whatever the limit."""
    asked = _joined().where(*_filters(criteria), *_days(criteria, as_of))
    ids = asked.with_only_columns(PublicReport.id).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0


def report_row(session: Session, report_id: int) -> ReportRow | None:
    """Give one report, None when there is none to be seen."""
    found = session.execute(_joined().where(PublicReport.id == report_id)).first()
    return None if found is None else _row(*found)


def report_steps(session: Session, report_id: int) -> tuple[ReportStepRow, ...]:
    """Give the steps of one report in the order in which they were done."""
    asked = select(PublicReportStep).where(PublicReportStep.report_id == report_id).order_by(PublicReportStep.id)
    return tuple(
        ReportStepRow(
            move=ReportMove(step.state),
            on=step.on,
            text=cover_numbers(step.text),
            done_at=step.done_at,
            done_by=step.done_by,
        )
        for step in session.scalars(asked)
    )


def _joined() -> _Joined:
    return (
        select(PublicReport, Filing, FoundSite)
        .outerjoin(Filing, PublicReport.filing_id == Filing.id)
        .outerjoin(FoundSite, PublicReport.found_site_id == FoundSite.id)
    )


def _filters(criteria: ReportCriteria) -> Iterator[ColumnElement[bool]]:
    if text := criteria.text.strip():
        # Never by who reported: the list would tell what it covers.
        places = (PublicReport.number, PublicReport.place, PublicReport.content, PublicReport.source_body)
        more = (Filing.number, Filing.registration_number, Filing.project_name, FoundSite.number)
        yield or_(*(column.contains(text, autoescape=True) for column in (*places, *more)))
    if criteria.source is not None:
        yield PublicReport.source == criteria.source.value
    if criteria.state is not None:
        yield PublicReport.state == criteria.state.value
    if criteria.community is not None:
        yield PublicReport.community == criteria.community
    if criteria.site is not None:
        yield PublicReport.filing_id.is_not_distinct_from(criteria.site.filing_id)
        yield PublicReport.found_site_id.is_not_distinct_from(criteria.site.found_site_id)
    if criteria.deserves_reward is not None:
        yield PublicReport.deserves_reward.is_(criteria.deserves_reward)


def _days(criteria: ReportCriteria, as_of: date) -> Iterator[ColumnElement[bool]]:
    if criteria.received_from is not None:
        yield PublicReport.received_on >= criteria.received_from
    if criteria.received_to is not None:
        yield PublicReport.received_on <= criteria.received_to
    if criteria.is_open is not None:
        is_open = PublicReport.state != ReportState.ANSWERED.value
        yield is_open if criteria.is_open else ~is_open
    if criteria.is_overdue is not None:
        limit = criteria.as_of or as_of
        late = and_(PublicReport.verified_on.is_(None), func.coalesce(PublicReport.verify_by, limit) < limit)
        yield late if criteria.is_overdue else ~late


def _row(report: PublicReport, filing: Filing | None, found: FoundSite | None) -> ReportRow:
    number = "" if found is None else found.number
    if filing is not None:
        number = filing.registration_number or filing.number
    return ReportRow(
        id=report.id,
        number=report.number,
        source=ReportSource(report.source),
        source_body=report.source_body,
        received_on=report.received_on,
        is_anonymous=report.is_anonymous,
        reporter_name=mask_name(report.reporter_name),
        reporter_phone=mask_phone(report.reporter_phone),
        community=report.community,
        place=cover_numbers(report.place),
        content=cover_numbers(report.content),
        site=SiteRef(filing_id=report.filing_id, found_site_id=report.found_site_id),
        site_number=number,
        state=ReportState(report.state),
        assigned_to=report.assigned_to,
        assigned_on=report.assigned_on,
        verify_by=report.verify_by,
        verified_on=report.verified_on,
        verdict=ReportVerdict(report.verdict) if report.verdict else None,
        result=cover_numbers(report.result),
        replied_on=report.replied_on,
        reply=cover_numbers(report.reply),
        deserves_reward=report.deserves_reward,
        reward_yuan=Decimal(report.reward_yuan) if report.reward_yuan else None,
        rewarded_on=report.rewarded_on,
    )
