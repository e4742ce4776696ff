"""Works found unregistered as lists show them, and what a survey brought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.found_site import (
    ABOVE_LIMIT,
    REGISTRABLE,
    WAITING,
    CampaignSummary,
    FoundSiteCriteria,
    FoundSiteRow,
    FoundSource,
    FoundState,
    report_day,
)
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.masking import mask_phone
from desktop.domain.search_keys import normalise
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.patrol import Patrol

_REGISTRABLE: Final = tuple(state.value for state in REGISTRABLE)
_WAITING: Final = tuple(state.value for state in WAITING)
# A shorter address is a street with half the district behind it.
_SHORTEST_ADDRESS: Final = 4
_MOST_ALIKE: Final = 20


def found_sites(session: Session, criteria: FoundSiteCriteria, *, as_of: date) -> tuple[FoundSiteRow, ...]:
    """List the works asked for, the last found first."""
    asked = _asked(criteria, as_of).order_by(FoundSite.found_on.desc(), FoundSite.id.desc()).limit(criteria.limit)
    return tuple(_row(found, filing) for found, filing in session.execute(asked))


def count_found_sites(session: Session, criteria: FoundSiteCriteria, *, as_of: date) -> int:
    """Count the works asked for, whatever the limit."""
    return session.scalar(select(func.count()).select_from(_asked(criteria, as_of).subquery())) or 0


def found_site_row(session: Session, found_site_id: int) -> FoundSiteRow | None:
    """Give one work, None when there is none to be seen."""
    found = session.execute(_joined().where(FoundSite.id == found_site_id)).first()
    return None if found is None else _row(*found)


def found_at(session: Session, *, community: str, place_key: str) -> tuple[FoundSiteRow, ...]:
    """List the unregistered works at a place, of which a registration may be: same address, or one within the other."""
    if len(place_key) < _SHORTEST_ADDRESS:
        return ()
    bare = place_key.removeprefix(normalise(community))
    is_alike: list[ColumnElement[bool]] = [FoundSite.place_key.in_({place_key, bare})]
    if len(bare) >= _SHORTEST_ADDRESS:
        is_alike.append(FoundSite.place_key.contains(bare, autoescape=True))
    within = and_(func.length(FoundSite.place_key) >= _SHORTEST_ADDRESS, func.instr(place_key, FoundSite.place_key) > 0)
    asked = _joined().where(FoundSite.community == community, FoundSite.state.in_(_REGISTRABLE), or_(*is_alike, within))
    newest = asked.order_by(FoundSite.found_on.desc(), FoundSite.id.desc()).limit(_MOST_ALIKE)
    return tuple(_row(found, filing) for found, filing in session.execute(newest))


def campaigns(session: Session) -> tuple[str, ...]:
    """Name the surveys there were, the last first."""
    last: dict[str, date] = {}
    for entity, day in ((FoundSite, FoundSite.found_on), (Patrol, Patrol.visited_on)):
        asked = select(entity.campaign, func.max(day)).where(entity.campaign != "").group_by(entity.campaign)
        for name, on in session.execute(asked):
            last[name] = max(on, last.get(name, on))
    return tuple(sorted(last, key=lambda name: (last[name], name), reverse=True))


def campaign_summary(session: Session, campaign: str) -> CampaignSummary:
    """Sum up one survey over what may be seen."""
    rows = [_row(*found) for found in session.execute(_joined().where(FoundSite.campaign == campaign))]
    of_patrols = select(Patrol.community, Patrol.visited_on).where(Patrol.campaign == campaign)
    patrols = session.execute(of_patrols).all()
    days = [*(row.found_on for row in rows), *(on for _community, on in patrols)]
    places = {*(row.community for row in rows), *(community for community, _on in patrols)}
    is_above = [row for row in rows if row.kind == ABOVE_LIMIT]
    dismissed = sum(row.state is FoundState.DISMISSED for row in rows)
    registered = sum(row.is_registered for row in rows)
    return CampaignSummary(
        campaign=campaign,
        communities=tuple(sorted(place for place in places if place)),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        patrols=len(patrols),
        found=len(rows),
        registered=registered,
        not_registered=sum(
            not row.is_registered and row.kind != ABOVE_LIMIT and row.state is not FoundState.DISMISSED for row in rows
        ),
        above_limit=len(is_above),
        reported=sum(row.reported_on is not None for row in rows),
        dismissed=dismissed,
    )


def _joined() -> Select[FoundSite, Filing]:
    return select(FoundSite, Filing).outerjoin(Filing, FoundSite.filing_id == Filing.id)


def _asked(criteria: FoundSiteCriteria, as_of: date) -> Select[FoundSite, Filing]:
    return _joined().where(*_filters(criteria), *_duties(criteria, as_of))


def _filters(criteria: FoundSiteCriteria) -> Iterator[ColumnElement[bool]]:
    if text := criteria.text.strip():
        places = (FoundSite.number, FoundSite.place, FoundSite.work, FoundSite.owner_name, FoundSite.contractor_name)
        matches = [column.contains(text, autoescape=True) for column in places]
        if key := normalise(text):
            matches.append(FoundSite.place_key.contains(key, autoescape=True))
        yield or_(*matches)
    if criteria.state is not None:
        yield FoundSite.state == criteria.state.value
    for column, wanted in (
        (FoundSite.kind, criteria.kind),
        (FoundSite.community, criteria.community),
        (FoundSite.campaign, criteria.campaign),
    ):
        if wanted is not None:
            yield column == wanted
    if criteria.found_from is not None:
        yield FoundSite.found_on >= criteria.found_from
    if criteria.found_to is not None:
        yield FoundSite.found_on <= criteria.found_to


def _duties(criteria: FoundSiteCriteria, as_of: date) -> Iterator[ColumnElement[bool]]:
    if criteria.is_open is not None:
        not_yet = and_(FoundSite.state == FoundState.LINKED.value, Filing.accepted_on.is_(None))
        waits = FoundSite.state.in_((*_WAITING, FoundState.REFUSED.value))
        is_open = or_(waits, not_yet)
        yield is_open if criteria.is_open else ~func.coalesce(is_open, False)
    if criteria.is_report_due is not None:
        refused = FoundSite.state == FoundState.REFUSED.value
        lapsed = and_(FoundSite.state.in_(_WAITING), func.coalesce(FoundSite.register_by, as_of) < as_of)
        settled = and_(FoundSite.state.in_(_WAITING), FoundSite.report_by.is_not(None))
        is_due = and_(FoundSite.reported_on.is_(None), or_(refused, lapsed, settled))
        yield is_due if criteria.is_report_due else ~is_due


def _row(found: FoundSite, filing: Filing | None) -> FoundSiteRow:
    state = FoundState(found.state)
    return FoundSiteRow(
        id=found.id,
        number=found.number,
        community=found.community,
        grid=found.grid,
        place=cover_numbers(found.place),
        work=cover_numbers(found.work),
        kind=found.kind,
        owner_name=found.owner_name,
        owner_phone=mask_phone(found.owner_phone),
        contractor_name=found.contractor_name,
        found_on=found.found_on,
        found_by=found.found_by,
        source=FoundSource(found.source),
        campaign=found.campaign,
        state=state,
        state_on=found.state_on,
        state_reason=cover_numbers(found.state_reason),
        register_by=found.register_by,
        refused_on=found.refused_on,
        report_by=report_day(
            state=state,
            refused_on=found.refused_on,
            register_by=found.register_by,
            fixed=found.report_by,
        ),
        reported_on=found.reported_on,
        filing_id=None if filing is None else filing.id,
        filing_number="" if filing is None else filing.registration_number or filing.number,
        is_registered=filing is not None and filing.accepted_on is not None,
    )
