"""Materials of 第二十八条: what is required and what may be brought."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.pack import PolicyPack
from tests.unit.asked_papers import ALWAYS, PLAIN, SIGN, judged

HIGH_RISK = {"28-5-special-scheme", "28-6-qualification", "28-6-safety-licence", "28-6-pm-authorisation"}


DECORATION = {"28-5-decoration-scheme"}


LISTED = {"28-L-time", "28-L-place", "28-L-hired", "28-L-content"}


LIFT = {"category": "elevator_work"}


SEVEN_A = {"28-7a-appraisal", "28-7a-design", "28-7a-construction-scheme"}


def case(name: str, row: str, facts: dict[str, Any], required: set[str], optional: set[str] | None = None) -> Any:
    return pytest.param(facts, required, optional or set(), id=name, marks=pytest.mark.requirement(row))


CASES = [
    case("plain-building", "LG-28-1", PLAIN, ALWAYS),
    case("residential", "LG-28-5b", {"category": "residential_decoration"}, ALWAYS | DECORATION),
    case("nonresidential", "LG-28-5b", {}, ALWAYS | DECORATION),
    case("legacy", "LG-28-5b", {"category": "illegal_legacy_building_redecoration"}, ALWAYS | DECORATION),
    case(
        "agent",
        "LG-28-2b",
        PLAIN | {"agent": True},
        ALWAYS - {"28-2.1-id"} | {"28-2.1-agent-id", "28-2.1-poa"},
        {"28-2.1-id"},
    ),
    case("owner-himself", "LG-28-2a", PLAIN | {"agent": False}, ALWAYS),
    case("not-the-house-owner", "LG-28-2d", PLAIN | {"applicant_is_owner": False}, ALWAYS | {"28-2.2-consent"}),
    case(
        "no-house",
        "LG-28-2c",
        {"category": "municipal_infrastructure", "municipal_kind": "lighting"},
        ALWAYS - {"28-2.2-title"},
        {"28-2.2-title"},
    ),
    case("own-work", "LG-28-4", PLAIN | {"self_performed": True}, ALWAYS - {"28-4"}, {"28-4"}),
    case("no-contract", "LG-28-4", PLAIN | {"no_contract": True}, ALWAYS - {"28-4"}, {"28-4"}),
    case("high-risk", "LG-28-5a", PLAIN | {"hoisting": True}, ALWAYS | HIGH_RISK),
    case("high-risk-qualification", "LG-28-6a", PLAIN | {"confined_space": True}, ALWAYS | HIGH_RISK),
    case("high-risk-licence", "LG-28-6b", PLAIN | {"excavation_depth_m": 3}, ALWAYS | HIGH_RISK),
    case("high-risk-leader", "LG-28-6c", PLAIN | {"floor_area_m2": 501}, ALWAYS | HIGH_RISK),
    case("both-schemes", "LG-28-5b", {"hoisting": True}, ALWAYS | HIGH_RISK | DECORATION),
    case(
        "above-limit-kind",
        "LG-28-5a",
        PLAIN | {"contract_amount_yuan": 1200000, "floor_area_m2": 600, "art4_kind": "stereo_parking"},
        ALWAYS | HIGH_RISK,
    ),
    case(
        "structure",
        "LG-28-7a",
        PLAIN | {"structural_change": True, "will_obtain_design": True},
        ALWAYS | HIGH_RISK | SEVEN_A - {"28-7a-appraisal"},
    ),
    case(
        "load",
        "LG-28-7a",
        PLAIN | {"load_increase": True, "affects_house_safety": True},
        ALWAYS | HIGH_RISK | SEVEN_A,
    ),
    case(
        "use",
        "LG-10-6b",
        PLAIN | {"function_change": True, "affects_house_safety": True},
        ALWAYS | HIGH_RISK | SEVEN_A,
    ),
    case("use-without-effect", "LG-28-7a", PLAIN | {"function_change": True}, ALWAYS),
    case("gas", "LG-28-7b", PLAIN | {"gas_line_change": True}, ALWAYS | {"28-7b-gas-opinion"}),
    case("earthwork-alone", "LG-10-8b", PLAIN | {"earthwork": True}, ALWAYS),
    case(
        "pipelines-found",
        "LG-28-7c",
        PLAIN | {"earthwork": True, "earthwork_with_pipelines": True},
        ALWAYS | {"28-7c-pipeline-agreement"},
    ),
    case(
        "lift-in-shared-housing",
        "LG-28-7d",
        LIFT | {"elevator_work_type": "addition", "elevator_addition_kind": "legal_multi_owner_unit_residential"},
        ALWAYS | HIGH_RISK | {"28-7d-joint-review"},
    ),
    case(
        "other-lift-addition",
        "LG-28-7e",
        LIFT | {"elevator_work_type": "addition", "elevator_addition_kind": "other"},
        ALWAYS | HIGH_RISK | {"28-7e-approval"},
        SEVEN_A,
    ),
    case(
        "lift-alteration",
        "LG-10-7",
        LIFT | {"elevator_work_type": "alteration"},
        ALWAYS | HIGH_RISK | {"28-7e-approval"},
        SEVEN_A,
    ),
    case("lift-replacement", "LG-10-7", LIFT | {"elevator_work_type": "replacement"}, ALWAYS | HIGH_RISK),
    case("lift-removal", "LG-10-7", LIFT | {"elevator_work_type": "removal"}, ALWAYS | HIGH_RISK),
    case(
        "supervision",
        "LG-28-7f",
        PLAIN | {"hoisting": True, "investment_yuan": 3000000},
        ALWAYS | HIGH_RISK | {"28-7f-supervision"},
    ),
    case(
        "voluntary-supervision",
        "LG-28-7f",
        PLAIN | {"voluntary_supervision": True},
        ALWAYS,
        {"28-7f-supervision"},
    ),
    case("minor", "LG-28-La", SIGN, LISTED, {"28-3"}),
    case("minor-place", "LG-28-Lb", SIGN | {"category": "greenery_pruning"}, LISTED, {"28-3"}),
    case("minor-special", "LG-28-Ld", SIGN | {"special_operations": ["welding"]}, LISTED | {"28-L-cert"}, {"28-3"}),
    case("minor-at-2-m", "LG-11-2a", SIGN | {"work_height_m": 2}, LISTED | {"28-L-cert"}, {"28-3"}),
    case("minor-just-below-2-m", "LG-11-2a", SIGN | {"work_height_m": "1.99"}, LISTED, {"28-3"}),
    case("permit-needed", "LG-27-3d", PLAIN | {"contract_amount_yuan": 2000000, "floor_area_m2": 900}, set()),
    case("not-applicable", "LG-6-2", PLAIN | {"temporary_building": True}, set()),
]


@pytest.mark.parametrize(("facts", "required", "optional"), CASES)
def test_the_facts_make_the_list(
    pack: PolicyPack, facts: dict[str, Any], required: set[str], optional: set[str]
) -> None:
    found = judged(pack, facts)
    assert set(found.required_materials) == required
    assert set(found.optional_materials) == optional
    assert found.undetermined_materials == ()
    assert len(found.reasons_for("required_materials")) == len(required)


@pytest.mark.parametrize(
    ("facts", "open_papers", "missing"),
    [
        pytest.param({"agent": None}, {"28-2.1-id", "28-2.1-agent-id", "28-2.1-poa"}, {"agent"}, id="agent"),
        pytest.param({"applicant_is_owner": None}, {"28-2.2-consent"}, {"applicant_is_owner"}, id="owner"),
        pytest.param({"hoisting": None}, HIGH_RISK, {"hoisting"}, id="risk"),
        pytest.param({"gas_line_change": None}, {"28-7b-gas-opinion"}, {"gas_line_change"}, id="gas"),
        pytest.param(
            LIFT | {"elevator_work_type": "addition"},
            {"28-7d-joint-review", "28-7e-approval"},
            {"elevator_addition_kind"},
            id="lift",
        ),
    ],
)
@pytest.mark.requirement("LG-27-3a")
def test_a_paper_that_hangs_on_an_unknown_fact_is_open_and_the_fact_is_named(
    pack: PolicyPack, facts: dict[str, Any], open_papers: set[str], missing: set[str]
) -> None:
    found = judged(pack, PLAIN, facts, provided_materials=[])
    assert set(found.undetermined_materials) == open_papers
    assert missing <= set(found.missing_facts)
    assert (found.intake_result, found.deficiency_items) == ("undetermined", "undetermined")


@pytest.mark.requirement("LG-28-4", "LG-10-1b")
@pytest.mark.parametrize("own", ["self_performed", "no_contract"])
def test_high_risk_works_must_be_entrusted_and_so_have_a_contract(pack: PolicyPack, own: str) -> None:
    found = judged(pack, PLAIN, {own: True}, hoisting=True, provided_materials=[])
    assert "28-4" in found.required_materials
    assert "28-4" in found.deficiency_items
    assert "必须委托" in pack.material("28-4").cure
    open_risk = judged(pack, PLAIN, {own: True}, hoisting=None, provided_materials=[])
    assert "28-4" in open_risk.undetermined_materials


@pytest.mark.requirement("LG-5-2", "LG-11-2a")
@pytest.mark.parametrize(
    ("height", "needed"),
    [
        pytest.param({}, True, id="high-work-by-its-own-words"),
        pytest.param({"work_height_m": 2}, True, id="at-2-m"),
        pytest.param({"work_height_m": "1.99"}, False, id="said-to-be-lower"),
    ],
)
def test_facade_work_needs_the_certificate_unless_it_is_said_to_be_low(
    pack: PolicyPack, height: dict[str, Any], needed: bool
) -> None:
    found = judged(pack, SIGN, height, category="facade_high_work")
    assert ("28-L-cert" in found.required_materials) is needed
