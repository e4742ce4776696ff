"""Numbers and words of a pack that would stop the program are refused where the pack is read."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pytest

from desktop.domain.conditions import evaluate
from desktop.domain.errors import FaultyInput
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts
from desktop.domain.pack_numbers import number_fault
from desktop.domain.pack_version import PackTree
from desktop.policy.loader import Packs, pack_of, shipped_tree


@pytest.mark.requirement("Q-1")
@pytest.mark.parametrize(
    ("name", "value", "is_fit"),
    [
        ("limit_amount_yuan", "1e12", True),
        ("limit_amount_yuan", "1e999999", False),
        ("limit_amount_yuan", "0.0000001", False),
        ("splitting_window_months", "600", True),
        ("splitting_window_months", "1e6", False),
        ("rectification_days", "1.5", False),
        ("extension_count", "101", False),
        ("inspection_share", "1.01", False),
        ("review_levels_minor", "3", False),
        ("review_levels_minor", "2", True),
        ("limit_area_m2", "-1", False),
    ],
)
def test_a_number_that_no_day_could_be_reckoned_with_is_refused(name: str, value: str, is_fit: bool) -> None:
    assert (number_fault(name, Decimal(value)) == "") is is_fit


def _faulty(packs: Packs, section: str, changes: dict[str, Any]) -> str:
    tree = shipped_tree(packs, "longgang", "2025-draft")
    assert tree is not None
    rules = {**tree.rules, section: {**tree.rules.get(section, {}), **changes}}
    with pytest.raises(FaultyInput) as caught:
        pack_of(PackTree(rules=rules, papers=tree.papers))
    return str(caught.value)


@pytest.mark.requirement("Q-1", "Q-3")
@pytest.mark.parametrize(
    ("section", "changes", "where"),
    [
        ("deadlines", {"validity_months": 120_000}, "deadlines.validity_months"),
        ("deadlines", {"site_check_working_days": 5_000}, "deadlines.site_check_working_days"),
        ("deadlines", {"extension_window_days": 10**9}, "deadlines.extension_window_days"),
        # An empty word stands between every two letters, a short one within others.
        ("words", {"": "x"}, "words"),
        ("words", {"业": "主"}, "words.业"),
        ("words", {"登记": "备\x00案"}, "words.登记"),
        ("pack", {"title": "细则\u202e"}, "pack.title"),
    ],
)
def test_what_would_stop_or_disguise_is_refused_with_its_key(
    packs: Packs, section: str, changes: dict[str, Any], where: str
) -> None:
    assert where in _faulty(packs, section, changes)


_GAPS = {
    "limit_amount_yuan": (0, 300_000, 500_000, 500_001, 2_000_000, 10**9),
    "limit_area_m2": (0, 120, 300, 301, 10**7),
    "limit_relation": (1, 2),
    "limit_inclusive": (0, 1),
    "limit_by_investment": (0, 1),
}
_AMOUNTS = (UNKNOWN, NOT_APPLICABLE, Decimal(300_000), Decimal(500_000), Decimal(500_001))
_AREAS = (UNKNOWN, NOT_APPLICABLE, Decimal(120), Decimal(300), Decimal(301))


@pytest.mark.requirement("Q-JS", "Q-YC", "Q-HL")
@pytest.mark.parametrize("pack_id", ["junshan", "yichang", "huli"])
def test_limits_with_gaps_are_decided_exactly_where_every_filling_agrees(packs: Packs, pack_id: str) -> None:
    pack, chance = packs.versions(pack_id)[-1], Random(7)
    within = pack.scopes[0].within
    for _ in range(300):
        facts = Facts(
            {
                "kind": pack.scopes[0].kind,
                "category": chance.choice(pack.categories).code,
                "contract_amount_yuan": chance.choice(_AMOUNTS),
                "effective_investment_yuan": chance.choice(_AMOUNTS),
                "floor_area_m2": chance.choice(_AREAS),
            }
        )
        known = {name: Decimal(chance.choice(values)) for name, values in _GAPS.items() if chance.random() < 0.5}
        numbers = {**pack.numbers(), **known}
        still_open = [name for name in _GAPS if name not in known]
        answers = {
            evaluate(within, facts, {**numbers, **dict(zip(still_open, map(Decimal, filling), strict=True))}).holds
            for filling in product(*(_GAPS[name] for name in still_open))
        }
        said = evaluate(within, facts, numbers).holds
        assert said == (answers.pop() if len(answers) == 1 else None), (facts, known)
