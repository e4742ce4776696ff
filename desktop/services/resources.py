"""Where the shipped data lies: packs, calendar, fonts, samples; the same in a checkout and in a built program."""

from __future__ import annotations

import csv
import sys
from datetime import date
from functools import cache
from pathlib import Path

from desktop.domain.workdays import WorkdayCalendar, calendar_from_rows


def resources_folder() -> Path:
    """Give the folder ``resources`` of the checkout, or of the bundle a PyInstaller build unpacks."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) / "resources" if bundled else Path(__file__).resolve().parents[2] / "resources"


def policies_folder() -> Path:
    """Give the folder of the shipped policy packs."""
    return resources_folder() / "policies"


@cache
def default_pack() -> str:
    """Give the id of the pack that an installation works by where the office has chosen none."""
    return (policies_folder() / "default.txt").read_text(encoding="utf-8").strip()


def fonts_folder() -> Path:
    """Give the folder of the shipped fonts."""
    return resources_folder() / "fonts"


def shipped_calendar_rows() -> list[tuple[date, str, str]]:
    """Read the shipped days that differ from Monday to Friday: day, ``rest`` or ``work``, source."""
    file = resources_folder() / "calendar" / "days.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return [(date.fromisoformat(row["date"]), row["kind"], row["source"]) for row in csv.DictReader(lines)]


def shipped_calendar() -> WorkdayCalendar:
    """Give the working-day calendar as shipped, for use without a ledger."""
    return calendar_from_rows(shipped_calendar_rows())
