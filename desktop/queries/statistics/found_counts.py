"""What the measures of works found without registration count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from desktop.domain.found_site import FoundState
from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.package import RecordKind
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.transfer import Transfer
from desktop.queries.statistics.filing_source import ACCEPTED_KNOWN
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.source import Count, Shown, Source, in_period, known

FOUND_SITES: Final = Source(
    row_kind=RowKind.FOUND_SITE,
    joined=lambda statement: statement.select_from(FoundSite),
    id=FoundSite.id,
    on=FoundSite.found_on,
    known_at=known_here(RecordKind.FOUND_SITE, FoundSite.id, FoundSite.recorded_at),
    done_at=FoundSite.recorded_at,
    shown=Shown(
        filing_id=FoundSite.filing_id,
        number=FoundSite.number,
        title=FoundSite.work,
        place=FoundSite.place,
        community=FoundSite.community,
        note=FoundSite.state,
    ),
    word="未登记工程",
    members={
        Breakdown.KIND: FoundSite.kind,
        Breakdown.COMMUNITY: FoundSite.community,
        Breakdown.GRID: FoundSite.grid,
        Breakdown.CLERK: FoundSite.found_by,
    },
)
_FOUND: Final = in_period(FoundSite.found_on)


_FIRST_TOLD: Final = (
    select(func.min(Transfer.sent_at))
    .where(Transfer.found_site_id == FoundSite.id)
    .correlate(FoundSite)
    .scalar_subquery()
)


def told_by(known_by: datetime) -> ColumnElement[bool]:
    """Say that nothing told enforcement of a work only after a moment."""
    return known(_FIRST_TOLD, known_by)


def _was_linked(known_by: datetime) -> ColumnElement[bool]:
    """Say that a work had come to the window at a moment; of that only the day is on record."""
    return FoundSite.state_on <= known_by.astimezone().date()


def _came_to_be_registered(
    *more: ColumnElement[bool], linked: ColumnElement[bool] | None = None
) -> ColumnElement[bool]:
    is_linked = FoundSite.state == FoundState.LINKED.value
    if linked is not None:
        is_linked = and_(is_linked, linked)
    return and_(is_linked, exists().where(Filing.id == FoundSite.filing_id, Filing.accepted_on.is_not(None), *more))


def _is_open(on: date, known_by: datetime | None = None) -> ColumnElement[bool]:
    """Say that by a day a work was neither registered, nor passed on to enforcement, nor dismissed."""
    accepted = [Filing.accepted_on <= on]
    passed_on: ColumnElement[bool] = func.coalesce(FoundSite.reported_on <= on, False)
    linked: ColumnElement[bool] | None = None
    if known_by is not None:
        accepted.append(known(ACCEPTED_KNOWN, known_by))
        passed_on, linked = and_(passed_on, told_by(known_by)), _was_linked(known_by)
    dismissed = and_(FoundSite.state == FoundState.DISMISSED.value, FoundSite.state_on <= on)
    return and_(FoundSite.found_on <= on, ~or_(_came_to_be_registered(*accepted, linked=linked), passed_on, dismissed))


FOUND_COUNTS: Final[Mapping[str, Count]] = {
    "found_unregistered": Count(source=FOUND_SITES, when=_FOUND),
    "found_registered": Count(
        source=FOUND_SITES,
        when=lambda period: and_(_FOUND(period), _came_to_be_registered()),
        known_when=lambda period, known_by: and_(
            _FOUND(period),
            known(FOUND_SITES.known_at, known_by),
            _came_to_be_registered(known(ACCEPTED_KNOWN, known_by), linked=_was_linked(known_by)),
        ),
    ),
    "found_open": Count(
        source=FOUND_SITES,
        when=lambda period: _is_open(period.last_on),
        known_when=lambda period, known_by: and_(
            known(FOUND_SITES.known_at, known_by), _is_open(period.last_on, known_by)
        ),
        is_stock=True,
    ),
}
