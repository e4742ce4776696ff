"""A sample as the rules of the place see it: its own categories, only what they ask, and its own materials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from desktop.domain.acts import MaterialLine
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Category
from desktop.domain.walk_in import Verdict

# Facts that no question of a pack stands for.
_ALWAYS_ASKED: Final = frozenset(
    {"kind", "category", "contract_amount_yuan", "floor_area_m2", "crowded_place_hot_work"}
)
_BY_INVESTMENT: Final = "limit_by_investment"
# What an act or an entry tells in words; the other texts are codes, names and days.
_TOLD: Final = frozenset(
    {"texts", "hazards", "text", "description", "facts", "remark", "reason", "note", "content", "topic", "opinions"}
    | {"subject", "findings", "demand", "summary", "purpose", "audience"}
)
_NO_AREA: Final = "not_applicable"
_USUAL_AREA: Final = 80


def fitted(sample: Mapping[str, Any], pack: PolicyPack) -> dict[str, Any] | None:
    """Give the sample in the terms of the pack; None where the place has no such kind, or asks nothing it shows.

    ``rests_on`` names the facts that a sample is there to show.
    """
    asked = _ALWAYS_ASKED | {question.fact for question in pack.questions}
    category = _category(sample["facts"], pack)
    if category is None or not asked.issuperset(sample.get("rests_on", ())):
        return None
    facts = {key: value for key, value in sample["facts"].items() if key in asked} | {"category": category.code}
    if _BY_INVESTMENT in pack.parameters and "contract_amount_yuan" in facts:
        facts["investment_yuan"] = facts["contract_amount_yuan"]
    if facts.get("floor_area_m2") == _NO_AREA and not category.null_area_does_not_apply:
        facts["floor_area_m2"] = _USUAL_AREA
    return {**sample, "facts": facts}


def faulty_papers(sample: Mapping[str, Any], lines: Sequence[MaterialLine]) -> Mapping[str, str]:
    """Give what is wrong with the papers of a sample; where the place asks for none of them, it lacks another."""
    named: Mapping[str, str] = sample.get("faulty_papers", {})
    known = {line.code: named[line.code] for line in lines if line.code in named}
    required = [line.code for line in lines if line.required]
    if known or not named or not required:
        return known
    return {required[-1]: Verdict.MISSING.value}


def _category(facts: Mapping[str, Any], pack: PolicyPack) -> Category | None:
    own = [category for category in pack.categories if category.kind == facts["kind"]]
    same = next((category for category in own if category.code == facts["category"]), None)
    # The last of a kind is the one for whatever the others do not name.
    return same or (own[-1] if own else None)


def said_here(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Give an act or an entry with what is told in it in the words of the place."""
    return {key: _said(value) if key in _TOLD else value for key, value in raw.items()}


def _said(value: Any) -> Any:
    if isinstance(value, str):
        return local(value)
    if isinstance(value, Mapping):
        return said_here(value)
    return [said_here(part) if isinstance(part, Mapping) else part for part in value]
