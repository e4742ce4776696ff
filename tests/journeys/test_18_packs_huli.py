"""A counter of 湖里: rules that have expired, no limit known, minor operations, and the safety agreement."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.views.shared.pick_list import PickList
from tests.journeys import at_a_place as place
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.requirement("Q-HL", "Q-3", "HL-1.1", "HL-1.3d")
def test_a_small_work_of_huli_is_judged_once_its_limits_are_filled_and_closed_out(closed: Journey) -> None:
    journey = closed
    place.first_start(journey, rules="湖里", street="坪安街道办事处", day=date(2026, 5, 11))
    assert "失效，2022年3月7日印发，已到期失效" in journey.window.banner.text
    journey.keys("{Ctrl+N}")
    journey.fill(
        ("facts.kind", "1"),
        ("facts.category", "非住宅{Enter}"),
        ("project_name", "坪安路18号商铺装修"),
        ("content", "店内吊顶和墙面"),
        ("place.community", "坪安{Enter}"),
        ("place.estate", "坪安路18号"),
        ("facts.contract_amount_yuan", "12"),
        ("facts.floor_area_m2", "80"),
        ("facts.place_kind", "商铺{Enter}"),
        ("facts.structural_change", "{Ctrl+0}"),
        ("facts.property_managed", "{Ctrl+0}"),
        *place.parties(),
    )
    assert place.told(journey) == ("还不能判定", "本规则有 5 项尚未填写")
    journey.judge("{Shift+Space}")
    journey.keys("{F9}")
    assert "尚未填写，不能判定" in journey.label("act.why").text()
    assert journey.desk.ledger.decided_today() == 0

    place.fills_the_gaps(journey, version="2022-filled")
    assert "失效" in journey.window.banner.text, "filling gaps gives expired rules no new life"
    assert place.told(journey)[0] == "小散工程"
    assert place.asked_papers(journey) == ["registration-form", "safety-agreement"]
    place.judges_all_but(journey, "safety-agreement")
    told = journey.decide("{F8}")
    journey.next_day()
    place.comes_again(journey, told)
    number = journey.decide("{F9}")
    papers = place.papers(journey, told, number)
    assert "安全协议（安全条约）未提交" in papers["one_time_notice"]
    for words in ("小散工程和零星作业信息登记回执", "失效，2022年3月7日印发", "咨询、办理注销"):
        assert words in papers["receipt"]
    assert "有效期" not in papers["receipt"]

    journey.day = date(2026, 7, 27)
    place.closes_out(journey, number, completed="2026-7-24")
    papers = place.papers(journey, told, number)
    assert "下列小散工程的信息登记已经注销" in papers["closeout_receipt"]
    everything = "".join((*papers.values(), place.seen(journey)))
    assert place.strange(everything, at="huli") == []
    for word in ("工作日内", "高风险", "风险等级"):
        assert word not in everything, word


@pytest.mark.requirement("Q-HL", "HL-1.1", "HL-1.3d")
def test_a_minor_operation_of_huli_needs_no_limit_and_its_papers_say_so(closed: Journey) -> None:
    journey = closed
    place.first_start(journey, rules="湖里", street="坪安街道办事处", day=date(2026, 5, 11))
    journey.keys("{Ctrl+N}", "2")
    journey.typist.walk_to("facts.category")
    category = journey.row("facts.category").editor
    assert isinstance(category, PickList)
    offered = [label for _code, label in category.options]
    for words in ("空调", "太阳能", "智能监控", "雨棚", "防盗网"):
        assert any(words in label for label in offered), words
    journey.keys("防盗网{Enter}")
    journey.fill(
        ("project_name", "坪安路8号防盗网更换"),
        ("content", "拆旧装新"),
        ("place.community", "坪安{Enter}"),
        ("place.estate", "坪安路8号"),
        ("facts.hot_work", "{Ctrl+0}"),
        ("facts.property_managed", "{Ctrl+0}"),
        *place.parties(),
    )
    assert place.told(journey) == ("零星作业", "零星作业，本窗口可以受理")
    journey.judge("{Shift+Space}")
    papers = place.papers(journey, journey.decide("{F9}"))
    assert "下列零星作业已于2026年5月11日办理信息登记" in papers["receipt"]
    assert "高处坠落" in papers["risk_notice"]
    everything = "".join((*papers.values(), place.seen(journey)))
    assert place.strange(everything, at="huli") == []
