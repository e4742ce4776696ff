"""The categories of small works (第二条) and minor operations (第五条), and what each asks for."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.pack import PolicyPack
from tests.unit.matters import BELOW, SIGN, judged

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
