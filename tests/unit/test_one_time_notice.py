"""The one-time notice: every gap at once, and how a later one may differ (第二十七条(三))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.assess import assess
from desktop.domain.changed_facts import fingerprint
from desktop.domain.facts import Facts, FactValue
from desktop.domain.one_time_notice import (
    Deficiency,
    PreviousNotice,
    deficiencies,
    settled_items,
    unjudged,
)
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Correction, MaterialCheck, Verdict, WalkIn, decisive_facts
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import FILED_ON, all_in_order, minor_facts, small_work_facts, walk_in


def gaps(pack: PolicyPack, matter: WalkIn, previous: PreviousNotice | None = None) -> tuple[Deficiency, ...]:
    facts = decisive_facts(matter, filed_on=FILED_ON, channel="walk_in_street_office")
    found = assess(facts, pack, WorkdayCalendar())
    return deficiencies(matter, found, pack=pack, facts=facts, previous=previous)


def complete(pack: PolicyPack, facts: Facts | None = None) -> WalkIn:
    return all_in_order(walk_in(facts), pack)


def judge(matter: WalkIn, code: str, verdict: Verdict, remark: str = "") -> WalkIn:
    return matter.with_check(MaterialCheck(code=code, verdict=verdict, remark=remark))


def told(matter: WalkIn, items: tuple[str, ...], settled: tuple[str, ...] = ()) -> PreviousNotice:
    facts = decisive_facts(matter, filed_on=date(2026, 2, 24), channel="walk_in_community")
    return PreviousNotice(items=items, settled=settled, facts_fingerprint=fingerprint(facts))


@pytest.mark.requirement("LG-27-3c1")
@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.MISSING, "未提交"),
        (Verdict.UNREADABLE, "不清晰"),
        (Verdict.UNSIGNED, "未签名"),
        (Verdict.EXPIRED, "已过有效期"),
        (Verdict.INCONSISTENT, "不一致"),
        (Verdict.OTHER, "不符合要求"),
    ],
)
def test_every_fault_of_a_paper_is_a_gap_with_article_and_cure(pack: PolicyPack, verdict: Verdict, words: str) -> None:
    (gap,) = gaps(pack, judge(complete(pack), "28-4", verdict, "第3页"))
    assert gap.code == "28-4"
    assert words in gap.problem
    assert gap.problem.endswith("第3页")
    assert gap.article == "第二十八条(四)"
    assert gap.cure


@pytest.mark.requirement("LG-27-3c1")
def test_all_gaps_stand_in_one_notice(pack: PolicyPack) -> None:
    matter = complete(pack, small_work_facts(hoisting=True))
    required = ("28-1", "28-3", "28-4", "28-5-special-scheme", "28-6-pm-authorisation")
    for code in required:
        matter = judge(matter, code, Verdict.MISSING)
    assert tuple(gap.code for gap in gaps(pack, matter)) == required


@pytest.mark.requirement("LG-27-3c3")
def test_information_to_correct_stands_beside_the_papers(pack: PolicyPack) -> None:
    correction = Correction(item="施工区域面积", asked="与合同第2页不一致，请更正")
    matter = replace(judge(complete(pack), "28-4", Verdict.UNSIGNED), corrections=(correction,))
    paper, information = gaps(pack, matter)
    assert paper.code == "28-4"
    assert (information.code, information.cure) == ("info-施工区域面积", correction.asked)
    assert information.article == "第二十七条(三)"


@pytest.mark.requirement("LG-28-3", "LG-10-5")
def test_an_optional_paper_is_a_gap_only_when_it_was_brought_and_is_faulty(pack: PolicyPack) -> None:
    minor = complete(pack, minor_facts())
    assert gaps(pack, judge(minor, "28-3", Verdict.MISSING)) == ()
    assert [gap.code for gap in gaps(pack, judge(minor, "28-3", Verdict.UNSIGNED))] == ["28-3"]


@pytest.mark.requirement("LG-27-3c2")
def test_a_gap_the_notice_named_may_stand_again(pack: PolicyPack) -> None:
    matter = judge(complete(pack), "28-4", Verdict.MISSING)
    assert [gap.newly_visible for gap in gaps(pack, matter, told(matter, ("28-4",)))] == [True]


@pytest.mark.requirement("LG-27-3c2")
def test_a_paper_that_was_missing_all_along_was_forgotten(pack: PolicyPack) -> None:
    matter = judge(complete(pack), "28-4", Verdict.MISSING)
    assert [gap.newly_visible for gap in gaps(pack, matter, told(matter, ("28-3",)))] == [False]


@pytest.mark.requirement("LG-27-3c2")
def test_a_fault_of_a_newly_handed_in_paper_is_new(pack: PolicyPack) -> None:
    matter = judge(complete(pack), "28-4", Verdict.UNSIGNED)
    assert [gap.newly_visible for gap in gaps(pack, matter, told(matter, ("28-3",)))] == [True]


@pytest.mark.requirement("LG-27-3c2")
def test_a_paper_once_found_in_order_cannot_be_found_faulty_later(pack: PolicyPack) -> None:
    matter = judge(complete(pack), "28-4", Verdict.UNSIGNED)
    previous = told(matter, ("28-3",), settled=("28-4",))
    assert [gap.newly_visible for gap in gaps(pack, matter, previous)] == [False]


@pytest.mark.requirement("LG-27-3c2")
def test_changed_facts_make_every_gap_new(pack: PolicyPack) -> None:
    matter = judge(complete(pack, small_work_facts(gas_line_change=True)), "28-7b-gas-opinion", Verdict.MISSING)
    previous = told(complete(pack), ("28-4",))
    assert [gap.newly_visible for gap in gaps(pack, matter, previous)] == [True]


@pytest.mark.requirement("LG-27-3c3")
def test_a_correction_that_was_not_asked_for_before_was_forgotten(pack: PolicyPack) -> None:
    matter = replace(complete(pack), corrections=(Correction(item="工程名称", asked="请更正"),))
    assert [gap.newly_visible for gap in gaps(pack, matter, told(matter, ("28-4",)))] == [False]
    assert [gap.newly_visible for gap in gaps(pack, matter, told(matter, ("info-工程名称",)))] == [True]


@pytest.mark.requirement("LG-27-3a")
def test_papers_without_a_verdict_are_named(pack: PolicyPack) -> None:
    matter = walk_in()
    facts = decisive_facts(matter, filed_on=FILED_ON, channel="walk_in_street_office")
    found = assess(facts, pack, WorkdayCalendar())
    assert unjudged(matter, found) == found.required_materials
    assert unjudged(all_in_order(matter, pack), found) == ()


@pytest.mark.requirement("LG-27-3c4")
def test_papers_in_order_are_remembered_as_settled(pack: PolicyPack) -> None:
    matter = judge(complete(pack), "28-4", Verdict.MISSING)
    settled = settled_items(matter, gaps(pack, matter))
    assert "28-1" in settled
    assert "28-4" not in settled


@pytest.mark.requirement("LG-27-3c2")
@pytest.mark.parametrize(
    ("changes", "same"),
    [
        pytest.param({"filed_on": date(2026, 3, 9)}, True, id="another-day"),
        pytest.param({"filing_channel": "online"}, True, id="another-channel"),
        pytest.param({"provided_materials": ("28-1",)}, True, id="other-papers"),
        pytest.param({"contract_amount_yuan": Decimal(300001)}, False, id="another-amount"),
        pytest.param({"hoisting": True}, False, id="another-answer"),
    ],
)
def test_the_fingerprint_is_of_the_work_not_of_the_visit(changes: dict[str, FactValue], same: bool) -> None:
    assert (fingerprint(small_work_facts()) == fingerprint(small_work_facts(**changes))) is same


@pytest.mark.requirement("LG-28-6a")
@pytest.mark.parametrize(("valid_to", "is_gap"), [(date(2026, 3, 1), True), (date(2026, 3, 2), False)])
def test_a_paper_in_order_whose_own_date_has_passed_is_a_gap(pack: PolicyPack, valid_to: date, is_gap: bool) -> None:
    matter = all_in_order(walk_in(), pack)
    matter = matter.with_check(MaterialCheck(code="28-4", verdict=Verdict.IN_ORDER, valid_to=valid_to))
    assert [gap.code for gap in gaps(pack, matter)] == (["28-4"] if is_gap else [])
