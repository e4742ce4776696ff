"""The closed language of conditions that packs are written in; three-valued, and it says why.

A number of the pack that its documents do not give (a gap) is unknown like an unknown fact.

A condition looks at facts and parameters and answers yes, no or unknown.  An unknown answer names the
facts that would decide it; nothing is ever guessed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts, FactValue

Parameters = Mapping[str, Decimal]

# What an unfilled setting is called among what is wanting: the place in the facts where it could also be given.
SETTING: Final = "config."


def setting_key(parameter: str) -> str:
    """Name a setting of the pack among the things that would decide a matter."""
    return f"{SETTING}{parameter}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a condition: ``holds`` is None when unknown, ``missing`` names what would decide it."""

    holds: bool | None
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Compare:
    """One fact compared with a value or, when ``parameter`` is set, with a number of the pack.

    ``if_not_applicable`` is the answer for a fact that does not apply; None means unknown.
    """

    fact: str
    op: str
    value: FactValue | tuple[str, ...] = True
    parameter: str | None = None
    if_not_applicable: bool | None = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A number of the pack compared with a value: how a rule depends on what the office has filled in."""

    parameter: str
    op: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every matter."""


_YES: Final = Verdict(True)
_NO: Final = Verdict(False)
Condition = All | AnyOf | Not | Compare | Setting | Always

NUMBER_OPS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}
OTHER_OPS: Final = frozenset({"is", "one_of", "includes_any", "not_empty", "stated_as", "before_filing"})
OPS: Final = frozenset(NUMBER_OPS) | OTHER_OPS


def evaluate(condition: Condition, facts: Facts, parameters: Parameters) -> Verdict:
    """Answer a condition over the facts by strong three-valued logic (Kleene)."""
    # The commonest first: a matter is asked some hundred of these, a trial of a version some million.
    match condition:
        case Compare():
            return _compare(condition, facts, parameters)
        case All(parts):
            return _join(parts, facts, parameters, settles=False)
        case AnyOf(parts):
            return _join(parts, facts, parameters, settles=True)
        case Not(part):
            inner = evaluate(part, facts, parameters)
            return inner if inner.holds is None else _plain(not inner.holds)
        case Always():
            return _YES
        case Setting():
            return _setting(condition, facts, parameters)


def facts_of(condition: Condition) -> frozenset[str]:
    """Name every fact that a condition looks at."""
    match condition:
        case Compare(fact=fact):
            return frozenset({fact})
        case Not(part):
            return facts_of(part)
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(facts_of(part) for part in parts))
        case Always() | Setting():
            return frozenset()


def parameters_of(condition: Condition) -> frozenset[str]:
    """Name every number of the pack that a condition compares with."""
    match condition:
        case Setting(parameter=name):
            return frozenset({name})
        case Compare(parameter=str(name)):
            return frozenset({name})
        case Not(part):
            return parameters_of(part)
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(parameters_of(part) for part in parts))
        case _:
            return frozenset()


def _join(parts: tuple[Condition, ...], facts: Facts, parameters: Parameters, *, settles: bool) -> Verdict:
    missing: frozenset[str] = frozenset()
    for part in parts:
        verdict = evaluate(part, facts, parameters)
        if verdict.holds is settles:
            return _plain(settles)
        if verdict.missing:
            missing |= verdict.missing
    return Verdict(None, missing) if missing else _plain(not settles)


def _compare(compare: Compare, facts: Facts, parameters: Parameters) -> Verdict:
    name = compare.fact
    value = facts[name]
    # A thing nobody asked about is not the same as a thing that was denied; a stated unknown stays unknown.
    if compare.op == "stated_as" and not (facts.is_stated(name) and value is UNKNOWN):
        return _plain(facts.is_stated(name) and value == compare.value)
    if value is UNKNOWN:
        return Verdict(None, frozenset({name}))
    if value is NOT_APPLICABLE:
        holds = compare.if_not_applicable
        return Verdict(None, frozenset({name})) if holds is None else _plain(holds)
    if compare.parameter is not None and _number(compare.parameter, facts, parameters) is None:
        return Verdict(None, frozenset({setting_key(compare.parameter)}))
    return _plain(_holds(compare, value, facts, parameters))


def _plain(holds: bool) -> Verdict:
    return _YES if holds else _NO


def _setting(setting: Setting, facts: Facts, parameters: Parameters) -> Verdict:
    number = _number(setting.parameter, facts, parameters)
    if number is None:
        return Verdict(None, frozenset({setting_key(setting.parameter)}))
    return Verdict(number == setting.value if setting.op == "is" else NUMBER_OPS[setting.op](number, setting.value))


def _number(name: str, facts: Facts, parameters: Parameters) -> Decimal | None:
    """Give a number of the pack as it is set for this matter, None for a gap nobody has filled in."""
    return facts.config.get(name, parameters.get(name))


def _holds(compare: Compare, value: FactValue, facts: Facts, parameters: Parameters) -> bool:
    if compare.op in NUMBER_OPS:
        bound = _bound(compare, facts, parameters)
        return isinstance(value, Decimal) and NUMBER_OPS[compare.op](value, bound)
    if compare.op == "not_empty":
        return bool(value)
    if compare.op == "before_filing":
        filed_on = facts.day("filed_on")
        return isinstance(value, date) and filed_on is not None and value < filed_on
    wanted = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    if compare.op == "includes_any":
        return isinstance(value, tuple) and any(item in wanted for item in value)
    if compare.op == "is" and isinstance(compare.value, bool):
        return bool(value) is compare.value
    return value in wanted


def _bound(compare: Compare, facts: Facts, parameters: Parameters) -> Decimal:
    number = None if compare.parameter is None else _number(compare.parameter, facts, parameters)
    return Decimal(str(compare.value)) if number is None else number
