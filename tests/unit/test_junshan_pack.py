"""The shipped 君山 pack against the notice: limits and six classes as gaps, key works, counters, words, papers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.documents.blocks import Paper
from desktop.documents.registry import BLANKS, blank, bundle
from desktop.domain.acts import Act
from desktop.domain.assess import assess
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.bodies import BodyLevel, TransferKind
from desktop.domain.errors import ClerkError
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import Facts
from desktop.domain.local_rules import local, work_by
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Outcome, Standing
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.transfer import TransferMatter
from desktop.domain.transfer_routing import propose_transfer
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import Packs
from tests import factories
from tests.paper_desk import NOT_ACCEPTED, Desk, words_of

CALENDAR = WorkdayCalendar()
LIMITS = ("limit_amount_yuan", "limit_area_m2", "limit_relation", "limit_inclusive", "limit_by_investment")
# Numbers typed in by a test as an office would; they are no rule of the place.
FILLED = {"limit_amount_yuan": 300000, "limit_area_m2": 300, "limit_by_investment": 1}
FOREIGN = re.compile(
    r"第[一二三四五六七八九十]+条\(|第[二三][十]|（）|限额以下小型工程|高风险|注销|(?<!行)业主|纳管|告知性登记"
)


@pytest.fixture(scope="module")
def junshan(packs: Packs) -> PolicyPack:
    """The shipped pack of the place."""
    return packs.versions("junshan")[0]


def judged(pack: PolicyPack, **facts: Any) -> Assessment:
    plain = {"kind": "small_work", "category": "other_small_work"}
    return assess(read_facts({**plain, **facts}), pack, CALENDAR)


def sized(pack: PolicyPack, amount: str, area: str, **config: int) -> Assessment:
    return judged(pack, contract_amount_yuan=amount, investment_yuan=amount, floor_area_m2=area, config=FILLED | config)


def key_work(pack: PolicyPack, **facts: Any) -> Assessment:
    within = {"contract_amount_yuan": "1000", "investment_yuan": "1000", "floor_area_m2": "1"}
    settled = FILLED | {"limit_relation": 1, "limit_inclusive": 1}
    return judged(pack, **within, structural_change=True, config=settled, **facts)


@pytest.mark.requirement("Q-JS", "JS-3.4")
def test_the_notice_is_in_force_from_its_day_with_the_hotline_of_its_bureau(junshan: PolicyPack, packs: Packs) -> None:
    assert (junshan.standing, junshan.document_number) == (Standing.IN_FORCE, "岳君建〔2026〕1号")
    assert junshan.effective_from == date(2026, 4, 16)
    assert junshan.banner_on(date(2026, 4, 16)) == ""
    assert "尚未施行" in junshan.banner_on(date(2026, 4, 15))
    assert packs.get("junshan", date(2026, 4, 16)) is junshan
    with pytest.raises(ClerkError, match="no_pack_in_force"):
        packs.get("junshan", date(2026, 4, 15))
    assert junshan.hotlines == ("0730-8178006",)


@pytest.mark.requirement("Q-JS")
def test_limits_are_gaps_with_a_reason_and_a_sourced_proposal_that_decides_nothing(junshan: PolicyPack) -> None:
    assert junshan.gaps() == (*LIMITS, "key_classes")
    for name in LIMITS:
        gap = junshan.parameters[name]
        assert (gap.value, "没有写明" in gap.why, "未核实" in gap.proposal_source) == (None, True, True)
    found = judged(junshan, contract_amount_yuan="1000", investment_yuan="1000", floor_area_m2="1")
    assert (found.outcome, found.intake_result) == (UNDETERMINED, UNDETERMINED)
    assert set(found.missing_settings) == {*LIMITS, "key_classes"}


@pytest.mark.requirement("Q-JS")
@pytest.mark.parametrize(
    ("amount", "area", "settings", "outcome"),
    [
        ("299999.99", "299.99", {}, Outcome.REGISTER),
        ("300000.01", "300.01", {}, Outcome.PERMIT_REQUIRED),
        ("299999.99", "300.01", {"limit_relation": 1}, Outcome.REGISTER),
        ("300000.01", "299.99", {"limit_relation": 1}, Outcome.REGISTER),
        ("299999.99", "300.01", {"limit_relation": 2}, Outcome.PERMIT_REQUIRED),
        ("300000", "300", {"limit_inclusive": 1}, Outcome.REGISTER),
        ("300000", "300", {"limit_inclusive": 0}, Outcome.PERMIT_REQUIRED),
        ("300000", "299.99", {"limit_relation": 2, "limit_inclusive": 0}, Outcome.PERMIT_REQUIRED),
    ],
)
def test_what_the_office_fills_in_decides(
    junshan: PolicyPack, amount: str, area: str, settings: dict[str, int], outcome: Outcome
) -> None:
    found = sized(junshan, amount, area, **settings)
    assert found.outcome == outcome
    assert set(found.missing_settings) <= {"key_classes"}


@pytest.mark.requirement("Q-JS")
@pytest.mark.parametrize(
    ("amount", "area", "settings", "wanting"),
    [
        ("299999.99", "300.01", {}, {"limit_relation"}),
        ("300000", "300", {"limit_relation": 1}, {"limit_inclusive"}),
        ("300000", "299.99", {}, {"limit_inclusive", "limit_relation"}),
    ],
)
def test_what_is_still_open_is_named_and_nothing_is_guessed(
    junshan: PolicyPack, amount: str, area: str, settings: dict[str, int], wanting: set[str]
) -> None:
    found = sized(junshan, amount, area, **settings)
    assert found.outcome == UNDETERMINED
    assert set(found.missing_settings) - {"key_classes"} == wanting


@pytest.mark.requirement("Q-JS")
def test_which_amount_counts_is_asked_only_where_the_two_fall_apart(junshan: PolicyPack) -> None:
    settings = {"limit_amount_yuan": 300000, "limit_area_m2": 300, "limit_relation": 2, "limit_inclusive": 1}
    apart = {"contract_amount_yuan": "200000", "investment_yuan": "400000", "floor_area_m2": "100"}
    open_one = judged(junshan, **apart, config=settings)
    assert (open_one.outcome, set(open_one.missing_settings)) == (UNDETERMINED, {"limit_by_investment", "key_classes"})
    by_contract = judged(junshan, **apart, config=settings | {"limit_by_investment": 0})
    assert by_contract.outcome == Outcome.REGISTER
    by_investment = judged(junshan, **apart, config=settings | {"limit_by_investment": 1})
    assert by_investment.outcome == Outcome.PERMIT_REQUIRED


@pytest.mark.requirement("JS-2.2b", "JS-2.1c")
@pytest.mark.parametrize(("fact", "item"), [("structural_change", 1), ("function_change", 2)])
def test_the_two_classes_that_the_notice_names_are_key_works(junshan: PolicyPack, fact: str, item: int) -> None:
    found = judged(junshan, **{fact: True})
    assert (found.high_risk, found.high_risk_items) == (True, (item,))
    assert {"JS-design", "JS-scheme", "JS-safety-person"} <= set(found.required_materials)
    assert junshan.material("JS-design").article == "二（一）"


@pytest.mark.requirement("JS-2.2b")
def test_no_work_is_certainly_no_key_work_while_the_six_classes_are_not_filled_in(junshan: PolicyPack) -> None:
    found = sized(junshan, "1000", "1", limit_relation=1, limit_inclusive=1)
    assert (found.outcome, found.high_risk, found.missing_settings) == ("register", UNDETERMINED, ("key_classes",))
    (opened,) = junshan.open_lists
    assert (opened.known, opened.fact) == (6, "key_classes")
    assert all("未核实" in proposal.source for proposal in opened.proposals)


@pytest.mark.requirement("JS-2.4m", "JS-2.4n", "JS-2.3a")
@pytest.mark.parametrize(
    ("category", "has_company", "point", "article"),
    [
        ("residential_decoration", True, "property_company", "二（四）"),
        ("residential_decoration", False, "street_office", "二（四）"),
        ("other_small_work", True, "street_office", "二（三）、三（一）"),
    ],
)
def test_home_decoration_goes_to_the_property_company_where_there_is_one(
    junshan: PolicyPack, category: str, has_company: bool, point: str, article: str
) -> None:
    found = key_work(junshan, category=category, property_managed=has_company)
    assert found.acceptance_point == point
    assert found.article_for("acceptance_point") == article


@pytest.mark.requirement("JS-2.4m")
@pytest.mark.parametrize(
    ("channel", "result"), [("walk_in_street_office", "redirect"), ("walk_in_property", "one_time_notice")]
)
def test_a_township_sends_home_decoration_on_to_the_property_company(
    junshan: PolicyPack, channel: str, result: str
) -> None:
    found = key_work(
        junshan,
        category="residential_decoration",
        property_managed=True,
        filing_channel=channel,
        provided_materials=[],
    )
    assert found.intake_result == result


@pytest.mark.requirement("JS-2.1b", "JS-2.2d", "JS-2.4g")
def test_only_what_the_notice_names_is_asked_for(junshan: PolicyPack) -> None:
    found = key_work(junshan, self_performed=True)
    assert found.required_materials == ("JS-form", "JS-safety-money", "JS-design", "JS-scheme", "JS-safety-person")
    hired = key_work(junshan)
    assert {"JS-contract", "JS-safety-duty"} <= set(hired.required_materials)
    assert "JS-commitment" in hired.optional_materials
    assert {rule.article for rule in junshan.materials} <= {"二（一）", "二（二）", "二（一）、二（二）"}


@pytest.mark.requirement("JS-2.4e", "JS-3.1b", "JS-N1", "JS-2.4d", "JS-2.4f")
def test_periods_and_shares_are_those_of_the_notice_and_no_others(junshan: PolicyPack) -> None:
    terms = junshan.deadlines
    assert (terms.site_check_working_days, terms.site_check_article) == (3, "二（四）")
    assert (terms.closeout_working_days, terms.closeout_article) == (3, "三（一）")
    assert {terms.validity_months, terms.extension_window_days, terms.feedback_working_days} == {None}
    share = junshan.parameters["inspection_share"]
    assert (share.value, share.article, share.unverified) == (Decimal("0.05"), "二（四）", False)
    monthly = {name for name, rule in junshan.patrol_plan.items() if rule.is_monthly}
    assert monthly == {PlanClass.HIGH_RISK}
    assert all(not rule.every_days for rule in junshan.patrol_plan.values())


@pytest.mark.requirement("JS-2.1d")
def test_contracts_that_together_exceed_the_limits_are_looked_at(junshan: PolicyPack) -> None:
    parts: dict[str, Any] = {"contract_amount_yuan": "200000", "investment_yuan": "200000", "floor_area_m2": "200"}
    settled = FILLED | {"limit_relation": 2, "limit_inclusive": 1}
    total = {"split_contracts_same_site": True, "total_contract_amount_yuan": "400000", "total_floor_area_m2": "200"}
    found = judged(junshan, **parts, **total, config=settled)
    assert (found.outcome, found.article_for("outcome")) == (Outcome.NEEDS_REVIEW, "二（一）")
    either = judged(junshan, **parts, **total, config=settled | {"limit_relation": 1})
    assert either.outcome == Outcome.REGISTER


@pytest.mark.requirement("JS-2.3e", "JS-3.2a", "JS-3.2c", "JS-2.4j")
def test_beyond_its_power_the_township_writes_to_the_bureaus(junshan: PolicyPack) -> None:
    facts = Facts({"kind": "small_work"})
    matter = TransferMatter(violation="work_safety", is_refused=True, is_within_power=None)
    here = propose_transfer(matter, junshan, facts=facts)
    assert (here.to_body, here.article) == ("乡镇人民政府、街道办事处", "三（二）")
    assert here.question is not None
    beyond = propose_transfer(
        TransferMatter(violation="work_safety", is_refused=True, is_within_power=False), junshan, facts=facts
    )
    assert (beyond.kind, beyond.to_body) == (TransferKind.LETTER, "区住房和城乡建设局")
    letters = {body.name for body in junshan.bodies if body.kind is TransferKind.LETTER}
    assert letters == {"区住房和城乡建设局", "区城市管理局"}
    others = [body for body in junshan.bodies if body.level is BodyLevel.DISTRICT and body.name not in letters]
    assert len(others) == 13


@pytest.mark.requirement("JS-2.4t", "JS-2.4k")
def test_the_departments_are_those_of_the_notice(junshan: PolicyPack) -> None:
    names = [each.name for each in junshan.guiding_departments]
    assert len(names) == 15
    assert {"区住房和城乡建设局", "区城市管理局", "市公安局君山分局", "区消防救援局"} <= set(names)
    assert {each.article for each in junshan.guiding_departments} == {"二（四）"}
    school = judged(junshan, place_kind="school")
    assert (school.industry_department, school.co_departments) == ("区住房和城乡建设局", ("区教育局",))


@pytest.mark.requirement("Q-3", "JS-2.1a", "JS-3.1b")
@pytest.mark.parametrize(
    ("neutral", "said"),
    [
        ("高风险小型工程清单", "重点监管小散工程清单"),
        ("非高风险小型工程", "非重点监管小散工程"),
        ("安全生产信息登记回执", "安全生产信息登记回执"),
        ("到受理点申报注销", "到受理点告知销号"),
        ("已注销", "已销号"),
        ("限额以下小型工程和零星作业监管台账", "小散工程监管台账"),
        ("生产经营单位", "施工单位"),
        ("移交登记簿", "移交登记簿"),
    ],
)
def test_the_program_speaks_in_the_words_of_the_place(junshan: PolicyPack, neutral: str, said: str) -> None:
    work_by(junshan.local_rules)
    assert local(neutral) == said
    assert local(local(neutral)) == said


def _all_papers(desk: Desk) -> list[Paper]:
    facts = factories.small_work_facts(category="residential_decoration", structural_change=True, hot_work=True)
    work = factories.walk_in(facts)
    papers = [*bundle(Act.ACCEPT, desk.context(work))]
    for act in (Act.INFORM_PERMIT, Act.NOT_APPLICABLE, Act.ONE_TIME_NOTICE, Act.TO_STREET_OFFICE):
        papers += bundle(act, desk.context(work, **NOT_ACCEPTED))
    return papers + [blank(code, office=factories.office(), pack=desk.pack) for code in BLANKS]


@pytest.mark.requirement("Q-JS", "Q-3", "JS-2.1e", "JS-2.2a", "JS-3.4")
def test_papers_speak_of_the_place_and_cite_the_notice_alone(junshan: PolicyPack, calendar: WorkdayCalendar) -> None:
    work_by(junshan.local_rules)
    papers = _all_papers(Desk(junshan, calendar))
    said = "\n".join("\n".join((paper.title, words_of(paper), *paper.foot)) for paper in papers)
    assert [line for line in said.splitlines() if FOREIGN.search(line)] == []
    receipt = papers[0]
    assert "3个工作日内告知销号" in words_of(receipt)
    assert "0730-8178006" in words_of(receipt)
    owner = next(paper for paper in papers if paper.code == "owner_commitment")
    assert owner.title == "建设单位（含住宅装修人）安全生产承诺书"
    assert "不肢解工程规避施工许可" in words_of(owner)
    contractor = next(paper for paper in papers if paper.code == "contractor_commitment")
    assert "安全风险公示牌" in words_of(contractor)
