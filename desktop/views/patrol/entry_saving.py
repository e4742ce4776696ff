"""Saving one entry: the visit with its hazards and their notice, then its photos; nothing is done twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from desktop.domain.acts import Change, IssuedPaper
from desktop.domain.hazard import HazardDraft, HazardRequest
from desktop.domain.patrol import CheckAnswer, PatrolKind, PatrolRequest, PatrolResult, PatrolSource
from desktop.domain.patrol_details import PatrolDetails
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.patrol.visit_fields import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Everything that one press of the key records.

    ``act_id`` stays the same until it went well, so that a second press records nothing twice.
    """

    act_id: str
    patrol: PatrolRequest
    hazards: tuple[HazardDraft, ...] = ()
    photos: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What came of it."""

    patrol_id: int
    is_first_check: bool
    numbers: tuple[str, ...]  # of the hazards
    notice: IssuedPaper | None
    photos: int
    changes: frozenset[Change]


def new_act_id() -> str:
    """Make the id of one entry."""
    return uuid4().hex


def patrol_request(
    act_id: str,
    visit: Visit,
    *,
    on: date,
    site: SiteRef,
    is_scanned: bool,
    details: PatrolDetails | None,
    check_list: str,
    answers: tuple[CheckAnswer, ...],
    has_hazards: bool,
) -> PatrolRequest:
    """Make the request of a visit; hazards make its result one with findings."""
    return PatrolRequest(
        act_id=act_id,
        visited_on=on,
        patrollers=visit.names,
        level=visit.level,
        site=site,
        kind=visit.kind,
        result=PatrolResult.FINDINGS if has_hazards else visit.result,
        visited_time=visit.time,
        organisation=visit.organisation,
        community=visit.community,
        grid=visit.grid,
        road=visit.road,
        check_list=check_list,
        answers=answers,
        details=details,
        remark=visit.remark,
        gave_publicity=visit.gave_publicity,
        source=PatrolSource.SCANNED if is_scanned else PatrolSource.TYPED,
    )


def save_entry(desk: Desk, entry: Entry) -> Saved:
    """Record the visit with its hazards and their notice, all or nothing, then its photos; raises as the services."""
    patrol_id, is_first, numbers, notice, changes = _recorded(desk, entry)
    for place, photo in enumerate(entry.photos):
        desk.patrols.add_photo(patrol_id, photo, act_id=f"{entry.act_id}/photo{place}", title=photo.stem)
    return Saved(
        patrol_id=patrol_id,
        is_first_check=is_first,
        numbers=numbers,
        notice=notice,
        photos=len(entry.photos),
        changes=changes,
    )


_Recorded = tuple[int, bool, tuple[str, ...], IssuedPaper | None, frozenset[Change]]


def _recorded(desk: Desk, entry: Entry) -> _Recorded:
    request = entry.patrol
    if not entry.hazards:
        visit = desk.patrols.record(request)
        return visit.patrol_id, visit.is_first_check, (), None, visit.changes
    found = desk.hazards.record_visit(request, _hazards(entry, request))
    assert found.patrol_id is not None, "hazards recorded with a visit name it"
    is_first = request.kind is PatrolKind.FIRST_CHECK
    return found.patrol_id, is_first, found.numbers, found.notice, found.changes


def _hazards(entry: Entry, request: PatrolRequest) -> HazardRequest:
    return HazardRequest(
        act_id=f"{entry.act_id}/hazards",
        site=request.site,
        hazards=entry.hazards,
        found_on=request.visited_on,
        report_id=request.report_id,
        community=request.community,
    )


def saved_words(name: str, saved: Saved) -> str:
    """Say what was recorded of a place."""
    hazards = f"，隐患 {len(saved.numbers)} 条" if saved.numbers else ""
    notice = f"，整改通知 {saved.notice.number}" if saved.notice is not None else ""
    photos = f"，照片 {saved.photos} 张" if saved.photos else ""
    first = "，首次现场检查已完成" if saved.is_first_check else ""
    return f"{name} 已记{hazards}{notice}{photos}{first}。下一处请扫码或者输入编号。"
