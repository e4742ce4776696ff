"""The first check of high-risk works: a closed door is none, and a change that alters the class begins it anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.domain.access import Role
from desktop.domain.life_acts import ChangeKind, ChangeRequest, ChangeSource
from desktop.domain.patrol import PatrolKind, PatrolLevel, PatrolRequest, PatrolResult
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.domain.worklist import TaskKind
from desktop.models.filing import Filing
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import CLERK, SETTER, person, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.hazard_desk import PATROLLER
from tests.integration.site_rows import change_filing
from tests.integration.test_worklist import tasks

AUDITOR = person(14, "邓审", Role.AUDITOR)
pytestmark = pytest.mark.requirement("LG-32-1")


@pytest.fixture
def risky(desk: Desk, decide: Decide) -> int:
    """A registered high-risk work."""
    matter = factories.walk_in(factories.small_work_facts(hoisting=True))
    return decide(factories.all_in_order(matter, desk.intake.pack())).filing_id


def visit(desk: Desk, filing_id: int, **changes: Any) -> bool:
    """Record a first check of today; gives whether it was told to be done by it."""
    values: dict[str, Any] = {
        "act_id": "first-check",
        "visited_on": desk.office.today(),
        "patrollers": ("何巡",),
        "level": PatrolLevel.STREET,
        "organisation": "坪安街道应急办",
        "site": SiteRef(filing_id=filing_id),
        "kind": PatrolKind.FIRST_CHECK,
    }
    work_as(desk, PATROLLER)
    return desk.patrols.record(PatrolRequest(**{**values, **changes})).is_first_check


def awaits(desk: Desk, filing_id: int) -> tuple[bool, bool]:
    """Say whether worklist and site card ask for the first check."""
    work_as(desk, PATROLLER)
    is_task = any(task.site.filing_id == filing_id for task in tasks(desk, TaskKind.FIRST_CHECK))
    return is_task, desk.patrols.site(SiteRef(filing_id=filing_id)).awaits_first_check


def changed(desk: Desk, filing_id: int, *, hoisting: bool) -> None:
    """Change a registration to a work with hoisting, or without; every paper is in order."""
    work_as(desk, CLERK)
    matter = desk.life.matter_to_change(filing_id)
    after = replace(matter, facts=matter.facts.with_facts(hoisting=hoisting))
    request = ChangeRequest(
        act_id=f"change-{hoisting}",
        filing_id=filing_id,
        kind=ChangeKind.SCOPE,
        source=ChangeSource.APPLICATION,
        reason="吊装内容有变",
        walk_in=factories.all_in_order(after, desk.intake.pack()),
    )
    desk.life.change(request)


def test_who_found_the_door_locked_has_not_made_the_first_check(desk: Desk, risky: int, clock: Clock) -> None:
    assert not visit(desk, risky, result=PatrolResult.NO_ACCESS, remark="大门上锁")
    assert not visit(desk, risky, result=PatrolResult.NO_ACCESS, remark="大门上锁"), "nor when it is sent again"
    assert awaits(desk, risky) == (True, True)
    clock.day = date(2026, 3, 3)
    assert visit(desk, risky, act_id="second")
    assert awaits(desk, risky) == (False, False)


@pytest.mark.requirement("LG-30-7")
def test_a_locked_door_is_no_check_after_an_escalation_either(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing_id = decide(complete).filing_id
    change_filing(desk, filing_id, escalated_on=desk.office.today())
    visit(desk, filing_id, result=PatrolResult.NO_ACCESS, remark="大门上锁")
    assert tasks(desk, TaskKind.ESCALATION_CHECK)
    assert desk.hazards.escalation_checks()[0].done_on is None
    visit(desk, filing_id, act_id="second")
    assert not tasks(desk, TaskKind.ESCALATION_CHECK)
    assert desk.hazards.escalation_checks()[0].done_on == desk.office.today()


@pytest.mark.requirement("LG-30-3b")
def test_works_that_are_high_risk_no_more_need_no_first_check(desk: Desk, risky: int) -> None:
    assert awaits(desk, risky) == (True, True)
    changed(desk, risky, hoisting=False)
    assert awaits(desk, risky) == (False, False)
    assert stored(desk, risky).site_check_by is None
    work_as(desk, AUDITOR)
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("LG-30-3b")
def test_works_that_become_high_risk_are_checked_after_the_change(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    filing_id = decide(complete).filing_id
    visit(desk, filing_id)
    clock.day = date(2026, 4, 20)
    changed(desk, filing_id, hoisting=True)
    assert stored(desk, filing_id).site_check_by == date(2026, 4, 23)
    assert awaits(desk, filing_id) == (True, True), "what was seen before does not count"
    clock.day = date(2026, 4, 21)
    visit(desk, filing_id, act_id="second")
    assert awaits(desk, filing_id) == (False, False)


@pytest.mark.requirement("LG-30-3b", "LG-30-7")
def test_a_change_gives_an_escalation_whose_check_is_open_no_fresh_term(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    filing_id = decide(complete).filing_id
    change_filing(desk, filing_id, escalated_on=date(2026, 3, 2))
    clock.day = date(2026, 4, 20)
    changed(desk, filing_id, hoisting=True)
    assert stored(desk, filing_id).site_check_by == date(2026, 3, 5), "three working days after the escalation"
    work_as(desk, PATROLLER)
    [task] = tasks(desk, TaskKind.FIRST_CHECK)
    assert (task.site.filing_id, task.by) == (filing_id, date(2026, 3, 5))
    visit(desk, filing_id)
    assert awaits(desk, filing_id) == (False, False)


@pytest.mark.requirement("LG-30-3b", "LG-30-7")
def test_a_change_after_the_check_of_an_escalation_begins_a_term_of_its_own(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    filing_id = decide(complete).filing_id
    change_filing(desk, filing_id, escalated_on=date(2026, 3, 2))
    visit(desk, filing_id)
    clock.day = date(2026, 4, 20)
    changed(desk, filing_id, hoisting=True)
    assert stored(desk, filing_id).site_check_by == date(2026, 4, 23)


@pytest.mark.requirement("LG-30-7")
def test_the_term_of_an_open_escalation_stays_its_own_when_a_calendar_is_published(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    clock.day = date(2026, 12, 28)
    filing_id = decide(complete).filing_id
    change_filing(desk, filing_id, escalated_on=date(2027, 1, 4))
    clock.day = date(2027, 1, 11)
    changed(desk, filing_id, hoisting=True)
    assert stored(desk, filing_id).site_check_by == date(2027, 1, 7)
    work_as(desk, SETTER)
    desk.calendar.set_day(date(2027, 1, 6), "rest", name="停电", source="街道通知")
    assert stored(desk, filing_id).site_check_by == date(2027, 1, 8), "three working days after the escalation"


@pytest.mark.requirement("LG-30-3b")
def test_the_term_after_a_change_follows_a_calendar_published_later(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    clock.day = date(2026, 12, 28)
    filing_id = decide(complete).filing_id
    clock.day = date(2027, 1, 5)
    changed(desk, filing_id, hoisting=True)
    assert stored(desk, filing_id).site_check_by == date(2027, 1, 8)
    work_as(desk, SETTER)
    desk.calendar.set_day(date(2027, 1, 7), "rest", name="停电", source="街道通知")
    assert stored(desk, filing_id).site_check_by == date(2027, 1, 11), "three working days after the change"


def test_the_first_check_is_asked_for_from_the_first_day_over_a_long_holiday_too(
    desk: Desk, decide: Decide, clock: Clock
) -> None:
    clock.day = date(2026, 4, 30)  # before 1 to 5 May
    matter = factories.walk_in(factories.small_work_facts(hoisting=True))
    filing_id = decide(factories.all_in_order(matter, desk.intake.pack())).filing_id
    assert stored(desk, filing_id).site_check_by == date(2026, 5, 8)
    assert awaits(desk, filing_id) == (True, True)


def stored(desk: Desk, filing_id: int) -> Filing:
    """The stored filing."""
    with desk.database.reading(is_whole=True) as session:
        return session.get_one(Filing, filing_id)
