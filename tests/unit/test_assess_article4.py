"""Kinds of works above the limits that are managed as high-risk small works (第四条)."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.pack import PolicyPack
from tests.unit.matters import ABOVE, BELOW, SHOP, judged

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
