"""The shipped 湖里 pack against the evaluation report: expired, limits as gaps, its lists, no borrowed law."""

from __future__ import annotations

import re
from typing import Any

import pytest

from desktop.documents.blocks import Paper
from desktop.documents.registry import blank, bundle
from desktop.domain.acts import Act
from desktop.domain.assess import assess
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.fact_reading import read_facts
from desktop.domain.local_rules import cited, local, work_by
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Outcome, Standing
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import Packs
from tests import factories
from tests.paper_desk import NOT_ACCEPTED, Desk, words_of

CALENDAR = WorkdayCalendar()
GAPS = ("limit_amount_yuan", "limit_area_m2", "limit_relation", "limit_inclusive", "limit_by_investment")
MINOR = ("air_conditioner", "solar_equipment", "smart_monitoring", "awning", "burglar_mesh")
# The numbers of the national measure, typed in by a test as an office would: they are no rule of the place.
FILLED = {"limit_amount_yuan": 300000, "limit_area_m2": 300, "limit_by_investment": 1}
FOREIGN = re.compile(r"第[一二三四五六七八九十]+条|（）|依据作出|限额以下小型工程|告知性登记|重点监管")


@pytest.fixture(scope="module")
def huli(packs: Packs) -> PolicyPack:
    """The shipped pack of the place."""
    return packs.versions("huli")[0]


def judged(pack: PolicyPack, **facts: Any) -> Assessment:
    plain = {"kind": "small_work", "category": "port_works"}
    return assess(read_facts({**plain, **facts}), pack, CALENDAR)


def sized(pack: PolicyPack, amount: str, area: str, **config: int) -> Assessment:
    return judged(
        pack,
        contract_amount_yuan=amount,
        investment_yuan=amount,
        floor_area_m2=area,
        config=FILLED | config,
    )


@pytest.mark.requirement("HL-5-1", "Q-HL")
def test_the_banner_says_that_the_rules_have_lapsed(huli: PolicyPack) -> None:
    assert huli.standing is Standing.EXPIRED
    banner = huli.banner_on(factories.FILED_ON)
    assert ("失效" in banner, "2022年3月7日" in banner, "新版尚未出台" in banner) == (True, True, True)
    assert huli.hotlines == ()


@pytest.mark.requirement("Q-HL")
def test_limits_are_gaps_with_a_reason_and_a_sourced_proposal_that_decides_nothing(huli: PolicyPack) -> None:
    assert huli.gaps() == GAPS
    for name in GAPS:
        gap = huli.parameters[name]
        assert gap.value is None
        assert "没有写明" in gap.why
        assert "未核实" in gap.proposal_source
    found = judged(huli, contract_amount_yuan="1000", investment_yuan="1000", floor_area_m2="1")
    assert found.outcome == UNDETERMINED
    assert set(found.missing_settings) == set(GAPS)


@pytest.mark.requirement("Q-HL")
@pytest.mark.parametrize(
    ("amount", "area", "settings", "outcome"),
    [
        ("299999.99", "299.99", {}, Outcome.REGISTER),
        ("300000.01", "300.01", {}, Outcome.PERMIT_REQUIRED),
        ("299999.99", "300.01", {"limit_relation": 1}, Outcome.REGISTER),
        ("299999.99", "300.01", {"limit_relation": 2}, Outcome.PERMIT_REQUIRED),
        ("300000", "300", {"limit_relation": 2, "limit_inclusive": 1}, Outcome.REGISTER),
        ("300000", "300", {"limit_relation": 1, "limit_inclusive": 0}, Outcome.PERMIT_REQUIRED),
    ],
)
def test_what_an_office_fills_in_decides(
    huli: PolicyPack, amount: str, area: str, settings: dict[str, int], outcome: Outcome
) -> None:
    found = sized(huli, amount, area, **settings)
    assert (found.outcome, found.missing_settings) == (outcome, ())


@pytest.mark.requirement("Q-HL")
@pytest.mark.parametrize(
    ("amount", "area", "wanting"),
    [
        ("299999.99", "300.01", ("limit_relation",)),
        ("300000", "299.99", ("limit_inclusive", "limit_relation")),
    ],
)
def test_what_is_still_open_is_named_and_nothing_is_guessed(
    huli: PolicyPack, amount: str, area: str, wanting: tuple[str, ...]
) -> None:
    found = sized(huli, amount, area)
    assert (found.outcome, found.missing_settings) == (UNDETERMINED, wanting)


