"""How many levels of review a matter needs, by class and pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.acts import Act, Preview, StationKind
from desktop.domain.counter import preview
from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.review import ReviewRule, rule_of
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import load_packs
from desktop.services.resources import policies_folder
from tests.factories import FILED_ON, all_in_order, minor_facts, small_work_facts, walk_in

RULE = ReviewRule(high_risk=2, other_small=1, minor=0)


@pytest.fixture(scope="module")
def pack() -> PolicyPack:
    return load_packs(policies_folder()).get("longgang", date(2026, 3, 2))


def previewed(pack: PolicyPack, facts: Facts, rule: ReviewRule | None) -> Preview:
    matter = all_in_order(walk_in(facts), pack)
    return preview(
        matter,
        pack=pack,
        calendar=WorkdayCalendar(),
        filed_on=FILED_ON,
        station_kind=StationKind.STREET_OFFICE,
        review=rule,
    )


@pytest.mark.requirement("LG-21-4e", "YC-2c")
@pytest.mark.parametrize(
    ("facts", "levels"),
    [
        pytest.param(small_work_facts(hoisting=True), 2, id="high risk"),
        pytest.param(small_work_facts(), 1, id="another small work"),
        pytest.param(minor_facts(), 0, id="a minor operation"),
    ],
)
def test_the_levels_follow_from_the_class(pack: PolicyPack, facts: Facts, levels: int) -> None:
    found = previewed(pack, facts, RULE)
    assert RULE.levels_for(found.assessment, facts.text("kind")) == levels
    offered = {each.act for each in found.acts}
    assert (Act.SUBMIT_FOR_REVIEW in offered) == (levels > 0)
    assert (Act.ACCEPT in offered) == (levels == 0)


@pytest.mark.requirement("LG-21-4e")
def test_what_stands_against_acceptance_stands_against_sending_for_review(pack: PolicyPack) -> None:
    unjudged = preview(
        walk_in(),
        pack=pack,
        calendar=WorkdayCalendar(),
        filed_on=FILED_ON,
        station_kind=StationKind.STREET_OFFICE,
        review=RULE,
    )
    sent = next(each for each in unjudged.acts if each.act is Act.SUBMIT_FOR_REVIEW)
    assert not sent.allowed
    assert "未核对" in sent.why


@pytest.mark.requirement("LG-21-4e")
def test_the_shipped_pack_asks_for_no_review_and_says_that_the_rules_are_silent(pack: PolicyPack) -> None:
    assert rule_of(pack) == ReviewRule()
    own = {name: each for name, each in pack.parameters.items() if name.startswith("review_")}
    assert len(own) == 4
    assert all(each.unverified and "第二十一条(四)" in each.article for each in own.values())


@pytest.mark.requirement("YC-2c")
def test_a_pack_sets_levels_for_a_class(pack: PolicyPack) -> None:
    named = pack.parameters["review_levels_high_risk"]
    asking = {**pack.parameters, "review_levels_high_risk": replace(named, value=Decimal(2))}
    assert rule_of(replace(pack, parameters=asking)) == ReviewRule(high_risk=2)
