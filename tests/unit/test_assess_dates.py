"""Days of a matter: validity, extension, feedback, site check, close-out (第二十五、二十七、三十二、三十三条)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.domain.assess import assess
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.assessment_result import Assessment
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import calendar_from_rows
from tests.factories import declared

# An invented arrangement: Mon-Wed off from 2026-05-04, Saturday the 9th worked in place.
CALENDAR = calendar_from_rows(
    [
        (date(2026, 5, 4), "rest", "样例"),
        (date(2026, 5, 5), "rest", "样例"),
        (date(2026, 5, 6), "rest", "样例"),
        (date(2026, 5, 9), "work", "样例"),
    ],
    known_years=(2025, 2026),
)


def judged(pack: PolicyPack, **facts: Any) -> Assessment:
    return assess(declared(**facts), pack, CALENDAR)


# 民法典 201–202: first day not counted, same-numbered day six months on or the month's last day.
@pytest.mark.requirement("LG-25-2a")
@pytest.mark.parametrize(
    ("accepted_on", "end"),
    [
        pytest.param("2026-03-02", "2026-09-02", id="same-number"),
        pytest.param("2025-08-31", "2026-02-28", id="august-31-to-february"),
        pytest.param("2025-08-29", "2026-02-28", id="august-29-to-february"),
        pytest.param("2027-08-31", "2028-02-29", id="leap-year"),
        pytest.param("2026-12-31", "2027-06-30", id="to-a-30-day-month"),
        pytest.param("2026-02-28", "2026-08-28", id="not-rolled-up-to-the-month-end"),
        pytest.param("2026-05-07", "2026-11-07", id="a-saturday-is-not-moved"),
        pytest.param("2026-07-01", "2027-01-01", id="a-holiday-is-not-moved"),
    ],
)
def test_a_registration_is_valid_six_months(pack: PolicyPack, accepted_on: str, end: str) -> None:
    found = judged(pack, accepted_on=accepted_on)
    assert found.validity_end == date.fromisoformat(end)
    assert found.article_for("validity_end") == "第二十五条"


@pytest.mark.requirement("LG-25-2b")
@pytest.mark.parametrize(
    ("applied_on", "result"),
    [
        pytest.param("2026-08-17", "too_early", id="16-days-before"),
        pytest.param("2026-08-18", "in_window", id="15-days-before"),
        pytest.param("2026-09-01", "in_window", id="the-day-before"),
        pytest.param("2026-09-02", "in_window", id="the-last-valid-day"),
        pytest.param("2026-09-03", "expired", id="the-day-after"),
    ],
)
def test_an_extension_is_asked_for_in_the_last_fifteen_days(pack: PolicyPack, applied_on: str, result: str) -> None:
    found = judged(pack, accepted_on="2026-03-02", extension_applied_on=applied_on)
    plain = assessment_to_plain(found)
    assert plain["extension_window"] == {"first": "2026-08-18", "last": "2026-09-02"}
    assert plain["extension_result"] == result
    assert found.re_registration_required is (result == "expired")


@pytest.mark.requirement("LG-25-2b")
def test_without_an_accepted_day_there_is_no_window(pack: PolicyPack) -> None:
    plain = assessment_to_plain(judged(pack, extension_applied_on="2026-08-18"))
    assert (plain["validity_end"], plain["extension_window"], plain["extension_result"]) == (None, None, None)


# Feedback by 第二十七条(二).
@pytest.mark.requirement("LG-27-2b", "LG-27-2c")
@pytest.mark.parametrize(
    ("channel", "filed_on", "feedback"),
    [
        pytest.param("walk_in_street_office", "2026-05-01", {"mode": "on_the_spot"}, id="street-office"),
        pytest.param("online", "2026-03-02", {"mode": "working_days", "by": "2026-03-05"}, id="online-monday"),
        pytest.param(
            "walk_in_community", "2026-03-05", {"mode": "working_days", "by": "2026-03-10"}, id="over-weekend"
        ),
        pytest.param("walk_in_property", "2026-05-01", {"mode": "working_days", "by": "2026-05-09"}, id="over-holiday"),
        pytest.param("online", "2026-05-09", {"mode": "working_days", "by": "2026-05-13"}, id="filed-on-make-up-day"),
        pytest.param("online", "2026-05-03", {"mode": "working_days", "by": "2026-05-09"}, id="filed-on-sunday"),
    ],
)
def test_feedback_is_due_by_channel(pack: PolicyPack, channel: str, filed_on: str, feedback: dict[str, str]) -> None:
    plain = assessment_to_plain(judged(pack, filing_channel=channel, filed_on=filed_on))
    assert plain["acceptance_feedback"] == feedback


# Site check by 第三十二条(一).
@pytest.mark.requirement("LG-32-1")
@pytest.mark.parametrize(
    ("accepted_on", "due"),
    [
        pytest.param("2026-03-02", "2026-03-05", id="monday-to-thursday"),
        pytest.param("2026-03-06", "2026-03-11", id="over-a-weekend"),
        pytest.param("2026-04-30", "2026-05-08", id="over-the-holiday"),
        pytest.param("2026-05-01", "2026-05-09", id="make-up-saturday-counts"),
        pytest.param("2026-05-09", "2026-05-13", id="from-the-make-up-saturday"),
    ],
)
def test_a_high_risk_work_is_checked_within_three_working_days(pack: PolicyPack, accepted_on: str, due: str) -> None:
    assert judged(pack, hoisting=True, accepted_on=accepted_on).site_check_by == date.fromisoformat(due)


@pytest.mark.requirement("LG-32-1")
def test_only_high_risk_and_above_limit_kinds_are_checked(pack: PolicyPack) -> None:
    assert judged(pack, accepted_on="2026-03-02").site_check_by is None
    kind = judged(
        pack,
        accepted_on="2026-03-02",
        contract_amount_yuan=2000000,
        floor_area_m2=900,
        art4_kind="stereo_parking",
    )
    assert kind.site_check_by == date(2026, 3, 5)


# 第三十三条
@pytest.mark.requirement("LG-33-1")
@pytest.mark.parametrize(
    ("applied_on", "result"),
    [
        pytest.param("2026-05-01", "on_time_pending_site_verification", id="same-day"),
        pytest.param("2026-05-09", "on_time_pending_site_verification", id="last-day"),
        pytest.param("2026-05-10", "late_pending_site_verification", id="a-day-late"),
    ],
)
def test_close_out_is_reported_within_three_working_days(pack: PolicyPack, applied_on: str, result: str) -> None:
    found = judged(pack, completed_on="2026-05-01", closeout_applied_on=applied_on)
    assert (found.closeout_by, found.closeout_result) == (date(2026, 5, 9), result)


@pytest.mark.requirement("LG-13-11c", "LG-10-6c", "LG-10-9b", "LG-33-2")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({}, ["建筑废弃物", "核实"], id="always"),
        pytest.param({"gas_line_change": True}, ["燃气企业安全检查"], id="gas"),
        pytest.param({"load_increase": True, "affects_house_safety": True}, ["鉴定", "验收"], id="load"),
    ],
)
def test_close_out_says_what_it_needs(pack: PolicyPack, facts: dict[str, Any], words: list[str]) -> None:
    found = judged(pack, completed_on="2026-05-01", **facts)
    assert all(any(word in need for need in found.closeout_needs) for word in words)


@pytest.mark.requirement("LG-27-2b")
def test_a_day_that_leans_on_an_unknown_year_is_marked(pack: PolicyPack) -> None:
    assert judged(pack, hoisting=True, accepted_on="2026-03-02").provisional_dates == ()
    assert judged(pack, hoisting=True, accepted_on="2026-12-30").provisional_dates == ("site_check_by",)


@pytest.mark.requirement("LG-32-1")
def test_the_shipped_calendar_knows_the_make_up_days_of_a_long_holiday(pack: PolicyPack, calendar: Any) -> None:
    # 2025: 10月1日至8日放假，9月28日、10月11日（周六）上班（国办发明电〔2024〕12号）.
    found = assess(declared(hoisting=True, accepted_on="2025-09-30"), pack, calendar)
    assert found.site_check_by == date(2025, 10, 11)


@pytest.mark.requirement("LG-25-2b", "LG-33-1")
@pytest.mark.parametrize(
    ("days", "open_value"),
    [
        pytest.param(
            {"accepted_on": "2026-03-02", "extension_applied_on": "2026-03-01"}, "extension_result", id="extension"
        ),
        pytest.param(
            {"completed_on": "2026-05-01", "closeout_applied_on": "2026-04-30"}, "closeout_result", id="closeout"
        ),
        pytest.param({"accepted_on": "2026-03-02", "completed_on": "2026-03-01"}, "closeout_result", id="completion"),
    ],
)
def test_days_in_an_order_that_cannot_be_are_no_answer(pack: PolicyPack, days: dict[str, str], open_value: str) -> None:
    found = judged(pack, provided_materials=[], **days)
    assert assessment_to_plain(found)[open_value] == "undetermined"
    assert found.missing_facts == tuple(sorted(days))
    assert "先后颠倒" in found.reasons_for(open_value)[0].because
    assert found.re_registration_required is False
    same_day = judged(pack, provided_materials=[], **dict.fromkeys(days, "2026-05-01"))
    assert assessment_to_plain(same_day)[open_value] != "undetermined"


@pytest.mark.parametrize(
    "name", ["accepted_on", "filed_on", "completed_on", "extension_applied_on", "closeout_applied_on"]
)
@pytest.mark.parametrize("day", [date.max, date.min])
def test_computing_never_fails_on_a_day_at_the_end_of_the_calendar(pack: PolicyPack, name: str, day: date) -> None:
    facts = declared(hoisting=True, filing_channel="online").with_facts(**{name: day})
    found = assess(facts, pack, CALENDAR)
    assert (found.validity_end, found.site_check_by, found.closeout_by) == (None, None, None)
