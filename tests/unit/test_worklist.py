"""Urgency follows the day alone: overdue from the day after, never stored; working-day terms asked by their event."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.site import SiteRef
from desktop.domain.workdays import WorkdayCalendar
from desktop.domain.worklist import (
    ROLES_OF,
    Task,
    TaskGroup,
    TaskKind,
    Urgency,
    WorklistCounts,
    days_of,
    in_order,
    latest_start,
    urgency_on,
)

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
# New year's days off, with a Sunday worked in their place.
CALENDAR = WorkdayCalendar(
    rest=frozenset({date(2026, 1, 1), date(2026, 1, 2)}),
    work=frozenset({date(2026, 1, 4)}),
    known_years=frozenset({2026}),
)


def task(by: date | None) -> Task:
    """A rectification due by a day."""
    return Task(
        kind=TaskKind.RECTIFICATION,
        site=SiteRef(filing_id=1),
        subject_id=1,
        number="PA-DJ-2026-000001",
        project_name="",
        place="",
        community="",
        by=by,
        why="第三十条(二)",
    )


@pytest.mark.requirement("LG-30-4b", "LG-30-3c")
@given(by=DAYS, day=DAYS)
def test_a_task_is_overdue_if_and_only_if_its_day_has_passed(by: date, day: date) -> None:
    assert (task(by).urgency(day) is Urgency.OVERDUE) == (by < day)
    assert (task(by).urgency(day) is Urgency.TODAY) == (by == day)
    left = task(by).days_left(day)
    assert left is not None
    assert (left < 0) == (by < day)


def test_what_has_no_term_is_never_overdue() -> None:
    assert task(None).urgency(date(2026, 3, 2)) is Urgency.UNDATED
    assert task(None).days_left(date(2026, 3, 2)) is None


@given(by=DAYS, day=DAYS)
def test_each_day_lies_within_the_days_of_its_urgency_and_no_other(by: date, day: date) -> None:
    def holds(urgency: Urgency) -> bool:
        first, last = days_of(urgency, day)
        return (first is None or first <= by) and (last is None or by <= last)

    assert [each for each in Urgency if each is not Urgency.UNDATED and holds(each)] == [urgency_on(by, day)]


@pytest.mark.requirement("LG-33-1", "JS-2.4e")
@given(start=DAYS, by=DAYS, days=st.integers(0, 12))
def test_what_began_by_the_latest_start_is_due_by_then_and_what_began_later_is_not(
    start: date, by: date, days: int
) -> None:
    def due(day: date) -> date:
        return CALENDAR.add_working_days(day, days).day

    assert (due(start) <= by) == (start <= latest_start(due, by))


def test_the_most_urgent_stands_first_then_the_order_of_the_kinds() -> None:
    made = [
        TaskGroup(kind=kind, urgency=urgency, count=1, tasks=())
        for urgency in reversed(Urgency)
        for kind in (TaskKind.EXTENSION, TaskKind.SAME_DAY_HAZARD)
    ]
    found = in_order(made)
    assert [group.urgency for group in found][:4] == [Urgency.OVERDUE, Urgency.OVERDUE, Urgency.TODAY, Urgency.TODAY]
    assert found[0].kind is TaskKind.SAME_DAY_HAZARD


def test_the_rail_counts_what_is_overdue_and_due_today() -> None:
    counts = WorklistCounts(
        by={
            (TaskKind.EXPIRED, Urgency.OVERDUE): 3,
            (TaskKind.EXTENSION, Urgency.TODAY): 2,
            (TaskKind.EXTENSION, Urgency.SOON): 9,
        }
    )
    assert (counts.pressing, counts.total, counts.of(TaskKind.EXTENSION)) == (5, 14, 11)


def test_every_kind_is_somebodys_work() -> None:
    assert set(ROLES_OF) == set(TaskKind)
    assert all(ROLES_OF.values())
