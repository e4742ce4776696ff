"""Reminders that a fact brings to the receipt, each with its article."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.pack import PolicyPack
from tests.unit.asked_papers import SIGN, judged


# Reminders that stand on the receipt.
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(SIGN, "户外广告", id="signboard", marks=pytest.mark.requirement("LG-5-3", "LG-5-9")),
        pytest.param(
            SIGN | {"other_permit_required": True}, "另有规定", id="permit", marks=pytest.mark.requirement("LG-5-9")
        ),
        pytest.param(
            {"property_managed": True}, "装饰装修管理服务协议", id="property", marks=pytest.mark.requirement("LG-10-5")
        ),
        pytest.param(
            {"crowded_place": True, "hot_work": True},
            "若干措施",
            id="hot-work",
            marks=pytest.mark.requirement("LG-10-8a"),
        ),
        pytest.param({"earthwork": True}, "地下管线", id="earthwork", marks=pytest.mark.requirement("LG-10-8b")),
        pytest.param({"gas_line_change": True}, "燃气企业", id="gas", marks=pytest.mark.requirement("LG-10-9")),
        pytest.param(
            SIGN | {"property_managed": True, "work_height_m": 3},
            "报物业服务企业知晓",
            id="special-in-estate",
            marks=pytest.mark.requirement("LG-11-2b"),
        ),
        pytest.param(
            {"near_metro_or_pipeline": True}, "地铁隧道", id="metro", marks=pytest.mark.requirement("LG-13-8")
        ),
        pytest.param(
            {"hazardous_chemicals": True}, "危险化学品", id="chemicals", marks=pytest.mark.requirement("LG-13-9")
        ),
        pytest.param({}, "安全生产责任保险", id="insurance", marks=pytest.mark.requirement("LG-13-10b")),
        pytest.param(
            {"owner_kind": "state_organ"}, "同样应当登记", id="organ", marks=pytest.mark.requirement("LG-19-17")
        ),
        pytest.param(
            {"planned_start_on": "2026-03-01", "filed_on": "2026-03-02"},
            "补办登记",
            id="started-before",
            marks=pytest.mark.requirement("LG-9-1"),
        ),
    ],
)
def test_a_fact_brings_its_reminder_with_the_article(pack: PolicyPack, facts: dict[str, Any], words: str) -> None:
    said = [reminder for reminder in judged(pack, facts).reminders if words in reminder]
    assert said
    assert all("条" in reminder.rpartition("（")[2] for reminder in said)


@pytest.mark.requirement("LG-5-9", "LG-10-5", "LG-11-2b")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({}, ["安全生产责任保险", "鼓励委托监理"], id="plain-small-work"),
        pytest.param({"hoisting": True, "investment_yuan": 3000000}, ["安全生产责任保险"], id="supervised"),
        pytest.param({"crowded_place": True}, ["安全生产责任保险", "鼓励委托监理"], id="crowded-but-no-hot-work"),
        pytest.param(SIGN | {"category": "greenery_pruning"}, [], id="plain-minor-operation"),
        pytest.param(SIGN | {"category": "greenery_pruning", "property_managed": True}, [], id="minor-in-an-estate"),
    ],
)
def test_no_reminder_is_given_without_its_fact(pack: PolicyPack, facts: dict[str, Any], words: list[str]) -> None:
    reminders = judged(pack, facts).reminders
    assert len(reminders) == len(words)
    assert all(any(word in reminder for reminder in reminders) for word in words)


@pytest.mark.requirement("LG-9-1")
def test_a_work_that_starts_on_the_filing_day_is_in_time(pack: PolicyPack) -> None:
    found = judged(pack, planned_start_on="2026-03-02", filed_on="2026-03-02")
    assert not any("补办" in reminder for reminder in found.reminders)
