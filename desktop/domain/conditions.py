"""The closed language of conditions that packs are written in; three-valued, and it says why.

A number of the pack that its documents do not give (a gap) is unknown like an unknown fact.

A condition looks at facts and parameters and answers yes, no or unknown.  An unknown answer names the
facts that would decide it; nothing is ever guessed.

Each condition makes its test once, when it is read: a matter is asked some hundred of them, a trial of a version of
the rules some million.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts, FactValue, when_absent

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


Test = Callable[[Facts, Parameters], Verdict]
_YES: Final = Verdict(True)
_NO: Final = Verdict(False)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What a condition makes of itself once: its test, and the facts it looks at in the order of their names."""

    test: Test = field(init=False, repr=False, compare=False)
    looks_at: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def _prepare(self, test: Test, looks_at: Iterable[str] = ()) -> None:
        object.__setattr__(self, "test", test)
        object.__setattr__(self, "looks_at", tuple(sorted(set(looks_at))))


@dataclass(frozen=True, slots=True)
class All(_Prepared):
    """Every part holds."""

    parts: tuple[Condition, ...]

    def __post_init__(self) -> None:
        self._prepare(_joined(self.parts, settles=False), _seen_by(self.parts))


@dataclass(frozen=True, slots=True)
class AnyOf(_Prepared):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def __post_init__(self) -> None:
        self._prepare(_joined(self.parts, settles=True), _seen_by(self.parts))


@dataclass(frozen=True, slots=True)
class Not(_Prepared):
    """The part does not hold."""

    part: Condition

    def __post_init__(self) -> None:
        self._prepare(_turned(self.part.test), self.part.looks_at)


@dataclass(frozen=True, slots=True)
class Compare(_Prepared):
    """One fact compared with a value or, when ``parameter`` is set, with a number of the pack.

    ``if_not_applicable`` is the answer for a fact that does not apply; None means unknown.
    """

    fact: str
    op: str
    value: FactValue | tuple[str, ...] = True
    parameter: str | None = None
    if_not_applicable: bool | None = False

    def __post_init__(self) -> None:
        self._prepare(_stated_as(self) if self.op == "stated_as" else _compared(self), (self.fact,))


@dataclass(frozen=True, slots=True)
class Setting(_Prepared):
    """A number of the pack compared with a value: how a rule depends on what the office has filled in."""

    parameter: str
    op: str
    value: Decimal

    def __post_init__(self) -> None:
        self._prepare(_set_so(self))


@dataclass(frozen=True, slots=True)
class Always(_Prepared):
    """Holds for every matter."""

    def __post_init__(self) -> None:
        self._prepare(_yes)


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
    return condition.test(facts, parameters)


def facts_of(condition: Condition) -> frozenset[str]:
    """Name every fact that a condition looks at."""
    return frozenset(condition.looks_at)


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


def _yes(_facts: Facts, _parameters: Parameters) -> Verdict:
    return _YES


def _seen_by(parts: tuple[Condition, ...]) -> Iterator[str]:
    return (name for part in parts for name in part.looks_at)


def _joined(parts: tuple[Condition, ...], *, settles: bool) -> Test:
    tests, settled, otherwise = tuple(part.test for part in parts), _plain(settles), _plain(not settles)

    def test(facts: Facts, parameters: Parameters) -> Verdict:
        missing: frozenset[str] = frozenset()
        for ask in tests:
            verdict = ask(facts, parameters)
            if verdict is settled:
                return settled
            if verdict is not otherwise:
                missing = missing | verdict.missing if missing else verdict.missing
        return Verdict(None, missing) if missing else otherwise

    return test


def _turned(ask: Test) -> Test:
    def test(facts: Facts, parameters: Parameters) -> Verdict:
        verdict = ask(facts, parameters)
        if verdict.holds is None:
            return verdict
        return _NO if verdict.holds else _YES

    return test


def _stated_as(compare: Compare) -> Test:
    name, wanted, unknown = compare.fact, compare.value, _unknown(compare.fact)

    def test(facts: Facts, _parameters: Parameters) -> Verdict:
        # A thing nobody asked about is not the same as a thing that was denied; a stated unknown stays unknown.
        if name not in facts.stated:
            return _NO
        value = facts.stated[name]
        return unknown if value is UNKNOWN else _plain(value == wanted)

    return test


def _compared(compare: Compare) -> Test:
    name, parameter, absent = compare.fact, compare.parameter, when_absent(compare.fact)
    unknown = _unknown(name)
    gap = None if parameter is None else _unknown(setting_key(parameter))
    when_not_applicable = unknown if compare.if_not_applicable is None else _plain(compare.if_not_applicable)
    holds = _numbers_compared(compare) if compare.op in NUMBER_OPS else _holding(compare)

    def test(facts: Facts, parameters: Parameters) -> Verdict:
        value = facts.stated.get(name, absent)
        if value is UNKNOWN:
            return unknown
        if value is NOT_APPLICABLE:
            return when_not_applicable
        if gap is not None and parameter not in parameters and parameter not in facts.config:
            return gap
        return _YES if holds(value, facts, parameters) else _NO

    return test


_Holds = Callable[[FactValue, Facts, Parameters], bool]


def _numbers_compared(compare: Compare) -> _Holds:
    compares, name = NUMBER_OPS[compare.op], compare.parameter
    if name is None:
        bound = Decimal(str(compare.value))
        return lambda value, _facts, _parameters: isinstance(value, Decimal) and compares(value, bound)
    return lambda value, facts, parameters: (
        isinstance(value, Decimal) and compares(value, facts.config[name] if name in facts.config else parameters[name])
    )


def _holding(compare: Compare) -> _Holds:
    said, op = compare.value, compare.op
    wanted = said if isinstance(said, tuple) else (said,)
    if op == "not_empty":
        return lambda value, _facts, _parameters: bool(value)
    if op == "before_filing":
        return _before_filing
    if op == "includes_any":
        return lambda value, _f, _p: isinstance(value, tuple) and any(item in wanted for item in value)
    if op == "is" and isinstance(said, bool):
        return lambda value, _facts, _parameters: bool(value) is said
    return lambda value, _facts, _parameters: value in wanted


def _before_filing(value: FactValue, facts: Facts, _parameters: Parameters) -> bool:
    filed_on = facts.day("filed_on")
    return isinstance(value, date) and filed_on is not None and value < filed_on


def _set_so(setting: Setting) -> Test:
    name, value, gap = setting.parameter, setting.value, _unknown(setting_key(setting.parameter))
    compares = operator.eq if setting.op == "is" else NUMBER_OPS[setting.op]

    def test(facts: Facts, parameters: Parameters) -> Verdict:
        number = facts.config.get(name, parameters.get(name))
        return gap if number is None else _plain(compares(number, value))

    return test


def _plain(holds: bool) -> Verdict:
    return _YES if holds else _NO


def _unknown(name: str) -> Verdict:
    return Verdict(None, frozenset({name}))
