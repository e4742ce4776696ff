"""The lines of a sheet of patrols against the ledger: which site is meant, what would be recorded, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.check_lists import CheckList
from desktop.domain.checking import list_for, suggested
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.first_check_points import first_check_in
from desktop.domain.local_rules import local
from desktop.domain.patrol import PatrolKind, PatrolRequest, PatrolSource, SuggestedFinding
from desktop.domain.patrol_details import StandbyDetails
from desktop.domain.patrol_faults import patrol_faults
from desktop.domain.patrol_sheet import SheetColumn, SheetRow
from desktop.domain.sheet_answers import answers_in
from desktop.domain.site import Site, SiteRef
from desktop.exchange.patrol_sheet import where
from desktop.models.patrol import Patrol
from desktop.queries.patrol_sites import sites_named
from desktop.services.reach import require_in_area
from desktop.services.site import require_on_site, site_of
from desktop.services.station import Station

_MOST_SITES: Final = 4
# Which column of the sheet holds what a fault of a patrol is about.
_COLUMN_OF: Final = {
    "site": SheetColumn.NUMBER,
    "visited_on": SheetColumn.VISITED_ON,
    "visited_time": SheetColumn.VISITED_TIME,
    "patrollers": SheetColumn.PATROLLERS,
    "organisation": SheetColumn.ORGANISATION,
    "result": SheetColumn.RESULT,
    "remark": SheetColumn.REMARK,
    "grid": SheetColumn.GRID,
    "road": SheetColumn.ROAD,
    "community": SheetColumn.COMMUNITY,
    "campaign": SheetColumn.CAMPAIGN,
    "details": SheetColumn.WATCHER,
    "details.watcher": SheetColumn.WATCHER,
    "details.begins": SheetColumn.BEGINS,
    "details.ends": SheetColumn.ENDS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPatrol:
    """One line of a sheet as it would be recorded; ``is_known`` when the same visit stands in the ledger already."""

    row: int
    number: str
    project_name: str
    community: str
    request: PatrolRequest
    suggestions: tuple[SuggestedFinding, ...]
    is_known: bool


def act_of(act_id: str, place: int) -> str:
    """Give the act id of one line of an import, by its place among the lines from 1."""
    return f"{act_id}:{place}"


class SheetPlanning:
    """Plans the lines of one sheet; faults gather, so that all of them are told at once.

    ``unreadable`` are those of cells found before, each with its line.
    """

    def __init__(self, session: Session, station: Station, unreadable: Sequence[tuple[int, Fault]] = ()) -> None:
        self._session, self._station = session, station
        self._pack, self._numbers = station.pack(), station.pack().numbers()
        self._sites: dict[str, tuple[Site, ...]] = {}
        self._faults = list(unreadable)

    def all(self, rows: Sequence[SheetRow], *, act_id: str) -> tuple[PlannedPatrol, ...]:
        """Plan every line; raises ``FaultyInput`` with every fault of all of them."""
        planned = [self._planned(row, act_of(act_id, place)) for place, row in enumerate(rows, 1)]
        good = tuple(each for each in planned if each is not None)
        self._look_for_doubles(good)
        if self._faults:
            in_order = sorted(self._faults, key=lambda fault: fault[0])
            raise FaultyInput(tuple(fault for _line, fault in in_order))
        return good

    def _planned(self, row: SheetRow, act_id: str) -> PlannedPatrol | None:
        before = len(self._faults)
        site = self._site(row)
        if len(self._faults) > before:
            return None
        check_list = list_for(self._pack.check_lists, site, row.kind)
        request = self._request(row, act_id, site=site, check_list=check_list)
        office = self._station.office
        for fault in patrol_faults(
            request,
            today=self._station.today(),
            check_list=check_list,
            communities=office.communities if office else (),
        ):
            self._note(row, _COLUMN_OF.get(fault.field, SheetColumn.FAILED), fault.message)
        if len(self._faults) > before or not self._reaches(row, request):
            return None
        return PlannedPatrol(
            row=row.row,
            number=site.number if site else "",
            project_name=site.project_name if site else request.road,
            community=site.community if site else request.community,
            request=request,
            suggestions=suggested(check_list, request.answers),
            is_known=_is_known(self._session, request),
        )

    def _site(self, row: SheetRow) -> Site | None:
        if not row.number:
            return None
        if row.number not in self._sites:
            self._sites[row.number] = tuple(site_of(self._session, ref) for ref in self._named(row.number))
        sites = self._sites[row.number]
        if len(sites) == 1:
            return sites[0]
        if sites:
            numbers = "、".join(site.number for site in sites[: _MOST_SITES - 1])
            self._note(row, SheetColumn.NUMBER, f"“{row.number}”可以是 {numbers} 等几个工地，请写全编号")
        else:
            cure = local("请照回执核对；没有登记的工地先在“未登记工地”中记录，道路巡查不填编号")
            self._note(row, SheetColumn.NUMBER, f"台账里没有“{row.number}”，{cure}")
        return None

    def _named(self, number: str) -> tuple[SiteRef, ...]:
        code, year = self._station.known_office().code, self._station.today().year
        return sites_named(self._session, number, office_code=code, year=year, most=_MOST_SITES)

    def _request(self, row: SheetRow, act_id: str, *, site: Site | None, check_list: CheckList | None) -> PatrolRequest:
        answers, troubles = answers_in(row, check_list, self._pack.hazard_entries)
        for column, what in troubles:
            self._note(row, column, what)
        first_check, untaken = first_check_in(row)
        for column, what in untaken:
            self._note(row, column, what)
        is_standby = row.kind is PatrolKind.STANDBY
        return PatrolRequest(
            act_id=act_id,
            visited_on=row.visited_on,
            patrollers=row.patrollers,
            level=row.level,
            site=site.ref if site else SiteRef(),
            kind=row.kind,
            result=row.result,
            visited_time=row.visited_time,
            organisation=row.organisation,
            community="" if site else row.community,
            grid=row.grid or (site.grid if site else ""),
            road=row.road,
            check_list=check_list.code if check_list else "",
            answers=answers,
            details=StandbyDetails(watcher=row.watcher, begins=row.begins, ends=row.ends, work=row.work)
            if is_standby
            else first_check,
            remark=row.remark,
            gave_publicity=row.gave_publicity,
            source=PatrolSource.IMPORTED,
            campaign=row.campaign,
        )

    def _reaches(self, row: SheetRow, request: PatrolRequest) -> bool:
        """Say whether the right to patrol reaches the site; what does not is a fault of its line."""
        actor = self._station.actor
        try:
            if request.site == SiteRef():
                require_in_area(actor, Right.PATROL_FEEDBACK, request.community)
            else:
                require_on_site(self._session, actor, Right.PATROL_FEEDBACK, request.site)
        except ClerkError as refused:
            if refused.code != "outside_scope":
                raise
            self._note(row, SheetColumn.NUMBER, "这个工地不在您负责的范围内，请删去这一行，交负责的人员记录")
            return False
        return True

    def _look_for_doubles(self, planned: Sequence[PlannedPatrol]) -> None:
        seen: dict[tuple[object, ...], int] = {}
        for each in planned:
            key = _visit(each.request)
            if key in seen:
                what = f"与第 {seen[key]} 行是同一次巡查，请删去一行；确是两次的请填写不同的时间"
                self._faults.append((each.row, Fault(where(each.row, SheetColumn.NUMBER), what)))
            seen.setdefault(key, each.row)

    def _note(self, row: SheetRow, column: SheetColumn, what: str) -> None:
        self._faults.append((row.row, Fault(where(row.row, column), what)))


def _visit(request: PatrolRequest) -> tuple[object, ...]:
    return (
        request.site,
        request.community,
        request.road,
        request.visited_on,
        request.visited_time,
        request.kind,
        request.patrollers,
    )


def _is_known(session: Session, request: PatrolRequest) -> bool:
    wanted = [Patrol.visited_on == request.visited_on, Patrol.kind == request.kind.value]
    wanted.append(Patrol.visited_time == request.visited_time)
    if request.site.filing_id is not None:
        wanted.append(Patrol.filing_id == request.site.filing_id)
    elif request.site.found_site_id is not None:
        wanted.append(Patrol.found_site_id == request.site.found_site_id)
    else:
        wanted += [Patrol.community == request.community, Patrol.road == request.road]
    patrollers: Iterator[list[str]] = iter(session.scalars(select(Patrol.patrollers).where(*wanted)))
    return any(sorted(names) == sorted(request.patrollers) for names in patrollers)
