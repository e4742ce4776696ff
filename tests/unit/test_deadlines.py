"""Validity in months, the window for extension, and last days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.deadlines import (
    add_months,
    extension_result,
    extension_window,
    validity_end,
    why_no_such_day,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.requirement("LG-25-2a")
@pytest.mark.parametrize(
    ("accepted", "end"),
    [
        ("2025-08-31", "2026-02-28"),
        ("2026-03-31", "2026-09-30"),
        ("2027-08-31", "2028-02-29"),
        ("2025-08-15", "2026-02-15"),
        ("2026-03-02", "2026-09-02"),
        ("2025-12-31", "2026-06-30"),
    ],
)
def test_six_months_end_on_the_same_day_or_the_last_of_the_month(accepted: str, end: str) -> None:
    assert validity_end(date.fromisoformat(accepted), 6) == date.fromisoformat(end)


@pytest.mark.requirement("LG-25-2a")
@given(day=DAYS, months=st.integers(-120, 120))
def test_months_lead_to_the_wanted_month_and_never_past_its_end(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@pytest.mark.requirement("LG-25-2a")
@pytest.mark.parametrize(("day", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1)])
def test_a_year_beyond_the_calendar_is_refused(day: date, months: int) -> None:
    with pytest.raises(ValueError, match="no such year"):
        add_months(day, months)


@pytest.mark.requirement("LG-25-2b")
def test_the_window_opens_fifteen_days_before_the_last_valid_day_and_includes_it() -> None:
    assert extension_window(date(2026, 9, 2), 15) == (date(2026, 8, 18), date(2026, 9, 2))


@pytest.mark.requirement("LG-25-2b")
@pytest.mark.parametrize(
    ("applied", "result"),
    [
        ("2026-08-17", "too_early"),
        ("2026-08-18", "in_window"),
        ("2026-09-02", "in_window"),
        ("2026-09-03", "expired"),
    ],
)
def test_an_application_is_too_early_in_the_window_or_too_late(applied: str, result: str) -> None:
    first, last = extension_window(date(2026, 9, 2), 15)
    assert extension_result(date.fromisoformat(applied), first, last) == result


@pytest.mark.requirement("LG-25-2b")
@given(until=DAYS, days=st.integers(0, 60))
def test_the_window_holds_one_day_more_than_its_length(until: date, days: int) -> None:
    first, last = extension_window(until, days)
    assert (last - first).days == days
    assert last == until


@pytest.mark.requirement("LG-28-2.1")
@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ((2026, 2, 28), ""),
        ((2028, 2, 29), ""),
        ((2026, 2, 29), "2026 年 2 月只有 28 日"),
        ((2026, 13, 1), "没有 13 月"),
        ((2026, 4, 31), "2026 年 4 月只有 30 日"),
        ((2026, 4, 32), "没有 32 日"),
        ((2026, 0, 1), "没有 0 月"),
        ((0, 1, 1), "没有 0 年"),
    ],
)
def test_numbers_that_are_no_day_are_explained(numbers: tuple[int, int, int], why: str) -> None:
    assert why_no_such_day(*numbers) == why
