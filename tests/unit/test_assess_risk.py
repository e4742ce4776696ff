"""The nine high-risk items (第三条), supervision (第十条(二)) and the right counter (第二十六条(二))."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.assess import assess, facts_as_declared
from desktop.domain.assessment_result import Assessment
from desktop.domain.fact_reading import read_facts
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar

CALENDAR = WorkdayCalendar(known_years=frozenset({2026}))
SHOP = {
    "kind": "small_work",
    "category": "nonresidential_decoration",
    "contract_amount_yuan": 300000,
    "floor_area_m2": 120,
}
SIGN = {"kind": "minor_operation", "category": "signboard", "in_public_area": True}
UNDETERMINED = "undetermined"


def judged(pack: PolicyPack, *parts: dict[str, Any], **facts: Any) -> Assessment:
    merged: dict[str, Any] = {}
    for part in (*parts, facts):
        merged |= part
    return assess(facts_as_declared(read_facts(merged), pack), pack, CALENDAR)


def row(number: int) -> pytest.MarkDecorator:
    return pytest.mark.requirement(f"LG-3-{number}")


# (facts, the items that fire, high risk) from the text of 第三条.
ITEMS = [
    # (一) one number above its limit, the other within
    pytest.param({}, (), False, id="1-both-within", marks=row(1)),
    pytest.param({"contract_amount_yuan": 1000000, "floor_area_m2": 500}, (), False, id="1-at-limits", marks=row(1)),
    pytest.param({"contract_amount_yuan": "1000000.01"}, (1,), True, id="1-amount-above", marks=row(1)),
    pytest.param({"floor_area_m2": "500.01"}, (1,), True, id="1-area-above", marks=row(1)),
    pytest.param({"contract_amount_yuan": 1000001, "floor_area_m2": 500}, (1,), True, id="1-area-at", marks=row(1)),
    pytest.param({"contract_amount_yuan": 1000000, "floor_area_m2": 501}, (1,), True, id="1-amount-at", marks=row(1)),
    pytest.param({"floor_area_m2": None}, (), UNDETERMINED, id="1-area-unknown", marks=row(1)),
    pytest.param({"contract_amount_yuan": None}, (), UNDETERMINED, id="1-amount-unknown", marks=row(1)),
    pytest.param({"floor_area_m2": "not_applicable"}, (), False, id="1-no-area-by-nature", marks=row(1)),
    # (二) structure; or load or use with effect on safety
    pytest.param({"structural_change": True}, (2,), True, id="2-structure", marks=row(2)),
    pytest.param({"load_increase": True}, (), False, id="2-load-harmless", marks=row(2)),
    pytest.param({"function_change": True}, (), False, id="2-use-harmless", marks=row(2)),
    pytest.param({"load_increase": True, "affects_house_safety": True}, (2,), True, id="2-load", marks=row(2)),
    pytest.param({"function_change": True, "affects_house_safety": True}, (2,), True, id="2-use", marks=row(2)),
    pytest.param({"affects_house_safety": True}, (), False, id="2-effect-of-nothing", marks=row(2)),
    pytest.param({"non_bearing_wall_removal": True}, (), False, id="2-partition", marks=row(2)),
    pytest.param(
        {"load_increase": True, "affects_house_safety": None}, (), UNDETERMINED, id="2-effect-unknown", marks=row(2)
    ),
    pytest.param({"structural_change": None}, (), UNDETERMINED, id="2-structure-unknown", marks=row(2)),
    # (三) elevators
    *(
        pytest.param(
            {"category": "elevator_work", "elevator_work_type": work}, (3,), True, id=f"3-{work}", marks=row(3)
        )
        for work in ("addition", "alteration", "replacement", "removal")
    ),
    # (四) hot work in a crowded place
    pytest.param({"crowded_place_hot_work": True}, (4,), True, id="4-resolved", marks=row(4)),
    pytest.param({"crowded_place": True, "hot_work": True}, (4,), True, id="4-both", marks=row(4)),
    pytest.param({"crowded_place": "托儿所", "hot_work_tools_zh": ["电钻"]}, (4,), True, id="4-tool", marks=row(4)),
    pytest.param({"crowded_place": True}, (), False, id="4-no-hot-work", marks=row(4)),
    pytest.param({"hot_work": True}, (), False, id="4-not-crowded", marks=row(4)),
    pytest.param({"crowded_place": True, "hot_work": None}, (), UNDETERMINED, id="4-unknown", marks=row(4)),
    *(
        pytest.param({"place_kind": place, "hot_work": True}, (4,), True, id=f"4-{place}", marks=row(4))
        for place in ("kindergarten", "mall", "farm_market")
    ),
    *(
        pytest.param({"place_kind": place, "hot_work": True}, (), False, id=f"4-{place}-only-some-rooms", marks=row(4))
        for place in ("school", "hospital", "factory", "bus_station", "dwelling")
    ),
    pytest.param({"place_kind": "kindergarten"}, (), False, id="4-kindergarten-without-hot-work", marks=row(4)),
    pytest.param(
        {"crowded_place_hot_work": False, "crowded_place": True, "hot_work": True},
        (),
        False,
        id="4-the-resolved-no-is-final",
        marks=row(4),
    ),
    pytest.param({"crowded_place": "none", "hot_work": True}, (), False, id="4-none-is-no-place", marks=row(4)),
    # item 5: confined space
    pytest.param({"confined_space": True}, (5,), True, id="5-confined", marks=row(5)),
    pytest.param({"confined_space": False}, (), False, id="5-not-confined", marks=row(5)),
    pytest.param({"confined_space": None}, (), UNDETERMINED, id="5-unknown", marks=row(5)),
    # (六) 3 m included
    pytest.param({"excavation_depth_m": "2.99"}, (), False, id="6-just-below", marks=row(6)),
    pytest.param({"excavation_depth_m": 3}, (6,), True, id="6-exactly", marks=row(6)),
    pytest.param({"excavation_depth_m": "3.0"}, (6,), True, id="6-exactly-with-decimals", marks=row(6)),
    pytest.param({"excavation_depth_m": "3.01"}, (6,), True, id="6-just-above", marks=row(6)),
    pytest.param({"excavation_depth_m": None}, (), UNDETERMINED, id="6-unknown", marks=row(6)),
    # (七) floor-standing steel tube, 24 m included
    *(
        pytest.param(
            {"scaffold_height_m": height, "scaffold_type": "floor_steel_tube"},
            fired,
            bool(fired),
            id=name,
            marks=row(7),
        )
        for height, fired, name in (
            ("23.99", (), "7-just-below"),
            (24, (7,), "7-exactly"),
            ("24.01", (7,), "7-just-above"),
        )
    ),
    pytest.param({"scaffold_height_m": 30, "scaffold_type": "cantilever"}, (), False, id="7-cantilever", marks=row(7)),
    pytest.param({"scaffold_height_m": 24}, (), UNDETERMINED, id="7-kind-not-said", marks=row(7)),
    pytest.param({"scaffold_height_m": 23}, (), False, id="7-low-whatever-kind", marks=row(7)),
    pytest.param(
        {"scaffold_height_m": None, "scaffold_type": "floor_steel_tube"}, (), UNDETERMINED, id="7-height", marks=row(7)
    ),
    # items 8 and 9
    pytest.param({"hoisting": True}, (8,), True, id="8-hoisting", marks=row(8)),
    pytest.param({"hoisting": None}, (), UNDETERMINED, id="8-unknown", marks=row(8)),
    pytest.param({"other_dangerous_works": ["formwork"]}, (9,), True, id="9-one", marks=row(9)),
    pytest.param({"other_dangerous_works": []}, (), False, id="9-none", marks=row(9)),
    pytest.param({"other_dangerous_works": None}, (), UNDETERMINED, id="9-unknown", marks=row(9)),
    # several; one item is enough whatever else is unknown
    pytest.param({"hoisting": True, "confined_space": None}, (8,), True, id="one-fires-another-unknown", marks=row(0)),
    pytest.param(
        {"contract_amount_yuan": 1200000, "structural_change": True, "confined_space": True, "hoisting": True},
        (1, 2, 5, 8),
        True,
        id="four-at-once",
        marks=row(0),
    ),
]


@pytest.mark.requirement("LG-3-0")
@pytest.mark.parametrize(("facts", "items", "high_risk"), ITEMS)
def test_the_nine_items_fire_as_the_article_says(
    pack: PolicyPack, facts: dict[str, Any], items: tuple[int, ...], high_risk: object
) -> None:
    found = judged(pack, SHOP, facts, provided_materials=[])
    assert found.outcome == "register"
    assert (found.high_risk_items, found.high_risk) == (items, high_risk)
    if high_risk == UNDETERMINED:
        assert found.missing_facts
    said = [reason for reason in found.reasons_for("high_risk") if reason.item]
    assert [(reason.item, reason.article) for reason in said] == [
        (i, f"第三条({'一二三四五六七八九'[i - 1]})") for i in items
    ]


@pytest.mark.requirement("LG-3-0")
def test_a_matter_without_any_item_says_so_with_the_article(pack: PolicyPack) -> None:
    assert judged(pack, SHOP).article_for("high_risk") == "第三条"


@pytest.mark.requirement("LG-3-2")
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param({"structural_change": True}, "变动建筑主体和承重结构。", id="structure"),
        pytest.param(
            {"load_increase": True, "affects_house_safety": True}, "增加使用荷载，进而影响房屋安全使用。", id="load"
        ),
        pytest.param(
            {"structural_change": True, "function_change": True, "affects_house_safety": True},
            "变动建筑主体和承重结构。改变房屋使用功能，进而影响房屋安全使用。",
            id="structure-and-use",
        ),
    ],
)
def test_the_second_item_says_only_what_fires(pack: PolicyPack, facts: dict[str, Any], said: str) -> None:
    assert [reason.because for reason in judged(pack, SHOP, facts).reasons_for("high_risk")] == [said]


@pytest.mark.requirement("LG-3-1", "LG-10-11")
@pytest.mark.parametrize(
    ("amount", "area", "items"),
    [
        pytest.param(1000001, 500, (1,), id="amount-above"),
        pytest.param(1000000, 501, (1,), id="area-above"),
        pytest.param(1000000, 500, (), id="both-within"),
    ],
)
def test_contracts_at_one_site_are_judged_by_their_sum(
    pack: PolicyPack, amount: int, area: int, items: tuple[int, ...]
) -> None:
    totals = {"total_contract_amount_yuan": amount, "total_floor_area_m2": area}
    found = judged(pack, SHOP, totals, split_contracts_same_site=True, provided_materials=[])
    assert (found.outcome, found.high_risk_items) == ("register", items)
    if items:
        assert found.reasons_for("high_risk")[0].because.startswith("同一工地的几份合同合计金额")
    assert judged(pack, SHOP, totals, provided_materials=[]).high_risk_items == ()


@pytest.mark.requirement("LG-3-10")
def test_the_measures_follow_the_parameters_of_the_pack(pack: PolicyPack) -> None:
    stricter = {"config": {"excavation_m": 2}}
    found = judged(pack, SHOP, stricter, excavation_depth_m=2)
    assert found.high_risk_items == (6,)
    assert "达到2米" in found.reasons_for("high_risk")[0].because


@pytest.mark.requirement("LG-3-0")
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"hot_work": True, "crowded_place": True}, id="hot-work"),
        pytest.param({"confined_space": True, "category": "confined_space_dredging"}, id="confined-space"),
        pytest.param({"hoisting": True, "work_height_m": 60}, id="great-height"),
    ],
)
def test_minor_operations_are_never_high_risk_small_works(pack: PolicyPack, facts: dict[str, Any]) -> None:
    found = judged(pack, SIGN, facts)
    assert (found.high_risk, found.high_risk_items, found.acceptance_point) == (False, (), "community_or_property")


@pytest.mark.requirement("LG-5-6")
def test_confined_space_dredging_carries_its_warning(pack: PolicyPack) -> None:
    found = judged(pack, SIGN, category="confined_space_dredging")
    assert any("有限空间" in reminder for reminder in found.reminders)


# 第十条(二): high risk and ≥300万元 or ≥3000㎡.
SUPERVISION = [
    pytest.param({"investment_yuan": "2999999.99", "hoisting": True}, False, id="investment-one-fen-below"),
    pytest.param({"investment_yuan": 3000000, "hoisting": True}, True, id="investment-exactly"),
    pytest.param({"investment_yuan": "3000000.01", "hoisting": True}, True, id="investment-above"),
    pytest.param({"building_area_m2": "2999.99", "hoisting": True}, False, id="area-just-below"),
    pytest.param({"building_area_m2": 3000, "hoisting": True}, True, id="area-exactly"),
    pytest.param({"building_area_m2": "3000.01", "hoisting": True}, True, id="area-above"),
    pytest.param({"investment_yuan": 9000000, "building_area_m2": 9000}, False, id="not-high-risk"),
    pytest.param({"contract_amount_yuan": 3000000, "floor_area_m2": 400}, True, id="contract-stands-in"),
    pytest.param({"contract_amount_yuan": 900000, "floor_area_m2": 3000}, True, id="floor-area-stands-in"),
    pytest.param(
        {"contract_amount_yuan": 3000000, "floor_area_m2": 400, "investment_yuan": 2000000},
        False,
        id="investment-goes-before-contract",
    ),
    pytest.param({"building_total_area_m2": 90000, "hoisting": True}, False, id="the-whole-building-does-not-count"),
    pytest.param({"hoisting": True, "floor_area_m2": None}, UNDETERMINED, id="area-unknown"),
    pytest.param({"floor_area_m2": None, "investment_yuan": 5000000}, UNDETERMINED, id="risk-unknown"),
    pytest.param({"hoisting": True, "floor_area_m2": None, "investment_yuan": 5000000}, True, id="one-is-enough"),
]


@pytest.mark.requirement("LG-10-2")
@pytest.mark.parametrize("unknown", ["investment_yuan", "building_area_m2"])
def test_a_measure_said_to_be_unknown_is_not_taken_from_the_other(pack: PolicyPack, unknown: str) -> None:
    found = judged(pack, SHOP, {unknown: None}, hoisting=True, provided_materials=[])
    assert found.supervision_required == UNDETERMINED
    assert unknown in found.missing_facts
    assert judged(pack, SHOP, {unknown: None}, provided_materials=[]).supervision_required is False


@pytest.mark.requirement("LG-10-2")
@pytest.mark.parametrize(("facts", "required"), SUPERVISION)
def test_supervision_is_for_large_high_risk_works(pack: PolicyPack, facts: dict[str, Any], required: object) -> None:
    found = judged(pack, SHOP, facts, provided_materials=[])
    assert found.supervision_required == required
    assert ("28-7f-supervision" in found.required_materials) is (required is True)
    assert ("28-7f-supervision" in found.undetermined_materials) is (required == UNDETERMINED)
    assert ("floor_area_m2" in found.missing_facts) is (required == UNDETERMINED)


@pytest.mark.requirement("LG-10-2", "LG-4-0")
@pytest.mark.parametrize(
    ("amount", "area", "required"), [(3000000, 600, True), (2999999, 2999, False), (2000000, 3000, True)]
)
def test_supervision_reaches_the_above_limit_kinds(pack: PolicyPack, amount: int, area: int, required: bool) -> None:
    found = judged(pack, SHOP, art4_kind="urban_village_renovation", contract_amount_yuan=amount, floor_area_m2=area)
    assert found.supervision_required is required


@pytest.mark.requirement("LG-10-2", "LG-10-2b")
def test_supervision_that_nobody_demands_may_be_recorded(pack: PolicyPack) -> None:
    found = judged(pack, SHOP, voluntary_supervision=True)
    assert "28-7f-supervision" in found.optional_materials
    assert any("鼓励委托监理" in reminder for reminder in found.reminders)


# The counter by 第二十六条(二).
@pytest.mark.requirement("LG-26-2a", "LG-26-2b")
@pytest.mark.parametrize(
    ("facts", "point"),
    [
        pytest.param({}, "community_or_property", id="ordinary"),
        pytest.param({"hoisting": True}, "street_office", id="high-risk"),
        pytest.param({"hoisting": None}, UNDETERMINED, id="risk-unknown"),
        pytest.param(
            {"contract_amount_yuan": 2000000, "floor_area_m2": 900, "art4_kind": "bottle_to_pipe"},
            "street_office",
            id="above-limit-kind",
        ),
        pytest.param({"contract_amount_yuan": 2000000, "floor_area_m2": 900}, "none", id="permit"),
    ],
)
def test_the_class_decides_the_counter(pack: PolicyPack, facts: dict[str, Any], point: str) -> None:
    assert judged(pack, SHOP, facts, provided_materials=[]).acceptance_point == point


@pytest.mark.requirement("LG-26-2a", "LG-27-3h", "LG-23-1a")
@pytest.mark.parametrize(
    ("channel", "high", "result"),
    [
        ("walk_in_community", True, "redirect"),
        ("walk_in_property", True, "redirect"),
        ("walk_in_street_office", True, "one_time_notice"),
        ("online", True, "one_time_notice"),
        ("walk_in_community", False, "one_time_notice"),
        ("walk_in_property", False, "one_time_notice"),
        ("walk_in_street_office", False, "one_time_notice"),
    ],
)
def test_high_risk_works_on_paper_go_to_the_street_office(
    pack: PolicyPack, channel: str, high: bool, result: str
) -> None:
    found = judged(pack, SHOP, hoisting=high, filing_channel=channel, provided_materials=[])
    assert found.intake_result == result
    if result == "redirect":
        assert found.article_for("intake_result") == "第二十六条(二)"


@pytest.mark.requirement("LG-27-3h")
@pytest.mark.parametrize(
    ("facts", "result"),
    [
        pytest.param({}, "accept", id="accept"),
        pytest.param({"provided_materials": []}, "one_time_notice", id="notice"),
        pytest.param({"contract_amount_yuan": 2000000, "floor_area_m2": 900}, "refuse_inform_permit", id="permit"),
        pytest.param({"illegal_acts": ["add_storey"]}, "refuse_and_transfer", id="transfer"),
        pytest.param({"temporary_building": True}, "not_applicable", id="not-applicable"),
        pytest.param({"hoisting": True, "filing_channel": "walk_in_property"}, "redirect", id="redirect"),
    ],
)
def test_each_of_the_six_outcomes_at_the_counter_is_reached(
    pack: PolicyPack, facts: dict[str, Any], result: str
) -> None:
    everything = [rule.code for rule in pack.materials]
    assert judged(pack, SHOP, {"provided_materials": everything}, facts).intake_result == result
