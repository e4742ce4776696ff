"""What the measures of terms count: answers, first checks, close-outs, reports of the same day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from desktop.domain.acts import Act
from desktop.domain.found_site import WAITING, FoundState
from desktop.domain.hazard import HazardState, StepKind
from desktop.domain.life_acts import CloseOutKind
from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.package import RecordKind
from desktop.domain.patrol import PatrolKind, PatrolResult
from desktop.domain.period import Period
from desktop.models.filing import Filing, FilingVisit
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.patrol import Patrol
from desktop.models.record import AuditEvent
from desktop.models.registration_life import CloseOut
from desktop.queries.statistics.filing_source import FILINGS, IMPORTED
from desktop.queries.statistics.found_counts import FOUND_SITES, told_by
from desktop.queries.statistics.hazard_counts import step_known
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.risk_then import HIGH_SINCE, was_high
from desktop.queries.statistics.source import Count, KnownWhen, Shown, Source, When, code, in_period, known

_LAST: Final = aliased(FilingVisit, name="last_visit")
_OTHER: Final = aliased(FilingVisit, name="other_visit")
_LAST_ORDINAL: Final = (
    select(func.max(_OTHER.ordinal)).where(_OTHER.filing_id == Filing.id).correlate(Filing).scalar_subquery()
)
# The last visit answers what was handed in last, and the term was counted from then; sending for review is no answer.
_IS_ANSWERED_IN_TIME: Final = exists().where(
    _LAST.filing_id == Filing.id,
    _LAST.ordinal == _LAST_ORDINAL,
    _LAST.act != Act.SUBMIT_FOR_REVIEW.value,
    _LAST.visited_on <= Filing.feedback_by,
)
# A work that a change made high-risk is checked again; who found no way in has not checked anything.
_FIRST_CHECKS: Final = select(Patrol.id).where(
    Patrol.filing_id == Filing.id,
    Patrol.kind == PatrolKind.FIRST_CHECK.value,
    Patrol.result != PatrolResult.NO_ACCESS.value,
    Patrol.visited_on.between(HIGH_SINCE, Filing.site_check_by),
)
_IS_APPLIED_IN_TIME: Final = exists().where(
    CloseOut.filing_id == Filing.id,
    CloseOut.kind == CloseOutKind.COMPLETED.value,
    CloseOut.completed_on == Filing.completed_on,
    CloseOut.is_late.is_(False),
)
# Of lines of an old ledger nobody knows when the close-out was applied for.
_IS_OURS: Final = ~exists().where(FilingVisit.filing_id == Filing.id, FilingVisit.act == IMPORTED)


def _with_patrol(statement: Select[Any]) -> Select[Any]:
    return statement.outerjoin(Patrol, Patrol.id == Hazard.patrol_id)


def _with_filing(statement: Select[Any]) -> Select[Any]:
    return statement.outerjoin(Filing, Filing.id == Hazard.filing_id)


_FIRST_STEP_AT: Final = (
    select(func.min(HazardStep.done_at)).where(HazardStep.hazard_id == Hazard.id).correlate(Hazard).scalar_subquery()
)
# The duty is on record since the first step of its day or later: a term that ran out was noted only then.
_DUE_SINCE: Final = (
    select(func.min(HazardStep.done_at))
    .where(HazardStep.hazard_id == Hazard.id, HazardStep.on >= Hazard.report_by)
    .correlate(Hazard)
    .scalar_subquery()
)
_TOLD_AT: Final = (
    select(func.min(HazardStep.done_at))
    .where(
        HazardStep.hazard_id == Hazard.id,
        HazardStep.kind.in_((StepKind.REPORTED.value, StepKind.TRANSFERRED.value)),
    )
    .correlate(Hazard)
    .scalar_subquery()
)
_RECORDED_AT: Final = func.coalesce(_FIRST_STEP_AT, Hazard.found_at)

HAZARD_REPORTS: Final = Source(
    row_kind=RowKind.HAZARD,
    joined=lambda statement: statement.select_from(Hazard),
    id=Hazard.id,
    on=Hazard.report_by,
    known_at=known_here(RecordKind.HAZARD, Hazard.id, _RECORDED_AT),
    done_at=_RECORDED_AT,
    shown=Shown(
        filing_id=Hazard.filing_id,
        number=Hazard.number,
        title=Hazard.description,
        place=Hazard.spot,
        community=Hazard.community,
        note=Hazard.state,
    ),
    word="应当日上报的隐患",
    members={
        Breakdown.COMMUNITY: Hazard.community,
        Breakdown.HAZARD_GROUP: Hazard.group,
        Breakdown.HAZARD_LEVEL: Hazard.level,
        Breakdown.FINDING: Hazard.finding,
        Breakdown.KIND: code(Filing.kind),
        Breakdown.STATION: code(Filing.office_code),
        Breakdown.CLERK: code(Patrol.recorded_by),
    },
    member_joins={
        Breakdown.KIND: _with_filing,
        Breakdown.STATION: _with_filing,
        Breakdown.CLERK: _with_patrol,
    },
)
_CAME_TOO_LATE: Final = and_(FoundSite.state == FoundState.LINKED.value, FoundSite.state_on > FoundSite.register_by)
# The day after the term, on which it stands that nobody came, where it is not settled yet (as ``report_day``); who
# comes after that does not undo it.
_FOUND_REPORT_BY: Final = func.coalesce(
    FoundSite.report_by,
    case(
        (
            or_(FoundSite.state.in_(sorted(state.value for state in WAITING)), _CAME_TOO_LATE),
            func.date(FoundSite.register_by, "+1 day"),
        )
    ),
)
FOUND_REPORTS: Final = replace(FOUND_SITES, on=_FOUND_REPORT_BY, word="应当日上报的未登记工程")

_FEEDBACK: Final = in_period(Filing.feedback_by)
_SITE_CHECK: Final = in_period(Filing.site_check_by)
_COMPLETED: Final = in_period(Filing.completed_on)
_FOUND_REPORT: Final = in_period(_FOUND_REPORT_BY)
_IS_REGISTERED: Final = Filing.accepted_on.is_not(None)


_PATROL_KNOWN: Final = known_here(RecordKind.PATROL, Patrol.id, Patrol.recorded_at)
_COMPLETION_NOTED: Final = (
    select(func.min(AuditEvent.at))
    .where(
        AuditEvent.filing_id == Filing.id,
        AuditEvent.act == "completion",
        func.json_extract(AuditEvent.changes, "$[0][2]") == cast(Filing.completed_on, String),
    )
    .correlate(Filing)
    .scalar_subquery()
)
_COMPLETION_APPLIED: Final = (
    select(func.min(CloseOut.done_at))
    .where(CloseOut.filing_id == Filing.id, CloseOut.completed_on == Filing.completed_on)
    .correlate(Filing)
    .scalar_subquery()
)


def _report(period: Period) -> ColumnElement[bool]:
    in_days = Hazard.report_by.between(period.first_on, period.last_on)
    return and_(in_days, Hazard.state != HazardState.WITHDRAWN.value)


def _report_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    stands = or_(Hazard.state != HazardState.WITHDRAWN.value, not_(step_known(StepKind.WITHDRAWN, known_by)))
    in_days = Hazard.report_by.between(period.first_on, period.last_on)
    return and_(in_days, known(HAZARD_REPORTS.known_at, known_by), known(_DUE_SINCE, known_by), stands)


def _told_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_report_known(period, known_by), known(_TOLD_AT, known_by))


def _found_told_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_FOUND_REPORT(period), known(FOUND_REPORTS.known_at, known_by), told_by(known_by))


def _site_check_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    raised_since = and_(Filing.high_risk.is_(True), not_(was_high(known_by)))
    return and_(_SITE_CHECK(period), known(FILINGS.known_at, known_by), not_(raised_since))


def _checked_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_site_check_known(period, known_by), exists(_FIRST_CHECKS.where(known(_PATROL_KNOWN, known_by))))


def _missed(period: Period) -> ColumnElement[bool]:
    return and_(_SITE_CHECK(period), _IS_REGISTERED, not_(exists(_FIRST_CHECKS)))


def _missed_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    was_checked = exists(_FIRST_CHECKS.where(known(_PATROL_KNOWN, known_by)))
    return and_(_site_check_known(period, known_by), _IS_REGISTERED, not_(was_checked))


def _completed_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    """Say that the day of completion was known: noted, or applied with; where neither is, it came with the filing."""
    noted, applied = _COMPLETION_NOTED, _COMPLETION_APPLIED
    told = or_(func.coalesce(noted <= known_by, False), func.coalesce(applied <= known_by, False))
    was_known = or_(told, and_(noted.is_(None), applied.is_(None)))
    return and_(_COMPLETED(period), known(FILINGS.known_at, known_by), was_known)


def _applied_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_completed_known(period, known_by), known_by >= _COMPLETION_APPLIED)


def _due(day: Any, when: When, only: ColumnElement[bool] | None = None, known_when: KnownWhen | None = None) -> Count:
    return Count(source=FILINGS, when=when, day=day, only=only, known_when=known_when)


DEADLINE_COUNTS: Final[Mapping[str, Count]] = {
    "acceptance_due": _due(Filing.feedback_by, _FEEDBACK),
    "acceptance_in_time": _due(Filing.feedback_by, _FEEDBACK, _IS_ANSWERED_IN_TIME),
    "site_checks_due": _due(Filing.site_check_by, _SITE_CHECK, _IS_REGISTERED, _site_check_known),
    "site_checks_in_time": _due(
        Filing.site_check_by, _SITE_CHECK, and_(_IS_REGISTERED, exists(_FIRST_CHECKS)), _checked_known
    ),
    "site_checks_missed": _due(Filing.site_check_by, _missed, known_when=_missed_known),
    "close_outs_due": _due(Filing.completed_on, _COMPLETED, _IS_OURS, _completed_known),
    "close_outs_in_time": _due(Filing.completed_on, _COMPLETED, and_(_IS_OURS, _IS_APPLIED_IN_TIME), _applied_known),
    "reports_due": Count(source=HAZARD_REPORTS, when=_report, known_when=_report_known),
    "reports_same_day": Count(
        source=HAZARD_REPORTS, when=_report, known_when=_told_known, only=Hazard.reported_on <= Hazard.report_by
    ),
    "found_reports_due": Count(source=FOUND_REPORTS, when=_FOUND_REPORT),
    "found_reports_same_day": Count(
        source=FOUND_REPORTS,
        when=_FOUND_REPORT,
        known_when=_found_told_known,
        only=FoundSite.reported_on <= _FOUND_REPORT_BY,
    ),
}
