"""The whole ledger looked through for works that were parted to stay below the limits.

No document gives a test.  The readings taken, from the surest to the faintest: one unit of a building; one owner in one
building; one contractor in one building (not flats of different owners); one owner anywhere.  What only passes one of
the two limits, or is only of one owner anywhere, is a hint; a person judges all of it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.building import building_key, unit_key
from desktop.domain.deadlines import add_months
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.progress import SILENT, Progress
from desktop.domain.splitting import RESIDENTIAL, EarlierWork, Malls, SplitLimits, exceeded, malls_of

_MANY: Final = 400  # works of one key beyond which only those close in time are looked at


class Link(StrEnum):
    """What works have in common, the surest first."""

    SAME_PLACE = "same_place"  # 同一地点
    OWNER_NEAR = "owner_near"  # 同一建设单位、同一建筑
    CONTRACTOR_NEAR = "contractor_near"  # 同一施工单位、同一建筑
    OWNER = "owner"  # 同一建设单位、不同地点


LINK_WORDS: Final = LocalCatalogue(
    {
        Link.SAME_PLACE: "同一地点",
        Link.OWNER_NEAR: "同一建设单位、同一建筑",
        Link.CONTRACTOR_NEAR: "同一施工单位、同一建筑",
        Link.OWNER: "同一建设单位、不同地点",
    },
    local,
)


class SplittingAnswer(StrEnum):
    """What a person decided; each value is stored."""

    ONE_WORK = "one_work"  # 同一工程
    SEPARATE = "separate"  # 不是
    OPEN = "open"  # 待核


@dataclass(frozen=True, slots=True, kw_only=True)
class SplittingDecision:
    """What a person decides about some works, with the reason that stays."""

    act_id: str
    filing_ids: tuple[int, ...]
    answer: SplittingAnswer
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSplitting:
    """A decision as it was made; the reason is empty where it covers works that are not to be seen."""

    filing_ids: tuple[int, ...]
    answer: SplittingAnswer
    reason: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkGroup:
    """Works that together pass a limit that none of them passes alone; amounts in yuan, areas in m²."""

    links: tuple[Link, ...]
    works: tuple[EarlierWork, ...]  # by day
    total_amount_yuan: Decimal
    total_area_m2: Decimal
    over_amount: bool
    over_area: bool
    is_strong: bool
    limits: SplitLimits = field(repr=False)

    @property
    def filing_ids(self) -> tuple[int, ...]:
        """Give the filings in the order of their ids."""
        return tuple(sorted(work.filing_id for work in self.works))

    @property
    def key(self) -> str:
        """Give what the group is known by; a further work makes it another."""
        return group_key(self.filing_ids)

    @property
    def because(self) -> str:
        """Say in one sentence what is suspected and on which numbers."""
        limits = self.limits
        unknown = sum(work.amount_yuan is None or work.area_m2 is None for work in self.works)
        gap = f"；其中 {unknown} 件的金额或者面积未填，未计入" if unknown else ""
        links = "；".join(LINK_WORDS[link] for link in self.links)
        amount, area = _compared(self.over_amount), _compared(self.over_area)
        return (
            f"{links}：{limits.window_months} 个月内 {len(self.works)} 件，"
            f"金额合计 {self.total_amount_yuan:,f} 元（{amount}限额 {limits.amount_yuan:,f} 元），"
            f"面积合计 {self.total_area_m2:,f} 平方米（{area}限额 {limits.area_m2:,f} 平方米）{gap}。"
        )


def group_key(filing_ids: Iterable[int]) -> str:
    """Give what some works together are known by, 64 hexadecimal digits."""
    return hashlib.sha256(",".join(str(one) for one in sorted(set(filing_ids))).encode()).hexdigest()


def suspected_groups(
    works: Sequence[EarlierWork], limits: SplitLimits, progress: Progress = SILENT
) -> tuple[WorkGroup, ...]:
    """Find the groups, the sure ones first and then those of the greatest amount.

    Raises ``Cancelled`` when the work is no longer wanted.
    """
    found: list[WorkGroup] = []
    malls = malls_of(works)
    for step, link in enumerate(Link):
        progress.step(step, len(Link))
        for together in _joined(works, link):
            for part in _without_shops_apart(together, malls):
                for group in _groups_of(part, link, limits):
                    _take(found, group)
    progress.step(len(Link), len(Link))
    return tuple(sorted(found, key=lambda one: (not one.is_strong, -one.total_amount_yuan, one.filing_ids)))


def shops_apart(works: Sequence[EarlierWork]) -> dict[str, int]:
    """Count the shops of each mall that has shops of different owners: these are not added up."""
    malls, owners, shops = malls_of(works), defaultdict[str, set[str]](set), defaultdict[str, int](int)
    for work in works:
        mall = malls.get(work.filing_id, "")
        if mall and work.owner_key:
            owners[mall].add(work.owner_key)
            shops[mall] += 1
    return {mall: shops[mall] for mall in sorted(shops) if len(owners[mall]) > 1}


def verdict_of(group: Collection[int], verdicts: Iterable[JudgedSplitting]) -> JudgedSplitting | None:
    """Give the latest decision that covers all works of a group; a work it does not cover asks again."""
    wanted = set(group)
    covering = [one for one in verdicts if wanted <= set(one.filing_ids)]
    return max(covering, key=lambda one: one.at, default=None)


def _joined(works: Iterable[EarlierWork], link: Link) -> Iterator[list[EarlierWork]]:
    together: dict[tuple[str, ...], list[EarlierWork]] = defaultdict(list)
    for work in works:
        key = _KEYS[link](work)
        if all(key):
            together[key].append(work)
    yield from (group for group in together.values() if len(group) > 1)


def _without_shops_apart(together: list[EarlierWork], malls: Malls) -> Iterator[list[EarlierWork]]:
    """Part works so that shops of one mall stand together only with those of the same owner."""
    shops: dict[tuple[str, str], list[EarlierWork]] = defaultdict(list)
    others = list[EarlierWork]()
    for work in together:
        mall = malls.get(work.filing_id, "") if work.owner_key else ""
        (shops[mall, work.owner_key] if mall else others).append(work)
    if not shops:
        yield others
    yield from ([*others, *own] for own in shops.values())


def _contractor_and_building(work: EarlierWork) -> tuple[str, ...]:
    owner = (work.owner_key,) if work.category == RESIDENTIAL else ()
    return (work.contractor_key, building_key(work.place_key), *owner)


_KEYS: Final[dict[Link, Callable[[EarlierWork], tuple[str, ...]]]] = {
    Link.SAME_PLACE: lambda work: (unit_key(work.place_key),),
    Link.OWNER_NEAR: lambda work: (work.owner_key, building_key(work.place_key)),
    Link.CONTRACTOR_NEAR: _contractor_and_building,
    Link.OWNER: lambda work: (work.owner_key,),
}


def _groups_of(together: list[EarlierWork], link: Link, limits: SplitLimits) -> Iterator[WorkGroup]:
    """Take the window of the greatest total, then the next of what is left, so that no work is counted twice."""
    left = sorted(together, key=lambda work: (work.filed_on, work.filing_id))
    while len(left) > 1:
        flagged = [group for group in (_group(part, link, limits) for part in _windows(left, limits)) if group]
        if not flagged:
            return
        greatest = max(flagged, key=lambda one: (one.is_strong, one.total_amount_yuan, one.total_area_m2))
        yield greatest
        taken = set(greatest.filing_ids)
        left = [work for work in left if work.filing_id not in taken]


def _windows(works: Sequence[EarlierWork], limits: SplitLimits) -> Iterator[Sequence[EarlierWork]]:
    """Give the longest runs of works within the window, none inside another."""
    end = 0
    for start, work in enumerate(works):
        last_day, before = add_months(work.filed_on, limits.window_months), end
        end = max(end, start)
        while end < len(works) and works[end].filed_on <= last_day and end - start < _MANY:
            end += 1
        if end > before and end - start > 1:
            yield works[start:end]


def _group(works: Sequence[EarlierWork], link: Link, limits: SplitLimits) -> WorkGroup | None:
    amount = sum((work.amount_yuan or Decimal(0) for work in works), Decimal(0))
    area = sum((work.area_m2 or Decimal(0) for work in works), Decimal(0))
    over = exceeded(amount, area, limits)
    # A work that goes as far beyond the limits alone has gained nothing by the others.
    if not any(over) or any(exceeded(work.amount_yuan, work.area_m2, limits) == over for work in works):
        return None
    return WorkGroup(
        links=(link,),
        works=tuple(works),
        total_amount_yuan=amount,
        total_area_m2=area,
        over_amount=over[0],
        over_area=over[1],
        is_strong=_is_strong(works, link, is_above_both=all(over)),
        limits=limits,
    )


def _is_strong(works: Sequence[EarlierWork], link: Link, *, is_above_both: bool) -> bool:
    """Say whether the works look like one: as one they need a permit, or the parties are the same too."""
    if link in (Link.OWNER, Link.CONTRACTOR_NEAR):
        return link is Link.CONTRACTOR_NEAR and is_above_both
    return is_above_both or link is Link.OWNER_NEAR or _has_one_party(works)


def _has_one_party(works: Sequence[EarlierWork]) -> bool:
    owners, contractors = {work.owner_key for work in works}, {work.contractor_key for work in works}
    return (len(owners) == 1 and "" not in owners) or (len(contractors) == 1 and "" not in contractors)


def _take(found: list[WorkGroup], group: WorkGroup) -> None:
    """Add a group, unless a surer link found the same works or more; then that one is known by both links."""
    ids = set(group.filing_ids)
    for place, other in enumerate(found):
        others = set(other.filing_ids)
        if ids <= others:
            if ids == others and group.links[0] not in other.links:
                found[place] = replace(other, links=(*other.links, *group.links), is_strong=other.is_strong)
            return
    if group.is_strong:
        found[:] = [other for other in found if not set(other.filing_ids) < ids]
    found.append(group)


def _compared(is_over: bool) -> str:
    return "超过" if is_over else "未超过"


def span_of(works: Iterable[EarlierWork]) -> tuple[date, date]:
    """Give the first and the last day on which the works were filed."""
    days = [work.filed_on for work in works]
    return min(days), max(days)
