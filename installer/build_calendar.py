"""Writes ``resources/calendar/days.csv``: the days on which offices differ from Monday to Friday.

Run by a maintainer once a year, when the arrangement of the next year is out and ``chinesecalendar`` holds it:
``python installer/build_calendar.py``.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
from chinese_calendar import constants

DAYS_FILE = Path(__file__).resolve().parents[1] / "resources" / "calendar" / "days.csv"
HEADER = ("date", "kind", "name", "source")
REST = "rest"
WORK = "work"


def known_days() -> Iterator[date]:
    """Go through every day of the years whose arrangement is known."""
    day = date(min(constants.holidays).year, 1, 1)
    last = date(max(constants.holidays).year, 12, 31)
    while day <= last:
        yield day
        day += timedelta(days=1)


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Give a row for each weekday off (``rest``) and each weekend day worked (``work``), in order."""
    for day in known_days():
        is_weekday, is_worked = day.weekday() < 5, chinese_calendar.is_workday(day)
        if is_weekday != is_worked:
            yield day.isoformat(), WORK if is_worked else REST, name_of(day, is_worked), source_of(day)


def name_of(day: date, is_worked: bool) -> str:
    """Name the holiday a day belongs to, or the one it is worked for (补班)."""
    english = (constants.workdays if is_worked else constants.holidays)[day]
    holiday = next(kind.chinese for kind in chinese_calendar.Holiday if kind.value == english)
    return f"{holiday}补班" if is_worked else holiday


def source_of(day: date) -> str:
    """Name what a day rests on: the arrangement of its year, with its later changes."""
    return f"国务院办公厅{day.year}年节假日安排"


def days_csv() -> str:
    """Give the whole file as text."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows())
    return lines.getvalue()


def main() -> int:
    """Write the file."""
    DAYS_FILE.parent.mkdir(parents=True, exist_ok=True)
    DAYS_FILE.write_text(days_csv(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
