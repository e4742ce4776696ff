"""What the measures of hazards count: rows by the day of finding, by the day of clearing, and what stands open.

A hazard that was withdrawn as a mistake counts nowhere; as known at a moment it does while nobody had withdrawn it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from desktop.domain.hazard import HazardLevel, HazardState, StepKind
from desktop.domain.measure import RowKind
from desktop.domain.package import RecordKind
from desktop.domain.period import Period
from desktop.models.hazard import Hazard, HazardStep
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.on_site_rows import HAZARD_MEMBER_JOINS, HAZARD_MEMBERS, hazard_shown
from desktop.queries.statistics.source import Column, Count, Source, known

_STANDS: Final = Hazard.state != HazardState.WITHDRAWN.value
# The day on which it was put right: as the contractor said, and a recheck bore out; else as the recheck found.
_PUT_RIGHT_ON: Final = func.coalesce(Hazard.feedback_on, Hazard.cleared_on)
_ANSWERS: Final = (StepKind.FEEDBACK.value, StepKind.FAILED.value)

_FOUND_KNOWN: Final = known_here(RecordKind.HAZARD, Hazard.id, Hazard.found_at)
# A class of its own, so that it stands beside the steps that are counted themselves.
_TAKEN: Final = aliased(HazardStep, name="taken")
_TAKEN_KNOWN: Final = known_here(RecordKind.HAZARD, _TAKEN.hazard_id, _TAKEN.done_at)

HAZARD_ROWS: Final = Source(
    row_kind=RowKind.HAZARD,
    joined=lambda statement: statement.select_from(Hazard),
    id=Hazard.id,
    on=Hazard.found_on,
    known_at=_FOUND_KNOWN,
    done_at=Hazard.found_at,
    shown=hazard_shown(),
    word="隐患",
    members=HAZARD_MEMBERS,
    member_joins=HAZARD_MEMBER_JOINS,
)


def step_known(kind: StepKind, known_by: datetime) -> ColumnElement[bool]:
    """Say that a step of a hazard was known at a moment."""
    asked = select(_TAKEN.id).where(_TAKEN.hazard_id == Hazard.id, _TAKEN.kind == kind.value)
    return exists(asked.where(known(_TAKEN_KNOWN, known_by)))


def stood(known_by: datetime) -> ColumnElement[bool]:
    """Say that a hazard was known at a moment and not withdrawn by then."""
    return and_(known(_FOUND_KNOWN, known_by), or_(_STANDS, not_(step_known(StepKind.WITHDRAWN, known_by))))


def _found(period: Period) -> ColumnElement[bool]:
    return and_(Hazard.found_on.between(period.first_on, period.last_on), _STANDS)


def _found_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(Hazard.found_on.between(period.first_on, period.last_on), stood(known_by))


def _found_cleared(period: Period) -> ColumnElement[bool]:
    return and_(_found(period), Hazard.cleared_on <= period.last_on)


def _found_cleared_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    cleared = and_(Hazard.cleared_on <= period.last_on, step_known(StepKind.PASSED, known_by))
    return and_(_found_known(period, known_by), cleared)


def _cleared(period: Period) -> ColumnElement[bool]:
    return and_(Hazard.cleared_on.between(period.first_on, period.last_on), _STANDS)


def _cleared_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    in_period = Hazard.cleared_on.between(period.first_on, period.last_on)
    return and_(in_period, stood(known_by), step_known(StepKind.PASSED, known_by))


def _open(period: Period) -> ColumnElement[bool]:
    is_open = or_(Hazard.cleared_on.is_(None), Hazard.cleared_on > period.last_on)
    return and_(Hazard.found_on <= period.last_on, _STANDS, is_open)


def _open_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    was_cleared = and_(func.coalesce(Hazard.cleared_on <= period.last_on, False), step_known(StepKind.PASSED, known_by))
    return and_(Hazard.found_on <= period.last_on, stood(known_by), not_(was_cleared))


def _last_step(
    column: Column, period: Period, known_by: datetime | None, *, where: ColumnElement[bool]
) -> ColumnElement[Any]:
    """Give what the last step of some sort says that was taken by the last day of the period."""
    asked = select(column).where(_TAKEN.hazard_id == Hazard.id, _TAKEN.on <= period.last_on, where)
    if known_by is not None:
        asked = asked.where(known(_TAKEN_KNOWN, known_by))
    return asked.order_by(_TAKEN.on.desc(), _TAKEN.id.desc()).limit(1).correlate(Hazard).scalar_subquery()


def _is_late(period: Period, known_by: datetime | None) -> ColumnElement[bool]:
    """Say that the term was over at the last day and the contractor had not yet said that it is put right.

    Both as it was then: a term moved later, or an answer that a later recheck did not bear out, changes nothing.
    """
    answer = _last_step(_TAKEN.kind, period, known_by, where=_TAKEN.kind.in_(_ANSWERS))
    term = func.coalesce(_last_step(_TAKEN.due_on, period, known_by, where=_TAKEN.due_on.is_not(None)), Hazard.due_on)
    return and_(term < period.last_on, func.coalesce(answer, "") != StepKind.FEEDBACK.value)


def _overdue(period: Period) -> ColumnElement[bool]:
    return and_(_open(period), _is_late(period, None))


def _overdue_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_open_known(period, known_by), _is_late(period, known_by))


def _of_finding(only: ColumnElement[bool] | None = None) -> Count:
    return Count(source=HAZARD_ROWS, when=_found, known_when=_found_known, only=only)


def _of_clearing(only: ColumnElement[bool] | None = None) -> Count:
    return Count(source=HAZARD_ROWS, when=_cleared, known_when=_cleared_known, only=only, day=Hazard.cleared_on)


HAZARD_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        "hazards_found": _of_finding(),
        "hazards_major": _of_finding(Hazard.level == HazardLevel.MAJOR.value),
        "hazards_on_the_spot": _of_finding(Hazard.is_on_the_spot.is_(True)),
        "hazards_found_cleared": Count(source=HAZARD_ROWS, when=_found_cleared, known_when=_found_cleared_known),
        "hazards_cleared": _of_clearing(),
        "hazards_in_time": _of_clearing(or_(Hazard.is_on_the_spot, Hazard.due_on >= _PUT_RIGHT_ON)),
        "hazards_late": _of_clearing(and_(not_(Hazard.is_on_the_spot), Hazard.due_on < _PUT_RIGHT_ON)),
        "hazards_open": Count(source=HAZARD_ROWS, when=_open, known_when=_open_known, is_stock=True),
        "hazards_overdue": Count(source=HAZARD_ROWS, when=_overdue, known_when=_overdue_known, is_stock=True),
    }
)
