"""A counter of 君山: what its notice leaves open, home decoration, key works, and the close-out it calls 销号."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.acts import Status
from desktop.domain.worklist import TaskKind
from tests.journeys import at_a_place as place
from tests.journeys import rules_by_keys
from tests.journeys.conftest import Journey
from tests.journeys.on_site import does, entry_of, on_worklist

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MONDAY = date(2026, 5, 11)
NO_STRUCTURE = ("facts.structural_change", "{Ctrl+0}")
HOME = "坪安路8号3栋501室装修"
# The classes of the measure itself are not in the notice: two are named there, four are for this exercise.
SOURCE = "省《暂行办法》第四条（演练用，未核实）"
CLASSES = ("演练种类甲", "演练种类乙", "演练种类丙", "演练种类丁")


@pytest.fixture
def junshan(closed: Journey) -> Journey:
    """A township of 君山, set up at the first start by keys."""
    place.first_start(closed, rules="君山", street="坪安镇人民政府", day=MONDAY)
    return closed


def brings_home_work(journey: Journey, *, managed: str, name: str = HOME) -> None:
    """Somebody brings the decoration of a home."""
    journey.keys("{Ctrl+N}")
    managed_by = ("facts.property_managed", managed)
    journey.fill(*place.home(name), NO_STRUCTURE, managed_by, ("facts.self_performed", "{Ctrl+0}"), *place.parties())


@pytest.mark.requirement("Q-JS", "Q-3", "JS-2.1a", "JS-2.4m", "JS-2.4n")
def test_the_window_of_junshan_judges_nothing_before_the_gaps_are_filled(junshan: Journey) -> None:
    journey = junshan
    assert "有待补齐的有 6 项" in journey.window.banner.text
    brings_home_work(journey, managed="Y")
    what, wanting = place.told(journey)
    assert (what, wanting) == ("还不能判定", "本规则有 6 项尚未填写")
    missing = journey.label("decision.missing").text()
    for name in ("重点监管小散工程的种类", "金额上限", "建筑面积上限", "限额的关系", "限额的本数", "按哪一项计算"):
        assert name in missing, missing
    journey.judge("{Shift+Space}")
    journey.keys("{F9}")
    assert "尚未填写，不能判定" in journey.label("act.why").text()
    assert not journey.label("done.number").isVisible()
    assert journey.desk.ledger.decided_today() == 0

    filled = rules_by_keys.fills_gaps(journey, "2026-notice", classes=tuple((each, SOURCE) for each in CLASSES))
    assert filled == "2026-notice-r2"
    assert journey.desk.office.pack().version == "2026-notice", "nobody else has looked at it yet"
    place.leader_comes(journey)
    looked = rules_by_keys.lets_bind(journey, filled, reason="与省《暂行办法》核对一致")
    assert {"limit_amount_yuan", "limit_area_m2", "limit_relation", "limit_inclusive"} <= set(looked.changed)
    assert "没有未填写的项" in looked.open_gaps
    assert journey.desk.office.pack().version == filled
    place.founder_comes(journey)
    journey.keys("{Ctrl+1}")
    journey.see(lambda: journey.window.page_key == "intake", "the window again")
    what, wanting = place.told(journey)
    assert "尚未填写" not in wanting
    assert "待补齐" not in journey.window.banner.text
    assert "金额上限" not in journey.label("decision.missing").text(), "the rules want nothing any more"
    assert journey.typed().project_name == HOME, "what was typed waits for whoever began it"
    journey.fill(("facts.key_classes", "{Ctrl+0}"))
    assert place.told(journey) == ("小散工程", "由物业服务企业受理，请到物业服务企业申报")
    journey.keys("{F9}")
    assert "向物业服务企业申报，请转物业服务企业" in journey.label("act.why").text()
    sent_on = journey.decide("{Shift+F9}")
    slip = place.papers(journey, sent_on)["to_street_office"]
    for words in ("转物业服务企业申报告知单", "请向物业服务企业申报", "二（四）", "落实销号"):
        assert words in slip
    assert "乡镇（街道）申报" not in slip

    brings_home_work(journey, managed="N", name="坪安村12号自建房装修")
    assert place.told(journey) == ("小散工程", "由乡镇（街道）受理，本窗口可以受理")
    assert ("住宅室内装饰装修没有物业服务企业的，向乡镇（街道）申报。", "二（四）") in place.why(journey)
    journey.judge("{Shift+Space}")
    number = journey.decide("{F9}")
    papers = place.papers(journey, number)
    assert set(papers) >= {"receipt", "owner_commitment", "contractor_commitment", "risk_notice", "posting"}
    for words in (
        "岳阳市君山区住房和城乡建设局",
        "建设单位（含住宅装修人）陈小满",
        "工程完工后3个工作日内告知销号。〔三（一）〕",
        "0730-8178006",
        "junshan2026-notice-r2",
    ):
        assert words in papers["receipt"]
    assert "有效期" not in papers["receipt"], "the notice knows no validity"
    assert "（含住宅装修人）（建设" not in "".join(papers.values()), "said once"
    everything = "".join((*papers.values(), slip, place.seen(journey)))
    assert place.strange(everything, at="junshan") == []


@pytest.mark.requirement("Q-JS", "Q-3", "JS-2.4n", "JS-3.1b")
def test_key_works_of_junshan_are_designed_checked_monthly_and_closed_by_telling(junshan: Journey) -> None:
    journey = junshan
    place.fills_the_gaps(journey, version="2026-filled", classes=CLASSES)
    journey.keys("{Ctrl+N}")
    journey.fill(
        ("facts.category", "其他{Enter}"),
        ("project_name", "坪安路5号商铺拆墙"),
        ("content", "拆除一道承重墙并加固"),
        ("place.community", "坪安{Enter}"),
        ("place.estate", "坪安路5号"),
        ("facts.contract_amount_yuan", "12"),
        ("facts.floor_area_m2", "80"),
        ("facts.structural_change", "Y"),
        ("facts.function_change", "{Ctrl+0}"),
        ("facts.property_managed", "{Ctrl+0}"),
        *place.parties(("contractor_safety_manager.name", "许安")),
    )
    assert place.told(journey) == ("重点监管小散工程", "由乡镇（街道）受理，本窗口可以受理")
    assert {"JS-design", "JS-scheme", "JS-safety-person"} <= set(place.asked_papers(journey))
    place.judges_all_but(journey, "JS-design")
    told = journey.decide("{F8}")
    journey.next_day()
    place.comes_again(journey, told)
    number = journey.decide("{F9}")
    papers = place.papers(journey, told, number)
    assert "依法委托设计，并提交设计文件。二（一）" in papers["one_time_notice"]
    assert "共有1项需要补正" in papers["one_time_notice"]
    for words in (
        "重点监管小散工程：变动建筑主体和承重结构〔二（一）〕",
        "最迟2026年5月15日，二（四）",
        "每月不少于一次",
    ):
        assert words in papers["receipt"]
    assert "变动建筑主体和承重结构，依法委托设计。〔二（一）〕" in papers["owner_commitment"]
    assert "《湖南省住房城乡建设领域小散工程安全生产管理暂行办法》第五条" in papers["owner_commitment"]
    assert "变动建筑主体和承重结构，属于重点监管情形。〔二（一）〕" in papers["risk_notice"]

    place.leader_comes(journey)
    assert on_worklist(journey, TaskKind.FIRST_CHECK, number).by == date(2026, 5, 15)
    does(journey, TaskKind.FIRST_CHECK, number)
    journey.fill(("patrol.patrollers", "陈巡"), ("patrol.organisation", "坪安镇人民政府"))
    journey.keys("{Ctrl+Enter}")
    journey.see(lambda: "首次现场检查已完成" in entry_of(journey).banner.text, "the check recorded")
    journey.day = date(2026, 6, 25)
    assert on_worklist(journey, TaskKind.PATROL, number).by == date(2026, 6, 30), "every month"

    journey.day = date(2026, 7, 27)
    place.founder_comes(journey)
    place.closes_out(journey, number, completed="2026-7-24")
    assert journey.file(number).row.status is Status.CLOSED
    assert "已销号" in place.seen(journey)
    papers = place.papers(journey, told, number)
    assert "小散工程完工销号告知单" in papers["closeout_application"]
    assert "小散工程销号回执" in papers["closeout_receipt"]
    assert "已经销号，管理闭环〔三（一）〕" in papers["closeout_receipt"]
    everything = "".join((*papers.values(), place.seen(journey)))
    assert place.strange(everything, at="junshan") == []
    assert "注销" not in everything
