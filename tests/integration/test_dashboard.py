"""The manager's first page, counted by the desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.access import Role
from desktop.domain.dashboard import Dashboard, DashboardFigure
from desktop.domain.measure import RowsAsked
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.walk_in import WalkIn
from desktop.domain.worklist import TaskKind, Urgency, WorklistCounts
from desktop.services.desk import Desk
from desktop.services.statistics_overview import overdue_tasks
from tests import factories
from tests.integration.at_work import MANAGER, person, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.test_statistics_reports import MARCH, at, shown


def figure(figures: tuple[DashboardFigure, ...], key: str) -> DashboardFigure:
    return next(each for each in figures if each.measure.key == key)


def dashboard(desk: Desk) -> Dashboard:
    return desk.statistics.dashboard(MARCH)


@pytest.mark.requirement("LG-21-2d")
def test_today_stands_beside_the_day_before(desk: Desk, clock: Clock, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    decide(complete)
    clock.day += timedelta(days=1)
    decide(complete)
    registered = figure(dashboard(desk).today_figures, "registered")
    assert registered.figure.value == 1
    assert registered.before is not None
    assert (registered.before.value, registered.change) == (2, -1)


def test_the_period_stands_beside_the_one_before(desk: Desk, clock: Clock, complete: WalkIn, decide: Decide) -> None:
    clock.day = date(2026, 2, 25)
    decide(complete)
    clock.day = factories.FILED_ON
    decide(complete)
    decide(complete)
    registered = figure(dashboard(desk).figures, "registered")
    assert (registered.figure.value, registered.change) == (2, 1)
    assert registered.is_better is None  # more registrations are neither good nor bad


def test_every_figure_opens_its_rows(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    page = dashboard(desk)
    for each in (*page.today_figures, *page.figures):
        if not each.measure.is_ratio and each.measure.unit in ("件", "次", "处"):
            assert desk.statistics.rows(each.asked).total == each.figure.value, each.measure.key


@pytest.mark.requirement("JS-4.2")
def test_what_is_overdue_is_counted_and_opens_its_rows(
    desk: Desk, clock: Clock, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    clock.day += timedelta(days=400)
    page = dashboard(desk)
    (line,) = [line for line in page.overdue if line.asked is not None and line.asked.measure == "overdue_open"]
    assert line.count == 1
    assert line.asked is not None
    assert desk.statistics.rows(line.asked).total == 1


def test_what_a_figure_counts_already_does_not_stand_below_as_a_task_too(
    desk: Desk, clock: Clock, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    clock.day += timedelta(days=400)
    assert desk.worklist.counts().of(TaskKind.EXPIRED, Urgency.OVERDUE) == 1
    assert TaskKind.EXPIRED not in {line.task for line in dashboard(desk).overdue}


def test_overdue_tasks_stand_with_their_kind_the_most_first() -> None:
    counts = WorklistCounts(
        by={
            (TaskKind.REVIEW, Urgency.OVERDUE): 2,
            (TaskKind.REPLY, Urgency.OVERDUE): 3,
            (TaskKind.REPLY, Urgency.TODAY): 9,
        }
    )
    assert [(line.task, line.count) for line in overdue_tasks(counts)] == [(TaskKind.REPLY, 3), (TaskKind.REVIEW, 2)]


def test_the_heat_table_has_every_community_and_the_groups_of_hazards(desk: Desk) -> None:
    heat = dashboard(desk).heat
    assert {row.member.code for row in heat.rows} == {"坪安社区", "新禾社区"}


def test_the_trend_ends_with_the_month_that_is_running(
    desk: Desk, clock: Clock, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    page = desk.statistics.dashboard(period_of(PeriodKind.YEAR, factories.FILED_ON))
    months = list(shown(page.trends))
    assert (months[0], months[-1], len(months)) == ("2025-04", "2026-03", 12)
    assert shown(page.trends)["2026-03"][0] == 1


def test_a_page_of_one_community_counts_no_other(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    decide(at(complete, "新禾社区"))
    work_as(desk, person(41, "社区统计", Role.PATROLLER, areas=frozenset({"坪安社区"})))
    page = dashboard(desk)
    assert figure(page.figures, "registered").figure.value == 1
    assert [row.member.code for row in page.heat.rows] == ["坪安社区"]
    assert desk.statistics.rows(RowsAsked(measure="registered", period=MARCH)).total == 1


def test_a_manager_has_the_page(desk: Desk) -> None:
    work_as(desk, MANAGER)
    assert dashboard(desk).scope == "全部社区、全部行业"
