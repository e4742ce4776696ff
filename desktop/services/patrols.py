"""Patrols (日常安全巡查检查): entered fast, sites found by their QR, the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.attachments import Attached, AttachedTo
from desktop.domain.check_lists import CheckList
from desktop.domain.checking import list_for, list_of, suggested
from desktop.domain.errors import ClerkError
from desktop.domain.expiry import expired_before
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.patrol import (
    CommunityMonth,
    LastEntry,
    PatrolCriteria,
    PatrolKind,
    PatrolLevel,
    PatrolRequest,
    PatrolResult,
    PatrolRow,
    PatrolSite,
    PatrolTotal,
    Recorded,
    SitesByCode,
)
from desktop.domain.plan_class import class_of, patrolled_from
from desktop.domain.site import Site, SiteRef
from desktop.domain.typed_text import clean_text, text_fault
from desktop.models.database import Database
from desktop.models.patrol import Patrol
from desktop.queries import patrols as queries
from desktop.queries.patrol_sites import sites_named
from desktop.services.attachments import AttachmentService
from desktop.services.audit import record_event
from desktop.services.calendar import CalendarService
from desktop.services.once import row_of_act
from desktop.services.patrol_writing import checked_list, new_patrol
from desktop.services.reach import require_for_row, require_in_area
from desktop.services.site import pack_on_site, require_on_site, site_of
from desktop.services.station import Station
from desktop.services.touched import PATROL

PATROL_CHANGES: Final = frozenset({Change.ON_SITE})
LONGEST_NUMBER: Final = 60
_MOST_SITES: Final = 20


class PatrolService:
    """Keeps patrols; what they find becomes hazards by ``HazardService``, with the patrol's id."""

    def __init__(
        self, database: Database, station: Station, *, attachments: AttachmentService, calendar: CalendarService
    ) -> None:
        self._database, self._station = database, station
        self._attachments, self._calendar = attachments, calendar

    def record(self, request: PatrolRequest) -> Recorded:
        """Record one visit; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, no_such_found_site, act_id_used,
        patrol_unfit (``field``, ``why``, ``faults``), database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
        with self._database.writing() as session:
            before = row_of_act(session, Patrol, request.act_id)
            if before is not None:
                return self._recorded_before(session, before, request)
            pack = pack_on_site(session, self._station, request.site)
            check_list = checked_list(self._station, request, pack)
            site = self._site(session, request)
            is_first = site is not None and _is_first_check(request) and _awaits_first_check(session, site)
            community = site.community if site is not None else request.community
            patrol = new_patrol(session, self._station, request, community)
            record_event(
                session,
                self._station,
                act="patrol",
                summary=_summary(request, site),
                touched=[(PATROL, patrol.id)],
            )
            return Recorded(
                patrol_id=patrol.id,
                is_first_check=is_first,
                suggestions=suggested(check_list, request.answers),
                changes=PATROL_CHANGES,
            )

    def site_by_code(self, typed: str) -> SitesByCode:
        """Find the site a code names: what a scanner types from a receipt, a typed number, a part of it, or a word.

        Raises ``ClerkError("not_permitted")``.
        """
        self._station.actor.require(Right.SEE)
        office, year = self._station.known_office(), self._station.today().year
        with self._database.reading() as session:
            refs = sites_named(session, typed, office_code=office.code, year=year, most=_MOST_SITES + 1)
            sites = tuple(self._shown(session, site_of(session, ref)) for ref in refs[:_MOST_SITES])
        return SitesByCode(sites=sites, is_exact=len(sites) == 1, is_cut=len(refs) > _MOST_SITES)

    def site(self, ref: SiteRef) -> PatrolSite:
        """Give one site as it is chosen; raises ``ClerkError``: not_permitted, no_such_filing, no_such_found_site."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return self._shown(session, site_of(session, ref))

    def check_list(self, ref: SiteRef, kind: PatrolKind) -> CheckList | None:
        """Give the list for a visit with the items that may concern the site; None when the pack has none.

        Raises as ``site``; a ref to neither is a road.
        """
        self._station.actor.require(Right.SEE)
        if ref == SiteRef():
            return list_for(self._station.pack().check_lists, None, kind)
        with self._database.reading() as session:
            site, pack = site_of(session, ref), pack_on_site(session, self._station, ref)
        found = list_for(pack.check_lists, site, kind)
        return None if found is None else replace(found, items=found.items_for(site.facts, pack.numbers()))

    def recent(self, ref: SiteRef, *, most: int = 10) -> tuple[PatrolRow, ...]:
        """List the last visits to a site; raises ``ClerkError("not_permitted")``."""
        return self._rows(lambda session: queries.ids_on_site(session, ref, most=most))

    def of_day(self, on: date) -> tuple[PatrolRow, ...]:
        """List the visits of a day in the order they were entered; raises ``ClerkError("not_permitted")``."""
        asked = PatrolCriteria(first=on, last=on, is_descending=False)
        return self._rows(lambda session: queries.find_ids(session, asked))

    def ids(self, criteria: PatrolCriteria) -> tuple[int, ...]:
        """Give the ids of all visits asked for; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return queries.find_ids(session, criteria)

    def page(self, ids: Sequence[int]) -> tuple[PatrolRow, ...]:
        """Give rows of the patrol ledger in the order of their ids; raises ``ClerkError("not_permitted")``."""
        return self._rows(lambda _session: ids)

    def property_ledger(self, organisation: str, *, first: date, last: date) -> tuple[PatrolRow, ...]:
        """List what property companies patrolled and watched in a period (巡查台账), oldest first."""
        asked = PatrolCriteria(
            level=PatrolLevel.PROPERTY, organisation=organisation, first=first, last=last, is_descending=False
        )
        return self._rows(lambda session: queries.find_ids(session, asked))

    def totals(self, criteria: PatrolCriteria) -> tuple[PatrolTotal, ...]:
        """Count by month and level; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return queries.totals(session, criteria)

    def community_months(self, community: str | None, *, first: date, last: date) -> tuple[CommunityMonth, ...]:
        """Count a community's registrations, patrols, hazards and closings by month."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return queries.community_months(session, community, first=first, last=last)

    def last_entry(self) -> LastEntry:
        """Give what the next entry begins with; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.PATROL_FEEDBACK)
        with self._database.reading() as session:
            return queries.last_entry(session, self._station.actor.account_id)

    def set_platform_number(self, patrol_id: int, number: str) -> frozenset[Change]:
        """Note the number under which the district's platform has a visit, or correct it.

        Gives nothing when nothing changed.  Raises ``ClerkError``: not_permitted, outside_scope, no_such_patrol,
        platform_number_unfit, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
        noted, fault = clean_text(number), text_fault(number.strip(), longest=LONGEST_NUMBER)
        if fault or not noted:
            raise ClerkError("platform_number_unfit", why=f"{fault or '平台编号不能是空的'}。")
        with self._database.writing() as session:
            patrol = self._patrol(session, patrol_id)
            before = patrol.platform_number
            if before == noted:
                return frozenset()
            patrol.platform_number = noted
            record_event(
                session,
                self._station,
                act="patrol_platform",
                summary=f"巡查记录已录入平台，平台编号 {noted}",
                changes=[("platform_number", before, noted)],
                touched=[(PATROL, patrol.id)],
            )
        return PATROL_CHANGES

    def add_photo(self, patrol_id: int, source: bytes | Path, *, act_id: str, title: str = "") -> Attached:
        """Add a photo taken on a visit; raises as ``AttachmentService.add_to``."""
        return self._attachments.add_to(AttachedTo.PATROL, patrol_id, source, act_id=act_id, title=title)

    def photos(self, patrol_id: int) -> tuple[Attached, ...]:
        """List the photos of a visit; raises ``ClerkError("not_permitted")``."""
        return self._attachments.attached_to(AttachedTo.PATROL, patrol_id)

    def _rows(self, ids: Callable[[Session], Sequence[int]]) -> tuple[PatrolRow, ...]:
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            rows = queries.rows_of(session, ids(session))
        return tuple(map(covered_patrol, rows))

    def _site(self, session: Session, request: PatrolRequest) -> Site | None:
        if request.site == SiteRef():
            require_in_area(self._station.actor, Right.PATROL_FEEDBACK, request.community)
            return None
        require_on_site(session, self._station.actor, Right.PATROL_FEEDBACK, request.site)
        return site_of(session, request.site)

    def _patrol(self, session: Session, patrol_id: int) -> Patrol:
        patrol = session.get(Patrol, patrol_id)
        if patrol is None:
            raise ClerkError("no_such_patrol", patrol_id=patrol_id)
        require_for_row(session, self._station.actor, Right.PATROL_FEEDBACK, patrol)
        return patrol

    def _recorded_before(self, session: Session, patrol: Patrol, request: PatrolRequest) -> Recorded:
        if request.site != SiteRef(filing_id=patrol.filing_id, found_site_id=patrol.found_site_id):
            raise ClerkError("act_id_used", act_id=request.act_id)
        row = queries.rows_of(session, [patrol.id])[0]
        found = list_of(pack_on_site(session, self._station, request.site).check_lists, row.check_list)
        return Recorded(
            patrol_id=patrol.id,
            is_first_check=_is_first_check(request),
            suggestions=suggested(found, row.answers),
            changes=frozenset(),
        )

    def _shown(self, session: Session, site: Site) -> PatrolSite:
        last = queries.last_visit(session, site.ref)
        today, pack = self._station.today(), pack_on_site(session, self._station, site.ref)
        fitting = list_for(pack.check_lists, site, PatrolKind.REGULAR)
        expired = expired_before(today, pack=pack, calendar=self._calendar.calendar())
        plan_class = class_of(site, expired)
        return PatrolSite(
            ref=site.ref,
            number=site.number,
            project_name=cover_numbers(site.project_name),
            place=cover_numbers(site.place),
            community=site.community,
            grid=site.grid,
            kind=site.kind,
            owner_name=cover_numbers(site.owner_name),
            contractor_name=cover_numbers(site.contractor_name),
            is_managed_as_high_risk=site.is_managed_as_high_risk,
            valid_until=site.valid_until,
            is_expired=site.valid_until is not None and site.valid_until < expired,
            status=site.status.value if site.status is not None else "",
            last_visited_on=last[0] if last else None,
            last_result=last[1] if last else None,
            open_hazards=queries.open_hazards(session, site.ref),
            check_list=fitting.code if fitting else "",
            awaits_first_check=_awaits_first_check(session, site),
            plan_class=plan_class,
            patrolled_from=patrolled_from(site, plan_class),
        )


def _is_first_check(request: PatrolRequest) -> bool:
    """Say whether a visit is a first check; who found no way in has not checked anything."""
    return request.kind is PatrolKind.FIRST_CHECK and request.result is not PatrolResult.NO_ACCESS


def _awaits_first_check(session: Session, site: Site) -> bool:
    """Say whether high-risk works still wait for their first check; an escalation asks for one of its own."""
    if site.ref.filing_id is None or not site.is_managed_as_high_risk or site.accepted_on is None:
        return False
    return not queries.has_first_check(session, site.ref.filing_id, since=site.escalated_on or site.accepted_on)


def _summary(request: PatrolRequest, site: Site | None) -> str:
    where = site.number if site is not None else clean_text(request.road)
    return f"{request.kind.label}：{where}，{request.visited_on}，{request.result.label}"


def covered_patrol(row: PatrolRow) -> PatrolRow:
    """Cover what somebody typed of numbers of persons into names, places and remarks."""
    return replace(
        row,
        project_name=cover_numbers(row.project_name),
        place=cover_numbers(row.place),
        remark=cover_numbers(row.remark),
    )
