"""A counter of 松江: judged by the investment and, for decoration, by the area too; 开工备案 and 竣工备案 by key."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.acts import Status
from tests.journeys import at_a_place as place
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def brings_decoration(journey: Journey, investment: str, area: str) -> None:
    """Somebody brings the decoration of a shop; contract and investment are the same."""
    journey.keys("{Ctrl+N}")
    journey.fill(
        ("facts.kind", "1"),
        ("facts.category", "既有建筑装饰装修工程（非{Enter}"),
        ("project_name", "坪安路18号商铺装修"),
        ("content", "店内吊顶和墙面"),
        ("place.community", "坪安{Enter}"),
        ("place.estate", "坪安路18号"),
        ("facts.contract_amount_yuan", investment),
        ("facts.floor_area_m2", area),
        ("facts.place_kind", "商铺{Enter}"),
        ("facts.illegal_acts", "{Ctrl+0}"),
        ("facts.structural_change", "{Ctrl+0}"),
        ("facts.property_managed", "{Ctrl+0}"),
        *place.parties(),
    )


@pytest.mark.requirement("Q-SJ", "Q-3", "SJ-1b", "SJ-3b1", "SJ-3c")
def test_a_small_work_of_songjiang_from_the_window_to_its_completion_filing(closed: Journey) -> None:
    journey = closed
    place.first_start(journey, rules="松江", street="坪安镇人民政府", day=date(2026, 5, 11))
    assert "沪松建管〔2023〕156号）文本未取得" in journey.window.banner.text

    brings_decoration(journey, "100", "299.99")
    assert place.told(journey)[0] == "限额以上，应办施工许可"
    refused = place.papers(journey, journey.decide("{F7}"))["permit_notice"]
    for words in ("达到或者超过小微工程的限额", "投资额1,000,000元（100万元）", "本受理点不予备案", "通报五3"):
        assert words in refused
    brings_decoration(journey, "99.99", "300")
    assert place.told(journey)[0] == "限额以上，应办施工许可", "both measures count, and neither limit is within"

    brings_decoration(journey, "99.99", "299.99")
    assert place.told(journey) == ("小微工程", "由街镇（经开区）受理，本窗口可以受理")
    place.judges_all_but(journey, "notice-contractor")
    told = journey.decide("{F8}")
    journey.next_day()
    place.comes_again(journey, told)
    number = journey.decide("{F9}")
    papers = place.papers(journey, told, number)
    assert "安全生产事项书面告知的签收（施工企业）未提交" in papers["one_time_notice"]
    for words in ("小微工程开工备案回执", "投资额999,900元（99.99万元）", "完工后到本受理点办理竣工备案", "文本未取得"):
        assert words in papers["receipt"]
    assert "有效期至2026" not in papers["receipt"], "the circular knows no validity"
    for party in ("建设单位（签收）：", "施工企业（签收）："):
        assert party in papers["safety_guide"], "told in writing to both"
    assert "开工前，现将安全生产有关事项书面告知建设单位和施工企业" in papers["safety_guide"]

    journey.day = date(2026, 7, 27)
    place.closes_out(journey, number, completed="2026-7-24", more=(("need.0", "{Space}"),))
    assert journey.file(number).row.status is Status.CLOSED
    assert "已竣工备案" in place.seen(journey)
    papers = place.papers(journey, told, number)
    assert "竣工备案" in papers["closeout_application"]
    assert "竣工备案" in papers["closeout_receipt"]
    everything = "".join((refused, *papers.values(), place.seen(journey)))
    assert place.strange(everything, at="songjiang") == []
    for word in ("注销", "登记回执", "工作日内"):
        assert word not in everything, word
