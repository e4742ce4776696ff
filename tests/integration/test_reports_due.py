"""What the worklist asks of hazards that enforcement must know, and of reviews that are out: as the registers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.access import Role
from desktop.domain.hazard import HazardLevel, StepKind
from desktop.domain.outside_review import OutsideReviewNote, OutsideVerdict, ReviewedPaper
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.domain.worklist import TaskKind, Urgency
from desktop.queries.hazards import hazards_to_report
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import CLERK, MANAGER, person, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.hazard_desk import PATROLLER, asked, draft, step
from tests.integration.test_worklist import tasks, urgency


@pytest.fixture
def site(desk: Desk, decide: Decide, complete: WalkIn) -> SiteRef:
    """A registered small work; the patroller is at work."""
    decided = decide(complete)
    work_as(desk, PATROLLER)
    return SiteRef(filing_id=decided.filing_id)


def to_report(desk: Desk) -> set[int]:
    """The hazards that the register names as to be reported."""
    with desk.database.reading() as session:
        return {row.id for row in hazards_to_report(session, desk.office.today(), desk.intake.pack())}


def asked_for(desk: Desk) -> dict[int, date | None]:
    """The hazards that the worklist names as to be reported, with their days."""
    return {task.subject_id: task.by for task in tasks(desk, TaskKind.SAME_DAY_HAZARD)}


@pytest.mark.requirement("LG-30-4b")
def test_a_major_hazard_put_right_on_the_spot_is_still_to_be_reported(desk: Desk, site: SiteRef) -> None:
    [hazard] = desk.hazards.record(asked(site, draft(level=HazardLevel.MAJOR, is_on_the_spot=True, due_on=None))).ids
    assert asked_for(desk) == {hazard: desk.office.today()}
    assert to_report(desk) == {hazard}
    desk.hazards.step(step(desk, hazard, StepKind.REPORTED, names=("坪安街道综合行政执法队",)))
    assert asked_for(desk) == {}


@pytest.mark.requirement("LG-30-4b", "LG-30-2b")
def test_what_was_not_put_right_in_time_is_to_be_reported_on_the_day_after_the_term(
    desk: Desk, site: SiteRef, clock: Clock
) -> None:
    [hazard] = desk.hazards.record(asked(site, draft(due_on=date(2026, 3, 6)))).ids
    clock.day = date(2026, 3, 6)
    assert asked_for(desk) == {}, "the last day counts in full"
    clock.day = date(2026, 3, 7)  # a Saturday
    assert (asked_for(desk), to_report(desk)) == ({hazard: clock.day}, {hazard})
    assert urgency(desk, TaskKind.SAME_DAY_HAZARD) is Urgency.TODAY
    clock.day = date(2026, 3, 8)
    assert urgency(desk, TaskKind.SAME_DAY_HAZARD) is Urgency.OVERDUE
    assert desk.worklist.counts().of(TaskKind.SAME_DAY_HAZARD, Urgency.OVERDUE) == 1
    desk.hazards.step(step(desk, hazard, StepKind.REPORTED, names=("坪安街道综合行政执法队",)))
    assert asked_for(desk) == {}


@pytest.mark.requirement("LG-30-7", "LG-30-4b")
def test_a_major_hazard_of_a_minor_operation_is_due_by_the_article_of_dangers(desk: Desk, decide: Decide) -> None:
    minor = factories.all_in_order(factories.walk_in(factories.minor_facts()), desk.intake.pack())
    filing_id = decide(minor).filing_id
    work_as(desk, PATROLLER)
    desk.hazards.record(asked(SiteRef(filing_id=filing_id), draft(finding="major_accident_hazard")))
    [task] = tasks(desk, TaskKind.SAME_DAY_HAZARD)
    assert (task.why, task.by) == ("第三十条(四)", desk.office.today())


@pytest.mark.requirement("LG-30-4b", "LG-36-1")
def test_a_letter_about_what_is_late_is_the_report(desk: Desk, site: SiteRef, clock: Clock) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids
    clock.day = date(2026, 3, 6)
    assert asked_for(desk) == {hazard: clock.day}
    desk.transfers.send(desk.transfers.after_refusal(hazard))
    assert (asked_for(desk), to_report(desk)) == ({}, set())


@pytest.mark.requirement("LG-30-4b")
def test_a_longer_term_does_not_undo_that_the_first_ran_out(desk: Desk, site: SiteRef, clock: Clock) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids  # to be put right by 5 March
    clock.day = date(2026, 3, 9)
    desk.hazards.step(step(desk, hazard, StepKind.TERM, due_on=date(2026, 3, 20)))
    assert asked_for(desk) == {hazard: date(2026, 3, 6)}
    [row] = desk.hazards.page([hazard])
    assert (row.is_overdue, row.report_by, row.is_report_overdue) == (False, date(2026, 3, 6), True)


@pytest.mark.requirement("LG-30-4b", "LG-30-2b")
@pytest.mark.parametrize(("kind", "text"), [(StepKind.REFUSED, "拒绝整改"), (StepKind.FAILED, "仍未整改")])
def test_what_comes_after_the_term_does_not_put_off_the_day_of_the_report(
    desk: Desk, site: SiteRef, clock: Clock, kind: StepKind, text: str
) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids  # to be put right by 5 March
    clock.day = date(2026, 3, 9)
    assert asked_for(desk) == {hazard: date(2026, 3, 6)}
    desk.hazards.step(step(desk, hazard, kind, text=text))
    assert asked_for(desk) == {hazard: date(2026, 3, 6)}


@pytest.mark.requirement("LG-30-4b")
def test_a_recheck_of_what_was_said_to_be_put_right_in_time_starts_the_clock_itself(
    desk: Desk, site: SiteRef, clock: Clock
) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids
    clock.day = date(2026, 3, 5)
    desk.hazards.step(step(desk, hazard, StepKind.FEEDBACK))
    clock.day = date(2026, 3, 9)
    assert asked_for(desk) == {}
    desk.hazards.step(step(desk, hazard, StepKind.FAILED, text="仍未整改"))
    assert asked_for(desk) == {hazard: clock.day}


@pytest.mark.requirement("LG-30-4b")
def test_a_longer_term_in_time_starts_no_clock(desk: Desk, site: SiteRef, clock: Clock) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids
    clock.day = date(2026, 3, 5)
    desk.hazards.step(step(desk, hazard, StepKind.TERM, due_on=date(2026, 3, 20)))
    clock.day = date(2026, 3, 9)
    assert asked_for(desk) == {}


@pytest.mark.requirement("LG-30-4b")
def test_a_hazard_entered_by_mistake_asks_for_no_report(desk: Desk, site: SiteRef) -> None:
    [hazard] = desk.hazards.record(asked(site, draft(level=HazardLevel.MAJOR))).ids
    work_as(desk, MANAGER)
    assert asked_for(desk)
    desk.hazards.step(step(desk, hazard, StepKind.WITHDRAWN, text="录错了工地"))
    assert (asked_for(desk), to_report(desk)) == ({}, set())


@pytest.mark.requirement("LG-27-5")
def test_a_review_that_came_back_waits_no_longer(desk: Desk, site: SiteRef, clock: Clock) -> None:
    assert site.filing_id is not None
    work_as(desk, CLERK)
    out = OutsideReviewNote(
        act_id="out",
        filing_id=site.filing_id,
        paper=ReviewedPaper.SCHEME,
        reviewer="深圳市明泉审图有限公司",
        asked_on=clock.day,
    )
    desk.outside_reviews.record(out)
    desk.outside_reviews.record(replace(out, act_id="other", paper=ReviewedPaper.DRAWINGS))
    assert len(tasks(desk, TaskKind.OUTSIDE_REVIEW)) == 2
    clock.day = date(2026, 3, 4)
    back = replace(out, act_id="back", returned_on=clock.day, verdict=OutsideVerdict.FIT)
    desk.outside_reviews.record(back)
    [left] = tasks(desk, TaskKind.OUTSIDE_REVIEW)
    assert [row.paper for row in desk.outside_reviews.of(site.filing_id) if row.is_out] == [ReviewedPaper.DRAWINGS]
    assert left.subject_id == 2


@pytest.mark.requirement("LG-32-1", "LG-P1")
def test_who_does_not_patrol_is_not_asked_to_report(desk: Desk, site: SiteRef) -> None:
    desk.hazards.record(asked(site, draft(level=HazardLevel.MAJOR)))
    work_as(desk, CLERK)
    assert asked_for(desk) == {}
    work_as(desk, person(15, "余外", Role.PATROLLER, areas=frozenset({"新禾社区"})))
    assert asked_for(desk) == {}


@pytest.mark.requirement("LG-30-4b")
@pytest.mark.parametrize("kind", [StepKind.FEEDBACK, StepKind.PASSED])
def test_what_comes_after_the_term_does_not_undo_that_it_ran_out(
    desk: Desk, site: SiteRef, clock: Clock, kind: StepKind
) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids  # to be put right by 5 March
    clock.day = date(2026, 3, 9)
    desk.hazards.step(step(desk, hazard, kind))
    assert (asked_for(desk), to_report(desk)) == ({hazard: date(2026, 3, 6)}, {hazard})
    desk.hazards.step(step(desk, hazard, StepKind.REPORTED, names=("坪安街道综合行政执法队",)))
    assert asked_for(desk) == {}


@pytest.mark.requirement("LG-30-4b")
def test_what_was_said_to_be_put_right_in_time_starts_no_clock_when_it_is_looked_at_later(
    desk: Desk, site: SiteRef, clock: Clock
) -> None:
    [hazard] = desk.hazards.record(asked(site)).ids
    clock.day = date(2026, 3, 5)
    desk.hazards.step(step(desk, hazard, StepKind.FEEDBACK))
    clock.day = date(2026, 3, 9)
    desk.hazards.step(step(desk, hazard, StepKind.PASSED))
    assert asked_for(desk) == {}
