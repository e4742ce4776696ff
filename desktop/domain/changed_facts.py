"""What changed between two visits, and whether a paper's being asked for can come from that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from desktop.domain.conditions import facts_of
from desktop.domain.facts import DERIVED_SPECS, Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import MaterialRule

# Facts that say what happened at the window, or when the work is planned, rather than what the work is.
_NOT_OF_THE_WORK: Final = frozenset(
    {"filed_on", "accepted_on", "filing_channel", "provided_materials", "visits", "planned_start_on", "planned_end_on"}
)
_EFFECTIVE: Final[Mapping[str, frozenset[str]]] = {
    "effective_investment_yuan": frozenset({"investment_yuan", "contract_amount_yuan"}),
    "effective_building_area_m2": frozenset({"building_area_m2", "floor_area_m2"}),
}


def fingerprint(facts: Facts) -> str:
    """Write the facts of the work down so that a later visit can be compared fact by fact; no person is in them."""
    stated = {key: repr(value) for key, value in facts.stated.items() if key not in _NOT_OF_THE_WORK}
    config = {f"config.{key}": str(value) for key, value in facts.config.items()}
    return json.dumps({**stated, **config}, sort_keys=True, ensure_ascii=False)


def changed_since(told: str, facts: Facts) -> frozenset[str]:
    """Name the facts that are stated otherwise than when the earlier notice was given."""
    then: dict[str, str] = json.loads(told)
    now: dict[str, str] = json.loads(fingerprint(facts))
    return frozenset(key for key in {*then, *now} if then.get(key) != now.get(key))


def facts_behind(rule: MaterialRule, pack: PolicyPack) -> frozenset[str]:
    """Name the declared facts that decide whether a paper is asked for and fit."""
    conditions = (rule.required, rule.optional, rule.unusable, rule.expired)
    return frozenset({"kind"}) | _declared(frozenset().union(*(facts_of(each) for each in conditions)), pack)


def _declared(names: Iterable[str], pack: PolicyPack) -> frozenset[str]:
    """Lead derived facts back to the declared ones they are made from."""
    found: set[str] = set()
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in DERIVED_SPECS:
            waiting += _behind_derived(name, pack)
        else:
            found.add(name)
    return frozenset(found)


def _behind_derived(name: str, pack: PolicyPack) -> frozenset[str]:
    match name:
        case "high_risk":
            rules = [*(item.when for item in pack.high_risk), *(kind.when for kind in pack.above_limit_kinds)]
        case "supervision_required":
            rules = [pack.supervision] if pack.supervision is not None else []
        case "above_limit":
            rules = [scope.within for scope in pack.scopes]
        case _:
            return _EFFECTIVE.get(name, frozenset())
    return frozenset().union(*(facts_of(rule) for rule in rules))
