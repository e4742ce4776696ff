"""Whether small works hold 安责险, and to the end of the work.  Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

_LIABILITY: Final = ("安全生产责任", "安责")


class InsuranceLack(StrEnum):
    """What is wanting."""

    MISSING = "missing"
    LAPSED = "lapsed"
    LAPSES_EARLY = "lapses_early"
    NO_END = "no_end"  # insured, and until when was not written down

    @property
    def label(self) -> str:
        """Give the word for it."""
        return _WORDS[self]


_WORDS: Final = {
    InsuranceLack.MISSING: "未投保安责险",
    InsuranceLack.LAPSED: "安责险已到期",
    InsuranceLack.LAPSES_EARLY: "安责险早于工程结束到期",
    InsuranceLack.NO_END: "安责险止日未填",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy of a work, of the registration itself or of the register of policies."""

    kind: str  # words or code
    valid_from: date | None
    valid_to: date | None
    insurer: str = ""
    policy_number: str = ""

    @property
    def is_liability(self) -> bool:
        """Say whether it is 安全生产责任保险."""
        return self.kind == "liability" or any(word in self.kind for word in _LIABILITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceWarning:
    """A small work under way whose 安责险 is missing or ends before the work does."""

    filing_id: int
    number: str
    project_name: str
    place: str
    community: str
    lack: InsuranceLack
    insured_to: date | None
    ends_on: date | None  # of the work


def lack_of(policies: Sequence[Policy], *, ends_on: date | None, today: date) -> InsuranceLack | None:
    """Say what is wanting in the policies of a small work, None when it is insured to its end.

    Policies that follow each other count as the last of them; a work without an end is only asked about today.
    """
    liability = [policy for policy in policies if policy.is_liability]
    if not liability:
        return InsuranceLack.MISSING
    until = insured_to(policies)
    if until is None:
        return InsuranceLack.NO_END
    if until < today:
        return InsuranceLack.LAPSED
    return InsuranceLack.LAPSES_EARLY if ends_on is not None and until < ends_on else None


def insured_to(policies: Sequence[Policy]) -> date | None:
    """Give the last day on which some 安责险 holds, None when none says so."""
    return max((policy.valid_to for policy in policies if policy.is_liability and policy.valid_to), default=None)
