"""Patrols: ids of a whole result, rows of a page, visits to a site, counts by month."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, case, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from desktop.domain.hazard import OPEN_STATES
from desktop.domain.patrol import (
    CheckAnswer,
    CheckVerdict,
    CommunityMonth,
    LastEntry,
    PatrolCriteria,
    PatrolKind,
    PatrolLevel,
    PatrolResult,
    PatrolRow,
    PatrolSource,
    PatrolTotal,
)
from desktop.domain.patrol_details import details_from_plain
from desktop.domain.site import SiteRef
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.queries.first_checks import is_first_check, raised_on
from desktop.queries.whole_site import on_whole_site

# How far back somebody's own last entry is looked for; further back nothing is remembered.
_LOOKS_BACK: Final = 3_000
_BATCH: Final = 500
_OPEN: Final = tuple(state.value for state in OPEN_STATES)


def find_ids(session: Session, criteria: PatrolCriteria) -> tuple[int, ...]:
    """Give the ids of all patrols asked for by their day, the newest first unless asked otherwise."""
    day, last = Patrol.visited_on, Patrol.id
    order = (day.desc(), last.desc()) if criteria.is_descending else (day, last)
    return tuple(session.scalars(select(Patrol.id).where(*_filters(criteria)).order_by(*order)))


def rows_of(session: Session, ids: Sequence[int]) -> tuple[PatrolRow, ...]:
    """Give the rows of some patrols in the order of their ids; ids that are gone are left out."""
    found: dict[int, PatrolRow] = {}
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        hazards = _hazards_from(session, batch)
        asked = (
            select(Patrol, Filing.registration_number, Filing.number, Filing.project_name, Filing.place)
            .add_columns(FoundSite.number, FoundSite.work, FoundSite.place)
            .outerjoin(Filing, Filing.id == Patrol.filing_id)
            .outerjoin(FoundSite, FoundSite.id == Patrol.found_site_id)
            .where(Patrol.id.in_(batch))
        )
        for patrol, registered, number, project, place, found_number, work, found_place in session.execute(asked):
            found[patrol.id] = _row(
                patrol,
                number=registered or number or found_number or "",
                project_name=project or work or "",
                place=place or found_place or patrol.road,
                hazards=hazards[patrol.id],
            )
    return tuple(found[patrol_id] for patrol_id in ids if patrol_id in found)


def ids_on_site(session: Session, ref: SiteRef, *, most: int) -> tuple[int, ...]:
    """Give the visits to a site, the newest first."""
    asked = select(Patrol.id).where(_on_site(ref)).order_by(Patrol.visited_on.desc(), Patrol.id.desc())
    return tuple(session.scalars(asked.limit(most)))


def last_visit(session: Session, ref: SiteRef) -> tuple[date, PatrolResult] | None:
    """Give day and result of the last visit to a site, None when nobody was there."""
    asked = select(Patrol.visited_on, Patrol.result).where(_on_site(ref))
    row = session.execute(asked.order_by(Patrol.visited_on.desc(), Patrol.id.desc()).limit(1)).first()
    return None if row is None else (row.visited_on, PatrolResult(row.result))


def has_first_check(session: Session, filing_id: int, *, since: date | None) -> bool:
    """Say whether the first check of high-risk works was made, on or after a day when one is given.

    Where a change made the work high-risk later than that, the check must lie after the change.
    """
    days = [day for day in (since, raised_on(session, filing_id)) if day is not None]
    wanted = [Patrol.filing_id == filing_id, is_first_check()]
    if days:
        wanted.append(Patrol.visited_on >= max(days))
    return session.scalar(select(Patrol.id).where(*wanted).limit(1)) is not None


def open_hazards(session: Session, ref: SiteRef) -> int:
    """Count the hazards of a site that nobody has cleared yet."""
    is_there = Hazard.found_site_id == ref.found_site_id
    if ref.filing_id is not None:
        # What was found before it was registered is of the same site.
        is_there = on_whole_site(session, Hazard, ref.filing_id)
    return session.scalar(select(func.count(Hazard.id)).where(is_there, Hazard.state.in_(_OPEN))) or 0


def totals(session: Session, criteria: PatrolCriteria) -> tuple[PatrolTotal, ...]:
    """Count by month and level, the months in their order."""
    month = func.substr(type_coerce(Patrol.visited_on, String), 1, 7)
    has_findings = case((Patrol.result == PatrolResult.FINDINGS.value, 1), else_=0)
    counted = select(month, Patrol.level, func.count(), func.sum(has_findings)).where(*_filters(criteria))
    return tuple(
        PatrolTotal(month=month, level=PatrolLevel(level), count=count, with_findings=findings)
        for month, level, count, findings in session.execute(
            counted.group_by(month, Patrol.level).order_by(month, Patrol.level)
        )
    )


def community_months(session: Session, community: str | None, *, first: date, last: date) -> tuple[CommunityMonth, ...]:
    """Count what was registered, patrolled, found and closed in each month of a period."""
    counts = {
        "registered": _by_month(session, Filing, Filing.accepted_on, community=community, first=first, last=last),
        "closed": _by_month(session, Filing, Filing.closed_on, community=community, first=first, last=last),
        "patrols": _by_month(session, Patrol, Patrol.visited_on, community=community, first=first, last=last),
        "hazards": _by_month(session, Hazard, Hazard.found_on, community=community, first=first, last=last),
        "hazards_open": _by_month(
            session, Hazard, Hazard.found_on, Hazard.state.in_(_OPEN), community=community, first=first, last=last
        ),
    }
    months = sorted({month for counted in counts.values() for month in counted})
    return tuple(
        CommunityMonth(month=month, **{name: counted[month] for name, counted in counts.items()}) for month in months
    )


def last_entry(session: Session, account_id: int | None) -> LastEntry:
    """Give what somebody entered last, an import left aside; empty when that is long ago."""
    newest = session.scalar(select(func.max(Patrol.id))) or 0
    own = Patrol.recorded_by_id.is_(None) if account_id is None else Patrol.recorded_by_id == account_id
    wanted = (Patrol.id > newest - _LOOKS_BACK, own, Patrol.source != PatrolSource.IMPORTED.value)
    row = session.scalars(select(Patrol).where(*wanted).order_by(Patrol.id.desc()).limit(1)).first()
    if row is None:
        return LastEntry()
    return LastEntry(
        patrollers=tuple(row.patrollers),
        organisation=row.organisation,
        level=PatrolLevel(row.level),
        grid=row.grid,
        kind=PatrolKind(row.kind),
    )


def _by_month(
    session: Session,
    entity: type[Filing] | type[Patrol] | type[Hazard],
    column: Any,
    *more: ColumnElement[bool],
    community: str | None,
    first: date,
    last: date,
) -> Counter[str]:
    month = func.substr(type_coerce(column, String), 1, 7)
    wanted = [column.between(first, last), *more]
    if community is not None:
        wanted.append(entity.community == community)
    counted = select(month, func.count(entity.id)).where(*wanted).group_by(month)
    return Counter(dict(session.execute(counted).all()))


def _filters(criteria: PatrolCriteria) -> Iterator[ColumnElement[bool]]:
    if criteria.community is not None:
        yield Patrol.community == criteria.community
    if criteria.first is not None:
        yield Patrol.visited_on >= criteria.first
    if criteria.last is not None:
        yield Patrol.visited_on <= criteria.last
    for column, member in ((Patrol.kind, criteria.kind), (Patrol.level, criteria.level)):
        if member is not None:
            yield column == member.value
    if criteria.result is not None:
        yield Patrol.result == criteria.result.value
    if criteria.patroller.strip():
        # As the list is stored: JSON in ASCII.
        needle = json.dumps(criteria.patroller.strip())[1:-1]
        yield cast(Patrol.patrollers, String).contains(needle, autoescape=True)
    if criteria.organisation.strip():
        yield Patrol.organisation.contains(criteria.organisation.strip(), autoescape=True)
    if criteria.campaign is not None:
        yield Patrol.campaign == criteria.campaign
    if criteria.awaits_platform is not None:
        yield (Patrol.platform_number == "") if criteria.awaits_platform else (Patrol.platform_number != "")


def _on_site(ref: SiteRef) -> ColumnElement[bool]:
    if ref.filing_id is not None:
        return Patrol.filing_id == ref.filing_id
    return and_(Patrol.found_site_id.is_not(None), Patrol.found_site_id == ref.found_site_id)


def _hazards_from(session: Session, ids: Sequence[int]) -> Counter[int]:
    counted = select(Hazard.patrol_id, func.count(Hazard.id)).where(Hazard.patrol_id.in_(ids))
    return Counter(
        {patrol_id: count for patrol_id, count in session.execute(counted.group_by(Hazard.patrol_id)) if patrol_id}
    )


def _row(patrol: Patrol, *, number: str, project_name: str, place: str, hazards: int) -> PatrolRow:
    return PatrolRow(
        id=patrol.id,
        ref=SiteRef(filing_id=patrol.filing_id, found_site_id=patrol.found_site_id),
        number=number,
        project_name=project_name,
        place=place,
        community=patrol.community,
        kind=PatrolKind(patrol.kind),
        result=PatrolResult(patrol.result),
        visited_on=patrol.visited_on,
        visited_time=patrol.visited_time,
        patrollers=tuple(patrol.patrollers),
        organisation=patrol.organisation,
        level=PatrolLevel(patrol.level),
        grid=patrol.grid,
        check_list=patrol.check_list,
        answers=answers_from_plain(patrol.answers),
        details=details_from_plain(patrol.details),
        remark=patrol.remark,
        gave_publicity=patrol.gave_publicity,
        source=PatrolSource(patrol.source),
        campaign=patrol.campaign,
        draw_id=patrol.draw_id,
        report_id=patrol.report_id,
        hazards=hazards,
        platform_number=patrol.platform_number,
        recorded_at=patrol.recorded_at,
        recorded_by=patrol.recorded_by,
    )


def answers_from_plain(plain: Sequence[Sequence[str]]) -> tuple[CheckAnswer, ...]:
    """Read stored answers back: item, verdict, remark."""
    return tuple(CheckAnswer(item=item, verdict=CheckVerdict(verdict), remark=text) for item, verdict, text in plain)
