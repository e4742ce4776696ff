"""The default pack whole, judged and not only read: limits, nine items, papers of 第二十八条, terms, the table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.domain.assess import assess, facts_as_declared
from desktop.domain.assessment_result import Assessment
from desktop.domain.fact_reading import read_facts
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Outcome
from desktop.services.resources import shipped_calendar

pytestmark = pytest.mark.requirement("Q-LG")
SHOP = {
    "kind": "small_work",
    "category": "nonresidential_decoration",
    "contract_amount_yuan": 300000,
    "floor_area_m2": 120,
    "accepted_on": "2026-03-02",  # a Monday
}
SIGN = {"kind": "minor_operation", "category": "signboard", "in_public_area": True}
# Each of the nine items of 第三条 by a matter that fires it.
NINE: list[tuple[int, dict[str, Any]]] = [
    (1, {"contract_amount_yuan": 1200000, "floor_area_m2": 400}),
    (2, {"structural_change": True}),
    (3, {"category": "elevator_work", "elevator_work_type": "replacement"}),
    (4, {"crowded_place": True, "hot_work": True}),
    (5, {"confined_space": True}),
    (6, {"excavation_depth_m": 3}),
    (7, {"scaffold_height_m": 24, "scaffold_type": "floor_steel_tube"}),
    (8, {"hoisting": True}),
    (9, {"other_dangerous_works": ["other"]}),
]


def judged(pack: PolicyPack, **facts: Any) -> Assessment:
    return assess(facts_as_declared(read_facts(SHOP | facts), pack), pack, shipped_calendar())


@pytest.mark.parametrize(
    ("amount", "area", "outcome"),
    [
        ("1000000", "500", Outcome.REGISTER),
        ("1000000", "800", Outcome.REGISTER),
        ("5000000", "500", Outcome.REGISTER),
        ("1000000.01", "500.01", Outcome.PERMIT_REQUIRED),
    ],
)
def test_one_number_within_its_limit_is_enough_and_both_limits_are_included(
    pack: PolicyPack, amount: str, area: str, outcome: Outcome
) -> None:
    assert judged(pack, contract_amount_yuan=amount, floor_area_m2=area).outcome is outcome


@pytest.mark.parametrize(("item", "facts"), NINE, ids=[f"item{item}" for item, _ in NINE])
def test_each_of_the_nine_items_alone_makes_a_work_high_risk_and_sends_it_to_the_street(
    pack: PolicyPack, item: int, facts: dict[str, Any]
) -> None:
    found = judged(pack, **facts)

    assert (found.high_risk, found.high_risk_items) == (True, (item,))
    assert found.acceptance_point == "street_office"


def test_the_nine_are_all_there_are_and_without_them_a_work_is_ordinary(pack: PolicyPack) -> None:
    assert [rule.item for rule in pack.high_risk] == [item for item, _ in NINE] == list(range(1, 10))
    assert judged(pack).high_risk is False


PAPERS = [
    ({}, {"28-1", "28-2.1-id", "28-2.2-title", "28-3", "28-4", "28-5-decoration-scheme"}),
    ({"agent": True}, {"28-2.1-agent-id", "28-2.1-poa"}),
    ({"applicant_is_owner": False}, {"28-2.2-consent"}),
    ({"hoisting": True}, {"28-5-special-scheme", "28-6-qualification", "28-6-safety-licence", "28-6-pm-authorisation"}),
    ({"structural_change": True}, {"28-7a-design", "28-7a-construction-scheme"}),
    ({"load_increase": True, "affects_house_safety": True}, {"28-7a-appraisal", "28-7a-design"}),
    ({"gas_line_change": True}, {"28-7b-gas-opinion"}),
    ({"earthwork_with_pipelines": True}, {"28-7c-pipeline-agreement"}),
    ({"hoisting": True, "investment_yuan": 3000000}, {"28-7f-supervision"}),
    (SIGN, {"28-L-time", "28-L-place", "28-L-hired", "28-L-content"}),
]


@pytest.mark.parametrize(("facts", "papers"), PAPERS)
def test_the_papers_of_article_28_are_asked_for_by_the_matter(
    pack: PolicyPack, facts: dict[str, Any], papers: set[str]
) -> None:
    assert papers <= set(judged(pack, **facts).required_materials)


def test_the_terms_run_six_months_fifteen_days_and_three_working_days(pack: PolicyPack) -> None:
    found = judged(pack, hoisting=True, completed_on="2026-03-06")

    assert (found.validity_end, found.extension_first) == (date(2026, 9, 2), date(2026, 8, 18))
    assert (found.site_check_by, found.closeout_by) == (date(2026, 3, 5), date(2026, 3, 11))
    terms = pack.deadlines
    assert terms.feedback_working_days == 3


@pytest.mark.requirement("LG-T0")
def test_the_table_has_its_fourteen_rows(pack: PolicyPack) -> None:
    rows = {rule.row for rule in pack.departments if rule.row is not None}

    assert rows == set(range(1, 15))
    assert all(rule.lead for rule in pack.departments if rule.row is not None)


@pytest.mark.requirement("LG-18-1b")
@pytest.mark.parametrize("category", ["signboard", "facade_high_work", "greenery_pruning", "charging_facility"])
def test_the_emergency_department_leads_on_every_minor_operation(pack: PolicyPack, category: str) -> None:
    found = judged(pack, **SIGN | {"category": category})

    assert (found.industry_department, found.classification_table_row) == ("区应急管理部门", 14)
    (rule,) = [rule for rule in pack.departments if rule.row == 14]
    assert "第十八条(一)" in rule.article
    assert judged(pack).industry_department != "区应急管理部门"
