"""Writing one patrol in an open transaction: for the patrols themselves and for acts that include a visit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.domain.check_lists import CheckList
from desktop.domain.checking import list_of
from desktop.domain.errors import ClerkError
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import PatrolRequest
from desktop.domain.patrol_details import details_to_plain
from desktop.domain.patrol_faults import patrol_faults
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import clean_text
from desktop.models.patrol import Patrol
from desktop.services.filing_keys import storable
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station


def checked_list(station: Station, request: PatrolRequest, pack: PolicyPack) -> CheckList | None:
    """Give the check list of a visit that can stand; raises ``ClerkError("patrol_unfit")`` with every fault."""
    check_list = list_of(pack.check_lists, request.check_list)
    office = station.office
    faults = patrol_faults(
        request, today=station.today(), check_list=check_list, communities=office.communities if office else ()
    )
    if faults:
        raise ClerkError("patrol_unfit", why=faults[0].message, field=faults[0].field, faults=faults)
    return check_list


def new_patrol(session: Session, station: Station, request: PatrolRequest, community: str) -> Patrol:
    """Add a visit that was checked; ``community`` is that of its site, or the request's own."""
    patrol = Patrol(
        act_id=request.act_id,
        filing_id=request.site.filing_id,
        found_site_id=request.site.found_site_id,
        community=storable(community),
        kind=request.kind.value,
        result=request.result.value,
        visited_on=request.visited_on,
        visited_time=request.visited_time,
        patrollers=[_kept(name) for name in request.patrollers if name.strip()],
        organisation=_kept(request.organisation),
        level=request.level.value,
        grid=_kept(request.grid),
        road=_kept(request.road) if request.site == SiteRef() else "",
        check_list=request.check_list,
        answers=[[answer.item, answer.verdict.value, _kept(answer.remark)] for answer in request.answers],
        details=details_to_plain(request.details),
        remark=_kept(request.remark),
        gave_publicity=request.gave_publicity,
        source=request.source.value,
        draw_id=request.draw_id,
        report_id=request.report_id,
        campaign=_kept(request.campaign),
        platform_number="",
        recorded_at=station.now(),
        recorded_by=name_at_work(station),
        recorded_by_id=station.actor.account_id,
    )
    session.add(patrol)
    session.flush()
    return patrol


def _kept(text: str) -> str:
    return storable(clean_text(text))
