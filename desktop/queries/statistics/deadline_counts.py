"""What the measures of terms count: answers, first checks, close-outs, reports of the same day (第二十七至三十三条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from desktop.domain.acts import Act
from desktop.domain.found_site import WAITING
from desktop.domain.life_acts import CloseOutKind
from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.package import RecordKind
from desktop.domain.patrol import PatrolKind, PatrolResult
from desktop.models.filing import Filing, FilingVisit
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.patrol import Patrol
from desktop.models.registration_life import CloseOut
from desktop.queries.first_checks import day_raised
from desktop.queries.statistics.filing_source import FILINGS, IMPORTED
from desktop.queries.statistics.found_counts import FOUND_SITES
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.source import Count, Shown, Source, code, in_period

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
_IS_CHECKED_IN_TIME: Final = exists().where(
    Patrol.filing_id == Filing.id,
    Patrol.kind == PatrolKind.FIRST_CHECK.value,
    Patrol.result != PatrolResult.NO_ACCESS.value,
    Patrol.visited_on.between(
        func.coalesce(day_raised(Filing.id).correlate(Filing), Filing.accepted_on), Filing.site_check_by
    ),
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
# The day after the term, on which it stands that nobody came, where it is not settled yet (as ``report_day``).
_FOUND_REPORT_BY: Final = func.coalesce(
    FoundSite.report_by,
    case((FoundSite.state.in_(sorted(state.value for state in WAITING)), func.date(FoundSite.register_by, "+1 day"))),
)
FOUND_REPORTS: Final = replace(FOUND_SITES, on=_FOUND_REPORT_BY, word="应当日上报的未登记工程")

_FEEDBACK: Final = in_period(Filing.feedback_by)
_SITE_CHECK: Final = in_period(Filing.site_check_by)
_COMPLETED: Final = in_period(Filing.completed_on)
_REPORT: Final = in_period(Hazard.report_by)
_FOUND_REPORT: Final = in_period(_FOUND_REPORT_BY)
_IS_REGISTERED: Final = Filing.accepted_on.is_not(None)


def _due(day: Any, when: Any, only: ColumnElement[bool] | None = None) -> Count:
    return Count(source=FILINGS, when=when, day=day, only=only)


DEADLINE_COUNTS: Final[Mapping[str, Count]] = {
    "acceptance_due": _due(Filing.feedback_by, _FEEDBACK),
    "acceptance_in_time": _due(Filing.feedback_by, _FEEDBACK, _IS_ANSWERED_IN_TIME),
    "site_checks_due": _due(Filing.site_check_by, _SITE_CHECK, _IS_REGISTERED),
    "site_checks_in_time": _due(Filing.site_check_by, _SITE_CHECK, and_(_IS_REGISTERED, _IS_CHECKED_IN_TIME)),
    "close_outs_due": _due(Filing.completed_on, _COMPLETED, _IS_OURS),
    "close_outs_in_time": _due(Filing.completed_on, _COMPLETED, and_(_IS_OURS, _IS_APPLIED_IN_TIME)),
    "reports_due": Count(source=HAZARD_REPORTS, when=_REPORT),
    "reports_same_day": Count(source=HAZARD_REPORTS, when=_REPORT, only=Hazard.reported_on <= Hazard.report_by),
    "found_reports_due": Count(source=FOUND_REPORTS, when=_FOUND_REPORT),
    "found_reports_same_day": Count(
        source=FOUND_REPORTS, when=_FOUND_REPORT, only=FoundSite.reported_on <= _FOUND_REPORT_BY
    ),
}
