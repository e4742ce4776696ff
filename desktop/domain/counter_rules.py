"""Which acceptance point takes a matter in: the counter rules of the pack, asked in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.domain.conditions import Condition, Verdict, facts_of
from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import CounterRule

ANY_POINT: Final = "any"
# Where the street office is the place to go to, or one of them.
STREET_POINTS: Final = frozenset({"street_office", "street_or_property"})
PROPERTY_POINT: Final = "property_company"

Ask = Callable[[Condition], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterAnswer:
    """The rule that holds, if any; ``missing`` names what would decide where it cannot be said yet."""

    rule: CounterRule | None = None
    missing: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Say whether it cannot be said yet who takes the matter in."""
        return bool(self.missing)


def counter_of(facts: Facts, pack: PolicyPack, ask: Ask) -> CounterAnswer:
    """Give the first rule that holds; one in doubt before it leaves the point open.

    Rules that rest on what is only said at the counter are not asked (``told_at_counter``).
    """
    for rule in pack.counters:
        if rule.told_at_counter or facts.text("kind") not in rule.kinds:
            continue
        verdict = ask(rule.when)
        if verdict.holds is None:
            return CounterAnswer(missing=verdict.missing)
        if verdict.holds:
            return CounterAnswer(rule=rule)
    return CounterAnswer()


def told_rules_against(facts: Facts, pack: PolicyPack, ask: Ask, *, channel: str) -> tuple[CounterRule, ...]:
    """Give the rules that keep a matter from a counter by what was said there; what nobody said decides nothing."""
    return tuple(
        rule
        for rule in pack.counters
        if rule.told_at_counter
        and facts.text("kind") in rule.kinds
        and not may_take(rule, channel)
        and all(facts.is_stated(name) for name in facts_of(rule.when))
        and ask(rule.when).holds is True
    )


def may_take(rule: CounterRule, channel: str | None) -> bool:
    """Say whether a rule lets a counter take the matter in; where no counter is known, nothing is sent on."""
    return channel is None or not rule.channels or channel in rule.channels
