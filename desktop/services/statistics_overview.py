"""The manager's first page: a handful of figures, what is overdue, where the trouble is, and how it went on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.dashboard import (
    HEADLINE_MEASURES,
    MOST_HEAT_ROWS,
    OVERDUE_MEASURES,
    TODAY_MEASURES,
    TREND_MEASURES,
    TREND_MONTHS,
    Dashboard,
    DashboardFigure,
    OverdueLine,
)
from desktop.domain.deadlines import add_months
from desktop.domain.measure import Breakdown, RowsAsked
from desktop.domain.measures import MEASURES
from desktop.domain.measures.terms import with_known_only
from desktop.domain.period import Period, PeriodKind, period_of, span
from desktop.domain.progress import SILENT, Progress
from desktop.domain.report import ChartKind, ReportTable, TableSpec
from desktop.domain.worklist import WORKLIST_RIGHTS, TaskKind, Urgency, WorklistCounts
from desktop.domain.worklist_words import KIND_WORDS
from desktop.services.station import Station
from desktop.services.statistics_reading import StatisticsReading
from desktop.services.statistics_reckoning import measures_of
from desktop.services.statistics_scope import scope_words
from desktop.services.worklist import WorklistService

_TODAY: Final = TableSpec(key="today", title="今日", measures=TODAY_MEASURES)
_FIGURES: Final = TableSpec(key="figures", title="本期", measures=HEADLINE_MEASURES)
_OVERDUE: Final = TableSpec(key="overdue", title="逾期", measures=OVERDUE_MEASURES)
_HEAT: Final = TableSpec(
    key="heat",
    title="社区和隐患类别",
    measures=("hazards_found",),
    by=Breakdown.COMMUNITY,
    across=Breakdown.HAZARD_GROUP,
    chart=ChartKind.HEAT,
    most=MOST_HEAT_ROWS,
)
_TRENDS: Final = TableSpec(
    key="trends", title="近十二个月", measures=TREND_MEASURES, by=Breakdown.MONTH, chart=ChartKind.LINES
)
# Tasks that a figure above counts already.
_COUNTED: Final = frozenset({TaskKind.EXPIRED, TaskKind.RECTIFICATION, TaskKind.FOUND_SITE})
_STEPS: Final = 5


class Overview:
    """Counts the first page; one reading of the ledger, so that its figures belong together."""

    def __init__(self, station: Station, *, reading: StatisticsReading, worklist: WorklistService) -> None:
        self._station, self._reading, self._worklist = station, reading, worklist

    def dashboard(self, period: Period, *, progress: Progress = SILENT) -> Dashboard:
        """Give the page over a period."""
        on = self._station.today()
        today, trend = period_of(PeriodKind.DAY, on), _trend_period(period, on)
        grants = self._reading.grants()
        with self._reading.session(grants) as session:
            tables = [
                self._counted(session, *asked, step=step, progress=progress)
                for step, asked in enumerate(
                    ((_TODAY, today), (_FIGURES, period), (_OVERDUE, today), (_HEAT, period), (_TRENDS, trend))
                )
            ]
        days, figures, overdue, heat, trends = tables
        progress.step(_STEPS, _STEPS)
        return Dashboard(
            period=period,
            before=period.before(),
            today=today,
            as_of=self._station.now(),
            scope=scope_words(grants, ()),
            today_figures=tuple(_figures(days, today)),
            figures=tuple(_figures(figures, period)),
            overdue=(*_standing(overdue, today), *self._tasks()),
            heat=heat,
            trends=trends,
            trend_period=trend,
            measures=measures_of((_TODAY, _FIGURES, _OVERDUE, _HEAT, _TRENDS)),
        )

    def _counted(
        self, session: Session, spec: TableSpec, period: Period, *, step: int, progress: Progress
    ) -> ReportTable:
        progress.step(step, _STEPS)
        reckoning = self._reading.reckoning(session, period, grants=self._reading.grants())
        asked = with_known_only([spec], self._station.pack())
        return next(iter(reckoning.tables(asked)), ReportTable(spec=spec, columns=(), rows=()))

    def _tasks(self) -> Iterator[OverdueLine]:
        """Give the overdue tasks of one's worklist; whoever has no worklist has none."""
        if not any(self._station.actor.may(right) for right in WORKLIST_RIGHTS):
            return
        yield from overdue_tasks(self._worklist.counts())


def overdue_tasks(counts: WorklistCounts) -> Iterator[OverdueLine]:
    """Give the overdue tasks by kind, the most first, but those that a figure counts already."""
    overdue = {kind: counts.of(kind, Urgency.OVERDUE) for kind in TaskKind if kind not in _COUNTED}
    for kind, count in sorted(overdue.items(), key=lambda each: -each[1]):
        if count:
            yield OverdueLine(label=KIND_WORDS[kind], count=count, task=kind)


def _figures(table: ReportTable, period: Period) -> Iterator[DashboardFigure]:
    for row in table.rows:
        key = row.member.code
        now, before, *_year = row.figures
        yield DashboardFigure(
            measure=MEASURES[key], figure=now, before=before, asked=RowsAsked(measure=key, period=period)
        )


def _standing(table: ReportTable, on: Period) -> Sequence[OverdueLine]:
    return tuple(
        OverdueLine(
            label=row.member.label,
            count=int(row.figures[0].value or 0),
            asked=RowsAsked(measure=row.member.code, period=on),
        )
        for row in table.rows
    )


def _trend_period(period: Period, today: date) -> Period:
    """Give twelve whole months, the last the one that the period ends in, or today's where it has not ended yet."""
    last = min(period.last_on, max(today, period.first_on))
    month = period_of(PeriodKind.MONTH, last)
    return span(add_months(month.first_on, 1 - TREND_MONTHS), month.last_on)
