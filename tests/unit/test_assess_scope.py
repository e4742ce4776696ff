"""Scope: exclusions (第六条), prohibitions (第七条), limits (第二、五条), above-limit kinds (第四条), in this order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.assess import assess, facts_as_declared
from desktop.domain.assessment_result import Assessment
from desktop.domain.conditions import All, AnyOf, Compare, Not
from desktop.domain.fact_reading import read_facts
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar

CALENDAR = WorkdayCalendar(known_years=frozenset({2025, 2026}))
SHOP = {"kind": "small_work", "category": "nonresidential_decoration"}
BELOW = {"contract_amount_yuan": 300000, "floor_area_m2": 120}
ABOVE = {"contract_amount_yuan": "1000000.01", "floor_area_m2": "500.01"}
SIGN = {"kind": "minor_operation", "category": "signboard", "in_public_area": True}


def judged(pack: PolicyPack, *parts: dict[str, Any], **facts: Any) -> Assessment:
    merged: dict[str, Any] = {}
    for part in (*parts, facts):
        merged |= part
    return assess(facts_as_declared(read_facts(merged), pack), pack, CALENDAR)


# 第二条: ≤100万元 or ≤500㎡, both included; above only when both are exceeded.
@pytest.mark.requirement("LG-2-0a")
@pytest.mark.parametrize(
    ("amount", "area", "outcome"),
    [
        pytest.param("1000000", "500", "register", id="both-exactly-at-the-limit"),
        pytest.param("1000000", "500.01", "register", id="amount-at-limit-area-above"),
        pytest.param("1000000.01", "500", "register", id="area-at-limit-amount-above"),
        pytest.param("999999.99", "9999", "register", id="amount-one-fen-below"),
        pytest.param("99999999", "499.99", "register", id="area-one-unit-below"),
        pytest.param("1000000.01", "500.01", "above_limit_permit_required", id="both-one-unit-above"),
        pytest.param("0", "0", "register", id="zero-is-a-number"),
        pytest.param("1000000", None, "register", id="amount-within-decides-without-area"),
        pytest.param(None, "500", "register", id="area-within-decides-without-amount"),
        pytest.param("1000000.01", None, "undetermined", id="amount-above-area-unknown"),
        pytest.param(None, "500.01", "undetermined", id="area-above-amount-unknown"),
        pytest.param(None, None, "undetermined", id="both-unknown"),
        pytest.param("1000000.01", "not_applicable", "undetermined", id="linear-work-above-the-amount"),
        pytest.param("1000000", "not_applicable", "register", id="linear-work-within-the-amount"),
    ],
)
def test_one_number_within_its_limit_is_enough(
    pack: PolicyPack, amount: str | None, area: str | None, outcome: str
) -> None:
    found = judged(pack, SHOP, contract_amount_yuan=amount, floor_area_m2=area)
    assert found.outcome == outcome


@pytest.mark.requirement("LG-2-0a")
@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        pytest.param({}, {"contract_amount_yuan", "floor_area_m2"}, id="neither-said"),
        pytest.param({"contract_amount_yuan": 1200000}, {"floor_area_m2"}, id="area-not-said"),
        pytest.param({"floor_area_m2": 501}, {"contract_amount_yuan"}, id="amount-not-said"),
    ],
)
def test_an_open_limit_names_the_numbers_that_would_decide_it(
    pack: PolicyPack, numbers: dict[str, int], missing: set[str]
) -> None:
    found = judged(pack, SHOP, numbers, provided_materials=[])
    assert found.outcome == found.high_risk == found.intake_result == found.acceptance_point == "undetermined"
    assert missing <= set(found.missing_facts)


@pytest.mark.requirement("LG-2-0a")
def test_a_work_without_a_building_area_is_never_silently_below_the_limit(pack: PolicyPack) -> None:
    pipes = {"kind": "small_work", "category": "municipal_infrastructure", "municipal_kind": "water"}
    above = judged(pack, pipes, contract_amount_yuan=1500000, floor_area_m2=None)
    assert (above.outcome, above.high_risk) == ("undetermined", "undetermined")
    assert above.missing_facts == ("floor_area_m2", "provided_materials")
    within = judged(pack, pipes, contract_amount_yuan=800000, floor_area_m2=None)
    assert (within.outcome, within.high_risk, within.high_risk_items) == ("register", False, ())


@pytest.mark.requirement("LG-2-0b", "LG-27-3d")
def test_a_work_above_both_limits_is_told_to_apply_for_a_permit(pack: PolicyPack) -> None:
    found = judged(pack, SHOP, ABOVE)
    assert (found.outcome, found.intake_result) == ("above_limit_permit_required", "refuse_inform_permit")
    assert (found.acceptance_point, found.required_materials, found.high_risk) == ("none", (), False)
    reason = found.reasons_for("outcome")[0]
    assert "第二十七条(三)" in reason.article
    assert "100.000001万元" in reason.because
    assert "500.01平方米" in reason.because


@pytest.mark.requirement("LG-2-0b")
def test_a_work_with_a_construction_permit_is_not_registered(pack: PolicyPack) -> None:
    assert judged(pack, SHOP, BELOW, construction_permit_obtained=True).outcome == "not_applicable"


SMALL_CATEGORIES = [
    pytest.param("residential_decoration", {}, "第二条(一)", id="二一", marks=pytest.mark.requirement("LG-2-1")),
    pytest.param("nonresidential_decoration", {}, "第二条(二)", id="二二", marks=pytest.mark.requirement("LG-2-2")),
    pytest.param(
        "illegal_legacy_building_redecoration", {}, "第二条(三)", id="二三", marks=pytest.mark.requirement("LG-2-3")
    ),
    pytest.param(
        "house_repair_reinforcement",
        {"complex_multi_trade": True},
        "第二条(四)",
        id="二四",
        marks=pytest.mark.requirement("LG-2-4"),
    ),
    pytest.param(
        "elevator_work",
        {"elevator_work_type": "replacement"},
        "第二条(五)",
        id="二五",
        marks=pytest.mark.requirement("LG-2-5"),
    ),
    pytest.param(
        "municipal_infrastructure",
        {"municipal_kind": "lighting"},
        "第二条(六)",
        id="二六",
        marks=pytest.mark.requirement("LG-2-6"),
    ),
    pytest.param("other_building_and_ancillary", {}, "第二条(七)", id="二七", marks=pytest.mark.requirement("LG-2-7")),
    pytest.param(
        "district_decided_work",
        {"decision_document": "深龙府会纪〔2025〕0号"},
        "第二条(八)",
        id="二八",
        marks=pytest.mark.requirement("LG-2-8"),
    ),
]


@pytest.mark.parametrize(("category", "details", "article"), SMALL_CATEGORIES)
def test_every_category_of_small_works_is_registered_below_the_limits(
    pack: PolicyPack, category: str, details: dict[str, Any], article: str
) -> None:
    found = judged(pack, BELOW, details, kind="small_work", category=category)
    assert found.outcome == "register"
    named = pack.category(category)
    assert named is not None
    assert (named.kind, named.article) == ("small_work", article)


MINOR_CATEGORIES = [
    pytest.param(code, article, id=code, marks=pytest.mark.requirement(row))
    for code, article, row in (
        ("facility_install_maintain_remove", "第五条(一)", "LG-5-1"),
        ("facade_high_work", "第五条(二)", "LG-5-2"),
        ("signboard", "第五条(三)", "LG-5-3"),
        ("charging_facility", "第五条(四)", "LG-5-4"),
        ("temporary_stage", "第五条(五)", "LG-5-5"),
        ("confined_space_dredging", "第五条(六)", "LG-5-6"),
        ("greenery_pruning", "第五条(七)", "LG-5-7"),
        ("decided_minor_operation", "第五条(八)", "LG-5-8"),
        ("facade_refurbish_same_style", "分类表第14行第6项", "LG-T14"),
        ("other_sector_minor", "分类表第14行第10项", "LG-T14"),
    )
]


@pytest.mark.parametrize(("category", "article"), MINOR_CATEGORIES)
def test_every_category_of_minor_operations_is_registered(pack: PolicyPack, category: str, article: str) -> None:
    found = judged(pack, SIGN, category=category, decision_document="深府办〔2025〕0号")
    assert (found.outcome, found.high_risk, found.high_risk_items) == ("register", False, ())
    named = pack.category(category)
    assert named is not None
    assert (named.kind, named.article) == ("minor_operation", article)


@pytest.mark.requirement("LG-5-0")
@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param({"contract_amount_yuan": 90000000, "floor_area_m2": 90000}, id="far-above-both-limits"),
        pytest.param({"contract_amount_yuan": None, "floor_area_m2": None}, id="unknown-numbers"),
        pytest.param({}, id="no-numbers"),
    ],
)
def test_amounts_never_put_a_minor_operation_above_a_limit(pack: PolicyPack, numbers: dict[str, Any]) -> None:
    assert judged(pack, SIGN, numbers).outcome == "register"


@pytest.mark.requirement("LG-5-0")
@pytest.mark.parametrize(
    ("public", "outcome"),
    [
        pytest.param({"in_public_area": True}, "register", id="public"),
        pytest.param({"in_public_area": False}, "not_applicable", id="denied"),
        pytest.param({"in_public_area": None}, "undetermined", id="unknown"),
    ],
)
def test_a_minor_operation_is_one_in_a_public_area(pack: PolicyPack, public: dict[str, Any], outcome: str) -> None:
    found = judged(pack, {"kind": "minor_operation", "category": "signboard"}, public)
    assert found.outcome == outcome
    assert ("in_public_area" in found.missing_facts) is (outcome == "undetermined")


@pytest.mark.requirement("LG-5-0")
def test_an_operation_on_no_list_is_referred(pack: PolicyPack) -> None:
    found = judged(pack, SIGN, category="other")
    assert (found.outcome, found.intake_result) == ("needs_review", "refer")


@pytest.mark.parametrize(
    ("kind", "category"),
    [
        pytest.param("minor_operation", "residential_decoration", id="small-work-passed-off-as-minor"),
        pytest.param("small_work", "signboard", id="minor-operation-declared-as-small-work"),
    ],
)
@pytest.mark.requirement("LG-5-0")
def test_a_category_of_the_other_kind_does_not_slip_through(pack: PolicyPack, kind: str, category: str) -> None:
    assert judged(pack, BELOW, kind=kind, category=category, in_public_area=True).outcome == "needs_review"


@pytest.mark.requirement("LG-2-1")
@pytest.mark.parametrize(
    ("accepted", "outcome"),
    [
        pytest.param({}, "register", id="not-said-means-accepted"),
        pytest.param({"completion_accepted": True}, "register", id="accepted"),
        pytest.param({"completion_accepted": False}, "not_applicable", id="not-accepted"),
        pytest.param({"completion_accepted": None}, "undetermined", id="unknown"),
    ],
)
def test_a_dwelling_must_have_been_accepted_on_completion(
    pack: PolicyPack, accepted: dict[str, Any], outcome: str
) -> None:
    found = judged(pack, BELOW, accepted, kind="small_work", category="residential_decoration")
    assert found.outcome == outcome


@pytest.mark.requirement("LG-2-4")
@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param({"complex_multi_trade": True}, "register", id="several-trades"),
        pytest.param({}, "register", id="the-category-itself-says-so"),
        pytest.param({"complex_multi_trade": False}, "needs_review", id="local-repair"),
        pytest.param({"complex_multi_trade": None}, "undetermined", id="unknown"),
    ],
)
def test_a_local_repair_is_no_construction_work(pack: PolicyPack, said: dict[str, Any], outcome: str) -> None:
    found = judged(pack, BELOW, said, kind="small_work", category="house_repair_reinforcement")
    assert found.outcome == outcome


@pytest.mark.requirement("LG-2-6")
@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        pytest.param({"municipal_kind": "bridge", "public_safety_structure": True}, "needs_review", id="bridge"),
        pytest.param({"municipal_kind": "tunnel", "public_safety_structure": True}, "needs_review", id="tunnel"),
        pytest.param({"public_safety_structure": "underpass"}, "needs_review", id="underpass-named"),
        pytest.param({"public_safety_structure": "boiler"}, "not_applicable", id="boiler-named"),
        pytest.param(
            {"municipal_kind": "boiler", "public_safety_structure": True}, "not_applicable", id="boiler-ticked"
        ),
        pytest.param({"municipal_kind": "pressure_vessel"}, "not_applicable", id="pressure-vessel"),
        pytest.param({"municipal_kind": "pressure_pipe"}, "not_applicable", id="pressure-pipe"),
        pytest.param({"municipal_kind": "traffic", "public_safety_structure": False}, "register", id="ordinary-road"),
        pytest.param({}, "register", id="nothing-excluded-said"),
        pytest.param({"municipal_kind": None}, "undetermined", id="kind-unknown"),
        pytest.param({"public_safety_structure": None, "municipal_kind": "traffic"}, "undetermined", id="unknown"),
        pytest.param({"public_safety_structure": True}, "undetermined", id="excluded-but-which"),
    ],
)
def test_structures_of_public_safety_stop_the_registration(
    pack: PolicyPack, facts: dict[str, Any], outcome: str
) -> None:
    found = judged(pack, BELOW, facts, kind="small_work", category="municipal_infrastructure")
    assert found.outcome == outcome


@pytest.mark.requirement("LG-2-8", "LG-5-8")
@pytest.mark.parametrize(
    ("kind", "category"), [("small_work", "district_decided_work"), ("minor_operation", "decided_minor_operation")]
)
@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        pytest.param({}, "needs_review", id="no-decision"),
        pytest.param({"government_decided": True}, "register", id="decided"),
        pytest.param({"decision_document": "深龙府会纪〔2025〕0号"}, "register", id="document-named"),
        pytest.param({"decision_document": ""}, "undetermined", id="empty-name-is-no-name"),
    ],
)
def test_a_decided_category_needs_the_decision(
    pack: PolicyPack, kind: str, category: str, decision: dict[str, Any], outcome: str
) -> None:
    found = judged(pack, BELOW, decision, kind=kind, category=category, in_public_area=True)
    assert found.outcome == outcome


@pytest.mark.requirement("LG-2-9")
def test_the_limits_follow_the_configuration_and_the_sentence_says_so(pack: PolicyPack) -> None:
    config = {"config": {"limit_amount_yuan": 2000000, "limit_area_m2": 800}}
    at_new_limit = judged(pack, SHOP, config, contract_amount_yuan=2000000, floor_area_m2=801)
    assert at_new_limit.outcome == "register"
    assert "200万元、800平方米" in at_new_limit.reasons_for("outcome")[0].because
    above = judged(pack, SHOP, config, contract_amount_yuan="2000000.01", floor_area_m2="800.01")
    assert above.outcome == "above_limit_permit_required"
    assert judged(pack, SHOP, config, contract_amount_yuan=1500000, floor_area_m2=700).high_risk is False


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


@pytest.mark.requirement("LG-10-11", "JS-2.1d")
@pytest.mark.parametrize(
    ("totals", "outcome"),
    [
        pytest.param((1000001, "500.01"), "needs_review", id="sums-above-both"),
        pytest.param((1000000, 501), "register", id="sum-of-amounts-at-the-limit"),
        pytest.param((1000001, 500), "register", id="sum-of-areas-at-the-limit"),
        pytest.param((None, 501), "undetermined", id="a-sum-unknown"),
        pytest.param((1000000, None), "register", id="a-sum-within-decides-without-the-other"),
    ],
)
def test_contracts_that_together_exceed_both_limits_are_referred(
    pack: PolicyPack, totals: tuple[Any, Any], outcome: str
) -> None:
    amount, area = totals
    found = judged(
        pack, SHOP, BELOW, split_contracts_same_site=True, total_contract_amount_yuan=amount, total_floor_area_m2=area
    )
    assert found.outcome == outcome


@pytest.mark.requirement("LG-10-11")
@pytest.mark.parametrize(
    ("totals", "missing"),
    [
        pytest.param({}, {"total_contract_amount_yuan", "total_floor_area_m2"}, id="none"),
        pytest.param({"total_contract_amount_yuan": 1200000}, {"total_floor_area_m2"}, id="amount-only"),
        pytest.param({"total_floor_area_m2": 600}, {"total_contract_amount_yuan"}, id="area-only"),
    ],
)
def test_several_contracts_without_their_totals_leave_the_outcome_open(
    pack: PolicyPack, totals: dict[str, Any], missing: set[str]
) -> None:
    found = judged(pack, SHOP, BELOW, totals, split_contracts_same_site=True, provided_materials=[])
    assert (found.outcome, set(found.missing_facts)) == ("undetermined", missing)


# 第四条
ART4 = [
    ("illegal_building_redecoration_or_alteration", 1, "LG-4-1"),
    ("park_green_greenway", 2, "LG-4-2"),
    ("road_white_to_black", 2, "LG-4-2"),
    ("bottle_to_pipe", 3, "LG-4-3"),
    ("immovable_relic", 3, "LG-4-3"),
    ("stereo_parking", 3, "LG-4-3"),
    ("industrial_park_auxiliary", 3, "LG-4-3"),
    ("urban_village_renovation", 3, "LG-4-3"),
    ("urban_village_unified_rent", 3, "LG-4-3"),
    ("urban_village_power", 3, "LG-4-3"),
    ("other_outside_permit_scope", 4, "LG-4-4"),
]


@pytest.mark.requirement("LG-4-0")
@pytest.mark.parametrize(
    ("kind", "item"), [pytest.param(kind, item, marks=pytest.mark.requirement(row)) for kind, item, row in ART4]
)
def test_every_above_limit_kind_is_managed_as_high_risk(pack: PolicyPack, kind: str, item: int) -> None:
    found = judged(pack, SHOP, ABOVE, art4_kind=kind, provided_materials=[])
    assert found.outcome == "treat_as_high_risk_above_limit"
    assert found.article4_item == item
    assert found.high_risk is True
    assert found.managed_as_high_risk is True
    assert found.high_risk_items == ()
    assert found.acceptance_point == "street_office"
    assert "28-5-special-scheme" in found.required_materials
    assert found.article_for("article4_item").startswith("第四条")


@pytest.mark.requirement("LG-4-0")
@pytest.mark.parametrize(("kind", "item"), [pytest.param(kind, item, id=kind) for kind, item, _ in ART4])
def test_the_same_kinds_below_the_limits_are_ordinary_works(pack: PolicyPack, kind: str, item: int) -> None:
    found = judged(pack, SHOP, BELOW, art4_kind=kind)
    assert (found.outcome, found.article4_item, found.managed_as_high_risk) == ("register", None, False)


@pytest.mark.requirement("LG-4-2", "LG-4-4")
@pytest.mark.parametrize("kind", ["park_green_greenway", "road_white_to_black", "other_outside_permit_scope"])
@pytest.mark.parametrize(
    ("obtainable", "outcome"),
    [(True, "above_limit_permit_required"), (False, "treat_as_high_risk_above_limit"), (None, "undetermined")],
)
def test_a_kind_for_want_of_permits_ends_where_permits_can_be_had(
    pack: PolicyPack, kind: str, obtainable: bool | None, outcome: str
) -> None:
    assert judged(pack, SHOP, ABOVE, art4_kind=kind, permit_obtainable=obtainable).outcome == outcome


@pytest.mark.requirement("LG-4-3")
@pytest.mark.parametrize(
    ("decided", "outcome"),
    [
        pytest.param({}, "treat_as_high_risk_above_limit", id="not-said"),
        pytest.param({"government_decided": True}, "treat_as_high_risk_above_limit", id="decided"),
        pytest.param({"government_decided": False}, "above_limit_permit_required", id="denied"),
        pytest.param({"government_decided": None}, "undetermined", id="unknown"),
    ],
)
def test_the_decided_kinds_need_the_decision_of_the_government(
    pack: PolicyPack, decided: dict[str, Any], outcome: str
) -> None:
    assert judged(pack, SHOP, ABOVE, decided, art4_kind="bottle_to_pipe").outcome == outcome


@pytest.mark.requirement("LG-4-0")
def test_an_unknown_above_limit_kind_is_undetermined_and_named(pack: PolicyPack) -> None:
    found = judged(pack, SHOP, ABOVE, art4_kind=None)
    assert found.outcome == "undetermined"
    assert "art4_kind" in found.missing_facts


LINEAR = {"kind": "small_work", "category": "municipal_infrastructure", "provided_materials": []}


@pytest.mark.requirement("LG-4-2", "LG-4-3", "LG-2-0a")
@pytest.mark.parametrize(
    ("kind", "municipal"),
    [("park_green_greenway", "landscaping"), ("road_white_to_black", "traffic"), ("bottle_to_pipe", "other")],
)
@pytest.mark.parametrize("area", [None, "not_applicable"])
def test_an_above_limit_kind_without_a_building_area_is_measured_by_the_amount(
    pack: PolicyPack, kind: str, municipal: str, area: str | None
) -> None:
    linear = LINEAR | {"art4_kind": kind, "municipal_kind": municipal, "floor_area_m2": area}
    above = judged(pack, linear, contract_amount_yuan=1500000)
    assert (above.outcome, above.high_risk, above.missing_facts) == ("treat_as_high_risk_above_limit", True, ())
    assert "（不适用）；没有一项在限额" in above.reasons_for("outcome")[0].because
    assert judged(pack, linear, contract_amount_yuan=1000000).outcome == "register"
    unknown = judged(pack, linear, contract_amount_yuan=None)
    assert (unknown.outcome, unknown.missing_facts) == ("undetermined", ("contract_amount_yuan",))


@pytest.mark.requirement("LG-4-1")
@pytest.mark.parametrize("category", ["residential_decoration", "nonresidential_decoration"])
@pytest.mark.parametrize("ownership", ["none", "illegal_legacy"])
def test_decoration_of_a_building_without_legal_title_is_an_above_limit_kind(
    pack: PolicyPack, category: str, ownership: str
) -> None:
    matter = {"kind": "small_work", "category": category, "property_ownership": ownership}
    found = judged(pack, matter, ABOVE)
    assert (found.outcome, found.article4_item) == ("treat_as_high_risk_above_limit", 1)
    assert found.classification_table_row == 8
    assert judged(pack, matter, BELOW).article4_item is None


@pytest.mark.requirement("LG-4-1")
@pytest.mark.parametrize(
    ("ownership", "outcome"),
    [
        pytest.param({}, "treat_as_high_risk_above_limit", id="not-said-the-kind-alone-says-it"),
        pytest.param({"property_ownership": "none"}, "treat_as_high_risk_above_limit", id="agrees"),
        pytest.param({"property_ownership": "legal"}, "needs_review", id="contradicts"),
        pytest.param({"property_ownership": None}, "undetermined", id="unknown"),
    ],
)
def test_a_legal_title_contradicts_the_kind_without_one(
    pack: PolicyPack, ownership: dict[str, Any], outcome: str
) -> None:
    kind = {"art4_kind": "illegal_building_redecoration_or_alteration"}
    assert judged(pack, SHOP, ABOVE, kind, ownership).outcome == outcome
    assert judged(pack, SHOP, BELOW, kind, ownership).outcome == "register"


@pytest.mark.requirement("LG-4-3", "LG-2-6")
@pytest.mark.parametrize("pipe", [{"municipal_kind": "pressure_pipe"}, {"public_safety_structure": "pressure_pipe"}])
@pytest.mark.parametrize("amount", [800000, 3000000])
def test_a_gas_pipe_of_bottle_to_pipe_is_for_the_manager(pack: PolicyPack, pipe: dict[str, Any], amount: int) -> None:
    found = judged(pack, LINEAR, pipe, art4_kind="bottle_to_pipe", contract_amount_yuan=amount, floor_area_m2=None)
    assert (found.outcome, found.intake_result) == ("needs_review", "refer")
    assert found.article_for("outcome") == "第二条(六)、第四条(三)"
    plain = judged(pack, LINEAR, pipe, contract_amount_yuan=amount, floor_area_m2=None)
    assert plain.outcome == "not_applicable"
    boiler = judged(pack, LINEAR, BELOW, art4_kind="bottle_to_pipe", municipal_kind="boiler")
    assert boiler.outcome == "not_applicable"


@pytest.mark.requirement("LG-19-18")
@pytest.mark.parametrize("said", [False, "none", ""])
def test_what_is_no_closed_place_is_registered(pack: PolicyPack, said: object) -> None:
    assert judged(pack, SHOP, BELOW, closed_management_place=said).outcome == "register"


@pytest.mark.requirement("LG-4-1")
def test_a_legacy_building_above_the_limits_needs_no_further_word(pack: PolicyPack) -> None:
    found = judged(pack, ABOVE, kind="small_work", category="illegal_legacy_building_redecoration")
    assert (found.outcome, found.article4_item) == ("treat_as_high_risk_above_limit", 1)


@pytest.mark.requirement("LG-4-0", "YC-4c")
@pytest.mark.parametrize(
    ("numbers", "fired"),
    [pytest.param({"contract_amount_yuan": 1200000, "floor_area_m2": 300}, (1,), id="amount-only")],
)
def test_an_above_limit_kind_with_one_number_within_is_below_the_limit(
    pack: PolicyPack, numbers: dict[str, Any], fired: tuple[int, ...]
) -> None:
    found = judged(pack, SHOP, numbers, art4_kind="stereo_parking")
    assert (found.outcome, found.high_risk_items, found.managed_as_high_risk) == ("register", fired, False)


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


@pytest.mark.requirement("LG-T0")
def test_a_matter_of_no_kind_is_open_and_nothing_about_it_is_false(pack: PolicyPack) -> None:
    found = judged(pack, BELOW, provided_materials=[])
    assert found.missing_facts == ("kind",)
    assert {
        found.outcome,
        found.intake_result,
        found.high_risk,
        found.acceptance_point,
        found.industry_department,
        found.deficiency_items,
    } == {"undetermined"}


# 松江: investment under 100万元; for decoration also under 300㎡ — other facts, "<" and AND, by category.
_DECORATION = Compare("category", "one_of", ("residential_decoration", "nonresidential_decoration"))
_INVESTMENT = Compare("investment_yuan", "less_than", Decimal(1000000), if_not_applicable=None)
_AREA = Compare("floor_area_m2", "less_than", Decimal(300))
SONGJIANG = AnyOf((All((_DECORATION, _INVESTMENT, _AREA)), All((Not(_DECORATION), _INVESTMENT))))


@pytest.mark.requirement("SJ-1b")
@pytest.mark.parametrize(
    ("category", "investment", "area", "outcome"),
    [
        pytest.param("nonresidential_decoration", "999999.99", "299.99", "register", id="decoration-below-both"),
        pytest.param(
            "nonresidential_decoration", 1000000, "299.99", "above_limit_permit_required", id="investment-at-the-limit"
        ),
        pytest.param(
            "nonresidential_decoration", "999999.99", 300, "above_limit_permit_required", id="area-at-the-limit"
        ),
        pytest.param(
            "other_building_and_ancillary", "999999.99", 9000, "register", id="area-counts-for-decoration-only"
        ),
        pytest.param(
            "other_building_and_ancillary", 1000000, 10, "above_limit_permit_required", id="building-at-the-limit"
        ),
        pytest.param("nonresidential_decoration", None, 299, "undetermined", id="investment-unknown"),
    ],
)
def test_a_pack_may_have_other_limits_for_other_categories(
    pack: PolicyPack, category: str, investment: object, area: object, outcome: str
) -> None:
    scopes = tuple(replace(scope, within=SONGJIANG) if scope.kind == "small_work" else scope for scope in pack.scopes)
    facts = {"kind": "small_work", "category": category, "investment_yuan": investment, "floor_area_m2": area}
    assert judged(replace(pack, scopes=scopes), facts).outcome == outcome
