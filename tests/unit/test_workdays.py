"""Working days: the vectors of the field, and that adding and counting agree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import FaultyInput
from desktop.domain.workdays import LONGEST_PERIOD, DueDay, WorkdayCalendar, calendar_from_rows
from desktop.services.resources import shipped_calendar

pytestmark = pytest.mark.requirement("LG-27-2b", "LG-32-1", "LG-33-1")

CALENDAR = shipped_calendar()
DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-02-14", 3, "2026-02-26"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-05-08", 3, "2026-05-12"),
        ("2026-09-18", 3, "2026-09-22"),
        ("2025-09-30", 3, "2025-10-11"),
        ("2025-01-24", 3, "2025-02-05"),
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-03-07", 1, "2026-03-09"),
    ],
)
def test_working_days_skip_holidays_and_count_worked_weekends(start: str, count: int, due: str) -> None:
    answer = CALENDAR.add_working_days(date.fromisoformat(start), count)
    assert answer == DueDay(day=date.fromisoformat(due), provisional=False)


@pytest.mark.requirement("Q-2")
def test_a_period_that_reaches_into_a_year_without_arrangement_is_provisional() -> None:
    answer = CALENDAR.add_working_days(date(2026, 12, 30), 3)
    assert answer == DueDay(day=date(2027, 1, 4), provisional=True)


def test_a_period_within_the_known_years_is_not_provisional() -> None:
    assert not CALENDAR.add_working_days(date(2026, 12, 28), 3).provisional


@given(start=DAYS, count=st.integers(0, 60))
def test_counting_the_days_of_a_period_gives_the_period_again(start: date, count: int) -> None:
    due = CALENDAR.add_working_days(start, count)
    assert CALENDAR.working_days_between(start, due.day) == count


@given(start=DAYS, count=st.integers(1, 60))
def test_the_last_day_of_a_period_is_a_working_day(start: date, count: int) -> None:
    assert CALENDAR.is_workday(CALENDAR.add_working_days(start, count).day)


@given(start=DAYS, count=st.integers(0, 60))
def test_a_longer_period_ends_later(start: date, count: int) -> None:
    shorter, longer = (CALENDAR.add_working_days(start, days).day for days in (count, count + 1))
    assert shorter < longer


@given(start=DAYS, end=DAYS)
def test_counting_backwards_is_counting_forwards_with_a_minus(start: date, end: date) -> None:
    assert CALENDAR.working_days_between(start, end) == -CALENDAR.working_days_between(end, start)


@pytest.mark.parametrize("count", [-1, LONGEST_PERIOD + 1])
def test_absurd_periods_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        CALENDAR.add_working_days(date(2026, 3, 2), count)


@pytest.mark.requirement("Q-2")
def test_without_any_arrangement_monday_to_friday_counts_and_says_so() -> None:
    assert WorkdayCalendar().add_working_days(date(2027, 3, 5), 1) == DueDay(day=date(2027, 3, 8), provisional=True)


def test_a_closure_of_the_office_does_not_make_its_year_known() -> None:
    rows = [(date(2027, 3, 8), "rest", "本街道停止办公")]
    calendar = calendar_from_rows(rows, known_years=[2026])
    assert calendar.add_working_days(date(2027, 3, 5), 1) == DueDay(day=date(2027, 3, 9), provisional=True)


def test_every_bad_row_of_a_calendar_is_named_at_once() -> None:
    day = date(2026, 1, 1)
    with pytest.raises(FaultyInput) as caught:
        calendar_from_rows([(day, "rest", "甲"), (day, "work", "乙"), (date(2026, 1, 2), "holiday", "丙")])
    assert [fault.where for fault in caught.value.faults] == ["第 2 行", "第 3 行"]
