"""Exclusions (第六条), prohibitions (第七条), closed places (第十九条), and the order of the tests."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.pack import PolicyPack
from tests.unit.matters import ABOVE, BELOW, SHOP, SIGN, judged


# 第六条
@pytest.mark.parametrize(
    ("facts", "article"),
    [
        pytest.param({"inside_residence": True}, "第六条(一)", id="home", marks=pytest.mark.requirement("LG-6-1")),
        pytest.param(
            {"inside_enterprise": True}, "第六条(一)", id="enterprise", marks=pytest.mark.requirement("LG-6-1")
        ),
        pytest.param(
            {"temporary_building": True}, "第六条(二)", id="temporary", marks=pytest.mark.requirement("LG-6-2")
        ),
        pytest.param({"emergency_relief": True}, "第六条(三)", id="relief", marks=pytest.mark.requirement("LG-6-3")),
    ],
)
def test_an_excluded_minor_operation_is_not_registered(pack: PolicyPack, facts: dict[str, Any], article: str) -> None:
    found = judged(pack, {"kind": "minor_operation", "category": "signboard"}, facts)
    assert (found.outcome, found.intake_result, found.acceptance_point) == ("not_applicable", "not_applicable", "none")
    assert found.article_for("outcome") == article
    assert found.required_materials == found.deficiency_items == ()


@pytest.mark.requirement("LG-6-1")
def test_the_inside_exclusion_ends_at_the_public_area_and_at_small_works(pack: PolicyPack) -> None:
    assert judged(pack, SIGN, inside_residence=True, in_public_area=True).outcome == "register"
    assert judged(pack, SHOP, BELOW, inside_enterprise=True).outcome == "register"


@pytest.mark.requirement("LG-6-2", "LG-6-3")
@pytest.mark.parametrize("fact", ["temporary_building", "emergency_relief"])
def test_exclusions_come_before_the_limits_and_the_prohibitions(pack: PolicyPack, fact: str) -> None:
    found = judged(pack, SHOP, ABOVE, {fact: True}, illegal_acts=["add_storey"])
    assert found.outcome == "not_applicable"


@pytest.mark.requirement("LG-6-3")
def test_restoration_after_the_emergency_is_ordinary_work(pack: PolicyPack) -> None:
    found = judged(pack, SHOP, BELOW, emergency_relief=True, after_relief_restoration=True)
    assert found.outcome == "register"


@pytest.mark.requirement("LG-6-2", "LG-6-3")
@pytest.mark.parametrize("fact", ["temporary_building", "emergency_relief"])
def test_an_exclusion_in_doubt_leaves_a_later_prohibition_undetermined(pack: PolicyPack, fact: str) -> None:
    found = judged(pack, SHOP, BELOW, {fact: None}, illegal_acts=["add_storey"])
    assert found.outcome == "undetermined"
    assert fact in found.missing_facts


# 第七条
ACTS = {
    "LG-7-1": ["unauthorised_structural_change"],
    "LG-7-2": ["unauthorised_use_change"],
    "LG-7-3": ["install_harming_structure"],
    "LG-7-4": ["add_storey", "extend_basement", "rooftop_illegal_structure", "illegal_extension"],
    "SJ-4h": ["add_mezzanine"],
}


@pytest.mark.parametrize("matter", [pytest.param({**SHOP, **BELOW}, id="small"), pytest.param(SIGN, id="minor")])
@pytest.mark.parametrize(
    "act",
    [pytest.param(act, id=act, marks=pytest.mark.requirement(row)) for row, acts in ACTS.items() for act in acts],
)
@pytest.mark.requirement("LG-27-3e")
def test_every_forbidden_act_is_refused_and_transferred(pack: PolicyPack, act: str, matter: dict[str, Any]) -> None:
    found = judged(pack, matter, illegal_acts=[act])
    assert (found.outcome, found.intake_result) == ("prohibited_transfer", "refuse_and_transfer")
    assert found.article_for("outcome") == "第七条"
    assert found.transfer_to == "街道相关执法机构"
    assert found.required_materials == ()


@pytest.mark.requirement("LG-7-4")
def test_a_prohibition_comes_before_the_permit_and_the_above_limit_kinds(pack: PolicyPack) -> None:
    assert judged(pack, SHOP, ABOVE, illegal_acts=["add_storey"]).outcome == "prohibited_transfer"
    relic = judged(pack, SHOP, ABOVE, art4_kind="immovable_relic", illegal_acts=["add_storey"])
    assert relic.outcome == "prohibited_transfer"


@pytest.mark.requirement("LG-7-1")
@pytest.mark.parametrize(
    ("design", "outcome"),
    [
        pytest.param({"design_scheme_available": True}, "register", id="designed"),
        pytest.param({"design_scheme_available": False, "will_obtain_design": True}, "register", id="will-obtain"),
        pytest.param({"will_obtain_design": True}, "register", id="will-obtain-only"),
        pytest.param(
            {"design_scheme_available": False, "will_obtain_design": False}, "prohibited_transfer", id="refuses"
        ),
        pytest.param({}, "register", id="nothing-said-a-paper-is-asked-for"),
        pytest.param({"design_scheme_available": False}, "prohibited_transfer", id="none-and-no-word-of-obtaining"),
        pytest.param({"will_obtain_design": False}, "prohibited_transfer", id="will-not-obtain"),
        pytest.param(
            {"design_scheme_available": False, "will_obtain_design": None}, "undetermined", id="will-obtain-unknown"
        ),
    ],
)
def test_a_structure_change_without_any_design_is_unauthorised(
    pack: PolicyPack, design: dict[str, Any], outcome: str
) -> None:
    assert judged(pack, SHOP, BELOW, design, structural_change=True).outcome == outcome


@pytest.mark.requirement("LG-7-2")
@pytest.mark.parametrize(
    ("approved", "outcome"),
    [
        pytest.param({"function_change_approved": True}, "register", id="agreed"),
        pytest.param({"function_change_approved": False}, "prohibited_transfer", id="refused"),
        pytest.param({"function_change_approved": None}, "undetermined", id="unknown"),
        pytest.param({}, "register", id="not-said"),
    ],
)
def test_a_use_change_without_agreement_is_unauthorised(
    pack: PolicyPack, approved: dict[str, Any], outcome: str
) -> None:
    assert judged(pack, SHOP, BELOW, approved, function_change=True).outcome == outcome


@pytest.mark.requirement("LG-19-18")
@pytest.mark.parametrize("place", ["military", "police_custody", "prison", "airport", "port", "rail_transit", True])
def test_a_closed_place_is_left_to_its_managing_unit(pack: PolicyPack, place: object) -> None:
    found = judged(pack, SHOP, BELOW, closed_management_place=place)
    assert (found.outcome, found.intake_result) == ("needs_review", "refer")
    assert found.article_for("outcome") == "第十九条(十八)"


@pytest.mark.requirement("LG-19-18")
@pytest.mark.parametrize("said", [False, "none", ""])
def test_what_is_no_closed_place_is_registered(pack: PolicyPack, said: object) -> None:
    assert judged(pack, SHOP, BELOW, closed_management_place=said).outcome == "register"


@pytest.mark.requirement("LG-4-0")
@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        pytest.param(
            {"temporary_building": True, "illegal_acts": ["add_storey"], "art4_kind": "bottle_to_pipe"},
            "not_applicable",
            id="six-before-seven",
        ),
        pytest.param(
            {"illegal_acts": ["add_storey"], "construction_permit_obtained": True},
            "prohibited_transfer",
            id="seven-before-two",
        ),
        pytest.param(
            {"construction_permit_obtained": True, "art4_kind": "bottle_to_pipe"},
            "not_applicable",
            id="two-before-four",
        ),
        pytest.param(
            {"art4_kind": "bottle_to_pipe", "hoisting": True}, "treat_as_high_risk_above_limit", id="four-before-three"
        ),
    ],
)
def test_the_tests_run_in_the_order_six_seven_two_four_three(
    pack: PolicyPack, facts: dict[str, Any], outcome: str
) -> None:
    assert judged(pack, SHOP, ABOVE, facts).outcome == outcome
