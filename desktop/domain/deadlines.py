"""Periods in months and calendar days: validity of a registration and the window for its extension."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal

ExtensionResult = Literal["too_early", "in_window", "expired"]


def add_months(day: date, months: int) -> date:
    """Give the same-numbered day some months on (or back), or that month's last day where there is none.

    The first day is not counted.  Source: 民法典第二百零一、二百零二条.
    Raises ``ValueError`` beyond the years 1 to 9999.
    """
    years, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= years <= date.max.year:
        raise ValueError(f"no such year: {years}")
    return date(years, index + 1, min(day.day, calendar.monthrange(years, index + 1)[1]))


def validity_end(accepted_on: date, months: int) -> date:
    """Give the last valid day of a registration; it is not moved when it falls on a rest day."""
    return add_months(accepted_on, months)


def extension_window(valid_until: date, days: int) -> tuple[date, date]:
    """Give the first and last day, both included, on which an extension may be applied for."""
    return valid_until - timedelta(days=days), valid_until


def extension_result(applied_on: date, first: date, last: date) -> ExtensionResult:
    """Say how an application lies to the window; the days at both ends are inside."""
    if applied_on < first:
        return "too_early"
    return "in_window" if applied_on <= last else "expired"


def why_no_such_day(year: int, month: int, day: int) -> str:
    """Say in Chinese why three numbers are no day of the calendar, empty when they are one."""
    if not date.min.year <= year <= date.max.year:
        return f"没有 {year} 年"
    if not 1 <= month <= 12:
        return f"没有 {month} 月"
    if not 1 <= day <= 31:
        return f"没有 {day} 日"
    longest = calendar.monthrange(year, month)[1]
    return f"{year} 年 {month} 月只有 {longest} 日" if day > longest else ""
