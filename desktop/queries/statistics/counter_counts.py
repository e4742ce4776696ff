"""What the measures of the counter count: visits and their outcomes, notices and gaps, days waited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, exists, func, select, true
from sqlalchemy.orm import aliased

from desktop.domain.acts import Act
from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.package import RecordKind
from desktop.domain.period import Period
from desktop.models.filing import Filing, FilingDepartment, FilingVisit
from desktop.queries.statistics.filing_source import FILING_MEMBERS, FILING_SHOWN, IMPORTED
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.source import Column, Count, Joined, Source, code, in_period


def _with_filing(statement: Select[Any]) -> Select[Any]:
    return statement.join(Filing, Filing.id == FilingVisit.filing_id)


def _with_departments(statement: Select[Any]) -> Select[Any]:
    return statement.outerjoin(FilingDepartment, FilingDepartment.filing_id == FilingVisit.filing_id)


_OF_FILING: Final[dict[Breakdown, Column]] = {
    by: column for by, column in FILING_MEMBERS.items() if by not in (Breakdown.CLERK, Breakdown.DEPARTMENT)
}
_MEMBERS: Final[Mapping[Breakdown, Column]] = {
    **_OF_FILING,
    Breakdown.DEPARTMENT: code(FilingDepartment.code),
    Breakdown.CLERK: FilingVisit.clerk,
    Breakdown.OUTCOME: FilingVisit.act,
}
_JOINS: Final[Mapping[Breakdown, Joined]] = {
    **dict.fromkeys(_OF_FILING, _with_filing),
    Breakdown.DEPARTMENT: _with_departments,
}

VISITS: Final = Source(
    row_kind=RowKind.VISIT,
    joined=lambda statement: statement.select_from(FilingVisit),
    id=FilingVisit.id,
    on=FilingVisit.visited_on,
    known_at=known_here(RecordKind.FILING, FilingVisit.filing_id, FilingVisit.decided_at),
    done_at=FilingVisit.decided_at,
    shown=replace(FILING_SHOWN, number=FilingVisit.number, note=FilingVisit.act, joined=_with_filing),
    word="到场办理",
    members=_MEMBERS,
    member_joins=_JOINS,
)
_GAP: Final = func.json_each(FilingVisit.noticed).table_valued("key", "value", name="gap")
GAPS: Final = replace(
    VISITS,
    joined=lambda statement: statement.select_from(FilingVisit).join(_GAP, true()),
    opens=FilingVisit.id,
    shown=replace(VISITS.shown, note=func.json_extract(_GAP.c.value, "$.label")),
    word="告知的缺项",
    members={**_MEMBERS, Breakdown.MATERIAL: code(func.json_extract(_GAP.c.value, "$.code"))},
)

_VISITED: Final = in_period(FilingVisit.visited_on)
_IS_ACCEPTED: Final = FilingVisit.act == Act.ACCEPT.value
_IS_NOTICE: Final = FilingVisit.act == Act.ONE_TIME_NOTICE.value
# What a reviewer decided is no visit of the applicant, nor is a line of an old ledger.
_IS_COMING: Final = and_(FilingVisit.reviewer == "", FilingVisit.act != IMPORTED)
_EARLIER: Final = aliased(FilingVisit, name="earlier_visit")
_NOTICED_BEFORE: Final = exists().where(
    _EARLIER.filing_id == FilingVisit.filing_id,
    _EARLIER.ordinal < FilingVisit.ordinal,
    _EARLIER.act == Act.ONE_TIME_NOTICE.value,
)
_FIRST_NOTICE_ON: Final = (
    select(func.min(_EARLIER.visited_on))
    .where(_EARLIER.filing_id == FilingVisit.filing_id, _EARLIER.act == Act.ONE_TIME_NOTICE.value)
    .correlate(FilingVisit)
    .scalar_subquery()
)


def _by_act(act: Act) -> Count:
    return Count(source=VISITS, when=_VISITED, only=FilingVisit.act == act.value)


def _days_since(day: Column) -> ColumnElement[int]:
    """Count the calendar days from a day to the visit."""
    return cast(func.julianday(FilingVisit.visited_on) - func.julianday(day), Integer)


def _after_notice(amount: Column | None = None) -> Count:
    return Count(source=VISITS, when=_VISITED, only=and_(_IS_ACCEPTED, _NOTICED_BEFORE), amount=amount)


def _accepted(period: Period) -> ColumnElement[bool]:
    """Say that a visit of the period ended with acceptance; of the others no filing is looked up."""
    return and_(_VISITED(period), _IS_ACCEPTED)


def _of_accepted(amount: Column) -> Count:
    return Count(source=VISITS, when=_accepted, amount=amount, joined=_with_filing)


COUNTER_COUNTS: Final[Mapping[str, Count]] = {
    "visits": Count(source=VISITS, when=_VISITED, only=_IS_COMING),
    "accepted": _by_act(Act.ACCEPT),
    "one_time_notices": _by_act(Act.ONE_TIME_NOTICE),
    "permit_told": _by_act(Act.INFORM_PERMIT),
    "must_not_start": _by_act(Act.MUST_NOT_START),
    "not_applicable": _by_act(Act.NOT_APPLICABLE),
    "redirected": _by_act(Act.TO_STREET_OFFICE),
    "submitted_for_review": _by_act(Act.SUBMIT_FOR_REVIEW),
    "second_notices": Count(source=VISITS, when=_VISITED, only=and_(_IS_NOTICE, _NOTICED_BEFORE)),
    "incomplete_notices": Count(
        source=VISITS, when=_VISITED, only=and_(_IS_NOTICE, FilingVisit.is_notice_incomplete.is_(True))
    ),
    "noticed_filings": Count(source=VISITS, when=_VISITED, only=_IS_NOTICE, distinct=FilingVisit.filing_id),
    "visits_of_registered": _of_accepted(Filing.visits),
    "days_waited": _of_accepted(_days_since(Filing.filed_on)),
    "accepted_after_notice": _after_notice(),
    "days_after_notice": _after_notice(_days_since(_FIRST_NOTICE_ON)),
    "gaps": Count(source=GAPS, when=in_period(FilingVisit.visited_on), only=_IS_NOTICE),
}
