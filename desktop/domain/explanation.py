"""What an explanation of an assessment holds: every rule asked, what it looked at, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.assessment_result import Assessment
from desktop.domain.facts import FactValue


class Step(StrEnum):
    """The tests of an assessment in their order."""

    STOPS = "stops"
    SCOPE = "scope"
    ABOVE_LIMIT = "above_limit"
    HIGH_RISK = "high_risk"
    SUPERVISION = "supervision"
    COUNTER = "counter"
    DEPARTMENTS = "departments"
    MATERIALS = "materials"
    DATES = "dates"
    AFTERWARDS = "afterwards"


STEP_WORDS: Final[Mapping[Step, str]] = {
    Step.STOPS: "不适用、禁止和须另行决定的情形",
    Step.SCOPE: "范围和限额",
    Step.ABOVE_LIMIT: "限额以上仍纳管的情形",
    Step.HIGH_RISK: "高风险情形",
    Step.SUPERVISION: "委托监理",
    Step.COUNTER: "受理地点和办理",
    Step.DEPARTMENTS: "主管和协同部门",
    Step.MATERIALS: "材料",
    Step.DATES: "日期和期限",
    Step.AFTERWARDS: "登记以后",
}


class Answer(StrEnum):
    """How a rule was answered."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSeen:
    """A fact that a rule looked at, its value in words; ``is_wanting`` marks one whose value is unknown."""

    name: str
    label: str
    value: str
    is_wanting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSeen:
    """A number of the pack that a rule compares with; ``value`` is None while it is a gap."""

    name: str
    label: str
    value: str | None
    article: str
    is_unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One result of the assessment that another value of a fact changes."""

    what: str
    label: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """Say the change of the result in one phrase."""
        return f"{self.label}：{self.before} → {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChange:
    """Another value of one declared fact, proved by assessing again, with everything that it changes."""

    fact: str
    value: FactValue
    words: str
    effects: tuple[Effect, ...]

    def changes(self, *what: str) -> bool:
        """Say whether one of some results becomes another."""
        return any(effect.what in what for effect in self.effects)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSeen:
    """One rule of the pack and how it was answered.

    ``wanting`` names in words what an open answer waits for; ``follows`` the results of other rules it rests on.
    """

    key: str
    step: Step
    article: str
    label: str
    sentence: str
    answer: Answer
    answer_words: str
    is_decisive: bool
    facts: tuple[FactSeen, ...] = ()
    settings: tuple[SettingSeen, ...] = ()
    wanting: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    changes: tuple[SingleChange, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """One result of the whole, and what single change would make it another; ``note`` says when nothing does."""

    what: str
    label: str
    value: str
    articles: tuple[str, ...]
    changes: tuple[SingleChange, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The whole derivation of one assessment, in the order of the tests."""

    assessment: Assessment
    pack_title: str
    banner: str
    conclusions: tuple[Conclusion, ...]
    rules: tuple[RuleSeen, ...]

    def of_step(self, step: Step) -> tuple[RuleSeen, ...]:
        """Give the rules of one test, those that decided first."""
        return tuple(sorted((rule for rule in self.rules if rule.step is step), key=lambda rule: not rule.is_decisive))

    def steps(self) -> tuple[Step, ...]:
        """Give the tests in which any rule was found."""
        found = {rule.step for rule in self.rules}
        return tuple(step for step in Step if step in found)
