"""Working days by the yearly holiday arrangements; years without one are counted Mon-Fri and say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from desktop.domain.errors import Fault, FaultyInput

LONGEST_PERIOD: Final = 2000
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """A computed last day; ``provisional`` when it leans on a year whose holidays are not known yet."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkdayCalendar:
    """The days that differ from Monday to Friday: weekdays off, and weekend days worked in their place (补班)."""

    rest: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    sources: Mapping[int, str] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Say whether offices work on a day."""
        return day in self.work or (day.weekday() < 5 and day not in self.rest)

    def is_known(self, day: date) -> bool:
        """Say whether the holidays of the day's year have been entered."""
        return day.year in self.known_years

    def add_working_days(self, day: date, count: int) -> DueDay:
        """Give the last day of a period of working days; the day of the event itself is not counted.

        Raises ``ValueError`` for a negative or absurd count.  Source: 民法典第二百零一条.
        """
        if not 0 <= count <= LONGEST_PERIOD:
            raise ValueError(f"working days out of range: {count}")
        provisional = False
        while count:
            day += ONE_DAY
            provisional = provisional or not self.is_known(day)
            count -= self.is_workday(day)
        return DueDay(day=day, provisional=provisional)

    def term(self, day: date | None, count: int | None) -> DueDay | None:
        """Give the last day of a period that may not have begun, or that the document of the place does not set."""
        return None if day is None or count is None else self.add_working_days(day, count)

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        walked = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in walked)


def calendar_from_rows(
    rows: Iterable[tuple[date, str, str]], known_years: Iterable[int] | None = None
) -> WorkdayCalendar:
    """Build the calendar from rows of (date, ``rest`` or ``work``, source).

    Without ``known_years`` every year that has a row counts as known; give them where an office enters single
    closures of its own for a year whose arrangement is not out.  Raises ``FaultyInput`` with every bad row.
    """
    days: dict[str, set[date]] = {"rest": set(), "work": set()}
    sources: dict[int, str] = {}
    faults: list[Fault] = []
    for number, (day, kind, source) in enumerate(rows, start=1):
        other = {"rest": "work", "work": "rest"}.get(kind)
        if other is None:
            faults.append(Fault(f"第 {number} 行", f"类别应为 rest 或 work，现为 {kind}"))
        elif day in days[other]:
            faults.append(Fault(f"第 {number} 行", f"{day.isoformat()} 既列为休息又列为上班"))
        else:
            days[kind].add(day)
            sources.setdefault(day.year, source)
    if faults:
        raise FaultyInput(tuple(faults))
    years = frozenset(sources if known_years is None else known_years)
    return WorkdayCalendar(
        rest=frozenset(days["rest"]), work=frozenset(days["work"]), known_years=years, sources=sources
    )
