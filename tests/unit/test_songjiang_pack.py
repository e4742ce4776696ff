"""The shipped 松江 pack against the circular: limits that exclude their number, papers in its own words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from desktop.documents.blocks import Paper
from desktop.documents.registry import blank, bundle
from desktop.domain.acts import Act
from desktop.domain.assess import assess
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.fact_reading import read_facts
from desktop.domain.local_rules import cited, local, work_by
from desktop.domain.one_time_notice import Deficiency
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import IntakeResult, Outcome, Standing
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import Packs
from tests import factories
from tests.paper_desk import NOT_ACCEPTED, Desk, words_of

CALENDAR = WorkdayCalendar()
DECORATIONS = ("nonresidential_decoration", "residential_decoration")
BY_INVESTMENT = (
    "other_building_and_ancillary",
    "house_repair_reinforcement",
    "municipal_infrastructure",
    "water_works",
    "pipeline_works",
    "greening_works",
    "other_small_work",
)
# What only other places write: 第…条 is no way to cite the circular, 注销 and 登记 have words of their own here.
FOREIGN = re.compile(r"第[一二三四五六七八九十]+条|（）|依据作出|高风险|注销|限额以下小型工程|生产经营单位|业主(?!管)")


@pytest.fixture(scope="module")
def songjiang(packs: Packs) -> PolicyPack:
    """The shipped pack of the place."""
    return packs.versions("songjiang")[0]


@pytest.fixture
def place_desk(songjiang: PolicyPack, calendar: WorkdayCalendar) -> Desk:
    """Makes papers in the words of the place."""
    work_by(songjiang.local_rules)
    return Desk(songjiang, calendar)


def judged(pack: PolicyPack, **facts: Any) -> Assessment:
    plain = {"kind": "small_work", "category": "nonresidential_decoration", "place_kind": "shop"}
    return assess(read_facts({**plain, **facts}), pack, CALENDAR)


@pytest.mark.requirement("SJ-1b", "Q-SJ")
@pytest.mark.parametrize("category", DECORATIONS)
@pytest.mark.parametrize(
    ("investment", "area", "outcome"),
    [
        ("999999", "299.99", Outcome.REGISTER),
        ("999999.99", "299.9999", Outcome.REGISTER),
        ("1000000", "299.99", Outcome.PERMIT_REQUIRED),
        ("999999", "300", Outcome.PERMIT_REQUIRED),
        ("1000000", "300", Outcome.PERMIT_REQUIRED),
        ("1000000.01", "1", Outcome.PERMIT_REQUIRED),
        ("1", "300.01", Outcome.PERMIT_REQUIRED),
    ],
)
def test_decoration_is_a_small_work_below_both_limits_and_at_neither(
    songjiang: PolicyPack, category: str, investment: str, area: str, outcome: Outcome
) -> None:
    found = judged(songjiang, category=category, investment_yuan=investment, floor_area_m2=area)
    assert (found.outcome, found.article_for("outcome")[:3]) == (outcome, "通报一")


@pytest.mark.requirement("SJ-1b")
@pytest.mark.parametrize("category", BY_INVESTMENT)
def test_every_other_work_is_judged_by_its_investment_alone(songjiang: PolicyPack, category: str) -> None:
    below = judged(songjiang, category=category, investment_yuan="999999.99", floor_area_m2="5000")
    at_limit = judged(songjiang, category=category, investment_yuan="1000000", floor_area_m2="1")
    assert (below.outcome, at_limit.outcome) == (Outcome.REGISTER, Outcome.PERMIT_REQUIRED)


@pytest.mark.requirement("SJ-1b")
def test_the_investment_goes_before_the_contract_amount(songjiang: PolicyPack) -> None:
    outcomes = [
        judged(songjiang, category="municipal_infrastructure", **amounts).outcome
        for amounts in (
            {"contract_amount_yuan": "900000"},
            {"contract_amount_yuan": "900000", "investment_yuan": "1000000"},
            {"contract_amount_yuan": "1200000", "investment_yuan": "900000"},
            {"contract_amount_yuan": "900000", "investment_yuan": None},
            {"contract_amount_yuan": None},
        )
    ]
    assert outcomes == [
        Outcome.REGISTER,
        Outcome.PERMIT_REQUIRED,
        Outcome.REGISTER,
        UNDETERMINED,
        UNDETERMINED,
    ]


@pytest.mark.requirement("SJ-1b")
def test_an_unknown_area_leaves_decoration_open_only_below_the_investment_limit(songjiang: PolicyPack) -> None:
    below = judged(songjiang, investment_yuan="500000", floor_area_m2=None)
    above = judged(songjiang, investment_yuan="1000000", floor_area_m2=None)
    assert (below.outcome, below.missing_facts) == (UNDETERMINED, ("floor_area_m2", "provided_materials"))
    assert above.outcome is Outcome.PERMIT_REQUIRED


@pytest.mark.requirement("SJ-1b")
def test_repair_of_dwellings_is_outside_the_list(songjiang: PolicyPack) -> None:
    facts = {"category": "house_repair_reinforcement", "investment_yuan": "1000"}
    assert judged(songjiang, **facts, place_kind="office").outcome is Outcome.REGISTER
    found = judged(songjiang, **facts, place_kind="dwelling")
    assert (found.outcome, found.article_for("outcome")) == (Outcome.NOT_APPLICABLE, "通报一")


@pytest.mark.requirement("SJ-4h")
@pytest.mark.parametrize("act", ["add_mezzanine", "unreported_construction", "illegal_extension"])
def test_mezzanines_and_unreported_building_are_not_filed_but_handed_on(songjiang: PolicyPack, act: str) -> None:
    found = judged(songjiang, investment_yuan="1000", floor_area_m2="10", illegal_acts=[act])
    assert (found.outcome, found.intake_result) == (Outcome.PROHIBITED, IntakeResult.TRANSFER)
    assert found.transfer_to == "属地执法力量"
    assert songjiang.label_of("illegal_acts", act) in found.inform_zh


def test_what_the_circular_does_not_speak_of_is_left_to_the_manager(songjiang: PolicyPack) -> None:
    assert judged(songjiang, kind="minor_operation").outcome is Outcome.NEEDS_REVIEW


@pytest.mark.requirement("SJ-3d")
def test_all_three_kinds_of_funding_are_under_management(songjiang: PolicyPack) -> None:
    assert [each.label for each in songjiang.choices["funding"]] == ["政府资金", "集体资金", "社会资金"]


@pytest.mark.requirement("SJ-5.5a", "SJ-5.5b", "SJ-5.5c")
def test_insulation_and_crowded_places_are_tagged_and_never_called_high_risk(songjiang: PolicyPack) -> None:
    found = judged(
        songjiang,
        investment_yuan="1000",
        floor_area_m2="10",
        insulation_material=True,
        crowded_place=True,
        hot_work=True,
        provided_materials=[],
    )
    assert found.high_risk is False
    assert "insulation-information" in found.required_materials
    said = "".join(found.reminders)
    assert ("保温材料工程清单" in said, "全覆盖监管" in said, "八条硬措施" in said) == (True, True, True)
    assert all("通报五5" in found.reminders[place] for place in range(3))


@pytest.mark.requirement("SJ-3c")
def test_both_parties_are_told_in_writing_and_sign(songjiang: PolicyPack, place_desk: Desk) -> None:
    paper = place_desk.paper(Act.ACCEPT, "safety_guide", factories.walk_in())
    assert paper.title == "小微工程安全生产事项告知书"
    assert [rule.code for rule in songjiang.materials if rule.code.startswith("notice-")] == [
        "notice-owner",
        "notice-contractor",
    ]
    assert ("建设单位（签收）" in words_of(paper), "施工企业（签收）" in words_of(paper)) == (True, True)


def test_no_period_and_no_validity_is_invented(songjiang: PolicyPack) -> None:
    terms = songjiang.deadlines
    assert {terms.validity_months, terms.closeout_working_days, terms.site_check_working_days} == {None}
    found = judged(
        songjiang, investment_yuan="1000", floor_area_m2="10", accepted_on="2026-03-02", completed_on="2026-05-08"
    )
    assert (found.validity_end, found.closeout_by, found.site_check_by) == (None, None, None)
    assert songjiang.gaps() == ()


@pytest.mark.requirement("SJ-3b1")
def test_close_out_is_a_filing_of_completion_with_papers_of_its_own(songjiang: PolicyPack) -> None:
    found = judged(songjiang, investment_yuan="1000", floor_area_m2="10", completed_on="2026-05-08")
    assert found.closeout_needs == ("竣工备案资料齐全（通报三）",)
    assert songjiang.papers["closeout_application"].title == "小微工程竣工备案登记表"
    assert songjiang.papers["closeout_receipt"].title == "小微工程竣工备案回执"


@pytest.mark.requirement("Q-SJ", "Q-1")
def test_the_standing_names_the_document_at_hand_and_the_one_that_is_not(songjiang: PolicyPack) -> None:
    assert (songjiang.standing, songjiang.document_number) == (Standing.IN_FORCE, "沪松建管〔2025〕86号")
    assert "沪松建管〔2023〕156号" in songjiang.effective_note
    assert "未取得" in songjiang.effective_note
    banner = songjiang.banner_on(factories.FILED_ON)
    assert banner == f"{songjiang.title}：现行，{songjiang.effective_note}"
    assert songjiang.hotlines == ()


@pytest.mark.requirement("Q-3")
@pytest.mark.parametrize(
    ("neutral", "said"),
    [
        ("登记回执", "备案回执"),
        ("安全生产信息登记表", "开工备案表"),
        ("登记编号", "备案编号"),
        ("未登记工地", "未备案工地"),
        ("申报注销", "申报竣工备案"),
        ("注销(&Z)", "竣工备案(&Z)"),
        ("限额以下小型工程和零星作业", "小微工程"),
        ("高风险小型工程", "重点监管小微工程"),
        ("建设单位（业主）", "建设单位"),
        ("生产经营单位", "施工企业"),
        ("撤销登记", "撤销备案"),
        ("移交登记簿", "移交登记簿"),
        ("登记备案", "登记备案"),
        ("行业主管部门", "行业主管部门"),
        ("小型工程和零星作业登记台", "小型工程和零星作业登记台"),
    ],
)
def test_the_program_speaks_of_filings_of_start_and_completion(songjiang: PolicyPack, neutral: str, said: str) -> None:
    work_by(songjiang.local_rules)
    assert local(neutral) == said


@pytest.mark.requirement("SJ-5.4c", "SJ-3e")
def test_articles_are_those_of_the_circular(songjiang: PolicyPack) -> None:
    work_by(songjiang.local_rules)
    assert cited("ledger_five_parts") == "（通报五4）"
    assert cited("key_list_crowded") == "（通报五5）"
    assert cited("patrol_findings") == "（通报五4）"
    assert cited("revocation_grounds") == ""


@pytest.mark.requirement("SJ-4a", "SJ-4b", "SJ-4c", "SJ-4h")
def test_the_hazards_of_the_circular_are_in_the_dictionary(songjiang: PolicyPack) -> None:
    codes = {
        "mobile_scaffold_no_rail",
        "scaffold_pole_spacing",
        "ladder_work",
        "no_switch_box",
        "power_from_second_box",
        "extension_board",
        "no_training_record",
        "no_scheme",
        "key_posts_absent",
        "steel_mezzanine",
        "permit_missing",
    }
    assert codes <= {entry.code for entry in songjiang.hazard_entries}
    named = {item.code: item.article for each in songjiang.check_lists for item in each.items}
    assert {named[code] for code in ("mobile_scaffold", "scaffold", "high_work", "power", "scheme")} == {"通报四"}


def _all_papers(desk: Desk) -> list[Paper]:
    matter = factories.walk_in(
        factories.small_work_facts(
            crowded_place=True, hot_work=True, insulation_material=True, scaffold_height_m=Decimal(6)
        )
    )
    lacking = Deficiency(
        code="filing-form", label="小微工程开工备案登记表", problem="未提交", cure="补交。", article="通报三"
    )
    papers = list(bundle(Act.ACCEPT, desk.context(matter)))
    papers += bundle(Act.ONE_TIME_NOTICE, desk.context(matter, **NOT_ACCEPTED, deficiencies=(lacking,)))
    for act in (Act.INFORM_PERMIT, Act.MUST_NOT_START, Act.NOT_APPLICABLE):
        papers += bundle(act, desk.context(matter, **NOT_ACCEPTED))
    forms = ("form_small_work", "closeout_application", "closeout_check", "patrol_record", "risk_board", "change_form")
    return papers + [blank(code, office=factories.office(), pack=desk.pack) for code in forms]


@pytest.mark.requirement("Q-SJ", "Q-3")
def test_no_paper_cites_the_law_or_speaks_the_words_of_another_place(place_desk: Desk) -> None:
    papers = _all_papers(place_desk)
    said = "\n".join("\n".join((paper.title, words_of(paper), *paper.foot)) for paper in papers)
    assert [line for line in said.splitlines() if FOREIGN.search(line)] == []
    titles = {paper.code: paper.title for paper in papers}
    assert titles["receipt"] == "小微工程开工备案回执"
    assert titles["closeout_application"] == "小微工程竣工备案登记表"
