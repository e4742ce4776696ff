"""The office's working-day calendar: shipped, edited, imported; provisional due dates follow it, on record."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.workdays import WorkdayCalendar, calendar_from_rows
from desktop.models.database import Database
from desktop.models.desk_rows import CalendarDayRow
from desktop.services.audit import record_event
from desktop.services.calendar_file import CalendarDay, read_days, shipped_days
from desktop.services.due_dates import DueDateChange, recompute_provisional
from desktop.services.station import Station
from desktop.services.touched import CALENDAR

_PLAIN: Final = "plain"
_KINDS: Final = ("rest", "work")
_LONGEST_TEXT: Final = 200
# Every yearly arrangement has the National Day; a single closure of the office's own does not make a year known.
_NATIONAL_DAY: Final = (10, 1)

# Plain columns: the calendar is read whole at every start.
_Days = Row[date, str, str, str, bool]

__all__ = ["CalendarChange", "CalendarDay", "CalendarService", "CalendarYear", "DueDateChange"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """One year of the calendar: whether its arrangement is published, and how many days differ."""

    year: int
    published: bool
    source: str
    rest_days: int
    worked_weekends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    """What an edit came to: days touched, and provisional due dates that were computed anew."""

    days: int
    recomputed: tuple[DueDateChange, ...]
    changes: frozenset[Change]


class CalendarService:
    """Keeps the calendar in memory, since every preview asks it."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station
        self._editing = threading.Lock()
        self._calendar = WorkdayCalendar()

    def calendar(self) -> WorkdayCalendar:
        """Give the calendar in force."""
        return self._calendar

    def take_over_shipped(self) -> CalendarChange:
        """Add the shipped days that the ledger lacks (at first start, or with a new version) and load the calendar."""
        with self._database.reading() as session:
            known = set(session.scalars(select(CalendarDayRow.day)))
            self._calendar = _calendar(session)
        new = [day for day in shipped_days() if day.day not in known]
        if not new:
            return CalendarChange(days=0, recomputed=(), changes=frozenset())
        return self._change(new, "随程序提供的工作日历", is_shipped=True)

    def years(self) -> tuple[CalendarYear, ...]:
        """List the known years and the next one that is not published yet."""
        self._station.actor.require(*Right)
        with self._database.reading() as session:
            rows = _rows(session)
        years = sorted({row.day.year for row in rows} | self._calendar.known_years)
        following = max(years, default=self._station.today().year) + (1 if years else 0)
        return tuple(_year(year, rows, self._calendar) for year in [*years, following])

    def days(self, year: int) -> tuple[CalendarDay, ...]:
        """List the days of a year that differ from Monday to Friday."""
        self._station.actor.require(*Right)
        with self._database.reading() as session:
            rows = _rows(session)
        return tuple(
            CalendarDay(day=row.day, kind=row.kind, name=row.name, source=row.source)
            for row in rows
            if row.day.year == year
        )

    def set_day(self, day: date, kind: str | None, *, name: str, source: str) -> CalendarChange:
        """Set one day to ``rest`` or ``work``, or with None back to what its weekday says; raises ``FaultyInput``."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        if kind is not None and kind not in _KINDS:
            raise FaultyInput((Fault("kind", "类别应为 rest 或 work"),))
        wanted = CalendarDay(day=day, kind=kind or _PLAIN, name=name[:_LONGEST_TEXT], source=source[:_LONGEST_TEXT])
        return self._change([wanted], f"工作日历：{day.isoformat()} 改为{_WORDS[wanted.kind]}")

    def import_rows(self, path: Path) -> CalendarChange:
        """Take days over from a csv or xlsx file with the columns date, kind, name, source.

        Raises ``FaultyInput`` with every bad row, and then nothing changes.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        days = read_days(path)
        return self._change(days, f"导入工作日历 {len(days)} 天")

    def _change(self, days: Sequence[CalendarDay], summary: str, *, is_shipped: bool = False) -> CalendarChange:
        station = self._station
        with self._editing, self._database.writing(is_whole=True) as session:
            _write(session, days, is_shipped=is_shipped)
            session.flush()
            calendar = _calendar(session)
            years = sorted({day.day.year for day in days})
            touched = [(CALENDAR, f"{year:04}") for year in years]
            record_event(session, station, act="calendar", summary=summary, touched=touched)
            moved = recompute_provisional(session, calendar, station)
            session.commit()
            self._calendar = calendar
        filings = {Change.FILINGS} if moved else set()
        return CalendarChange(days=len(days), recomputed=moved, changes=frozenset({Change.CALENDAR} | filings))


def _write(session: Session, days: Sequence[CalendarDay], *, is_shipped: bool) -> None:
    """Write days; the new ones in one go, for there are hundreds at the first start."""
    known = {row.day: row for row in session.scalars(select(CalendarDayRow))}
    fresh: dict[date, dict[str, object]] = {}
    for day in days:
        held = {"kind": day.kind, "name": day.name, "source": day.source, "is_shipped": is_shipped}
        row = known.get(day.day)
        if row is None:
            fresh[day.day] = {"day": day.day, **held}
        else:
            row.kind, row.name, row.source, row.is_shipped = day.kind, day.name, day.source, is_shipped
    if fresh:
        session.execute(insert(CalendarDayRow), list(fresh.values()))


_WORDS: Final = {"rest": "休息", "work": "上班", _PLAIN: "按星期计算"}


def _rows(session: Session) -> Sequence[_Days]:
    row = CalendarDayRow
    asked = select(row.day, row.kind, row.name, row.source, row.is_shipped)
    return session.execute(asked.where(row.kind != _PLAIN).order_by(row.day)).all()


def _calendar(session: Session) -> WorkdayCalendar:
    rows = _rows(session)
    known = {row.day.year for row in rows if (row.day.month, row.day.day) == _NATIONAL_DAY}
    known |= {row.day.year for row in rows if row.is_shipped}
    return calendar_from_rows(((row.day, row.kind, row.source) for row in rows), known)


def _year(year: int, rows: Sequence[_Days], calendar: WorkdayCalendar) -> CalendarYear:
    own = [row for row in rows if row.day.year == year]
    return CalendarYear(
        year=year,
        published=year in calendar.known_years,
        source=next((row.source for row in own), ""),
        rest_days=sum(row.kind == "rest" for row in own),
        worked_weekends=sum(row.kind == "work" for row in own),
    )
