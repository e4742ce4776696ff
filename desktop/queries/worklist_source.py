"""How one kind of task is asked for: what is to be done, by the day of the event, and how the last day follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.expiry import REST_DAY_GRACE, expired_before, in_time_until
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Deadlines
from desktop.domain.patrol_plan import PatrolPlan
from desktop.domain.workdays import WorkdayCalendar
from desktop.domain.worklist import LOOKS_AHEAD_DAYS, TaskKind
from desktop.models.filing import Filing

Due = Callable[[date], date]
Column = ColumnElement[Any] | InstrumentedAttribute[Any]


def same_day(day: date) -> date:
    """Count no term: the day stored is the last day."""
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """By what tasks are found: the day, the calendar, the pack and the patrol plan.

    ``late_findings`` are those which, not put right in time, must be reported on the same day.
    """

    today: date
    calendar: WorkdayCalendar
    pack: PolicyPack
    plan: PatrolPlan = field(default_factory=dict)
    late_findings: frozenset[str] = frozenset()

    @property
    def deadlines(self) -> Deadlines:
        """Give the pack's terms."""
        return self.pack.deadlines

    @property
    def expired_before(self) -> date:
        """Give the day before which the end of a registration must lie for it to count as expired."""
        return expired_before(self.today, pack=self.pack, calendar=self.calendar)

    def in_time(self, valid_until: date) -> date:
        """Give the last day on which what is done about the end of a registration is in time."""
        return in_time_until(valid_until, pack=self.pack, calendar=self.calendar)

    @property
    def ahead(self) -> date:
        """Give the last due day that the list shows."""
        return self.today + timedelta(days=LOOKS_AHEAD_DAYS)

    @property
    def reckoning(self) -> tuple[object, ...]:
        """Give all of the rules that days are reckoned by when the list is asked for."""
        of_rules, grace = self.deadlines, self.pack.parameters.get(REST_DAY_GRACE)
        counts = (of_rules.site_check_working_days, of_rules.closeout_working_days, of_rules.extension_window_days)
        return (*counts, grace is not None and grace.value != 0)

    def working_days(self, count: int | None) -> Due:
        """Give the term of so many working days after an event."""
        return same_day if count is None else lambda day: self.calendar.add_working_days(day, count).day


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How one kind is asked for.

    ``asked`` selects what is to be done; ``day`` is the day of the event, None for what has no term; ``due`` makes
    the last day of it; ``until`` bounds the last day, ``is_dated`` says that every row has a day.  ``details`` are
    told in words by whoever shows a row.
    """

    kind: TaskKind
    asked: Select[Any]
    subject: Column
    community: Column
    filing: Column | None = None
    found_site: Column | None = None
    day: Column | None = None
    due: Due = same_day
    until: date | None = None
    is_dated: bool = True
    article: str = ""
    details: tuple[Column, ...] = ()


def filing_source(kind: TaskKind, *where: ColumnElement[bool], day: Column | None = None, **more: Any) -> Source:
    """Give the source of a kind that is about filings themselves."""
    return Source(
        kind=kind,
        asked=select(Filing.id).where(*where),
        subject=Filing.id,
        filing=Filing.id,
        community=Filing.community,
        day=day,
        **more,
    )
