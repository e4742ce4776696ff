"""The decision at the side while one types: what it is, why, and what is still unknown and decides."""

from __future__ import annotations

import pytest

from desktop.domain.acts import StationKind
from tests.factories import office
from tests.journeys import people
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def sees(journey: Journey, words: str) -> None:
    """See the words large in the decision."""
    journey.reads(journey.label("decision.what"), words)


def why(journey: Journey, article: str) -> str:
    """The sentence that the decision gives with an article."""
    lines = [each.line for each in journey.intake.decision.why_lines()]
    return next((line.text for line in lines if article in line.article), "")


@pytest.mark.requirement("LG-3-6", "LG-3-0", "LG-2-0a", "LG-10-2")
def test_digging_three_metres_deep_makes_it_high_risk_while_one_types(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    sees(journey, "请选择类别")
    journey.fill(*people.shop())
    sees(journey, "还不能判定")
    journey.fill(*people.NO_RISKS)
    sees(journey, "限额以下小型工程")
    assert "本窗口可以受理" in journey.label("decision.who").text()
    journey.fill(("facts.earthwork", "Y"), ("facts.excavation_depth_m", "2.99"))
    sees(journey, "限额以下小型工程")
    journey.fill(("facts.excavation_depth_m", "{Ctrl+A}3"))
    sees(journey, "高风险小型工程")
    assert "3" in why(journey, "第三条(六)")
    lit = journey.row("facts.excavation_depth_m").label
    line = next(each for each in journey.intake.decision.why_lines() if "第三条(六)" in each.line.article)
    line.lit.emit(line.line.facts)
    assert lit.property("lit"), "pointing at the reason lights its field"
    journey.fill(("facts.contract_amount_yuan", "{Ctrl+A}299.9999"))
    journey.see(lambda: bool(why(journey, "第三条(一)")), "the amount above the limit with its article")
    supervision = why(journey, "第十条(二)")
    journey.fill(("facts.contract_amount_yuan", "{Ctrl+A}300"))
    journey.see(lambda: why(journey, "第十条(二)") != supervision, "the engineer of supervision from 3,000,000 元")
    journey.see(lambda: bool(why(journey, "第十条(二)")), "the engineer of supervision with the article")


@pytest.mark.requirement("LG-3-0")
def test_what_is_unknown_and_decides_leads_to_its_field(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.shop(amount="", area=""), *people.NO_RISKS)
    missing = journey.label("decision.missing")
    journey.see(lambda: missing.isVisible() and "合同金额" in missing.text(), "what is missing")
    assert "施工面积" in missing.text()
    journey.keys("{F4}")
    first = journey.here()
    journey.keys("{F4}")
    assert {first, journey.here()} == {"facts.contract_amount_yuan", "facts.floor_area_m2"}
    journey.fill(("facts.contract_amount_yuan", "30"))
    sees(journey, "小型工程，是否高风险未定")
    assert "合同金额" not in missing.text()
    journey.keys("{F4}")
    assert journey.here() == "facts.floor_area_m2"
    journey.keys("120")
    sees(journey, "限额以下小型工程")
    assert missing.isHidden()
    journey.keys("{F4}")
    assert journey.here() == "materials", "after the facts come the papers"


@pytest.mark.requirement("LG-27-3d", "LG-2-0a", "LG-27-3e")
def test_the_ends_that_are_no_registration_are_said_with_article_and_sentence(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.shop(amount="100.0001", area="500.01"), ("facts.art4_kind", "{Ctrl+0}"), *people.NO_RISKS)
    sees(journey, "限额以上，应办施工许可")
    assert why(journey, "第二条")
    journey.fill(("facts.contract_amount_yuan", "{Ctrl+A}100"))
    sees(journey, "高风险小型工程")
    journey.fill(("facts.illegal_acts", "1"))
    sees(journey, "不得开工")
    assert why(journey, "第七条")
    journey.fill(("facts.illegal_acts", "N"), ("facts.temporary_building", "Y"))
    sees(journey, "不属于登记范围")
    assert why(journey, "第六条")


@pytest.mark.requirement("LG-26-2a", "LG-26-2b")
def test_the_counter_says_who_takes_a_high_risk_work(closed: Journey) -> None:
    closed.start(
        office(
            station_name="坪安社区工作站", station_kind=StationKind.COMMUNITY_STATION, street_office_address="坪安路2号"
        )
    )
    closed.keys("{Ctrl+N}")
    closed.fill(*people.shop(), *people.NO_RISKS)
    sees(closed, "限额以下小型工程")
    assert "本窗口可以受理" in closed.label("decision.who").text()
    closed.fill(("facts.load_increase", "Y"), ("facts.affects_house_safety", "Y"))
    sees(closed, "高风险小型工程")
    assert "请转街道办理" in closed.label("decision.who").text()
