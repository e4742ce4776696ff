"""The shipped calendar: what it holds, and that it says the same as its source."""

from __future__ import annotations

import csv
import runpy
from collections import Counter
from datetime import date, timedelta

import pytest

from desktop.services.resources import resources_folder, shipped_calendar, shipped_calendar_rows

pytestmark = pytest.mark.requirement("LG-27-2b", "LG-32-1", "LG-33-1")

BUILDER = runpy.run_path(str(resources_folder().parent / "installer" / "build_calendar.py"))
DAYS_FILE = resources_folder() / "calendar" / "days.csv"


def test_the_shipped_file_is_what_its_builder_makes() -> None:
    assert DAYS_FILE.read_text(encoding="utf-8") == BUILDER["days_csv"]()


def test_every_row_names_day_kind_holiday_and_source() -> None:
    with DAYS_FILE.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = list(reader)
    assert tuple(reader.fieldnames or ()) == BUILDER["HEADER"]
    assert all(row["name"] and row["source"].startswith("国务院办公厅") for row in rows)
    assert all(row["date"][:4] in row["source"] for row in rows)


def test_only_days_that_differ_from_monday_to_friday_have_a_row() -> None:
    rows = shipped_calendar_rows()
    assert all((day.weekday() < 5) == (kind == "rest") for day, kind, _source in rows)
    assert not [day for day, times in Counter(day for day, _kind, _source in rows).items() if times > 1]


def test_every_year_from_2004_to_2026_is_known() -> None:
    assert shipped_calendar().known_years == frozenset(range(2004, 2027))


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=step) for step in range(365)]
    assert sum(shipped_calendar().is_workday(day) for day in days) == 248


@pytest.mark.parametrize("text", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_the_weekends_worked_in_2026_are_working_days(text: str) -> None:
    assert shipped_calendar().is_workday(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ],
)
def test_the_holidays_of_2026_are_no_working_days(first: str, last: str) -> None:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    days = [start + timedelta(days=step) for step in range((end - start).days + 1)]
    assert not [day for day in days if shipped_calendar().is_workday(day)]
