"""The fair draw of a random inspection (抽查), which anybody can do again from what is recorded.

How it is drawn, so that it can be repeated with any tool: write the numbers of all that can be drawn, each once, in
the order of their characters; for each take SHA-256 over the UTF-8 text "seed, line feed, number"; order the numbers by
that value as written in hexadecimal; the first of them, as many as the share asks for, are drawn, in that order.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from desktop.domain.acts import Status
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local

SHARE: Final = "inspection_share"  # parameter of the pack: the least share of a draw
PERIOD_MONTHS: Final = "inspection_period_months"  # parameter of the pack: the usual period of a draw
DEFAULT_SHARE: Final = Decimal("0.05")
DEFAULT_PERIOD_MONTHS: Final = 3
METHOD: Final = (
    "抽取方法：登记编号按字符顺序排列并去重；对“种子＋换行＋编号”（UTF-8）取 SHA-256，按十六进制值从小到大排列，"
    "依次取前若干件；件数为总数乘以比例，有小数的进一，至少一件。用任何工具按此都能重新抽出同样的名单。"
)
# What a drawn registration that is over is called; it stays in the frame it was drawn from.
NO_LONGER: Final[Mapping[Status, str]] = LocalCatalogue(
    {Status.REVOKED: "已撤销，不再检查", Status.CLOSED: "已注销，不再检查"}, local
)
OVER: Final = frozenset(NO_LONGER)


class Standing(StrEnum):
    """Which registrations can be drawn; each value is stored."""

    UNDER_WAY = "under_way"  # 在建
    ALL = "all"  # 期内登记的全部（撤销的除外）


class RiskChoice(StrEnum):
    """Works of which risk can be drawn; each value is stored."""

    HIGH = "high"  # 高风险，含参照、提级
    OTHER = "other"  # 其他


class InspectionResult(StrEnum):
    """What an inspection came to; each value is stored, none while it is still to be done."""

    IN_ORDER = "in_order"  # 未发现问题
    PROBLEMS = "problems"  # 发现问题
    NOT_DONE = "not_done"  # 未能检查


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Who can be drawn: accepted in a period, both days included; None and empty leave a thing open."""

    first_on: date
    last_on: date
    kind: str = ""  # small_work, minor_operation
    risk: RiskChoice | None = None
    standing: Standing = Standing.UNDER_WAY
    community: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRequest:
    """One draw to be made; without a ``seed`` one is taken from the system's source of chance."""

    act_id: str
    population: Population
    share: Decimal  # a fraction of one
    seed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionNote:
    """What the inspection of one drawn filing came to; ``patrol_id`` names the visit where there is one on record."""

    draw_id: int
    filing_id: int
    result: InspectionResult
    inspected_on: date
    note: str = ""
    patrol_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRow:
    """One draw as listed; ``inspected`` counts results except 未能检查.

    ``no_longer`` counts those without a result whose registration is closed or revoked: drawn, but not to be visited.
    """

    id: int
    number: str
    drawn_on: date
    drawn_by: str
    first_on: date
    last_on: date
    population: str
    share: Decimal
    frame_size: int
    size: int
    inspected: int
    with_problems: int
    not_done: int
    no_longer: int = 0

    @property
    def waiting(self) -> int:
        """Give how many are still to be inspected."""
        return self.size - self.inspected - self.not_done - self.no_longer

    @property
    def drawn_share(self) -> Decimal:
        """Give which part of all that could be drawn was drawn."""
        return part_of(self.size, self.frame_size)

    @property
    def inspected_share(self) -> Decimal:
        """Give which part of all that could be drawn was inspected."""
        return part_of(self.inspected, self.frame_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """One drawn filing with its result; numbers of persons covered."""

    filing_id: int
    ordinal: int
    number: str
    project_name: str
    place: str
    community: str
    kind: str
    is_high_risk: bool
    owner_name: str
    contractor_name: str
    result: InspectionResult | None
    inspected_on: date | None
    patrol_id: int | None
    note: str
    status: Status = Status.REGISTERED

    @property
    def is_no_longer(self) -> bool:
        """Say whether it is not to be inspected any more: without a result, and closed or revoked since."""
        return self.result is None and self.status in OVER

    @property
    def is_waiting(self) -> bool:
        """Say whether it is still to be inspected."""
        return self.result is None and self.status not in OVER

    @property
    def standing_words(self) -> str:
        """Say how it stands where it has no result."""
        return NO_LONGER[self.status] if self.is_no_longer else "待查"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One draw whole, as far as its filings are to be seen; ``seed`` and ``method`` are enough to repeat it."""

    row: DrawRow
    seed: str
    drawn_at: datetime
    drawn: tuple[DrawnRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """What came of drawing again from the record; numbers in their order."""

    draw_id: int
    frame_size: int
    expected: tuple[str, ...]
    recorded: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Say whether the record holds what the seed and the frame give."""
        return self.expected == self.recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far the registrations of a period were drawn and inspected, each counted once."""

    first_on: date
    last_on: date
    registered: int
    drawn: int
    inspected: int
    least_share: Decimal

    @property
    def required(self) -> int:
        """Give how many have to be inspected, rounded up."""
        return sample_size(self.registered, self.least_share)

    @property
    def lacking(self) -> int:
        """Give how many inspections are lacking."""
        return max(0, self.required - self.inspected)

    @property
    def rate(self) -> Decimal:
        """Give the part that was inspected, a fraction of one."""
        return part_of(self.inspected, self.registered)


def ordered_frame(numbers: Iterable[str]) -> tuple[str, ...]:
    """Give the numbers that can be drawn, each once, in the order of their characters."""
    return tuple(sorted(set(numbers)))


def sample_size(population: int, share: Decimal) -> int:
    """Give how many are drawn: the share rounded up, at least one, none of none."""
    if population <= 0:
        return 0
    return max(1, min(population, math.ceil(population * share)))


def rank(seed: str, number: str) -> str:
    """Give the value by which a number is ordered, 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()


def drawn_from(frame: Sequence[str], *, seed: str, share: Decimal) -> tuple[str, ...]:
    """Draw from a frame, whatever its order; gives the drawn numbers in the order of their rank."""
    ordered = ordered_frame(frame)
    by_rank = sorted(ordered, key=lambda number: (rank(seed, number), number))
    return tuple(by_rank[: sample_size(len(ordered), share)])


def share_of(text: str) -> Decimal | None:
    """Read a share as kept or typed: ``0.05``, ``5%`` or ``5％``; None for what is no share of 0 to 1."""
    typed = text.strip().replace("％", "%")
    try:
        value = Decimal(typed.removesuffix("%")) / (100 if typed.endswith("%") else 1)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 < value <= 1 else None


def percent(share: Decimal) -> str:
    """Write a share as a percentage with at most two decimals."""
    shown = f"{share * 100:.2f}".rstrip("0").rstrip(".")
    return f"{shown}%"


def part_of(part: int, whole: int) -> Decimal:
    """Give a part as a fraction of one, nothing of nothing."""
    return Decimal(part) / Decimal(whole) if whole else Decimal(0)
