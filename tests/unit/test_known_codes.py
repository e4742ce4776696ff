"""A code that decides a matter is one the pack knows; words of one's own stay free where no list is closed."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.fact_reading import read_facts
from desktop.domain.known_codes import unknown_codes
from desktop.domain.pack import PolicyPack

# The closed lists of the contract of `assess`.
CONTRACT: dict[str, list[str]] = {
    "place_kind": [
        "school",
        "kindergarten",
        "health_centre",
        "hospital",
        "mall",
        "farm_market",
        "bus_station",
        "public_parking",
        "factory",
        "office",
        "shop",
        "dwelling",
        "other",
    ],
    "municipal_kind": [
        "water",
        "water_conservancy",
        "traffic",
        "telecom",
        "sanitation",
        "landscaping",
        "lighting",
        "bridge",
        "tunnel",
        "underpass",
        "boiler",
        "pressure_vessel",
        "pressure_pipe",
        "other",
    ],
    "contractor_kind": ["enterprise", "sole_trader", "individual"],
    "finding": ["false_declaration", "permit_evasion", "beyond_registered_scope", "illegal_construction"],
    "patrol_finding": [
        "personnel_mismatch",
        "untrained_or_uncertified",
        "below_safety_standard",
        "unregistered",
        "information_mismatch",
        "out_of_scope",
        "damage_bearing_structure_or_gas",
        "illegal_chemicals",
        "no_site_safety_manager",
        "land_or_planning_violation",
        "permit_missing_or_split",
        "major_accident_hazard",
        "illegal_waste_dumping",
    ],
    "violation_kind": ["work_safety", "land_planning", "fire", "environment", "housing", "other"],
    "art4_kind": [
        "illegal_building_redecoration_or_alteration",
        "park_green_greenway",
        "road_white_to_black",
        "bottle_to_pipe",
        "immovable_relic",
        "stereo_parking",
        "industrial_park_auxiliary",
        "urban_village_renovation",
        "urban_village_unified_rent",
        "urban_village_power",
        "other_outside_permit_scope",
    ],
}
ILLEGAL_ACTS = [
    "add_storey",
    "extend_basement",
    "rooftop_illegal_structure",
    "unauthorised_use_change",
    "unauthorised_structural_change",
    "install_harming_structure",
    "add_mezzanine",
    "illegal_extension",
]


def faults(pack: PolicyPack, **facts: Any) -> list[str]:
    return [f"{fault.where}: {fault.what}" for fault in unknown_codes(read_facts(facts), pack, where="entry")]


@pytest.mark.parametrize(("key", "code"), [(key, code) for key, codes in CONTRACT.items() for code in codes])
def test_every_code_of_the_contract_is_known(pack: PolicyPack, key: str, code: str) -> None:
    assert faults(pack, **{key: code}) == []


def test_every_forbidden_act_and_every_material_is_known(pack: PolicyPack) -> None:
    assert faults(pack, illegal_acts=ILLEGAL_ACTS, provided_materials=[rule.code for rule in pack.materials]) == []


@pytest.mark.parametrize("key", [*CONTRACT, "category", "funding"])
def test_an_invented_code_is_named_with_its_key_and_the_known_ones(pack: PolicyPack, key: str) -> None:
    (fault,) = faults(pack, **{key: "invented"})
    assert fault.startswith(f"entry.{key}: unknown")
    assert "'invented'; it has " in fault


@pytest.mark.parametrize("key", ["illegal_acts", "provided_materials", "work_natures", "risk_kinds"])
def test_every_invented_code_of_a_list_is_named(pack: PolicyPack, key: str) -> None:
    assert len(faults(pack, **{key: ["one", "two"]})) == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"facility_zh": "空调外机"},
        {"other_dangerous_works": ["附着式升降脚手架"]},
        {"special_operations": ["高压电工作业"]},
        {"closed_management_place": "看守所"},
        {"crowded_place": "养老院"},
        {"sector": "物流"},
        {"owner_kind": "村股份公司"},
        {"art4_kind": None, "place_kind": None, "provided_materials": None},
    ],
)
def test_what_has_no_closed_list_is_free(pack: PolicyPack, facts: dict[str, Any]) -> None:
    assert faults(pack, **facts) == []
