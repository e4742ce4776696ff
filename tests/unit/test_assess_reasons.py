"""What holds for any facts at all: no crash, a reason for every decision, an open question for every doubt."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.assess import assess, facts_as_declared
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.assessment_result import Assessment
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import FACT_SPECS, NOT_APPLICABLE, UNKNOWN, FactType
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import load_packs
from desktop.services.resources import policies_folder

CALENDAR = WorkdayCalendar(known_years=frozenset({2026}))
PACK: PolicyPack = load_packs(policies_folder()).versions("longgang")[0]
CODES = [rule.code for rule in PACK.materials]
NUMBERS = st.sampled_from([0, 1, "2.99", 3, "23.99", 24, 500, "500.01", 2999, 3000, 1000000, "1000000.01", 3000000])
DAYS = st.sampled_from(["2026-01-31", "2026-02-28", "2026-03-02", "2026-08-31", "2026-12-30"])
TEXTS = {
    "category": [category.code for category in PACK.categories],
    "patrol_finding": [rule.code for rule in PACK.findings],
    "finding": [rule.code for rule in PACK.revocations],
    "violation_kind": [rule.code for rule in PACK.transfers],
    "contractor_kind": ["enterprise", "sole_trader", "individual"],
    "provided_materials": CODES,
} | {name: [choice.code for choice in choices] for name, choices in PACK.choices.items()}


def _values(key: str) -> st.SearchStrategy[Any]:
    kind = FACT_SPECS[key].type
    words = st.sampled_from(TEXTS.get(key, ["某物", "x"]))
    return {
        FactType.FLAG: st.booleans(),
        FactType.NUMBER: NUMBERS,
        FactType.DATE: DAYS,
        FactType.CHOICE: st.sampled_from(FACT_SPECS[key].choices or ("",)),
        FactType.TEXT: words,
        FactType.TEXTS: st.lists(words, max_size=4, unique=True),
        FactType.FLAG_OR_TEXT: st.booleans() | st.sampled_from(["bridge", "boiler", "幼儿园"]),
        FactType.VISITS: st.lists(
            st.fixed_dictionaries({"notice_items": st.lists(st.sampled_from(CODES))}), max_size=2
        ),
    }[kind]


# Facts that stop a matter early are drawn seldom, so that most matters get as far as the materials.
_RARE = {"emergency_relief", "temporary_building", "illegal_acts", "construction_permit_obtained", "patrol_finding"}
_RARE |= {"closed_management_place", "inside_residence", "inside_enterprise", "finding", "violation_kind"}
_COMMON = {"kind", "category", "contract_amount_yuan", "floor_area_m2", "provided_materials", "municipal_kind"}


@st.composite
def matters(draw: st.DrawFn) -> dict[str, Any]:
    """Half of the matters start from an ordinary, complete declaration; the others from nothing."""
    facts: dict[str, Any] = {}
    if draw(st.booleans()):
        category = draw(st.sampled_from(PACK.categories))
        facts = {"kind": category.kind, "category": category.code, "provided_materials": CODES}
        facts |= {"contract_amount_yuan": draw(NUMBERS), "floor_area_m2": draw(NUMBERS)}
    if draw(st.integers(0, 2)) == 0:
        facts["art4_kind"] = draw(_values("art4_kind"))
    chosen = draw(st.sets(st.sampled_from(sorted(set(FACT_SPECS) - _RARE - _COMMON)), max_size=12))
    chosen |= draw(st.sets(st.sampled_from(sorted(_COMMON)), max_size=2))
    if draw(st.integers(0, 4)) == 0:
        chosen |= draw(st.sets(st.sampled_from(sorted(_RARE)), max_size=2))
    for key in sorted(chosen):
        facts[key] = draw(_values(key) if draw(st.integers(0, 5)) else st.none())
    return facts


def judged(facts: dict[str, Any]) -> Assessment:
    return assess(facts_as_declared(read_facts(facts), PACK), PACK, CALENDAR)


def open_values(found: Assessment) -> list[str]:
    plain = assessment_to_plain(found)
    return [key for key, value in plain.items() if value == "undetermined"] + list(found.undetermined_materials)


# Keys of the plain form that decide something; lists, flags and texts count as decided when they say something.
ALWAYS_DECIDED = ("outcome", "intake_result", "high_risk", "supervision_required", "acceptance_point")
DECIDED_WHEN_THERE = (
    "article4_item",
    "managed_as_high_risk",
    "required_materials",
    "optional_materials",
    "deficiency_items",
    "industry_department",
    "classification_table_row",
    "co_departments",
    "validity_end",
    "extension_window",
    "extension_result",
    "acceptance_feedback",
    "site_check_by",
    "closeout_by",
    "closeout_result",
    "one_time_rule_breached",
    "patrol_actions",
    "if_refused",
    "if_not_rectified",
    "report_to",
    "transfer_to",
    "status_change",
    "basis",
    "escalation_article",
    "re_registration_required",
)


@pytest.mark.requirement("LG-3-0", "LG-27-3a")
@settings(max_examples=300, deadline=None)
@given(matters())
def test_every_decision_of_any_matter_has_its_article_and_its_sentence(facts: dict[str, Any]) -> None:
    found = judged(facts)
    plain = json.loads(json.dumps(assessment_to_plain(found)))
    reasons = {reason["decides"]: reason for reason in plain["reasons"]}
    for reason in plain["reasons"]:
        assert reason["article"]
        assert reason["because"]
        assert "{" not in reason["because"]
    decided = [key for key in ALWAYS_DECIDED if plain[key] != "undetermined"]
    decided += [key for key in DECIDED_WHEN_THERE if plain[key] and plain[key] != "undetermined"]
    assert [key for key in decided if key not in reasons] == []


@pytest.mark.requirement("LG-2-0a", "LG-27-3a")
@settings(max_examples=300, deadline=None)
@given(matters())
def test_something_is_undetermined_exactly_when_facts_are_missing(facts: dict[str, Any]) -> None:
    found = judged(facts)
    assert bool(open_values(found)) is bool(found.missing_facts), (open_values(found), found.missing_facts)
    known = read_facts(facts)
    # Days that contradict each other are told although they were given.
    contradicting = {"accepted_on", "completed_on", "extension_applied_on", "closeout_applied_on"}
    assert all(known[key] in (UNKNOWN, NOT_APPLICABLE) for key in found.missing_facts if key not in contradicting)


@pytest.mark.requirement("LG-2-0a")
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_missing_fact_filled_in_contradicts_nothing_decided(data: st.DataObject) -> None:
    facts = data.draw(matters())
    before = judged(facts)
    if not before.missing_facts:
        return
    key = data.draw(st.sampled_from(before.missing_facts))
    value = data.draw(_values(key))
    if key == "municipal_kind" and value in ("boiler", "pressure_vessel", "pressure_pipe"):
        return  # this answer also takes back "no structure of public safety", which absence had said
    after = judged(facts | {key: value})
    if before.outcome != "undetermined":
        assert after.outcome == before.outcome
    if before.intake_result != "undetermined":
        assert after.intake_result == before.intake_result
    if after.outcome not in ("register", "treat_as_high_risk_above_limit", "undetermined"):
        return  # what was said of the registration falls away with it
    for name in ("high_risk", "supervision_required", "industry_department", "acceptance_point"):
        if getattr(before, name) != "undetermined":
            assert getattr(after, name) == getattr(before, name), name
    if before.deficiency_items != "undetermined":
        assert after.deficiency_items == before.deficiency_items
    assert set(before.high_risk_items) <= set(after.high_risk_items)
    assert set(before.required_materials) <= set(after.required_materials)
    assert not set(before.optional_materials) & set(after.required_materials)


@pytest.mark.requirement("LG-3-0")
@settings(max_examples=100, deadline=None)
@given(matters())
def test_the_same_facts_give_the_same_assessment(facts: dict[str, Any]) -> None:
    assert judged(facts) == judged(dict(reversed(facts.items())))


@pytest.mark.requirement("LG-8-1")
@settings(max_examples=100, deadline=None)
@given(matters())
def test_no_sentence_of_ours_sounds_like_a_permission(facts: dict[str, Any]) -> None:
    for reason in judged(facts).reasons:
        assert not any(word in reason.because for word in ("批准", "审批通过", "予以许可", "准许开工"))


@pytest.mark.requirement("LG-3-0")
def test_a_reason_can_be_read_aloud() -> None:
    found = judged(
        {
            "kind": "small_work",
            "category": "nonresidential_decoration",
            "contract_amount_yuan": 1200000,
            "floor_area_m2": 300,
            "excavation_depth_m": "3.5",
        }
    )
    said = {reason.item: reason.because for reason in found.reasons_for("high_risk")}
    assert said[1] == "合同金额120万元、施工区域建筑面积300平方米，一项超过限额、另一项在限额以内。"
    assert said[6] == "基坑（槽）开挖深度3.5米，达到3米（含）。"
