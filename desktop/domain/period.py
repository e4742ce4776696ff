"""Periods of reports: day, week, month, quarter, half-year, year or any span; the one before, the same of last year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

_MONTHS: Final = re.compile(r"(\d{4})-(\d{2})")
_PARTED: Final = re.compile(r"(\d{4})-([QHW])(\d{1,2})", re.IGNORECASE)


class PeriodKind(StrEnum):
    """How long a period is; each value is stored."""

    DAY = "day"
    WEEK = "week"  # Monday to Sunday, numbered by ISO 8601
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    SPAN = "span"  # any days

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return _WORDS[self]


_WORDS: Final = {
    PeriodKind.DAY: "日",
    PeriodKind.WEEK: "周",
    PeriodKind.MONTH: "月",
    PeriodKind.QUARTER: "季度",
    PeriodKind.HALF_YEAR: "半年",
    PeriodKind.YEAR: "年",
    PeriodKind.SPAN: "自定起止",
}
_MONTHS_OF: Final = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.YEAR: 12,
}
_LONGEST_SPAN_DAYS: Final = 366 * 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Some days on end; both ends are inside."""

    kind: PeriodKind
    first_on: date
    last_on: date

    @property
    def days(self) -> int:
        """Give how many days it has."""
        return (self.last_on - self.first_on).days + 1

    @property
    def label(self) -> str:
        """Write the period as people say it: 2026年3月, 2026年第1季度, 2026年上半年."""
        year, month = self.first_on.year, self.first_on.month
        match self.kind:
            case PeriodKind.DAY:
                return f"{year}年{month}月{self.first_on.day}日"
            case PeriodKind.WEEK:
                iso = self.first_on.isocalendar()
                return f"{iso.year}年第{iso.week}周"
            case PeriodKind.MONTH:
                return f"{year}年{month}月"
            case PeriodKind.QUARTER:
                return f"{year}年第{(month + 2) // 3}季度"
            case PeriodKind.HALF_YEAR:
                return f"{year}年{'上' if month == 1 else '下'}半年"
            case PeriodKind.YEAR:
                return f"{year}年"
            case PeriodKind.SPAN:
                return f"{self.first_on.isoformat()} 至 {self.last_on.isoformat()}"

    @property
    def code(self) -> str:
        """Write the period as the command line takes it and as file names carry it; `parse_period` reads it."""
        year, month = self.first_on.year, self.first_on.month
        match self.kind:
            case PeriodKind.DAY:
                return self.first_on.isoformat()
            case PeriodKind.WEEK:
                iso = self.first_on.isocalendar()
                return f"{iso.year:04}-W{iso.week:02}"
            case PeriodKind.MONTH:
                return f"{year:04}-{month:02}"
            case PeriodKind.QUARTER:
                return f"{year:04}-Q{(month + 2) // 3}"
            case PeriodKind.HALF_YEAR:
                return f"{year:04}-H{1 if month == 1 else 2}"
            case PeriodKind.YEAR:
                return f"{year:04}"
            case PeriodKind.SPAN:
                return f"{self.first_on.isoformat()}..{self.last_on.isoformat()}"

    def before(self) -> Period:
        """Give the period just before, of the same kind; of a span as many days before it."""
        return self._beside(-1)

    def after(self) -> Period:
        """Give the period just after, of the same kind."""
        return self._beside(1)

    def year_before(self) -> Period:
        """Give the same period of the year before; a week is that of the same number, 29 February becomes the 28th."""
        if self.kind is PeriodKind.WEEK:
            iso = self.first_on.isocalendar()
            last_week = date(iso.year - 1, 12, 28).isocalendar().week
            return period_of(PeriodKind.WEEK, date.fromisocalendar(iso.year - 1, min(iso.week, last_week), 1))
        if self.kind in _MONTHS_OF:
            return period_of(self.kind, _in_year(self.first_on, self.first_on.year - 1))
        first, last = (_in_year(day, day.year - 1) for day in (self.first_on, self.last_on))
        return Period(kind=self.kind, first_on=first, last_on=last)

    def compared(self) -> tuple[Period, ...]:
        """Give the periods whose figures stand side by side: this one, the one before, the same of the year before.

        Where the last two are the same days, as of a year, they stand there once.
        """
        return tuple(dict.fromkeys((self, self.before(), self.year_before())))

    def _beside(self, step: int) -> Period:
        if self.kind in _MONTHS_OF:
            return period_of(self.kind, _months_on(self.first_on, step * _MONTHS_OF[self.kind]))
        by = timedelta(days=step * self.days)
        return Period(kind=self.kind, first_on=self.first_on + by, last_on=self.last_on + by)


def period_of(kind: PeriodKind, day: date) -> Period:
    """Give the period of a kind that a day lies in; a span of one day for ``SPAN``."""
    match kind:
        case PeriodKind.DAY | PeriodKind.SPAN:
            return Period(kind=kind, first_on=day, last_on=day)
        case PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(kind=kind, first_on=monday, last_on=monday + timedelta(days=6))
        case _:
            months = _MONTHS_OF[kind]
            first = date(day.year, (day.month - 1) // months * months + 1, 1)
            end = _months_on(first, months - 1)
            return Period(kind=kind, first_on=first, last_on=end.replace(day=monthrange(end.year, end.month)[1]))


def span(first_on: date, last_on: date) -> Period:
    """Give any days on end; raises ``ValueError`` for an end before the beginning or more than thirty years."""
    if last_on < first_on or (last_on - first_on).days > _LONGEST_SPAN_DAYS:
        raise ValueError("a span ends after it begins and is no longer than thirty years")
    return Period(kind=PeriodKind.SPAN, first_on=first_on, last_on=last_on)


def parse_period(text: str) -> Period | None:
    """Read 2026, 2026-H1, 2026-Q3, 2026-03, 2026-W12, 2026-03-02 or 2026-01-01..2026-05-31; None for anything else."""
    text = text.strip()
    try:
        if ".." in text:
            first, last = text.split("..", 1)
            return span(date.fromisoformat(first), date.fromisoformat(last))
        if re.fullmatch(r"\d{4}", text):
            return period_of(PeriodKind.YEAR, date(int(text), 1, 1))
        if match := _MONTHS.fullmatch(text):
            return period_of(PeriodKind.MONTH, date(int(match[1]), int(match[2]), 1))
        if match := _PARTED.fullmatch(text):
            return _parted(int(match[1]), match[2].upper(), int(match[3]))
        if len(text) == len("2026-03-02"):
            return period_of(PeriodKind.DAY, date.fromisoformat(text))
    except ValueError:
        return None
    return None


def _parted(year: int, letter: str, which: int) -> Period:
    if letter == "W":
        return period_of(PeriodKind.WEEK, date.fromisocalendar(year, which, 1))
    months = 3 if letter == "Q" else 6
    kind = PeriodKind.QUARTER if letter == "Q" else PeriodKind.HALF_YEAR
    return period_of(kind, date(year, (which - 1) * months + 1, 1))


def months_in(period: Period) -> tuple[Period, ...]:
    """Give the months that a period touches, whole, in order."""
    found = [period_of(PeriodKind.MONTH, period.first_on)]
    while found[-1].last_on < period.last_on:
        found.append(found[-1].after())
    return tuple(found)


def _months_on(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
