"""What the measures of patrols and random inspections count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, true

from desktop.domain.acts import Act, Status
from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.package import RecordKind
from desktop.domain.period import Period
from desktop.domain.sampling import InspectionResult
from desktop.models.filing import Filing, FilingVisit
from desktop.models.patrol import Patrol
from desktop.models.random_draw import DrawnFiling, RandomDraw
from desktop.models.record import AuditEvent
from desktop.queries.statistics.counter_counts import VISITS
from desktop.queries.statistics.filing_source import ENDED_KNOWN, FILINGS
from desktop.queries.statistics.key_works import KEY_WORK_COUNTS
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.on_site_rows import of_site, site_number, site_shown
from desktop.queries.statistics.source import Count, OnePass, Source, code, in_period, known

# Of the draw only its day is asked, of filings that the gate let through; who drew it may be somebody else.
_DRAW: Final = RandomDraw.__table__.c
_INSPECTED: Final = (InspectionResult.IN_ORDER.value, InspectionResult.PROBLEMS.value)
_DRAW_KNOWN: Final = known_here(RecordKind.DRAW, _DRAW.id, _DRAW.drawn_at)

_PATROLLER: Final = func.json_each(Patrol.patrollers).table_valued("value", name="patroller")


def _each_patroller(statement: Select[Any]) -> Select[Any]:
    """Let a patrol stand once for each who was there; one that names nobody stays."""
    return statement.outerjoin(_PATROLLER, true())


_OF_PATROLS: Final = of_site(Patrol)
PATROL_ROWS: Final = Source(
    row_kind=RowKind.PATROL,
    joined=lambda statement: statement.select_from(Patrol),
    id=Patrol.id,
    on=Patrol.visited_on,
    known_at=known_here(RecordKind.PATROL, Patrol.id, Patrol.recorded_at),
    done_at=Patrol.recorded_at,
    shown=site_shown(Patrol, number=site_number(Patrol), note=Patrol.remark, title=Patrol.road, place=Patrol.road),
    word="巡查",
    members={
        **_OF_PATROLS.members,
        Breakdown.GRID: code(Patrol.grid),
        Breakdown.PATROL_KIND: code(Patrol.kind),
        Breakdown.PATROL_LEVEL: code(Patrol.level),
        Breakdown.PATROL_ORGANISATION: code(Patrol.organisation),
        Breakdown.PATROLLER: code(_PATROLLER.c.value),
    },
    member_joins={
        **{by: join for by, join in _OF_PATROLS.joins.items() if by is not Breakdown.GRID},
        Breakdown.PATROLLER: _each_patroller,
    },
    one_pass=OnePass(
        columns={
            Breakdown.MONTH: Patrol.visited_month,
            Breakdown.PATROL_LEVEL: Patrol.level,
            Breakdown.PATROL_ORGANISATION: Patrol.organisation,
            Breakdown.PATROL_KIND: Patrol.kind,
            Breakdown.COMMUNITY: Patrol.community,
        },
        within=lambda period: Patrol.visited_month.between(str(period.first_on)[:7], str(period.last_on)[:7]),
    ),
)
_VISITED: Final = in_period(Patrol.visited_on)
_DECIDED: Final = in_period(FilingVisit.visited_on)
_IS_ACCEPTED: Final = FilingVisit.act == Act.ACCEPT.value
# One number for each site: even ones are filings, odd ones sites found unregistered; a road has none.
_SITE: Final = func.coalesce(Patrol.filing_id * 2, Patrol.found_site_id * 2 + 1)


def _is_revoked(period: Period) -> ColumnElement[bool]:
    """Say that a registration was revoked by the last day; where nobody knows the day it had always been."""
    return and_(Filing.status == Status.REVOKED.value, func.coalesce(Filing.revoked_on <= period.last_on, True))


def _drawable(period: Period) -> ColumnElement[bool]:
    return and_(Filing.accepted_on.between(period.first_on, period.last_on), not_(_is_revoked(period)))


def _drawable_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    accepted = Filing.accepted_on.between(period.first_on, period.last_on)
    was_revoked = and_(_is_revoked(period), known(ENDED_KNOWN, known_by))
    return and_(accepted, known(FILINGS.known_at, known_by), not_(was_revoked))


def _draws_of(period: Period, known_by: datetime | None) -> Select[Any]:
    """Ask for the draws of a filing by the last day of a period."""
    asked = select(DrawnFiling.filing_id).join(RandomDraw.__table__, _DRAW.id == DrawnFiling.draw_id)
    asked = asked.where(DrawnFiling.filing_id == Filing.id, _DRAW.drawn_on <= period.last_on).correlate(Filing)
    return asked if known_by is None else asked.where(known(_DRAW_KNOWN, known_by))


def _inspections_of(period: Period, known_by: datetime | None) -> Select[Any]:
    asked = _draws_of(period, known_by)
    asked = asked.where(DrawnFiling.result.in_(_INSPECTED), DrawnFiling.inspected_on <= period.last_on)
    if known_by is None:
        return asked
    noted = select(AuditEvent.id).where(AuditEvent.filing_id == Filing.id, AuditEvent.act == "draw_result")
    # Where no event tells of it, it came with the draw.
    return asked.where(or_(exists(noted.where(AuditEvent.at <= known_by)), not_(exists(noted))))


def _drawn(period: Period) -> ColumnElement[bool]:
    return and_(_drawable(period), exists(_draws_of(period, None)))


def _drawn_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_drawable_known(period, known_by), exists(_draws_of(period, known_by)))


def _drawn_inspected(period: Period) -> ColumnElement[bool]:
    return and_(_drawable(period), exists(_inspections_of(period, None)))


def _drawn_inspected_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_drawable_known(period, known_by), exists(_inspections_of(period, known_by)))


PATROL_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        "patrols": Count(source=PATROL_ROWS, when=_VISITED),
        "patrol_persons": Count(source=PATROL_ROWS, when=_VISITED, amount=func.coalesce(Patrol.patroller_count, 0)),
        "patrolled_sites": Count(source=PATROL_ROWS, when=_VISITED, distinct=_SITE),
        "patrols_with_publicity": Count(source=PATROL_ROWS, when=_VISITED, only=Patrol.gave_publicity.is_(True)),
        "patrollers": Count(source=PATROL_ROWS, when=_VISITED, joined=_each_patroller, distinct=_PATROLLER.c.value),
        "clerks": Count(source=VISITS, when=_DECIDED, only=_IS_ACCEPTED, distinct=FilingVisit.clerk),
        **KEY_WORK_COUNTS,
        "drawable": Count(source=FILINGS, when=_drawable, known_when=_drawable_known),
        "drawn": Count(source=FILINGS, when=_drawn, known_when=_drawn_known),
        "drawn_inspected": Count(source=FILINGS, when=_drawn_inspected, known_when=_drawn_inspected_known),
    }
)
