"""Monthly checks of key works: a row for each month of each work, checked where somebody was there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    and_,
    case,
    column,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from desktop.domain.acts import UNDER_WAY
from desktop.domain.hazard import StepKind
from desktop.domain.measure import RowKind
from desktop.domain.package import RecordKind
from desktop.domain.patrol_kinds import PatrolResult
from desktop.domain.period import Period, months_in, span
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.patrol import Patrol
from desktop.queries.statistics.filing_source import FILING_JOINS, FILING_MEMBERS, FILING_SHOWN, FILINGS
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.risk_then import HIGH_SINCE, was_high
from desktop.queries.statistics.source import Count, Source, known

# The months that statistics can be asked for; of these only those of the period are looked at.
_MONTHS: Final = json.dumps([str(month.first_on) for month in months_in(span(date(2012, 1, 1), date(2041, 12, 31)))])
_EACH: Final = func.json_each(literal(_MONTHS)).table_valued(column("value", Date()), name="month")
_MONTH: Final[ColumnElement[date]] = _EACH.c.value  # its first day
_PATROL_KNOWN: Final = known_here(RecordKind.PATROL, Patrol.id, Patrol.recorded_at)
# A work that a change made high-risk, or that was escalated, is a key work from that day on.
_NEVER: Final = literal(date.max, Date())
_ESCALATED: Final = func.coalesce(Filing.escalated_on, _NEVER)
_BEGINS: Final = case((Filing.high_risk.is_(True), func.min(HIGH_SINCE, _ESCALATED)), else_=_ESCALATED)
_ESCALATION_KNOWN: Final = known_here(RecordKind.HAZARD, HazardStep.hazard_id, HazardStep.done_at)
_ENDS: Final = func.min(
    *(func.coalesce(day, _NEVER) for day in (Filing.completed_on, Filing.closed_on, Filing.revoked_on)), type_=Date()
)
# One that ended on a day nobody knows had always been over.
_IS_UNDER_WAY: Final = Filing.status.in_(sorted(UNDER_WAY))

_KEY: Final = aliased(Filing, name="key_work")


def _joined(statement: Select[Any]) -> Select[Any]:
    return statement.select_from(Filing).join(_EACH, true())


def _past(period: Period) -> ColumnElement[date]:
    """Give the day after what is looked at of a month: its end, or that of the period."""
    after = literal(period.last_on + timedelta(days=1), Date())
    return func.min(func.date(_MONTH, "+1 month"), after, type_=Date())


def _key_works(period: Period) -> CompoundSelect[Any]:
    """Ask for what may be key works of a period once, from indexes alone, and not again in each month."""
    over = func.coalesce(_KEY.closed_on, _KEY.revoked_on, _NEVER) < period.first_on.replace(day=1)
    high = select(_KEY.id).where(_KEY.high_risk.is_(True), _KEY.accepted_on <= period.last_on, not_(over))
    return union_all(high, select(_KEY.id).where(_KEY.escalated_on.is_not(None)))


def _due(period: Period) -> ColumnElement[bool]:
    months = _MONTH.between(period.first_on.replace(day=1), period.last_on)
    is_accepted = func.coalesce(Filing.accepted_on, _NEVER) <= period.last_on
    is_key = and_(Filing.id.in_(_key_works(period)), is_accepted, _past(period) > _BEGINS)
    return and_(months, is_key, _ENDS > _MONTH, or_(_ENDS != _NEVER, _IS_UNDER_WAY))


def _was_escalated(known_by: datetime) -> ColumnElement[bool]:
    steps = select(HazardStep.id).join(Hazard, Hazard.id == HazardStep.hazard_id)
    of_work = steps.where(
        Hazard.filing_id == Filing.id,
        HazardStep.kind == StepKind.ESCALATED.value,
        HazardStep.on == Filing.escalated_on,
    ).correlate(Filing)
    # Where no step tells of it, it came with the filing.
    told = or_(exists(of_work.where(known(_ESCALATION_KNOWN, known_by))), not_(exists(of_work)))
    return and_(Filing.escalated_on.is_not(None), told)


def _due_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    was_key = or_(was_high(known_by), _was_escalated(known_by))
    return and_(_due(period), known(FILINGS.known_at, known_by), was_key)


def _visits(period: Period) -> Select[Any]:
    """Ask for the visits of a month; who found no way in has not checked anything."""
    of_month = and_(Patrol.visited_on >= _MONTH, Patrol.visited_on < _past(period))
    asked = select(Patrol.id).where(Patrol.filing_id == Filing.id, of_month)
    return asked.where(Patrol.result != PatrolResult.NO_ACCESS.value).correlate(Filing, _EACH)


def _checked(period: Period) -> ColumnElement[bool]:
    return and_(_due(period), exists(_visits(period)))


def _checked_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_due_known(period, known_by), exists(_visits(period).where(known(_PATROL_KNOWN, known_by))))


def _missed(period: Period) -> ColumnElement[bool]:
    return and_(_due(period), not_(exists(_visits(period))))


def _missed_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_due_known(period, known_by), not_(exists(_visits(period).where(known(_PATROL_KNOWN, known_by)))))


KEY_WORK_MONTHS: Final = Source(
    row_kind=RowKind.FILING,
    joined=_joined,
    id=Filing.id,
    on=_MONTH,
    known_at=FILINGS.known_at,
    shown=FILING_SHOWN,
    word=FILINGS.word,  # the rows are the same works
    members=FILING_MEMBERS,
    member_joins=FILING_JOINS,
)
KEY_WORK_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        "key_site_months": Count(source=KEY_WORK_MONTHS, when=_due, known_when=_due_known),
        "key_site_months_checked": Count(source=KEY_WORK_MONTHS, when=_checked, known_when=_checked_known),
        "key_site_months_missed": Count(source=KEY_WORK_MONTHS, when=_missed, known_when=_missed_known),
    }
)
