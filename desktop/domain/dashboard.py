"""The manager's first page: today, the period, what is overdue, where the trouble is; each leads to its rows.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.measure import Figure, Good, Measure, Number, RowsAsked
from desktop.domain.period import Period
from desktop.domain.report import ReportTable
from desktop.domain.worklist import TaskKind

# What the day's line shows, and what the period's: in reading order.
TODAY_MEASURES: Final = ("visits", "registered", "one_time_notices", "patrols", "hazards_found", "found_unregistered")
HEADLINE_MEASURES: Final = (
    "registered",
    "in_progress",
    "patrols",
    "hazards_found",
    "hazard_clearing_rate",
    "second_notice_rate",
    "acceptance_in_time_rate",
    "site_checks_in_time_rate",
    "accidents",
)
# Lines of what is overdue that are counted, not tasks of one who is signed in.
OVERDUE_MEASURES: Final = ("overdue_open", "hazards_overdue", "found_open")
TREND_MEASURES: Final = ("registered", "patrols", "hazards_found", "hazards_cleared")
TREND_MONTHS: Final = 12
MOST_HEAT_ROWS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardFigure:
    """One large figure with what it was before; ``asked`` are the rows behind it."""

    measure: Measure
    figure: Figure
    before: Figure | None = None  # of the period before; of the day's figures the day before
    asked: RowsAsked

    @property
    def change(self) -> Number | None:
        """Give by how much the figure went up or down; None where either is unknown."""
        if self.before is None or self.figure.value is None or self.before.value is None:
            return None
        return self.figure.value - self.before.value

    @property
    def is_better(self) -> bool | None:
        """Say whether the change is for the better; None where there is none, or where neither direction is."""
        change = self.change
        if not change or self.measure.good is Good.NEITHER:
            return None
        return (change > 0) is (self.measure.good is Good.HIGH)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueLine:
    """Something that is past its day: how many, and either the rows behind it or the kind of task on the worklist."""

    label: str
    count: int
    asked: RowsAsked | None = None
    task: TaskKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """All of the first page.

    ``heat`` has communities as rows and groups of hazards as columns, the worst community first; a cell's rows are
    ``hazards_found`` of ``period`` within its row and column.  ``trends`` has the months of ``trend_period`` as rows,
    the last being the month that the period ends in.
    """

    period: Period
    before: Period
    today: Period
    as_of: datetime
    scope: str
    today_figures: tuple[DashboardFigure, ...]
    figures: tuple[DashboardFigure, ...]
    overdue: tuple[OverdueLine, ...]
    heat: ReportTable
    trends: ReportTable
    trend_period: Period
    measures: Mapping[str, Measure]  # of every key above
