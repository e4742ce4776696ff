"""The second pair of eyes: how many steps of review a class of matter needs, and what may come of one.

One place speaks of 受理、审核 without saying how many people; another asks for two levels or more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.acts import Change, Decided
from desktop.domain.assessment_result import Assessment
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Outcome

MOST_LEVELS: Final = 2
OPINION_LEVEL: Final = 0  # an opinion on a filing is no step of its review


class ReviewOutcome(StrEnum):
    """What came of a step of review or of an opinion; each value is stored."""

    OPEN = ""  # 待审核
    PASSED = "passed"  # 审核通过
    RETURNED = "returned"  # 退回
    OPINION = "opinion"  # 意见，待答复
    ANSWERED = "answered"  # 意见，已答复


class ReviewClass(StrEnum):
    """Classes of matter that have a number of levels of their own."""

    HIGH_RISK = "high_risk"
    OTHER_SMALL = "other_small"
    MINOR = "minor"


PARAMETER_OF: Final = {
    ReviewClass.HIGH_RISK: "review_levels_high_risk",
    ReviewClass.OTHER_SMALL: "review_levels_other_small",
    ReviewClass.MINOR: "review_levels_minor",
}
SAME_PERSON_PARAMETER: Final = "review_same_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule:
    """How many levels (0 to 2) each class needs, and whether the clerk or an earlier reviewer may be the reviewer."""

    high_risk: int = 0
    other_small: int = 0
    minor: int = 0
    same_person: bool = True

    def levels_for(self, assessment: Assessment, kind: str | None) -> int:
        """Give the levels of a matter as assessed; 0 for one that cannot be accepted."""
        if not assessment.registrable and assessment.outcome is not Outcome.NEEDS_REVIEW:
            return 0
        if assessment.is_high_risk:
            return self.high_risk
        return {MINOR_OPERATION: self.minor, SMALL_WORK: self.other_small}.get(kind or "", 0)


def rule_of(pack: PolicyPack) -> ReviewRule:
    """Give what the pack says; a pack without these parameters asks for no review."""
    numbers = pack.numbers()
    levels = {each.value: min(int(numbers.get(name, 0)), MOST_LEVELS) for each, name in PARAMETER_OF.items()}
    return ReviewRule(**levels, same_person=bool(numbers.get(SAME_PERSON_PARAMETER, 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStep:
    """One step of review, or one opinion, as shown."""

    id: int
    level: int
    levels: int
    outcome: ReviewOutcome
    asked_at: datetime
    asked_by: str
    opinion: str
    answer: str
    done_at: datetime | None
    done_by: str

    @property
    def is_opinion(self) -> bool:
        """Say whether it is an opinion rather than a step."""
        return self.level == OPINION_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedReview:
    """A filing that waits for review, as the queue shows it."""

    filing_id: int
    number: str
    project_name: str
    place: str
    community: str
    high_risk: bool | None
    level: int
    levels: int
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What came of passing a step: the decision at the last level, or the level that is open now."""

    decided: Decided | None
    next_level: int | None
    changes: frozenset[Change]
