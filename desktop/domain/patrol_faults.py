"""What cannot stand in a patrol as entered, with its field and how to put it right; the same for form and sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.check_lists import CheckList
from desktop.domain.local_rules import cited, local
from desktop.domain.patrol import (
    LONGEST_NAME,
    LONGEST_PLACE,
    LONGEST_REMARK,
    MOST_PATROLLERS,
    NEEDS_SITE,
    CheckVerdict,
    PatrolKind,
    PatrolRequest,
    PatrolResult,
)
from desktop.domain.patrol_details import EntryDetails, FirstCheckDetails, PatrolDetails, StandbyDetails
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import text_fault

_TIME: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_DETAILS_OF: Final[Mapping[type[PatrolDetails], PatrolKind]] = {
    StandbyDetails: PatrolKind.STANDBY,
    EntryDetails: PatrolKind.ENTRY_CHECK,
    FirstCheckDetails: PatrolKind.FIRST_CHECK,
}


def is_time(text: str) -> bool:
    """Say whether a text is a time of the day such as 09:30."""
    return _TIME.fullmatch(text) is not None


def patrol_faults(
    request: PatrolRequest, *, today: date, check_list: CheckList | None, communities: Collection[str]
) -> tuple[FieldFault, ...]:
    """List every fault; ``communities`` are those of the office, empty when it named none."""
    return tuple(
        FieldFault(field=field, code=f"patrol_{field.partition('.')[0]}", message=message)
        for field, message in _faults(request, today, check_list, communities)
    )


def _faults(
    request: PatrolRequest, today: date, check_list: CheckList | None, communities: Collection[str]
) -> Iterator[tuple[str, str]]:
    yield from _site_faults(request, communities)
    if request.visited_on > today:
        yield "visited_on", f"巡查日期 {request.visited_on} 还没有到，请核对日期"
    if request.visited_time and not is_time(request.visited_time):
        yield "visited_time", "时间请写成 09:30 的样子，不知道的可以空着"
    yield from _people_faults(request)
    yield from _answer_faults(request, check_list)
    yield from _detail_faults(request)
    for field, text, longest in (
        ("remark", request.remark, LONGEST_REMARK),
        ("grid", request.grid, LONGEST_NAME),
        ("campaign", request.campaign, LONGEST_NAME),
    ):
        if fault := text_fault(text, longest=longest):
            yield field, fault


def _site_faults(request: PatrolRequest, communities: Collection[str]) -> Iterator[tuple[str, str]]:
    if fault := text_fault(request.road, longest=LONGEST_PLACE):
        yield "road", fault
    if request.site != SiteRef():
        return
    if request.kind in NEEDS_SITE:
        yield "site", local("这种检查要先选定工地：扫回执上的二维码，或者输入登记编号")
        return
    if not request.road.strip():
        yield "road", "没有选工地的，请填写巡查的道路、小区或者地段"
    if not request.community.strip():
        yield "community", "没有选工地的，请选择所在社区"
    elif communities and request.community not in communities:
        yield "community", f"本受理点没有“{request.community}”，可选：{'、'.join(communities)}"


def _people_faults(request: PatrolRequest) -> Iterator[tuple[str, str]]:
    named = [name for name in request.patrollers if name.strip()]
    if not named:
        yield "patrollers", "请填写巡查人员姓名，多人用顿号隔开"
    if len(named) > MOST_PATROLLERS:
        yield "patrollers", f"巡查人员最多 {MOST_PATROLLERS} 名，请分开记录"
    for name in named:
        if fault := text_fault(name, longest=LONGEST_NAME):
            yield "patrollers", fault
            break
    if not request.organisation.strip():
        yield "organisation", "请填写巡查单位（街道部门、社区、第三方机构或者物业服务企业）"
    elif fault := text_fault(request.organisation, longest=LONGEST_PLACE):
        yield "organisation", fault


def _answer_faults(request: PatrolRequest, check_list: CheckList | None) -> Iterator[tuple[str, str]]:
    if request.check_list and check_list is None:
        yield "check_list", f"规则里没有检查表 {request.check_list}，请重新选择"
    for answer in request.answers:
        if check_list is None or check_list.item(answer.item) is None:
            yield f"answers.{answer.item}", f"检查表里没有 {answer.item} 这一项"
        elif fault := text_fault(answer.remark, longest=LONGEST_REMARK):
            yield f"answers.{answer.item}", fault
    has_failed = any(answer.verdict is CheckVerdict.FAILED for answer in request.answers)
    if has_failed and request.result is not PatrolResult.FINDINGS:
        yield "result", "检查表里有不符合的项目，结果应为“发现问题”"


def _detail_faults(request: PatrolRequest) -> Iterator[tuple[str, str]]:
    details = request.details
    if details is not None and _DETAILS_OF[type(details)] is not request.kind:
        yield "details", "附带的内容与巡查类型不符，请重新选择巡查类型"
    elif request.kind is PatrolKind.STANDBY:
        yield from _standby_faults(details)


def _standby_faults(details: PatrolDetails | None) -> Iterator[tuple[str, str]]:
    if not isinstance(details, StandbyDetails):
        yield "details", f"旁站要写明旁站人员和起止时间{cited('standby')}"
        return
    if not details.watcher.strip():
        yield "details.watcher", "请填写旁站人员"
    if not is_time(details.begins):
        yield "details.begins", "请填写旁站开始时间，如 09:30"
    if not is_time(details.ends):
        yield "details.ends", "请填写旁站结束时间，如 11:00"
    elif is_time(details.begins) and details.ends < details.begins:
        yield "details.ends", "旁站结束时间早于开始时间，跨夜的请分两天记录"
