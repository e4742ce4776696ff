"""The shipped 龙岗 pack against the text of the draft: numbers, lists, standing, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

from desktop.domain.assess import assess
from desktop.domain.conditions import evaluate
from desktop.domain.facts import FACT_SPECS
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Standing
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import FILED_ON, small_work_facts


def article_numbers(pack: PolicyPack) -> Iterator[str]:
    """Every article that any rule of the pack cites."""

    def walk(value: object) -> Iterator[str]:
        if is_dataclass(value):
            for spec in fields(value):
                inner = getattr(value, spec.name)
                if "article" in spec.name and isinstance(inner, str):
                    yield inner
                else:
                    yield from walk(inner)
        elif isinstance(value, tuple):
            for item in value:
                yield from walk(item)
        elif isinstance(value, dict):
            for item in value.values():
                yield from walk(item)

    yield from walk(pack)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("limit_amount_yuan", 1000000, marks=pytest.mark.requirement("LG-2-9")),
        pytest.param("limit_area_m2", 500, marks=pytest.mark.requirement("LG-2-9")),
        pytest.param("supervision_investment_yuan", 3000000, marks=pytest.mark.requirement("LG-10-2")),
        pytest.param("supervision_area_m2", 3000, marks=pytest.mark.requirement("LG-10-2")),
        pytest.param("excavation_m", 3, marks=pytest.mark.requirement("LG-3-6")),
        pytest.param("scaffold_m", 24, marks=pytest.mark.requirement("LG-3-7")),
        pytest.param("high_work_m", 2, marks=pytest.mark.requirement("LG-11-2a")),
    ],
)
def test_the_numbers_are_those_of_the_draft(pack: PolicyPack, name: str, value: int) -> None:
    parameter = pack.parameters[name]
    assert (parameter.value, parameter.unverified) == (Decimal(value), False)


@pytest.mark.requirement("LG-25-2c", "LG-10-11")
def test_what_the_draft_leaves_open_is_marked(pack: PolicyPack) -> None:
    open_ones = {name for name, parameter in pack.parameters.items() if parameter.unverified}
    assert open_ones == {
        "splitting_window_months",
        "expiring_notice_days",
        "expiry_rest_day_grace",
        "found_site_register_days",
        "upward_report_days",
        "report_verify_working_days",
        "transfer_reply_working_days",
        "inspection_share",
        "inspection_period_months",
        "outside_review_stops_clock",
        "extension_months",
        "extension_count",
        "review_levels_high_risk",
        "review_levels_other_small",
        "review_levels_minor",
        "review_same_person",
        "rectification_days",
    }


@pytest.mark.requirement("LG-25-2a", "LG-25-2b", "LG-27-2b", "LG-32-1", "LG-33-1")
def test_the_periods_are_those_of_the_draft(pack: PolicyPack) -> None:
    terms = pack.deadlines
    assert (terms.validity_months, terms.extension_window_days) == (6, 15)
    assert (terms.feedback_working_days, terms.site_check_working_days, terms.closeout_working_days) == (3, 3, 3)


@pytest.mark.requirement("LG-49-1")
def test_the_standing_of_a_draft_stands_in_its_banner(pack: PolicyPack) -> None:
    assert pack.standing is Standing.DRAFT
    assert (pack.effective_from, pack.effective_to) == (None, None)
    assert "征求意见" in pack.banner_on(FILED_ON)
    assert "第四十九条" in pack.banner_on(FILED_ON)


@pytest.mark.requirement("LG-8-1")
def test_the_legal_nature_is_a_notification(pack: PolicyPack) -> None:
    assert "告知性登记" in pack.legal_nature
    assert pack.legal_nature_article == "第八条、第二十五条"


@pytest.mark.requirement("LG-T0", "LG-45-1a")
def test_classes_and_parties_carry_the_words_of_the_draft(pack: PolicyPack) -> None:
    words = [pack.labels[key] for key in ("small_work", "treat_as_high_risk", "minor_operation")]
    assert words == ["限额以下小型工程", "参照小型工程纳管工程", "零星作业"]
    assert (pack.labels["owner_small_work"], pack.labels["owner_minor_operation"]) == ("建设单位", "业主")


CHOICES = [
    pytest.param("illegal_acts", 8, marks=pytest.mark.requirement("LG-7-4", "SJ-4h")),
    pytest.param("elevator_work_type", 4, marks=pytest.mark.requirement("LG-2-5")),
    pytest.param("art4_kind", 11, marks=pytest.mark.requirement("LG-4-0")),
    pytest.param("work_natures", 4, marks=pytest.mark.requirement("LG-2-0c")),
    pytest.param("risk_kinds", 5, marks=pytest.mark.requirement("LG-5-0")),
    pytest.param("funding", 3, marks=pytest.mark.requirement("SJ-3d")),
    pytest.param("dangerous_operations", 8, marks=pytest.mark.requirement("LG-13-7")),
    pytest.param("closed_management_place", 8, marks=pytest.mark.requirement("LG-19-18")),
]


@pytest.mark.parametrize(("name", "count"), CHOICES)
def test_the_closed_lists_have_every_entry_of_the_draft(pack: PolicyPack, name: str, count: int) -> None:
    choices = pack.choices[name]
    assert len({choice.code for choice in choices}) == len({choice.label for choice in choices}) == count


@pytest.mark.requirement("LG-3-9")
def test_the_other_dangerous_works_end_with_a_free_entry(pack: PolicyPack) -> None:
    codes = [choice.code for choice in pack.choices["other_dangerous_works"]]
    assert len(codes) >= 8
    assert codes[-1] == "other"


@pytest.mark.requirement("LG-19-17")
def test_no_kind_of_owner_is_exempt(pack: PolicyPack) -> None:
    codes = {choice.code for choice in pack.choices["owner_kind"]}
    assert {"state_organ", "public_institution", "utility_operator"} <= codes


@pytest.mark.requirement("LG-45-3")
def test_the_definition_of_municipal_works_stands_beside_the_category(pack: PolicyPack) -> None:
    category = pack.category("municipal_infrastructure")
    assert category is not None
    for word in [
        "城市道路",
        "公共交通",
        "供水",
        "排水",
        "燃气",
        "热力",
        "园林",
        "环卫",
        "污水处理",
        "垃圾处理",
        "防洪",
        "地下公共设施",
    ]:
        assert word in category.help


@pytest.mark.requirement("LG-45-4")
def test_the_definition_of_bearing_structure_stands_beside_item_two(pack: PolicyPack) -> None:
    help_text = next(question.help for question in pack.questions if question.fact == "structural_change")
    assert all(word in help_text for word in ("承重墙", "柱", "楼板", "梁", "屋架", "悬索"))


@pytest.mark.requirement("LG-45-5", "LG-3-4")
def test_the_definitions_of_crowded_places_and_hot_work_stand_beside_item_four(pack: PolicyPack) -> None:
    helps = {question.fact: question.help for question in pack.questions}
    assert all(word in helps["crowded_place"] for word in ("公众聚集场所", "病房楼", "食堂", "养老院", "幼儿园"))
    assert all(word in helps["hot_work"] for word in ("电焊", "气焊", "喷灯", "电钻", "砂轮", "喷砂机"))


@pytest.mark.requirement("LG-3-0", "LG-5-0")
def test_every_fact_that_a_rule_of_risk_looks_at_is_asked_or_follows(pack: PolicyPack) -> None:
    from desktop.domain.conditions import facts_of

    asked = {question.fact for question in pack.questions} | {"kind", "category"}
    asked |= {"contract_amount_yuan", "floor_area_m2", "crowded_place_hot_work", "hot_work_tools_zh"}
    looked_at = {fact for item in pack.high_risk for fact in facts_of(item.when)}
    assert looked_at - asked == set()


@pytest.mark.requirement("SJ-5.5a")
def test_insulation_material_is_asked_for(pack: PolicyPack) -> None:
    assert any(question.fact == "insulation_material" for question in pack.questions)


@pytest.mark.requirement("LG-28-1")
def test_the_material_codes_are_those_of_the_contract(pack: PolicyPack) -> None:
    assert [rule.code for rule in pack.materials] == [
        "28-1",
        "28-2.1-id",
        "28-2.1-agent-id",
        "28-2.1-poa",
        "28-2.2-title",
        "28-2.2-consent",
        "28-3",
        "28-4",
        "28-5-special-scheme",
        "28-5-decoration-scheme",
        "28-6-qualification",
        "28-6-safety-licence",
        "28-6-pm-authorisation",
        "28-7a-appraisal",
        "28-7a-design",
        "28-7a-construction-scheme",
        "28-7b-gas-opinion",
        "28-7c-pipeline-agreement",
        "28-7d-joint-review",
        "28-7e-approval",
        "28-7f-supervision",
        "28-L-time",
        "28-L-place",
        "28-L-hired",
        "28-L-content",
        "28-L-cert",
    ]


def test_every_rule_cites_an_article_of_the_draft(pack: PolicyPack) -> None:
    cited = list(article_numbers(pack))
    assert len(cited) > 150
    for article in cited:
        assert re.search(r"第[一二三四五六七八九十]+条|分类表第\d+行|未规定", article), article


def test_questions_are_about_facts_of_the_contract(pack: PolicyPack) -> None:
    assert {question.fact for question in pack.questions} <= set(FACT_SPECS)


@pytest.mark.requirement("LG-8-1")
def test_no_text_of_the_pack_calls_registration_a_permission(pack: PolicyPack) -> None:
    for rule in pack.materials:
        assert "批准" not in rule.label + rule.cure
    for reminder in pack.reminders:
        assert "批准" not in reminder.text


@pytest.mark.requirement("LG-45-6")
def test_the_definition_of_safety_conditions_stands_at_the_contractor_step(pack: PolicyPack) -> None:
    [question] = [question for question in pack.questions if question.fact == "self_performed"]
    assert question.group == "contract"
    for word in ("安全生产法", "建设工程施工安全条例", "安全文明施工标准", "专职安全生产管理人员", "第四十五条六款"):
        assert word in question.help


@pytest.mark.requirement("LG-10-6a", "LG-12-1")
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"structural_change": True}, id="structure"),
        pytest.param({"load_increase": True, "affects_house_safety": True}, id="load"),
        pytest.param({"function_change": True, "affects_house_safety": True}, id="use"),
    ],
)
def test_a_change_of_structure_asks_for_design_grade_and_briefing(
    pack: PolicyPack, calendar: WorkdayCalendar, facts: dict[str, bool]
) -> None:
    declared = small_work_facts(**facts)
    questions = {question.fact: question for question in pack.questions}
    for fact in ("design_unit_grade", "design_briefing"):
        assert evaluate(questions[fact].when, declared, pack.numbers()).holds
        assert not evaluate(questions[fact].when, small_work_facts(load_increase=True), pack.numbers()).holds
    assert any("设计交底" in reminder for reminder in assess(declared, pack, calendar).reminders)
    assert not any("设计交底" in reminder for reminder in assess(small_work_facts(), pack, calendar).reminders)


@pytest.mark.requirement("JS-2.4m")
def test_every_matter_is_asked_whether_a_property_company_manages_the_place(pack: PolicyPack) -> None:
    [question] = [question for question in pack.questions if question.fact == "property_managed"]
    assert set(question.kinds) == {"small_work", "minor_operation"}
    assert evaluate(question.when, small_work_facts(), pack.numbers()).holds


@pytest.mark.requirement("LG-10-12")
def test_the_owners_letter_keeps_the_duty_from_being_passed_on(pack: PolicyPack) -> None:
    [duty] = [duty for duty in pack.papers["owner_commitment"].duties if "第十条(十二)" in duty.article]
    assert all(word in duty.text for word in ("外包", "转租", "承包", "转移安全生产责任"))


@pytest.mark.requirement("SJ-3c", "LG-27-4d")
def test_the_risk_notice_is_signed_for_by_both_sides(pack: PolicyPack) -> None:
    lines = pack.papers["risk_notice"].signatures
    assert [line for line in lines if "签收" in line] == ["{owner}（签收）：", "{contractor}（签收）："]
