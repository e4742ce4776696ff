"""The shipped 宜昌 pack against the notice: trial rules, limits as gaps, two review levels, words, papers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from desktop.documents.blocks import Paper
from desktop.documents.registry import BLANKS, blank, bundle
from desktop.domain.acts import Act
from desktop.domain.assess import assess
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import Facts
from desktop.domain.hazard_proposal import ACTION_WORDS
from desktop.domain.local_rules import cited, local, work_by
from desktop.domain.order import OrderKind
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Outcome, Standing
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import Packs
from tests import factories
from tests.paper_desk import NOT_ACCEPTED, Desk, words_of

CALENDAR = WorkdayCalendar()
LIMITS = ("limit_amount_yuan", "limit_area_m2", "limit_relation", "limit_inclusive", "limit_by_investment")
# Numbers typed in by a test as an office would; they are no rule of the place.
FILLED = {"limit_amount_yuan": 300000, "limit_area_m2": 300, "limit_by_investment": 0}
FOREIGN = re.compile(
    r"第[一二三四五六七八九十]+条|（）|________举报|限额以下小型工程|登记(?!注册|簿)|告知性|重点监管|纳管"
)


@pytest.fixture(scope="module")
def yichang(packs: Packs) -> PolicyPack:
    """The shipped pack of the place."""
    return packs.versions("yichang")[0]


def judged(pack: PolicyPack, **facts: Any) -> Assessment:
    plain = {"kind": "small_work", "category": "small_scattered_work"}
    return assess(read_facts({**plain, **facts}), pack, CALENDAR)


@pytest.mark.requirement("Q-YC")
def test_the_banner_says_that_the_rules_are_on_trial_and_not_at_hand(yichang: PolicyPack) -> None:
    assert yichang.standing is Standing.TRIAL
    banner = yichang.banner_on(factories.FILED_ON)
    assert ("试行" in banner, "2020年11月17日" in banner, "文本未取得" in banner) == (True, True, True)
    assert yichang.hotlines == ()


@pytest.mark.requirement("Q-YC")
def test_limits_are_gaps_and_name_what_is_wanting(yichang: PolicyPack) -> None:
    assert yichang.gaps() == LIMITS
    assert all("未核实" in yichang.parameters[name].proposal_source for name in LIMITS)
    found = judged(yichang, contract_amount_yuan="1000", investment_yuan="1000", floor_area_m2="1")
    assert found.outcome == UNDETERMINED
    assert set(found.missing_settings) == set(LIMITS)


@pytest.mark.requirement("Q-YC", "YC-4c")
@pytest.mark.parametrize(
    ("amount", "area", "settings", "outcome", "wanting"),
    [
        ("299999.99", "299.99", {}, Outcome.REGISTER, ()),
        ("300000.01", "300.01", {}, Outcome.PERMIT_REQUIRED, ()),
        ("299999.99", "300.01", {}, UNDETERMINED, ("limit_relation",)),
        ("299999.99", "300.01", {"limit_relation": 1}, Outcome.REGISTER, ()),
        ("299999.99", "300.01", {"limit_relation": 2}, Outcome.PERMIT_REQUIRED, ()),
        ("300000", "300", {}, UNDETERMINED, ("limit_inclusive", "limit_relation")),
        ("300000", "300", {"limit_inclusive": 1}, Outcome.REGISTER, ()),
        ("300000", "300", {"limit_inclusive": 0}, Outcome.PERMIT_REQUIRED, ()),
    ],
)
def test_what_the_office_fills_in_decides_as_far_as_it_can(
    yichang: PolicyPack, amount: str, area: str, settings: dict[str, int], outcome: str, wanting: tuple[str, ...]
) -> None:
    found = judged(yichang, contract_amount_yuan=amount, floor_area_m2=area, config=FILLED | settings)
    assert (found.outcome, tuple(sorted(found.missing_settings))) == (outcome, wanting)


@pytest.mark.requirement("YC-4c")
def test_no_kind_of_work_above_the_limits_is_registered_all_the_same(yichang: PolicyPack) -> None:
    assert yichang.above_limit_kinds == ()


def test_no_class_of_risk_no_period_and_no_counter_is_invented(yichang: PolicyPack) -> None:
    assert (yichang.high_risk, yichang.open_lists, yichang.counters, yichang.revocations) == ((), (), (), ())
    terms = yichang.deadlines
    assert {terms.validity_months, terms.closeout_working_days, terms.site_check_working_days} == {None}
    found = judged(yichang, kind="minor_operation", category="scattered_operation", provided_materials=["YC-form"])
    assert (found.outcome, found.intake_result, found.acceptance_point) == ("register", "accept", "any")
    assert (found.high_risk, found.validity_end) == (False, None)


@pytest.mark.requirement("YC-2c")
def test_two_levels_of_review_are_asked_by_the_notice(yichang: PolicyPack) -> None:
    for name in ("review_levels_high_risk", "review_levels_other_small", "review_levels_minor"):
        level = yichang.parameters[name]
        assert (level.value, level.article, level.unverified) == (Decimal(2), "二", False)


@pytest.mark.requirement("YC-4g")
def test_how_the_work_is_given_out_is_asked_and_lawful_contracting_reminded_of(yichang: PolicyPack) -> None:
    found = judged(yichang)
    assert found.required_materials == ("YC-form", "YC-contracting")
    assert yichang.material("YC-contracting").is_information
    assert "建设方应当合法发包、办理备案手续，落实安全责任。（四）" in found.reminders


@pytest.mark.requirement("YC-4d")
def test_a_major_hazard_stops_the_work_at_once(yichang: PolicyPack) -> None:
    found = judged(yichang, patrol_finding="major_accident_hazard")
    assert "stop_immediately" in found.patrol_actions
    assert set(found.patrol_actions) <= set(ACTION_WORDS)
    assert found.basis == "四"
    (clause,) = yichang.order_clauses
    assert (clause.article, clause.kinds) == ("四", frozenset(OrderKind))


@pytest.mark.requirement("YC-A3")
def test_the_departments_are_the_thirteen_of_the_annex(yichang: PolicyPack) -> None:
    assert len(yichang.guiding_departments) == 13
    assert {each.article for each in yichang.guiding_departments} == {"附件3"}
    assert {body.name for body in yichang.bodies} == {each.name for each in yichang.guiding_departments}
    assert judged(yichang, sector="traffic").industry_department == "交通部门"
    assert judged(yichang).industry_department is None


@pytest.mark.requirement("Q-3")
@pytest.mark.parametrize(
    ("neutral", "said"),
    [
        ("安全生产信息登记回执", "备案回执"),
        ("登记编号", "备案编号"),
        ("限额以下小型工程巡查表", "小散工程巡查表"),
        ("零星作业", "零星作业"),
        ("小型工程和零星作业登记台", "小型工程和零星作业登记台"),
        ("移交登记簿", "移交登记簿"),
        ("投诉举报登记单", "投诉举报登记单"),
        ("在平台上登记注册", "在平台上登记注册"),
    ],
)
def test_the_program_speaks_of_filing_for_the_record(yichang: PolicyPack, neutral: str, said: str) -> None:
    work_by(yichang.local_rules)
    assert local(neutral) == said
    assert local(local(neutral)) == said


@pytest.mark.requirement("YC-4f")
def test_the_bad_record_rests_on_part_four(yichang: PolicyPack) -> None:
    work_by(yichang.local_rules)
    assert cited("bad_conduct_record") == "（四）"
    assert cited("revocation_grounds") == ""


def _all_papers(desk: Desk) -> list[Paper]:
    small = factories.walk_in(factories.small_work_facts(category="small_scattered_work"))
    minor = factories.walk_in(
        Facts({"kind": "minor_operation", "category": "scattered_operation"}), owner=factories.person()
    )
    papers = [*bundle(Act.ACCEPT, desk.context(small)), *bundle(Act.ACCEPT, desk.context(minor))]
    for act in (Act.INFORM_PERMIT, Act.NOT_APPLICABLE, Act.ONE_TIME_NOTICE, Act.SUBMIT_FOR_REVIEW):
        papers += bundle(act, desk.context(small, **NOT_ACCEPTED))
    return papers + [blank(code, office=factories.office(), pack=desk.pack) for code in BLANKS]


@pytest.mark.requirement("Q-YC", "Q-3", "YC-4h")
def test_papers_speak_of_the_place_and_cite_the_notice_alone(yichang: PolicyPack, calendar: WorkdayCalendar) -> None:
    work_by(yichang.local_rules)
    papers = _all_papers(Desk(yichang, calendar))
    said = "\n".join("\n".join((paper.title, words_of(paper), *paper.foot)) for paper in papers)
    assert [line for line in said.splitlines() if FOREIGN.search(line)] == []
    receipt = papers[0]
    assert receipt.title == "备案回执"
    assert "试行" in "".join(receipt.foot)
    guide = next(paper for paper in papers if paper.code == "safety_guide")
    assert "安全生产技术指引由负有安全监管职责的部门制定" in words_of(guide)
