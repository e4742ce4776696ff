"""Materials of 第二十八条: what is required, what may be brought, what is wrong with what was brought."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.assess import assess
from desktop.domain.assessment_result import Assessment
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import declared

CALENDAR = WorkdayCalendar()
# 第二十八条(一)至(四) for an owner who files for his own house and hires a contractor.
ALWAYS = {"28-1", "28-2.1-id", "28-2.2-title", "28-3", "28-4"}
HIGH_RISK = {"28-5-special-scheme", "28-6-qualification", "28-6-safety-licence", "28-6-pm-authorisation"}
DECORATION = {"28-5-decoration-scheme"}
PLAIN = {"category": "other_building_and_ancillary"}
SIGN = {"kind": "minor_operation", "category": "signboard", "in_public_area": True}
LISTED = {"28-L-time", "28-L-place", "28-L-hired", "28-L-content"}
LIFT = {"category": "elevator_work"}
SEVEN_A = {"28-7a-appraisal", "28-7a-design", "28-7a-construction-scheme"}


def judged(pack: PolicyPack, *parts: dict[str, Any], **facts: Any) -> Assessment:
    merged: dict[str, Any] = {}
    for part in (*parts, facts):
        merged |= part
    return assess(declared(**merged), pack, CALENDAR)


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


@pytest.mark.requirement("LG-27-3a", "LG-27-3b1", "LG-27-3c1")
@pytest.mark.parametrize(
    ("provided", "gaps", "result"),
    [
        pytest.param(sorted(ALWAYS), (), "accept", id="complete"),
        pytest.param(sorted(ALWAYS | {"28-7b-gas-opinion"}), (), "accept", id="more-than-needed"),
        pytest.param(["28-1", "28-2.1-id", "28-2.2-title", "28-3"], ("28-4",), "one_time_notice", id="one-gap"),
        pytest.param([], tuple(sorted(ALWAYS)), "one_time_notice", id="nothing-every-gap-at-once"),
    ],
)
def test_every_missing_paper_is_a_gap(
    pack: PolicyPack, provided: list[str], gaps: tuple[str, ...], result: str
) -> None:
    found = judged(pack, PLAIN, provided_materials=provided)
    assert isinstance(found.deficiency_items, tuple)
    assert (tuple(sorted(found.deficiency_items)), found.intake_result) == (gaps, result)
    assert found.article_for("intake_result") == "第二十七条(三)"
    assert len(found.reasons_for("deficiency_items")) == len(gaps)


@pytest.mark.requirement("LG-27-3a")
@pytest.mark.parametrize("said", [{}, {"provided_materials": None}])
def test_nobody_said_what_was_brought_is_not_the_same_as_nothing(pack: PolicyPack, said: dict[str, Any]) -> None:
    found = judged(pack, PLAIN, said)
    assert (found.deficiency_items, found.intake_result) == ("undetermined", "undetermined")
    assert found.missing_facts == ("provided_materials",)


@pytest.mark.parametrize(
    ("paper", "fact", "matter"),
    [
        pytest.param(
            "28-6-qualification",
            "qualification_valid_to",
            {"hoisting": True},
            marks=pytest.mark.requirement("LG-28-6a"),
        ),
        pytest.param(
            "28-6-safety-licence",
            "safety_licence_valid_to",
            {"hoisting": True},
            marks=pytest.mark.requirement("LG-28-6b"),
        ),
        pytest.param(
            "28-L-cert",
            "special_cert_valid_to",
            SIGN | {"special_operations": ["high_work"]},
            marks=pytest.mark.requirement("LG-28-Ld", "LG-13-6"),
        ),
    ],
)
@pytest.mark.parametrize(
    ("valid_to", "expired"),
    [
        pytest.param("2026-03-01", True, id="expired-the-day-before"),
        pytest.param("2026-03-02", False, id="good-on-its-last-day"),
        pytest.param("2026-03-03", False, id="good"),
    ],
)
def test_an_expired_certificate_is_a_gap_though_it_was_brought(
    pack: PolicyPack, paper: str, fact: str, matter: dict[str, Any], valid_to: str | None, expired: bool
) -> None:
    brought = [rule.code for rule in pack.materials]
    found = judged(pack, PLAIN, matter, {fact: valid_to}, filed_on="2026-03-02", provided_materials=brought)
    assert found.deficiency_items == ((paper,) if expired else ())
    assert found.intake_result == ("one_time_notice" if expired else "accept")


@pytest.mark.requirement("LG-28-6a", "LG-28-6b", "LG-28-Ld")
@pytest.mark.parametrize(
    ("fact", "matter"),
    [
        pytest.param("qualification_valid_to", {"hoisting": True}, id="qualification"),
        pytest.param("safety_licence_valid_to", {"hoisting": True}, id="licence"),
        pytest.param("contractor_kind", {"hoisting": True}, id="contractor"),
        pytest.param("special_cert_valid_to", SIGN | {"special_operations": ["high_work"]}, id="certificate"),
    ],
)
def test_a_paper_whose_validity_is_said_to_be_unknown_leaves_the_intake_open(
    pack: PolicyPack, fact: str, matter: dict[str, Any]
) -> None:
    brought = [rule.code for rule in pack.materials]
    found = judged(pack, PLAIN, matter, {fact: None}, filed_on="2026-03-02", provided_materials=brought)
    assert (found.deficiency_items, found.intake_result) == ("undetermined", "undetermined")
    assert found.missing_facts == (fact,)
    assert judged(pack, PLAIN, matter, filed_on="2026-03-02", provided_materials=brought).intake_result == "accept"


@pytest.mark.requirement("LG-28-6a")
def test_the_validity_of_a_paper_that_was_not_brought_or_is_not_needed_does_not_matter(pack: PolicyPack) -> None:
    absent = judged(pack, PLAIN, hoisting=True, qualification_valid_to=None, provided_materials=sorted(ALWAYS))
    assert absent.intake_result == "one_time_notice"
    ordinary = judged(pack, PLAIN, qualification_valid_to=None, provided_materials=[r.code for r in pack.materials])
    assert ordinary.intake_result == "accept"


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


@pytest.mark.requirement("LG-28-6a")
def test_an_expired_certificate_that_nobody_asks_for_is_no_gap(pack: PolicyPack) -> None:
    found = judged(
        pack, PLAIN, qualification_valid_to="2020-01-01", filed_on="2026-03-02", provided_materials=sorted(ALWAYS)
    )
    assert found.deficiency_items == ()


@pytest.mark.requirement("LG-10-1a", "LG-10-1b")
@pytest.mark.parametrize(
    ("contractor", "high_risk", "gaps"),
    [
        pytest.param("individual", True, ("28-6-qualification", "28-6-safety-licence"), id="person"),
        pytest.param("sole_trader", True, ("28-6-qualification", "28-6-safety-licence"), id="sole-trader"),
        pytest.param("enterprise", True, (), id="enterprise"),
        pytest.param("individual", False, (), id="ordinary-work-by-a-person"),
    ],
)
def test_high_risk_works_must_go_to_an_enterprise(
    pack: PolicyPack, contractor: str, high_risk: bool, gaps: tuple[str, ...]
) -> None:
    brought = [rule.code for rule in pack.materials]
    found = judged(pack, PLAIN, contractor_kind=contractor, hoisting=high_risk, provided_materials=brought)
    assert found.deficiency_items == gaps


# 第二十七条(三): 一次性告知.
@pytest.mark.requirement("LG-27-3c2")
@pytest.mark.parametrize(
    ("visits", "breached"),
    [
        pytest.param([], False, id="first-visit"),
        pytest.param([{"on": "2026-03-02", "notice_items": ["28-3", "28-4"]}], False, id="all-gaps-were-named"),
        pytest.param([{"on": "2026-03-02", "notice_items": ["28-3"]}], True, id="a-gap-was-not-named"),
        pytest.param([{"on": "2026-03-02", "notice_items": []}], True, id="the-notice-named-nothing"),
        pytest.param([{"on": "2026-03-02", "notice_items": None}], False, id="a-visit-without-a-notice"),
        pytest.param([{"notice_items": ["28-3"], "facts_changed": True}], False, id="facts-changed"),
        pytest.param(
            [{"notice_items": ["28-1"], "facts_changed": True}, {"notice_items": ["28-3"]}],
            True,
            id="an-older-change-excuses-nothing",
        ),
        pytest.param(
            [{"notice_items": ["28-3"]}, {"notice_items": None, "facts_changed": True}],
            False,
            id="changed-at-a-visit-after-the-notice",
        ),
        pytest.param(
            [
                {"on": "2026-03-05", "notice_items": ["28-3"]},
                {"on": "2026-03-02", "notice_items": ["28-1"], "facts_changed": True},
            ],
            True,
            id="visits-follow-their-days",
        ),
        pytest.param([{"notice_items": ["28-3"]}, {"notice_items": ["28-4"]}], False, id="named-by-two-notices"),
    ],
)
def test_a_gap_that_the_notice_did_not_name_breaches_the_one_time_rule(
    pack: PolicyPack, visits: list[dict[str, Any]], breached: bool
) -> None:
    found = judged(pack, PLAIN, visits=visits, provided_materials=["28-1", "28-2.1-id", "28-2.2-title"])
    assert found.one_time_rule_breached is breached
    assert bool(found.reasons_for("one_time_rule_breached")) is breached


# Reminders that stand on the receipt.
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(SIGN, "户外广告", id="signboard", marks=pytest.mark.requirement("LG-5-3", "LG-5-9")),
        pytest.param(
            SIGN | {"other_permit_required": True}, "另有规定", id="permit", marks=pytest.mark.requirement("LG-5-9")
        ),
        pytest.param(
            {"property_managed": True}, "装饰装修管理服务协议", id="property", marks=pytest.mark.requirement("LG-10-5")
        ),
        pytest.param(
            {"crowded_place": True, "hot_work": True},
            "若干措施",
            id="hot-work",
            marks=pytest.mark.requirement("LG-10-8a"),
        ),
        pytest.param({"earthwork": True}, "地下管线", id="earthwork", marks=pytest.mark.requirement("LG-10-8b")),
        pytest.param({"gas_line_change": True}, "燃气企业", id="gas", marks=pytest.mark.requirement("LG-10-9")),
        pytest.param(
            SIGN | {"property_managed": True, "work_height_m": 3},
            "报物业服务企业知晓",
            id="special-in-estate",
            marks=pytest.mark.requirement("LG-11-2b"),
        ),
        pytest.param(
            {"near_metro_or_pipeline": True}, "地铁隧道", id="metro", marks=pytest.mark.requirement("LG-13-8")
        ),
        pytest.param(
            {"hazardous_chemicals": True}, "危险化学品", id="chemicals", marks=pytest.mark.requirement("LG-13-9")
        ),
        pytest.param({}, "安全生产责任保险", id="insurance", marks=pytest.mark.requirement("LG-13-10b")),
        pytest.param(
            {"owner_kind": "state_organ"}, "同样应当登记", id="organ", marks=pytest.mark.requirement("LG-19-17")
        ),
        pytest.param(
            {"planned_start_on": "2026-03-01", "filed_on": "2026-03-02"},
            "补办登记",
            id="started-before",
            marks=pytest.mark.requirement("LG-9-1"),
        ),
    ],
)
def test_a_fact_brings_its_reminder_with_the_article(pack: PolicyPack, facts: dict[str, Any], words: str) -> None:
    said = [reminder for reminder in judged(pack, facts).reminders if words in reminder]
    assert said
    assert all("条" in reminder.rpartition("（")[2] for reminder in said)


@pytest.mark.requirement("LG-5-9", "LG-10-5", "LG-11-2b")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({}, ["安全生产责任保险", "鼓励委托监理"], id="plain-small-work"),
        pytest.param({"hoisting": True, "investment_yuan": 3000000}, ["安全生产责任保险"], id="supervised"),
        pytest.param({"crowded_place": True}, ["安全生产责任保险", "鼓励委托监理"], id="crowded-but-no-hot-work"),
        pytest.param(SIGN | {"category": "greenery_pruning"}, [], id="plain-minor-operation"),
        pytest.param(SIGN | {"category": "greenery_pruning", "property_managed": True}, [], id="minor-in-an-estate"),
    ],
)
def test_no_reminder_is_given_without_its_fact(pack: PolicyPack, facts: dict[str, Any], words: list[str]) -> None:
    reminders = judged(pack, facts).reminders
    assert len(reminders) == len(words)
    assert all(any(word in reminder for reminder in reminders) for word in words)


@pytest.mark.requirement("LG-9-1")
def test_a_work_that_starts_on_the_filing_day_is_in_time(pack: PolicyPack) -> None:
    found = judged(pack, planned_start_on="2026-03-02", filed_on="2026-03-02")
    assert not any("补办" in reminder for reminder in found.reminders)
