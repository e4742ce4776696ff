"""The hint that works were parted to stay below the limits; a person judges, never the program.

No document gives a numeric test.  The reading taken: several works at one place, or of one owner, within some
months, that together exceed limits which none of them exceeds alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.building import building_key
from desktop.domain.deadlines import add_months
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Batch

SPLITTING_STOP: Final = "suspected_splitting"
DEFAULT_WINDOW_MONTHS: Final = 12

RESIDENTIAL: Final = "residential_decoration"  # flats of different owners are works of their own
_AT_ONE_PLACE: Final = "同一地点"
_NO_BATCH: Final = Batch()
Malls = Mapping[int | None, str]  # name of the mall by filing; the one being filed may have none yet
_BY_ONE_CONTRACTOR: Final = "同一施工单位在同一建筑"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentWork:
    """The work being filed; empty keys match nothing, and ``filing_id`` leaves its own earlier visits out."""

    place_key: str
    owner_key: str
    amount_yuan: Decimal | None
    area_m2: Decimal | None
    filed_on: date
    filing_id: int | None = None
    contractor_key: str = ""
    category: str = ""
    first_number: str = ""
    batch: Batch = _NO_BATCH


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierWork:
    """A filing on record that still counts; the caller leaves out what never came to be a work."""

    filing_id: int
    number: str
    place_key: str
    owner_key: str
    amount_yuan: Decimal | None
    area_m2: Decimal | None
    filed_on: date
    contractor_key: str = ""
    category: str = ""
    first_number: str = ""
    batch: Batch = _NO_BATCH


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitLimits:
    """The limits of the pack, both inclusive, and how many months to look around."""

    amount_yuan: Decimal
    area_m2: Decimal
    window_months: int = DEFAULT_WINDOW_MONTHS
    article: str = ""

    def around(self, day: date) -> tuple[date, date]:
        """Give the first and last day on which a work counts beside one of the given day, both included."""
        return add_months(day, -self.window_months), add_months(day, self.window_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitSuspicion:
    """Works that together exceed what none exceeds alone; totals include the present work."""

    works: tuple[EarlierWork, ...]
    total_amount_yuan: Decimal
    total_area_m2: Decimal
    over_amount: bool
    over_area: bool
    article: str
    because: str
    same_place: bool
    batch: str = ""  # the mall whose shops these are, each of another owner: they are works of their own

    @property
    def needs_reason(self) -> bool:
        """Say whether acceptance needs a reason: as one work at one place it would have to have a permit.

        Works of one owner at several places, beyond one limit only or shops of one mall are shown and no more.
        """
        return self.same_place and self.is_above_both and not self.batch

    @property
    def is_above_both(self) -> bool:
        """Say whether amount and area together are both exceeded, as a duty to have a permit needs."""
        return self.over_amount and self.over_area


def split_limits(pack: PolicyPack) -> SplitLimits | None:
    """Take the limits from a pack, None where it sets none."""
    numbers = pack.numbers()
    if "limit_amount_yuan" not in numbers or "limit_area_m2" not in numbers:
        return None
    article = next((stop.article for stop in pack.stops if stop.code == SPLITTING_STOP), pack.article("splitting"))
    months = int(numbers.get("splitting_window_months", Decimal(DEFAULT_WINDOW_MONTHS)))
    return SplitLimits(
        amount_yuan=numbers["limit_amount_yuan"],
        area_m2=numbers["limit_area_m2"],
        window_months=months,
        article=article,
    )


def suspected_splitting(
    present: PresentWork, earlier: Iterable[EarlierWork], *, limits: SplitLimits
) -> SplitSuspicion | None:
    """Flag works at the same place, else of the same owner, that together exceed a limit no single one does.

    Works by one contractor in one building are flagged only when both limits are exceeded: a contractor has many works.
    Amounts in yuan, areas in m².  Unknown amounts and areas add nothing and are named in the sentence.
    """
    near = [work for work in earlier if _is_near(work, present, limits)]
    malls = malls_of((present, *near))
    apart = {work.filing_id for work in near if are_shops_apart(present, work, malls)}
    found = _found(present, [work for work in near if work.filing_id not in apart], limits)
    if found is not None or not apart:
        return found
    # Said instead: that these would look parted, were they not shops of different owners in one mall.
    told = _found(present, near, limits)
    return None if told is None else replace(told, batch=malls[present.filing_id])


def malls_of(works: Iterable[PresentWork | EarlierWork]) -> Malls:
    """Give the mall of each work that is a shop of one, by filing; the one that others began with is of theirs."""
    everything = list(works)
    began = {work.batch.began_with: work.batch.name for work in everything if work.batch.name and work.batch.began_with}
    named = {work.filing_id: work.batch.name or began.get(work.first_number, "") for work in everything}
    return {filing_id: name for filing_id, name in named.items() if name}


def are_shops_apart(one: PresentWork | EarlierWork, other: EarlierWork, malls: Malls) -> bool:
    """Say whether two works are shops of one mall that belong to different owners, both of them known."""
    mall = malls.get(one.filing_id, "")
    has_owners = bool(one.owner_key and other.owner_key) and one.owner_key != other.owner_key
    return bool(mall) and mall == malls.get(other.filing_id, "") and has_owners


def _found(present: PresentWork, near: Sequence[EarlierWork], limits: SplitLimits) -> SplitSuspicion | None:
    groups = (
        (_AT_ONE_PLACE, [work for work in near if present.place_key and work.place_key == present.place_key]),
        (local("同一建设单位"), [work for work in near if present.owner_key and work.owner_key == present.owner_key]),
    )
    suspicions = (_suspicion(present, works, link, limits) for link, works in groups)
    found = next((suspicion for suspicion in suspicions if suspicion is not None), None)
    if found is not None:
        return found
    by_contractor = [work for work in near if are_by_one_contractor(present, work)]
    together = _suspicion(present, by_contractor, _BY_ONE_CONTRACTOR, limits)
    return together if together is not None and together.is_above_both else None


def are_by_one_contractor(one: PresentWork | EarlierWork, other: PresentWork | EarlierWork) -> bool:
    """Say whether two works are one contractor's in one building, and not flats of different owners."""
    if not one.contractor_key or one.contractor_key != other.contractor_key or not one.place_key:
        return False
    if RESIDENTIAL in (one.category, other.category) and one.owner_key != other.owner_key:
        return False
    return building_key(one.place_key) == building_key(other.place_key)


