"""The worklist: each kind of task appears by its rule, is overdue by the day alone, and vanishes when it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.domain.access import Role
from desktop.domain.acts import Act, StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.domain.worklist import Task, TaskKind, TaskRole, Urgency, WorklistCriteria
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.models.random_draw import DrawnFiling, RandomDraw
from desktop.models.registration_life import OutsideReview, Revocation
from desktop.models.transfer import Transfer
from desktop.services.desk import Desk
from desktop.services.patrol_plan import OwnFrequency
from desktop.services.review_settings import OwnReview
from tests import factories
from tests.integration.at_work import CLERK, MANAGER, OFFICER, REVIEWER, SETTER, person, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.site_rows import change, change_filing, put

PATROLLER = person(8, "何巡", Role.PATROLLER)
DAY = date(2026, 3, 2)  # a Monday


def tasks(desk: Desk, kind: TaskKind) -> tuple[Task, ...]:
    """Give the tasks of a kind for who is at work."""
    return tuple(task for group in desk.worklist.worklist().groups if group.kind is kind for task in group.tasks)


def urgency(desk: Desk, kind: TaskKind) -> Urgency | None:
    """Give the urgency of the one task of a kind, None when there is none."""
    found = [(group.urgency, group.count) for group in desk.worklist.worklist().groups if group.kind is kind]
    assert sum(count for _how, count in found) <= 1
    return found[0][0] if found else None


@pytest.fixture
def risky(desk: Desk, decide: Decide) -> int:
    """A registered high-risk work."""
    matter = factories.walk_in(factories.small_work_facts(hoisting=True))
    return decide(factories.all_in_order(matter, desk.intake.pack())).filing_id


@pytest.fixture
def ordinary(decide: Decide, complete: WalkIn) -> int:
    """A registered ordinary work."""
    return decide(complete).filing_id


def noticed(desk: Desk, decide: Decide, matter: WalkIn) -> int:
    """Give a one-time notice; gives the filing."""
    wanting = desk.intake.preview(matter).assessment.required_materials[0]
    told = matter.with_check(MaterialCheck(code=wanting, verdict=Verdict.MISSING))
    return decide(told, Act.ONE_TIME_NOTICE).filing_id


# --- the window and its reviewers --------------------------------------------------------------------------------


@pytest.mark.requirement("LG-P2")
def test_the_clerk_sees_what_waits_at_the_window(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    accepted, waiting = decide(complete).filing_id, noticed(desk, decide, complete)
    work_as(desk, REVIEWER)
    desk.reviews.give_opinion(accepted, "补门牌")
    work_as(desk, CLERK)
    assert not tasks(desk, TaskKind.REVIEW)
    assert [task.site.filing_id for task in tasks(desk, TaskKind.CORRECTION)] == [waiting]
    assert [task.site.filing_id for task in tasks(desk, TaskKind.PLATFORM)] == [accepted]
    assert "补门牌" in tasks(desk, TaskKind.OPINION)[0].remark
    assert all(task.why for task in tasks(desk, TaskKind.CORRECTION))


@pytest.mark.requirement("YC-2c", "LG-P2")
def test_the_reviewer_sees_the_queue_and_the_clerk_what_came_back(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    work_as(desk, SETTER)
    desk.review_settings.keep(OwnReview(other_small=1))
    work_as(desk, CLERK)
    sent = decide(complete, Act.SUBMIT_FOR_REVIEW)
    work_as(desk, REVIEWER)
    assert {group.kind for group in desk.worklist.worklist().groups} == {TaskKind.REVIEW}
    assert "林晓" in tasks(desk, TaskKind.REVIEW)[0].remark
    desk.reviews.return_with(sent.filing_id, "缺公章")
    assert not tasks(desk, TaskKind.REVIEW)
    work_as(desk, CLERK)
    assert "缺公章" in tasks(desk, TaskKind.RETURNED)[0].remark


@pytest.mark.requirement("LG-27-2b", "LG-27-2c")
def test_an_answer_is_due_within_three_working_days_and_at_the_street_office_on_the_spot(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    decide(complete)
    assert urgency(desk, TaskKind.FEEDBACK) is None, "decided at the window: nothing is left to be answered"
    desk.office.set_up(factories.office(station_kind=StationKind.COMMUNITY_STATION))
    desk.review_settings.keep(OwnReview(other_small=1))
    work_as(desk, CLERK)
    decide(complete, Act.SUBMIT_FOR_REVIEW)
    for day, expected in ((3, Urgency.SOON), (4, Urgency.TOMORROW), (5, Urgency.TODAY), (6, Urgency.OVERDUE)):
        clock.day = date(2026, 3, day)
        assert urgency(desk, TaskKind.FEEDBACK) is expected, day
    work_as(desk, MANAGER)
    assert urgency(desk, TaskKind.FEEDBACK) is Urgency.OVERDUE, "the manager sees what is late"


@pytest.mark.requirement("LG-P2")
def test_the_manager_sees_exceptions_of_the_last_month(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    overridden = decide(complete, Act.NOT_APPLICABLE, reason="业主撤回").filing_id
    work_as(desk, MANAGER)
    assert [task.site.filing_id for task in tasks(desk, TaskKind.OVERRIDDEN)] == [overridden]
    assert "业主撤回" in tasks(desk, TaskKind.OVERRIDDEN)[0].remark
    clock.day += timedelta(days=31)
    assert not tasks(desk, TaskKind.OVERRIDDEN)


# --- checks and patrols ---------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-32-1", "JS-2.4e")
def test_a_high_risk_work_is_checked_within_three_working_days(desk: Desk, risky: int, clock: Clock) -> None:
    work_as(desk, PATROLLER)
    by = desk.ledger.file(risky).site_check_by
    assert by == date(2026, 3, 5)
    assert tasks(desk, TaskKind.FIRST_CHECK)[0].why == "第三十二条(一)"
    for day, expected in ((by, Urgency.TODAY), (by + timedelta(days=1), Urgency.OVERDUE)):
        clock.day = day
        assert urgency(desk, TaskKind.FIRST_CHECK) is expected
    put(desk, Patrol, filing_id=risky, kind="regular", visited_on=clock.day)
    assert urgency(desk, TaskKind.FIRST_CHECK) is Urgency.OVERDUE, "a patrol is no first check"
    put(desk, Patrol, filing_id=risky, kind="first_check", visited_on=clock.day)
    assert urgency(desk, TaskKind.FIRST_CHECK) is None


@pytest.mark.requirement("LG-32-1", "LG-30-7")
def test_an_escalated_work_is_checked_within_three_working_days_of_its_escalation(
    desk: Desk, ordinary: int, clock: Clock
) -> None:
    put(desk, Patrol, filing_id=ordinary, kind="first_check", visited_on=DAY)
    work_as(desk, PATROLLER)
    clock.day = date(2026, 3, 6)
    change_filing(desk, ordinary, escalated_on=clock.day)
    task = tasks(desk, TaskKind.ESCALATION_CHECK)[0]
    assert task.by == date(2026, 3, 11), "a weekend lies between"
    clock.day = date(2026, 3, 12)
    assert urgency(desk, TaskKind.ESCALATION_CHECK) is Urgency.OVERDUE
    put(desk, Patrol, filing_id=ordinary, kind="first_check", visited_on=clock.day)
    assert urgency(desk, TaskKind.ESCALATION_CHECK) is None


@pytest.mark.requirement("LG-29-1")
def test_the_plan_says_which_class_is_visited_how_often(desk: Desk, risky: int, ordinary: int, clock: Clock) -> None:
    assert not tasks(desk, TaskKind.PATROL), "the draft names no frequency, so that nothing is planned by itself"
    desk.patrol_plan.keep(
        {PlanClass.HIGH_RISK: OwnFrequency(every_days=7), PlanClass.ORDINARY: OwnFrequency(every_days=30)}
    )
    work_as(desk, PATROLLER)
    assert [(task.site.filing_id, task.by) for task in tasks(desk, TaskKind.PATROL)] == [(risky, date(2026, 3, 9))]
    clock.day = date(2026, 4, 1)
    assert [(task.site.filing_id, task.by) for task in tasks(desk, TaskKind.PATROL)] == [
        (risky, date(2026, 3, 9)),
        (ordinary, clock.day),
    ]
    put(desk, Patrol, filing_id=risky, visited_on=clock.day)
    assert {task.site.filing_id: task.by for task in tasks(desk, TaskKind.PATROL)} == {
        ordinary: clock.day,
        risky: date(2026, 4, 8),
    }


@pytest.mark.requirement("JS-2.4f")
def test_a_monthly_check_is_due_by_the_end_of_each_month_and_a_missed_month_is_red(
    desk: Desk, risky: int, clock: Clock
) -> None:
    desk.patrol_plan.keep({PlanClass.HIGH_RISK: OwnFrequency(is_monthly=True)})
    work_as(desk, PATROLLER)
    clock.day = date(2026, 3, 31)
    assert urgency(desk, TaskKind.PATROL) is Urgency.TODAY
    clock.day = date(2026, 4, 1)
    assert urgency(desk, TaskKind.PATROL) is Urgency.OVERDUE
    put(desk, Patrol, filing_id=risky, visited_on=clock.day)
    assert urgency(desk, TaskKind.PATROL) is None
    clock.day = date(2026, 5, 30)
    assert tasks(desk, TaskKind.PATROL)[0].by == date(2026, 5, 31)


@pytest.mark.requirement("LG-29-1")
@pytest.mark.parametrize("monthly", [False, True])
def test_the_worklist_and_the_patrol_plan_agree(
    desk: Desk, risky: int, ordinary: int, clock: Clock, monthly: bool
) -> None:
    put(desk, FoundSite, state="urged", found_on=DAY)
    frequency = OwnFrequency(is_monthly=True) if monthly else OwnFrequency(every_days=10)
    desk.patrol_plan.keep(dict.fromkeys(PlanClass, frequency))
    for day in (date(2026, 3, 10), date(2026, 4, 20), date(2026, 9, 10)):
        clock.day = day
        due = {(visit.ref, visit.due_on) for visit in desk.patrol_plan.due(day + timedelta(days=7))}
        assert {(task.site, task.by) for task in tasks(desk, TaskKind.PATROL)} == due, day
        put(desk, Patrol, filing_id=ordinary, visited_on=day)


# --- hazards, unregistered works, other bodies, the public -----------------------------------------------------------


@pytest.mark.requirement("LG-30-4b")
def test_a_rectification_is_due_on_its_day_then_rechecked_then_gone(desk: Desk, ordinary: int, clock: Clock) -> None:
    hazard = put(desk, Hazard, filing_id=ordinary, due_on=date(2026, 3, 4))
    work_as(desk, PATROLLER)
    task = tasks(desk, TaskKind.RECTIFICATION)[0]
    assert (task.why, task.by) == ("第三十条(二)", date(2026, 3, 4))
    clock.day = date(2026, 3, 5)
    assert urgency(desk, TaskKind.RECTIFICATION) is Urgency.OVERDUE
    change(desk, Hazard, hazard, state="awaiting_recheck", feedback_on=clock.day)
    assert urgency(desk, TaskKind.RECTIFICATION) is None
    assert tasks(desk, TaskKind.RECHECK)
    change(desk, Hazard, hazard, state="cleared", cleared_on=clock.day)
    assert not tasks(desk, TaskKind.RECHECK)


@pytest.mark.requirement("LG-30-4b", "LG-30-8")
def test_enforcement_is_told_of_a_hazard_on_the_same_calendar_day(desk: Desk, ordinary: int, clock: Clock) -> None:
    clock.day = date(2026, 3, 7)  # a Saturday
    hazard = put(desk, Hazard, filing_id=ordinary, level="major", report_by=clock.day)
    work_as(desk, OFFICER)
    assert urgency(desk, TaskKind.SAME_DAY_HAZARD) is Urgency.TODAY
    clock.day = date(2026, 3, 8)
    assert urgency(desk, TaskKind.SAME_DAY_HAZARD) is Urgency.OVERDUE
    change(desk, Hazard, hazard, reported_on=clock.day)
    assert urgency(desk, TaskKind.SAME_DAY_HAZARD) is None


@pytest.mark.requirement("LG-30-3c", "LG-30-3a")
def test_an_unregistered_work_has_its_term_and_then_goes_to_enforcement_the_same_day(desk: Desk, clock: Clock) -> None:
    found = put(desk, FoundSite, register_by=date(2026, 3, 4))
    work_as(desk, PATROLLER)
    assert urgency(desk, TaskKind.FOUND_SITE) is Urgency.SOON
    clock.day = date(2026, 3, 5)
    assert urgency(desk, TaskKind.FOUND_SITE) is None
    assert urgency(desk, TaskKind.SAME_DAY_FOUND_SITE) is Urgency.TODAY
    clock.day = date(2026, 3, 6)
    assert urgency(desk, TaskKind.SAME_DAY_FOUND_SITE) is Urgency.OVERDUE
    assert tasks(desk, TaskKind.SAME_DAY_FOUND_SITE)[0].site.found_site_id == found
    change(desk, FoundSite, found, state="reported", reported_on=clock.day)
    assert urgency(desk, TaskKind.SAME_DAY_FOUND_SITE) is None


@pytest.mark.requirement("LG-30-3c")
def test_who_refuses_to_register_goes_to_enforcement_on_the_day_of_the_refusal(desk: Desk) -> None:
    put(desk, FoundSite, state="refused", refused_on=DAY, register_by=date(2026, 3, 20))
    work_as(desk, PATROLLER)
    assert urgency(desk, TaskKind.SAME_DAY_FOUND_SITE) is Urgency.TODAY
    assert urgency(desk, TaskKind.FOUND_SITE) is None


@pytest.mark.requirement("LG-36-1")
def test_a_transfer_waits_for_its_reply(desk: Desk, ordinary: int, clock: Clock) -> None:
    transfer = put(desk, Transfer, filing_id=ordinary, reply_by=date(2026, 3, 3))
    work_as(desk, PATROLLER)
    assert urgency(desk, TaskKind.REPLY) is Urgency.TOMORROW
    assert tasks(desk, TaskKind.REPLY)[0].why == "第三十六条(一)"
    clock.day = date(2026, 3, 4)
    assert urgency(desk, TaskKind.REPLY) is Urgency.OVERDUE
    change(desk, Transfer, transfer, state="replied", replied_on=clock.day)
    assert urgency(desk, TaskKind.REPLY) is None


@pytest.mark.requirement("LG-44-1")
def test_a_public_report_is_verified_and_then_answered(desk: Desk) -> None:
    report = put(desk, PublicReport, verify_by=DAY, assigned_to="何巡")
    work_as(desk, PATROLLER)
    assert urgency(desk, TaskKind.REPORT_VERIFY) is Urgency.TODAY
    assert tasks(desk, TaskKind.REPORT_VERIFY)[0].who == "何巡"
    change(desk, PublicReport, report, state="verified", verified_on=DAY)
    assert urgency(desk, TaskKind.REPORT_VERIFY) is None
    assert tasks(desk, TaskKind.REPORT_ANSWER)
    change(desk, PublicReport, report, state="answered", replied_on=DAY)
    assert not tasks(desk, TaskKind.REPORT_ANSWER)


# --- what waits without a term ---------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-27-5", "JS-2.4d")
def test_what_is_out_for_review_drawn_or_to_be_delivered_waits_without_a_term(desk: Desk, ordinary: int) -> None:
    review = put(desk, OutsideReview, filing_id=ordinary)
    draw = put(desk, RandomDraw)
    put(desk, DrawnFiling, draw_id=draw, filing_id=ordinary)
    revocation = put(desk, Revocation, filing_id=ordinary)
    work_as(desk, person(9, "全", Role.MANAGER, Role.WINDOW_CLERK))
    for kind in (TaskKind.OUTSIDE_REVIEW, TaskKind.DRAWN, TaskKind.DELIVERY):
        assert urgency(desk, kind) is Urgency.UNDATED, kind
    change(desk, OutsideReview, review, returned_on=DAY)
    change(desk, Revocation, revocation, delivered_on=DAY)
    with desk.database.writing(is_whole=True) as session:
        session.get_one(DrawnFiling, (draw, ordinary)).result = "in_order"
    for kind in (TaskKind.OUTSIDE_REVIEW, TaskKind.DRAWN, TaskKind.DELIVERY):
        assert urgency(desk, kind) is None, kind


# --- whose, where, how many ------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-21-4d", "LG-P1")
def test_a_task_is_seen_where_the_right_for_it_counts_and_nowhere_else(desk: Desk, risky: int) -> None:
    put(desk, Hazard, filing_id=risky, due_on=DAY)
    put(desk, Hazard, community="新禾社区", due_on=DAY)
    here, there = frozenset({"坪安社区"}), frozenset({"新禾社区"})
    work_as(desk, person(9, "别处", Role.PATROLLER, areas=there))
    assert [task.community for task in tasks(desk, TaskKind.RECTIFICATION)] == ["新禾社区"]
    assert not tasks(desk, TaskKind.FIRST_CHECK)
    window_here = person(9, "两处", Role.WINDOW_CLERK, areas=here).grants
    both = replace(
        person(9, "两处", Role.PATROLLER, areas=there),
        grants=(*window_here, *person(9, "", Role.PATROLLER, areas=there).grants),
    )
    work_as(desk, both)
    assert [task.community for task in tasks(desk, TaskKind.RECTIFICATION)] == ["新禾社区"], "seen, but not theirs"
    assert tasks(desk, TaskKind.PLATFORM)
    assert desk.worklist.counts().of(TaskKind.RECTIFICATION) == 1


@pytest.mark.requirement("LG-P2")
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_has_no_work_on_filings_has_no_worklist(desk: Desk, role: Role) -> None:
    work_as(desk, person(9, "别人", role))
    for asked in (desk.worklist.worklist, desk.worklist.counts):
        with pytest.raises(ClerkError) as caught:
            asked()
        assert caught.value.code == "not_permitted"


def test_counts_are_those_of_the_lists_and_pages_give_all(desk: Desk, ordinary: int, clock: Clock) -> None:
    for place in range(230):
        put(desk, Hazard, filing_id=ordinary, due_on=DAY + timedelta(days=place % 3 - 1))
    work_as(desk, PATROLLER)
    shown = desk.worklist.worklist()
    assert shown.counts == desk.worklist.counts()
    assert shown.counts.of(TaskKind.RECTIFICATION, Urgency.OVERDUE) == 77
    first = next(group for group in shown.groups if group.urgency is Urgency.OVERDUE)
    rest = desk.worklist.page(TaskKind.RECTIFICATION, Urgency.OVERDUE, after=len(first.tasks))
    assert len({task.subject_id for task in (*first.tasks, *rest)}) == first.count == 77


def test_filters_narrow_the_list_down_and_leave_the_counts_beside_them(desk: Desk, risky: int) -> None:
    put(desk, Hazard, filing_id=risky, due_on=DAY)
    put(desk, Hazard, community="新禾社区", due_on=DAY)
    by_kind = desk.worklist.worklist(WorklistCriteria(kind=TaskKind.FIRST_CHECK))
    assert {group.kind for group in by_kind.groups} == {TaskKind.FIRST_CHECK}
    assert by_kind.counts.of(TaskKind.RECTIFICATION) == 2
    today = desk.worklist.worklist(WorklistCriteria(urgency=Urgency.TODAY, community="新禾社区"))
    assert [(group.kind, group.count) for group in today.groups] == [(TaskKind.RECTIFICATION, 1)]
    window = desk.worklist.worklist(WorklistCriteria(role=TaskRole.WINDOW))
    assert {group.kind for group in window.groups} == {TaskKind.PLATFORM}


def stored_matter(desk: Desk, filing_id: int) -> dict[str, object]:
    """Give the matter as the ledger keeps it."""
    from desktop.models.filing import Filing

    with desk.database.reading(is_whole=True) as session:
        return dict(session.get_one(Filing, filing_id).walk_in)


@pytest.mark.requirement("Q-2", "LG-32-1")
def test_a_term_in_a_year_without_published_holidays_is_marked_to_be_verified_until_they_are(
    desk: Desk, decide: Decide, clock: Clock, tmp_path: Path
) -> None:
    clock.day = date(2026, 12, 30)
    matter = factories.walk_in(factories.small_work_facts(hoisting=True))
    decide(factories.all_in_order(matter, desk.intake.pack()))

    (task,) = tasks(desk, TaskKind.FIRST_CHECK)
    assert (task.by, task.remark) == (date(2027, 1, 4), "期限待核：2027 年放假安排尚未公布，暂按周一至周五推算")

    table = tmp_path / "2027.csv"
    rows = "2027-01-01,rest\n2027-01-04,rest\n2027-01-09,work\n2027-10-01,rest\n".replace("\n", ",放假,通知\n")
    table.write_text(f"date,kind,name,source\n{rows}", encoding="utf-8")
    desk.calendar.import_rows(table)
    (task,) = tasks(desk, TaskKind.FIRST_CHECK)
    assert "待核" not in task.remark
