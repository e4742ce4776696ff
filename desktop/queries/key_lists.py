"""The works of the key lists, with what patrols and hazards add to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.acts import UNDER_WAY, Status
from desktop.domain.facts import SMALL_WORK
from desktop.domain.key_lists import (
    CROWDED_PLACES,
    JOINT_STOCK_NAMES,
    KeyList,
    KeyListRow,
    crowded_why,
    high_risk_why,
    hot_work_why,
    joint_stock_company,
)
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.walk_in import WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.queries.inspections import is_high_risk

_STATED: Final = "$.facts.stated"
_AT_ONCE: Final = 500


def listed(session: Session, kind: KeyList, place_words: Mapping[str, str]) -> tuple[KeyListRow, ...]:
    """List the works under way that belong to a list, by community and place; numbers of persons covered.

    Those of joint-stock companies stand company by company.
    """
    asked = select(Filing).where(_is_under_way(), *_belongs(kind)).order_by(Filing.community_sort, Filing.place_sort)
    found = [(filing, _why(filing, kind, place_words)) for filing in session.scalars(asked)]
    kept = [(filing, why) for filing, why in found if why]
    if kind is KeyList.JOINT_STOCK:
        kept.sort(key=lambda each: each[1])  # company by company; within one as they stood
    ids = [filing.id for filing, _why_listed in kept]
    patrols, hazards = _last_patrols(session, ids), _open_hazards(session, ids)
    return tuple(
        _row(filing, why, last=patrols.get(filing.id), hazards=hazards.get(filing.id, 0)) for filing, why in kept
    )


def supervision(session: Session) -> tuple[int, int, int]:
    """Count small works under way, those that must be supervised, and those that are of their own will."""
    works = (_is_under_way(), Filing.kind == SMALL_WORK)
    counted = select(func.count(Filing.id)).where(*works)
    required = func.json_extract(Filing.assessment, "$.supervision_required") == 1
    wanted = func.json_extract(Filing.walk_in, f"{_STATED}.voluntary_supervision") == 1
    counts = (counted, counted.where(required), counted.where(wanted, func.coalesce(~required, True)))
    total, due, voluntary = (session.scalar(one) or 0 for one in counts)
    return total, due, voluntary


def _is_under_way() -> ColumnElement[bool]:
    return Filing.status.in_(sorted(UNDER_WAY))


def _belongs(kind: KeyList) -> Iterator[ColumnElement[bool]]:
    if kind is KeyList.HIGH_RISK:
        yield is_high_risk()
    elif kind is KeyList.CROWDED:
        crowded = func.json_extract(Filing.walk_in, f"{_STATED}.crowded_place")
        place = func.json_extract(Filing.walk_in, f"{_STATED}.place_kind")
        # A stated no is 0; what is read further is decided by the facts themselves.
        yield or_(func.coalesce(crowded, 0) != 0, place.in_(sorted(CROWDED_PLACES)))
    elif kind is KeyList.JOINT_STOCK:
        names = (Filing.owner_name, func.json_extract(Filing.walk_in, "$.property_owner.name"))
        yield or_(*(name.contains(word) for name in names for word in JOINT_STOCK_NAMES))
    elif kind is KeyList.HOT_WORK:
        named = ("crowded_place_hot_work", "hot_work")
        stated = (func.json_extract(Filing.walk_in, f"{_STATED}.{name}") == 1 for name in named)
        # What was stated beside it is decided by the facts themselves.
        yield or_(*stated, func.json_array_length(Filing.walk_in, f"{_STATED}.hot_work_tools_zh") > 0)
    else:
        yield func.json_extract(Filing.walk_in, f"{_STATED}.insulation_material") == 1


def _why(filing: Filing, kind: KeyList, place_words: Mapping[str, str]) -> str:
    if kind is KeyList.HIGH_RISK:
        is_high = filing.high_risk is True
        return high_risk_why(filing.assessment, is_high_risk=is_high, escalated_on=filing.escalated_on)
    if kind is KeyList.INSULATION:
        return "涉及保温材料"
    matter = walk_in_from_plain(filing.walk_in)
    if kind is KeyList.JOINT_STOCK:
        return _joint_stock_why(matter)
    return (hot_work_why if kind is KeyList.HOT_WORK else crowded_why)(matter.facts, place_words)


def _joint_stock_why(walk_in: WalkIn) -> str:
    owned_by = walk_in.property_owner.name if walk_in.property_owner is not None else ""
    company = cover_numbers(joint_stock_company((owned_by, walk_in.owner.name)))
    return f"{company}（{'产权人' if company == cover_numbers(owned_by) else local('建设单位')}）" if company else ""


def _last_patrols(session: Session, ids: Sequence[int]) -> dict[int | None, date]:
    asked = select(Patrol.filing_id, func.max(Patrol.visited_on)).group_by(Patrol.filing_id)
    return {row[0]: row[1] for part in _parts(ids) for row in session.execute(asked.where(Patrol.filing_id.in_(part)))}


def _open_hazards(session: Session, ids: Sequence[int]) -> dict[int | None, int]:
    asked = select(Hazard.filing_id, func.count()).where(Hazard.cleared_on.is_(None)).group_by(Hazard.filing_id)
    return {row[0]: row[1] for part in _parts(ids) for row in session.execute(asked.where(Hazard.filing_id.in_(part)))}


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def _row(filing: Filing, why: str, *, last: Any, hazards: int) -> KeyListRow:
    return KeyListRow(
        filing_id=filing.id,
        number=filing.registration_number or filing.number,
        project_name=cover_numbers(filing.project_name),
        place=cover_numbers(filing.place),
        community=filing.community,
        category_label=filing.category_label,
        owner_name=cover_numbers(filing.owner_name),
        contractor_name=cover_numbers(filing.contractor_name),
        why=why,
        status=Status(filing.status),
        accepted_on=filing.accepted_on,
        valid_until=filing.valid_until,
        site_check_by=filing.site_check_by,
        last_patrol_on=last,
        open_hazards=hazards,
    )
