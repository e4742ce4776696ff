"""Tasks of the worklist that follow from the life of a registration: validity, completion, certificates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.walk_in import Certificate, WalkIn
from desktop.domain.worklist import TaskKind, Urgency
from desktop.models.patrol import Patrol
from desktop.models.registration_life import CloseOut
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import CLERK, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.site_rows import change, change_filing, put
from tests.integration.test_worklist import PATROLLER, stored_matter, tasks, urgency

DAY = date(2026, 3, 2)  # a Monday


@pytest.fixture
def ordinary(decide: Decide, complete: WalkIn) -> int:
    """A registered ordinary work."""
    return decide(complete).filing_id


@pytest.mark.requirement("LG-25-2b", "LG-G2")
def test_the_window_of_extension_then_the_last_day_then_the_list_of_the_expired(
    desk: Desk, ordinary: int, clock: Clock
) -> None:
    change_filing(desk, ordinary, walk_in={**stored_matter(desk, ordinary), "planned_end_on": "2027-01-01"})
    work_as(desk, CLERK)
    last = date(2026, 9, 2)
    assert desk.ledger.file(ordinary).valid_until == last
    for before, extension, expired in (
        (16, None, None),
        (15, Urgency.SOON, None),
        (1, Urgency.TOMORROW, None),
        (0, Urgency.TODAY, None),
        (-1, None, Urgency.OVERDUE),
    ):
        clock.day = last - timedelta(days=before)
        assert urgency(desk, TaskKind.EXTENSION) is extension, before
        assert urgency(desk, TaskKind.EXPIRED) is expired, before
    work_as(desk, PATROLLER)
    assert urgency(desk, TaskKind.EXPIRED) is Urgency.OVERDUE, "the list goes to the patrol too"
    change_filing(desk, ordinary, valid_until=last + timedelta(days=180))
    assert urgency(desk, TaskKind.EXPIRED) is None


@pytest.mark.requirement("LG-33-1", "LG-33-2")
def test_close_out_is_due_three_working_days_after_completion_and_then_verified_on_site(
    desk: Desk, ordinary: int, clock: Clock
) -> None:
    clock.day = date(2026, 3, 6)  # a Friday
    change_filing(desk, ordinary, completed_on=clock.day)
    work_as(desk, CLERK)
    assert tasks(desk, TaskKind.CLOSE_OUT)[0].by == date(2026, 3, 11)
    clock.day = date(2026, 3, 12)
    assert urgency(desk, TaskKind.CLOSE_OUT) is Urgency.OVERDUE
    close_out = put(desk, CloseOut, filing_id=ordinary, completed_on=date(2026, 3, 6))
    change_filing(desk, ordinary, status="awaiting_closeout")
    assert urgency(desk, TaskKind.CLOSE_OUT) is None
    work_as(desk, PATROLLER)
    assert tasks(desk, TaskKind.CLOSE_OUT_CHECK)[0].subject_id == close_out
    change(desk, CloseOut, close_out, state="verified")
    change_filing(desk, ordinary, status="closed")
    assert not desk.worklist.counts().total


@pytest.mark.requirement("LG-33-1")
def test_a_work_past_its_planned_completion_is_asked_about_until_somebody_was_there(
    desk: Desk, ordinary: int, clock: Clock
) -> None:
    work_as(desk, PATROLLER)
    clock.day = date(2026, 6, 30)
    assert urgency(desk, TaskKind.PLANNED_END) is None, "planned for today"
    clock.day = date(2026, 7, 1)
    assert tasks(desk, TaskKind.PLANNED_END)[0].by == date(2026, 7, 3)
    put(desk, Patrol, filing_id=ordinary, visited_on=clock.day)
    assert urgency(desk, TaskKind.PLANNED_END) is None


@pytest.mark.requirement("LG-30-1b")
def test_certificates_of_contractor_and_workers_are_told_before_and_after_they_end(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    held = replace(
        factories.worker(), certificate=Certificate(kind="高处作业", number="T1", valid_to=date(2026, 3, 20))
    )
    licence = replace(complete.contractor.safety_licence, valid_to=date(2026, 4, 20))
    contractor = replace(complete.contractor, safety_licence=licence)
    decide(replace(complete, workers=(factories.worker(), held), contractor=contractor))
    work_as(desk, PATROLLER)
    clock.day = date(2026, 3, 12)
    assert urgency(desk, TaskKind.CERTIFICATE) is None
    clock.day = date(2026, 3, 20)
    assert urgency(desk, TaskKind.CERTIFICATE) is Urgency.TODAY, "the last valid day is still valid"
    clock.day = date(2026, 4, 15)
    assert urgency(desk, TaskKind.CERTIFICATE) is Urgency.OVERDUE
    assert tasks(desk, TaskKind.CERTIFICATE)[0].remark == (
        "高处作业操作证（何平）有效期至 2026-03-20；安全生产许可证有效期至 2026-04-20"
    )
