"""The course of one assessment: what is known so far, why, and which declared facts are still wanting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.assessment_result import Reason
from desktop.domain.conditions import Condition, Verdict
from desktop.domain.facts import UNKNOWN, Facts, FactValue
from desktop.domain.pack import PolicyPack
from desktop.domain.sentences import fill_in, plain_number

_NOT_FILLED_IN = "（尚未填写）"


@dataclass(slots=True)
class Course:
    """What has been found so far; ``behind`` leads a derived fact back to declared ones."""

    facts: Facts
    pack: PolicyPack
    reasons: list[Reason] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    behind: dict[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, Decimal] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = self.pack.numbers()

    def ask(self, condition: Condition) -> Verdict:
        """Answer a condition over what is known by now."""
        return condition.test(self.facts, self.numbers)

    def derive(self, name: str, value: FactValue, *, for_want_of: Iterable[str] = ()) -> None:
        """Add a fact that follows; an unknown one remembers the declared facts it waits for."""
        if value is UNKNOWN:
            self.behind[name] = self.declared(for_want_of)
        self.facts = self.facts.with_facts(**{name: value})

    def declared(self, names: Iterable[str]) -> frozenset[str]:
        """Lead derived facts back to the declared facts they wait for."""
        return frozenset().union(*(self.behind.get(name, frozenset({name})) for name in names))

    def lack(self, names: Iterable[str]) -> None:
        """Note that these facts would decide what is still open."""
        for name in names:
            self.missing |= self.behind.get(name, {name})

    def say(
        self,
        decides: str,
        article: str,
        because: str,
        *,
        item: int | None = None,
        on: Condition | None = None,
    ) -> None:
        """Note why one thing was decided; ``because`` may hold places for facts and parameters."""
        looked_at = on.looks_at if on is not None else ()
        # Most sentences have no places for anything.
        spoken = because
        if "{" in because:
            spoken = fill_in(self._with_parameters(because), self.facts, word_of=self.pack.label_of)
        self.reasons.append(Reason(decides=decides, article=article, because=spoken, item=item, facts=looked_at))

    def article_for(self, decides: str) -> str:
        """Give the article of the first reason behind a decision, empty when there is none."""
        return next((reason.article for reason in self.reasons if reason.decides == decides), "")

    def _with_parameters(self, because: str) -> str:
        for name in self.pack.parameters:
            if f"{{{name}}}" in because:
                value = self.facts.config.get(name, self.numbers.get(name))
                because = because.replace(f"{{{name}}}", _NOT_FILLED_IN if value is None else _amount(name, value))
        return because


def _amount(name: str, value: Decimal) -> str:
    return f"{plain_number(value / 10000)}万元" if name.endswith("_yuan") else plain_number(value)
