"""The same scope and high-risk rules put to another rule engine: JsonLogic, rules as JSON like the packs' own.

It is two-valued: a fact nobody stated is no fact, so that nothing is ever undetermined and no missing fact is named.
It gives neither article nor sentence, and knows no materials, counters, departments or days; asked are only the limits
of the scope, the tests that stop a matter, and the high-risk items.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from json_logic import jsonLogic

from desktop.domain.conditions import All, AnyOf, Compare, Condition, Not, Setting
from desktop.domain.facts import FACT_SPECS, Blank, Facts
from desktop.domain.pack import PolicyPack

_NUMBER_OPS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}


@dataclass(frozen=True, slots=True)
class LogicPack:
    """The rules of one pack that are asked, as JsonLogic."""

    within: Mapping[str, Any]  # by kind of matter
    stops: tuple[Any, ...]
    high_risk: tuple[Any, ...]

    def judge(self, data: Mapping[str, Any]) -> tuple[bool, bool, int]:
        """Say whether a matter is within the limits, whether something stops it, and how many items fire."""
        within = bool(jsonLogic(self.within.get(data.get("kind", ""), False), data))
        stopped = any(jsonLogic(stop, data) for stop in self.stops)
        return within, stopped, sum(bool(jsonLogic(item, data)) for item in self.high_risk)


def logic_of(pack: PolicyPack) -> LogicPack:
    """Translate the rules of a pack."""
    numbers = pack.numbers()
    return LogicPack(
        within={scope.kind: _logic(scope.within, numbers) for scope in pack.scopes},
        stops=tuple(_logic(stop.when, numbers) for stop in pack.stops),
        high_risk=tuple(_logic(item.when, numbers) for item in pack.high_risk),
    )


def data_of(facts: Facts) -> dict[str, Any]:
    """Give facts as JSON has them: numbers in binary, days as text, nothing for what is unknown."""
    values = {name: facts[name] for name in FACT_SPECS}
    return {name: _plain(value) for name, value in values.items() if not isinstance(value, Blank)}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return [str(item) for item in value] if isinstance(value, tuple) else value


def _logic(condition: Condition, numbers: Mapping[str, Decimal]) -> Any:
    match condition:
        case Compare():
            return _compared(condition, numbers)
        case All(parts):
            return {"and": [_logic(part, numbers) for part in parts]}
        case AnyOf(parts):
            return {"or": [_logic(part, numbers) for part in parts]}
        case Not(part):
            return {"!": [_logic(part, numbers)]}
        case Setting(name, op, value):
            number = float(numbers.get(name, Decimal(0)))
            return {_NUMBER_OPS.get(op, "=="): [number, float(value)]}
        case _:
            return True


def _compared(compare: Compare, numbers: Mapping[str, Decimal]) -> Any:
    said, fact = compare.value, {"var": compare.fact}
    if compare.op in _NUMBER_OPS:
        bound = numbers.get(compare.parameter, Decimal(0)) if compare.parameter else Decimal(str(said))
        # Without the first test a fact that is not there would be less than every limit.
        return {"and": [{"!=": [fact, None]}, {_NUMBER_OPS[compare.op]: [fact, float(bound)]}]}
    if compare.op == "before_filing":
        return {"<": [fact, {"var": "filed_on"}]}
    if compare.op == "includes_any":
        wanted = list(said) if isinstance(said, tuple) else [said]
        return {"or": [{"in": [item, {"var": [compare.fact, []]}]} for item in wanted]}
    if compare.op == "one_of" and isinstance(said, tuple):
        return {"in": [fact, list(said)]}
    if compare.op == "not_empty" or said is True:
        return {"!!": [fact]}
    return {"!": [fact]} if said is False else {"==": [fact, said]}