@pytest.mark.requirement("HL-1.1")
def test_the_scope_lists_the_works_of_the_report(huli: PolicyPack) -> None:
    labels = "、".join(each.label for each in huli.categories if each.kind == "small_work")
    named = ("房屋建筑", "市政", "水利", "交通", "港口", "电力", "通信", "园林绿化", "地下管线", "非住宅类", "住宅室内")
    assert [word for word in named if word not in labels] == []
    assert {each.article for each in huli.categories} == {"报告一"}


@pytest.mark.requirement("HL-1.1")
@pytest.mark.parametrize("category", [*MINOR, "facility_install_maintain_remove"])
def test_minor_operations_on_equipment_need_no_limit(huli: PolicyPack, category: str) -> None:
    found = judged(huli, kind="minor_operation", category=category, provided_materials=["registration-form"])
    assert (found.outcome, found.intake_result, found.missing_facts) == ("register", "accept", ())


@pytest.mark.requirement("HL-4d", "HL-1.3d")
def test_the_safety_agreement_is_asked_of_small_works_only(huli: PolicyPack) -> None:
    small = sized(huli, "1000", "1")
    minor = judged(huli, kind="minor_operation", category="awning")
    assert small.required_materials == ("registration-form", "safety-agreement")
    assert minor.required_materials == ("registration-form",)
    assert huli.material("safety-agreement").article == "报告四"


@pytest.mark.requirement("HL-1.3e")
@pytest.mark.parametrize("channel", ["walk_in_street_office", "walk_in_community", "walk_in_property"])
def test_street_community_and_property_company_take_a_matter_in(huli: PolicyPack, channel: str) -> None:
    found = judged(
        huli,
        kind="minor_operation",
        category="awning",
        filing_channel=channel,
        provided_materials=["registration-form"],
    )
    assert (found.acceptance_point, found.intake_result) == ("any", "accept")


def test_no_class_of_risk_and_no_period_is_invented(huli: PolicyPack) -> None:
    assert (huli.high_risk, huli.open_lists, huli.departments) == ((), (), ())
    terms = huli.deadlines
    assert {terms.validity_months, terms.closeout_working_days, terms.feedback_working_days} == {None}
    found = sized(huli, "1000", "1", limit_relation=1, limit_inclusive=1)
    assert (found.high_risk, found.validity_end) == (False, None)


@pytest.mark.requirement("Q-3")
@pytest.mark.parametrize(
    ("neutral", "said"),
    [
        ("安全生产信息登记回执", "信息登记回执"),
        ("限额以下小型工程", "小散工程"),
        ("小型工程和零星作业", "小散工程和零星作业"),
        ("小型工程和零星作业登记台", "小型工程和零星作业登记台"),
        ("申报注销", "申报注销"),
    ],
)
def test_the_program_speaks_of_scattered_works(huli: PolicyPack, neutral: str, said: str) -> None:
    work_by(huli.local_rules)
    assert local(neutral) == said


@pytest.mark.requirement("HL-1.3b", "HL-2b")
def test_articles_are_those_of_the_report(huli: PolicyPack) -> None:
    work_by(huli.local_rules)
    assert cited("team_strength") == "〔报告一（三）〕"
    assert huli.article("measure.funds") == "报告二"
    assert cited("revocation_grounds") == ""


def _all_papers(desk: Desk) -> list[Paper]:
    small = factories.walk_in()
    minor = factories.walk_in(factories.minor_facts(category="awning"), owner=factories.person())
    papers = [*bundle(Act.ACCEPT, desk.context(small)), *bundle(Act.ACCEPT, desk.context(minor))]
    for act in (Act.INFORM_PERMIT, Act.NOT_APPLICABLE, Act.ONE_TIME_NOTICE):
        papers += bundle(act, desk.context(small, **NOT_ACCEPTED))
    forms = ("form_small_work", "closeout_application", "closeout_check", "patrol_record", "risk_board", "change_form")
    return papers + [blank(code, office=factories.office(), pack=desk.pack) for code in forms]


@pytest.mark.requirement("Q-HL", "Q-3", "HL-5-1", "HL-4d")
def test_papers_speak_of_the_place_and_carry_its_standing(huli: PolicyPack, calendar: WorkdayCalendar) -> None:
    work_by(huli.local_rules)
    papers = _all_papers(Desk(huli, calendar))
    said = "\n".join("\n".join((paper.title, words_of(paper), *paper.foot)) for paper in papers)
    assert [line for line in said.splitlines() if FOREIGN.search(line)] == []
    receipt, commitment = papers[0], next(paper for paper in papers if paper.code == "owner_commitment")
    assert receipt.title == "小散工程和零星作业信息登记回执"
    assert "失效" in "".join(receipt.foot)
    assert "签订安全协议" in words_of(commitment)