def exceeded(amount: Decimal | None, area: Decimal | None, limits: SplitLimits) -> tuple[bool, bool]:
    """Say whether an amount and an area exceed their limits; an unknown one does not."""
    return (amount or 0) > limits.amount_yuan, (area or 0) > limits.area_m2


def _is_near(work: EarlierWork, present: PresentWork, limits: SplitLimits) -> bool:
    first, last = limits.around(present.filed_on)
    return work.filing_id != present.filing_id and first <= work.filed_on <= last


def _suspicion(
    present: PresentWork, works: Sequence[EarlierWork], link: str, limits: SplitLimits
) -> SplitSuspicion | None:
    parts: list[PresentWork | EarlierWork] = [present, *works]
    amount = sum((part.amount_yuan or Decimal(0) for part in parts), Decimal(0))
    area = sum((part.area_m2 or Decimal(0) for part in parts), Decimal(0))
    over = exceeded(amount, area, limits)
    # A work that goes as far beyond the limits alone has gained nothing by the others.
    if not any(over) or over in [exceeded(part.amount_yuan, part.area_m2, limits) for part in parts]:
        return None
    return SplitSuspicion(
        works=tuple(sorted(works, key=lambda work: (work.filed_on, work.filing_id))),
        same_place=link == _AT_ONE_PLACE,
        total_amount_yuan=amount,
        total_area_m2=area,
        over_amount=over[0],
        over_area=over[1],
        article=limits.article,
        because=_because(parts, link, limits, amount=amount, area=area),
    )


def _because(
    parts: Sequence[PresentWork | EarlierWork], link: str, limits: SplitLimits, *, amount: Decimal, area: Decimal
) -> str:
    unknown = sum(part.amount_yuan is None or part.area_m2 is None for part in parts)
    gap = f"其中 {unknown} 件的金额或者面积未填，未计入；" if unknown else ""
    return (
        f"{link} {limits.window_months} 个月内连同本件共 {len(parts)} 件："
        f"金额合计 {amount:,f} 元（{_compared(amount, limits.amount_yuan)}限额 {limits.amount_yuan:,f} 元），"
        f"面积合计 {area:,f} 平方米（{_compared(area, limits.area_m2)}限额 {limits.area_m2:,f} 平方米）；{gap}"
        "请核对是否为同一工程分解申报。"
    )


def _compared(total: Decimal, limit: Decimal) -> str:
    return "超过" if total > limit else "未超过"
