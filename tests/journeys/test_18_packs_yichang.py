"""A counter of 宜昌: no limit is known, a filing (备案) goes through two levels of review, bad conduct is told of."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.acts import Status
from tests.journeys import at_a_place as place
from tests.journeys.conftest import Journey
from tests.journeys.on_site import looks_at

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.requirement("Q-YC", "Q-3", "YC-1b", "YC-2c")
def test_a_filing_of_yichang_from_the_window_through_two_reviews_to_its_close(closed: Journey) -> None:
    journey = closed
    place.first_start(journey, rules="宜昌", street="坪安街道办事处", day=date(2026, 5, 11))
    assert "试行" in journey.window.banner.text
    journey.keys("{Ctrl+N}")
    journey.fill(
        ("facts.kind", "1"),
        ("facts.category", "小散{Enter}"),
        ("project_name", "坪安路18号门店改造"),
        ("content", "更换门面和吊顶"),
        ("place.community", "坪安{Enter}"),
        ("place.estate", "坪安路18号"),
        ("facts.contract_amount_yuan", "12"),
        ("facts.floor_area_m2", "80"),
        ("facts.place_kind", "商铺{Enter}"),
        ("facts.sector", "{Down}{Enter}"),
        ("facts.hot_work", "{Ctrl+0}"),
        ("facts.property_managed", "{Ctrl+0}"),
        *place.parties(),
    )
    assert place.told(journey) == ("还不能判定", "本规则有 5 项尚未填写")
    journey.judge("{Shift+Space}")
    journey.keys("{F9}")
    assert "尚未填写，不能判定" in journey.label("act.why").text()
    assert journey.desk.ledger.decided_today() == 0

    place.fills_the_gaps(journey, version="2020-filled")
    assert place.told(journey) == ("小散工程", "小散工程，本窗口可以受理")
    assert ("在小散工程的限额以内，应当办理备案手续。", "四") in place.why(journey)
    place.judges_all_but(journey, "YC-form")
    told = journey.decide("{F8}")
    journey.next_day()
    place.comes_again(journey, told)
    sent = journey.decide("{F9}")
    assert journey.label("done.act").text() == "已收件送审，尚未备案"
    # Two levels, two persons; the second passes it.
    for comes in (place.leader_comes, place.second_comes):
        comes(journey)
        journey.find(sent)
        journey.open_found()
        journey.keys("{F9}")
        journey.settle()
    looks_at(journey)
    file = journey.file(sent)
    assert file.row.status is Status.REGISTERED
    number = file.registration_number or ""
    papers = place.papers(journey, told, number)
    assert "备案表未提交" in papers["one_time_notice"]
    assert "正在审核；尚未备案" in papers["submission_receipt"]
    for words in ("合法发包，落实安全责任。（四）", "试行", "类别小散工程（四）"):
        assert words in papers["receipt"]
    assert "有效期" not in papers["receipt"]
    assert "不良档案" in papers["contractor_commitment"]

    journey.day = date(2026, 7, 27)
    place.founder_comes(journey)
    place.closes_out(journey, number, completed="2026-7-24")
    papers = place.papers(journey, told, number)
    assert "下列小散工程的备案已经注销" in papers["closeout_receipt"]
    everything = "".join((*papers.values(), place.seen(journey)))
    assert place.strange(everything, at="yichang") == []
    for word in ("登记回执", "工作日内", "高风险", "风险等级"):
        assert word not in everything, word
