"""Sending for review, passing, sending back, opinions: who did what, and nobody twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.access import Role
from desktop.domain.acts import Act, Decided, DecisionRequest, StationKind, Status
from desktop.domain.errors import ClerkError
from desktop.domain.review import Approved, ReviewOutcome
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.services.desk import Desk
from desktop.services.review_settings import OwnReview
from tests import factories
from tests.integration.at_work import BOTH, CLERK, MANAGER, REVIEWER, SECOND_REVIEWER, SETTER, person, work_as
from tests.integration.conftest import Clock, Decide, count_of


@pytest.fixture
def reviewing(desk: Desk) -> Desk:
    """A desk whose small works need one level; the clerk is at work."""
    desk.review_settings.keep(OwnReview(other_small=1, high_risk=2))
    work_as(desk, CLERK)
    return desk


@pytest.fixture
def sent(reviewing: Desk, decide: Decide, complete: WalkIn) -> Decided:
    """A matter that the clerk sent for review."""
    return decide(complete, Act.SUBMIT_FOR_REVIEW, signed=True)


def papers_of(desk: Desk) -> list[dict[str, Any]]:
    """Give every issued paper as it is stored."""
    with desk.database.reading() as session:
        return list(session.scalars(select(IssuedDocument.paper)))


def raised(code: str, call: Any, *args: Any) -> ClerkError:
    """Give the trouble that a call raises."""
    with pytest.raises(ClerkError) as caught:
        call(*args)
    assert caught.value.code == code
    return caught.value


@pytest.mark.requirement("LG-21-4e", "LG-27-2b", "LG-27-2c")
def test_what_is_sent_for_review_gets_a_receipt_of_papers_and_no_registration(reviewing: Desk, sent: Decided) -> None:
    assert sent.number == "PA-SJ-2026-000001"
    assert sent.status is Status.AWAITING_REVIEW
    assert [paper.code for paper in sent.papers] == ["submission_receipt"]
    file = reviewing.ledger.file(sent.filing_id)
    assert file.registration_number is None
    assert file.accepted_on is None
    assert not file.awaits_platform
    assert not file.can_correct


@pytest.mark.requirement("LG-21-4e")
def test_acceptance_without_the_review_is_refused(reviewing: Desk, decide: Decide, complete: WalkIn) -> None:
    trouble = raised("act_not_allowed", decide, complete, Act.ACCEPT)
    assert "送审" in str(trouble.details["why"])
    assert count_of(reviewing, "filing") == 0


@pytest.mark.requirement("LG-21-4e")
def test_without_levels_nothing_changes_and_nothing_is_sent(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    raised("act_not_allowed", decide, complete, Act.SUBMIT_FOR_REVIEW)
    assert decide(complete).number == "PA-DJ-2026-000001"


@pytest.mark.requirement("YC-2c", "LG-21-4e")
def test_passing_accepts_on_that_day_in_both_names(reviewing: Desk, sent: Decided, clock: Clock) -> None:
    clock.day = date(2026, 3, 4)
    work_as(reviewing, REVIEWER)
    assert [each.number for each in reviewing.reviews.queue()] == [sent.number]
    approved = reviewing.reviews.approve(sent.filing_id, "pass-1", "材料齐全")
    assert approved.decided is not None
    assert approved.decided.number == "PA-DJ-2026-000001"
    assert "receipt" in [paper.code for paper in approved.decided.papers]
    file = reviewing.ledger.file(sent.filing_id)
    assert file.row.status is Status.REGISTERED
    assert file.accepted_on == date(2026, 3, 4)
    assert file.row.visits == 1, "a review is no visit of the person"
    assert [entry.who for entry in file.timeline] == ["林晓", "周审"]
    assert "审核通过（周审）" in file.timeline[-1].summary
    assert reviewing.reviews.queue() == ()


@pytest.mark.requirement("HL-1.3d")
def test_each_paper_keeps_who_checked_it_and_who_passed_it(reviewing: Desk, sent: Decided) -> None:
    assert set(reviewing.reviews.checkers(sent.filing_id).values()) == {("林晓", "")}
    work_as(reviewing, REVIEWER)
    reviewing.reviews.approve(sent.filing_id, "pass-1")
    checkers = reviewing.reviews.checkers(sent.filing_id)
    assert set(checkers.values()) == {("林晓", "周审")}
    assert set(checkers) == {check.code for check in reviewing.ledger.file(sent.filing_id).walk_in.materials}


@pytest.mark.requirement("HL-1.3d")
def test_a_verdict_that_stays_remains_that_of_who_gave_it(reviewing: Desk, sent: Decided, decide: Decide) -> None:
    work_as(reviewing, REVIEWER)
    reviewing.reviews.return_with(sent.filing_id, "承诺书日期不对")
    work_as(reviewing, BOTH)
    again = reviewing.intake.revisit(sent.filing_id)
    first = again.walk_in.materials[0].code
    corrected = again.walk_in.with_check(MaterialCheck(code=first, verdict=Verdict.IN_ORDER, remark="重签"))
    decide(corrected, Act.SUBMIT_FOR_REVIEW, filing_id=sent.filing_id)
    checkers = reviewing.reviews.checkers(sent.filing_id)
    assert checkers.pop(first) == ("孙全", "")
    assert set(checkers.values()) == {("林晓", "")}


@pytest.mark.requirement("YC-2c")
def test_two_levels_are_passed_one_after_the_other(reviewing: Desk, decide: Decide, complete: WalkIn) -> None:
    work_as(reviewing, SETTER)
    reviewing.review_settings.keep(OwnReview(other_small=2, same_person=False))
    work_as(reviewing, CLERK)
    sent = decide(complete, Act.SUBMIT_FOR_REVIEW)
    work_as(reviewing, REVIEWER)
    assert reviewing.reviews.approve(sent.filing_id, "one") == reviewing.reviews.approve(sent.filing_id, "one")
    assert reviewing.ledger.file(sent.filing_id).row.status is Status.AWAITING_REVIEW
    assert [(each.level, each.levels) for each in reviewing.reviews.queue()] == [(2, 2)]
    raised("same_person", reviewing.reviews.approve, sent.filing_id, "two")
    work_as(reviewing, SECOND_REVIEWER)
    approved = reviewing.reviews.approve(sent.filing_id, "two")
    assert approved.decided is not None
    assert "审核通过（周审、吴复）" in reviewing.ledger.file(sent.filing_id).timeline[-1].summary


@pytest.mark.requirement("LG-21-4e")
@pytest.mark.parametrize("may_be_same", [True, False])
def test_the_same_person_does_both_only_where_settings_allow(
    reviewing: Desk, decide: Decide, complete: WalkIn, may_be_same: bool
) -> None:
    work_as(reviewing, SETTER)
    reviewing.review_settings.keep(OwnReview(other_small=1, same_person=may_be_same))
    work_as(reviewing, BOTH)
    sent = decide(complete, Act.SUBMIT_FOR_REVIEW)
    if may_be_same:
        assert reviewing.reviews.approve(sent.filing_id, "one").decided is not None
    else:
        raised("same_person", reviewing.reviews.approve, sent.filing_id, "one")
        assert reviewing.ledger.file(sent.filing_id).row.status is Status.AWAITING_REVIEW


@pytest.mark.requirement("YC-2c")
def test_the_second_of_two_reviewers_is_told(reviewing: Desk, sent: Decided) -> None:
    work_as(reviewing, REVIEWER)
    first = reviewing.reviews.approve(sent.filing_id, "first")
    assert reviewing.reviews.approve(sent.filing_id, "first") == first, "the same act counts once"
    work_as(reviewing, SECOND_REVIEWER)
    assert raised("review_done", reviewing.reviews.approve, sent.filing_id, "late").details["by"] == "周审"
    raised("review_done", reviewing.reviews.return_with, sent.filing_id, "补章")
    assert count_of(reviewing, "visit") == 2


@pytest.mark.requirement("YC-2c", "LG-21-4e")
def test_what_is_sent_back_comes_again_with_the_opinion(reviewing: Desk, sent: Decided, decide: Decide) -> None:
    work_as(reviewing, REVIEWER)
    raised("opinion_unfit", reviewing.reviews.return_with, sent.filing_id, "  ")
    reviewing.reviews.return_with(sent.filing_id, "承诺书缺公章，请补盖")
    work_as(reviewing, CLERK)
    file = reviewing.ledger.file(sent.filing_id)
    assert file.row.status is Status.RETURNED
    assert file.can_correct
    assert file.timeline[-1].reason == "承诺书缺公章，请补盖"
    again = reviewing.intake.revisit(sent.filing_id)
    assert again.opinion == "承诺书缺公章，请补盖"
    assert again.previous is None, "nothing was told to the person yet"
    second = decide(again.walk_in, Act.SUBMIT_FOR_REVIEW, filing_id=sent.filing_id)
    assert second.number == "PA-SJ-2026-000002"
    work_as(reviewing, REVIEWER)
    assert reviewing.reviews.approve(sent.filing_id, "then").decided is not None


@pytest.mark.requirement("LG-27-3c2", "LG-21-4e")
def test_a_first_notice_after_a_review_was_not_forgotten_by_anybody(
    reviewing: Desk, sent: Decided, decide: Decide
) -> None:
    work_as(reviewing, REVIEWER)
    reviewing.reviews.return_with(sent.filing_id, "一份材料看不清")
    work_as(reviewing, CLERK)
    again = reviewing.intake.revisit(sent.filing_id)
    wanting = reviewing.intake.preview(again.walk_in).assessment.required_materials[0]
    matter = again.walk_in.with_check(MaterialCheck(code=wanting, verdict=Verdict.MISSING))
    noticed = decide(matter, Act.ONE_TIME_NOTICE, filing_id=sent.filing_id)
    assert noticed.status is Status.AWAITING_CORRECTION
    assert not reviewing.ledger.file(sent.filing_id).row.notice_not_complete


@pytest.mark.requirement("LG-27-2b", "LG-21-4e")
def test_the_answer_is_due_from_the_day_the_papers_came_however_long_the_review(
    reviewing: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    work_as(reviewing, SETTER)
    reviewing.office.set_up(factories.office(station_kind=StationKind.COMMUNITY_STATION))
    work_as(reviewing, CLERK)
    sent = decide(complete, Act.SUBMIT_FOR_REVIEW)
    receipt = "".join(str(paper) for paper in papers_of(reviewing))
    assert "最迟于2026年3月5日答复（第二十七条(二)）" in receipt
    clock.day = date(2026, 3, 6)
    work_as(reviewing, REVIEWER)
    reviewing.reviews.approve(sent.filing_id, "later")
    with reviewing.database.reading() as session:
        assert session.scalars(select(Filing.feedback_by)).one() == date(2026, 3, 5)


@pytest.mark.requirement("LG-21-4d")
def test_the_street_puts_an_opinion_on_any_filing_and_the_point_answers(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    filing_id = decide(complete).filing_id
    work_as(desk, REVIEWER)
    desk.reviews.give_opinion(filing_id, "地点写到门牌")
    raised("not_permitted", desk.reviews.answer, 1, "已改")
    work_as(desk, CLERK)
    (opinion,) = desk.reviews.steps(filing_id)
    assert (opinion.outcome, opinion.opinion, opinion.asked_by) == (ReviewOutcome.OPINION, "地点写到门牌", "周审")
    work_as(desk, person(9, "别处", Role.WINDOW_CLERK, areas=frozenset({"新禾社区"})))
    raised("no_such_opinion", desk.reviews.answer, opinion.id, "已改")
    work_as(desk, CLERK)
    desk.reviews.answer(opinion.id, "已补充门牌")
    (answered,) = desk.reviews.steps(filing_id)
    assert (answered.outcome, answered.answer, answered.done_by) == (ReviewOutcome.ANSWERED, "已补充门牌", "林晓")
    raised("opinion_answered", desk.reviews.answer, opinion.id, "再答")
    assert [entry.act for entry in desk.ledger.file(filing_id).timeline][-2:] == ["opinion", "opinion_answer"]


@pytest.mark.requirement("LG-21-4d", "YC-2c")
@pytest.mark.parametrize(
    "role", [role for role in Role if role in (Role.WINDOW_CLERK, Role.PATROLLER, Role.AUDITOR, Role.ADMINISTRATOR)]
)
def test_who_does_not_review_is_refused(reviewing: Desk, sent: Decided, role: Role) -> None:
    work_as(reviewing, person(9, "无权", role))
    reviews = reviewing.reviews
    for call in (
        lambda: reviews.queue(),
        lambda: reviews.approve(sent.filing_id, "x"),
        lambda: reviews.return_with(sent.filing_id, "x"),
        lambda: reviews.give_opinion(sent.filing_id, "x"),
    ):
        raised("not_permitted", call)
    work_as(reviewing, REVIEWER)
    assert len(reviews.queue()) == 1


@pytest.mark.requirement("LG-21-4d", "YC-2c")
def test_a_reviewer_reaches_only_the_own_communities(reviewing: Desk, sent: Decided) -> None:
    work_as(reviewing, person(9, "别处", Role.REVIEWER, areas=frozenset({"新禾社区"})))
    assert reviewing.reviews.queue() == ()
    raised("no_such_filing", reviewing.reviews.approve, sent.filing_id, "x")
    raised("no_such_filing", reviewing.reviews.return_with, sent.filing_id, "x")
    work_as(reviewing, person(9, "本处", Role.REVIEWER, areas=frozenset({"坪安社区"})))
    assert isinstance(reviewing.reviews.approve(sent.filing_id, "x"), Approved)


@pytest.mark.requirement("LG-21-4e")
def test_levels_are_set_by_who_keeps_settings_and_stay(reviewing: Desk) -> None:
    raised("not_permitted", reviewing.review_settings.keep, OwnReview(minor=1))
    work_as(reviewing, MANAGER)
    raised("not_permitted", reviewing.review_settings.keep, OwnReview(minor=1))
    work_as(reviewing, SETTER)
    raised("review_levels_unfit", reviewing.review_settings.keep, OwnReview(minor=3))
    reviewing.review_settings.keep(OwnReview(minor=1))
    assert reviewing.review_settings.rule_for(reviewing.office.pack()).minor == 1
    assert count_of(reviewing, "setting") >= 2


@pytest.mark.requirement("LG-21-4e")
def test_sent_twice_with_one_act_is_sent_once(reviewing: Desk, complete: WalkIn) -> None:
    request = DecisionRequest(act_id="same", act=Act.SUBMIT_FOR_REVIEW, walk_in=complete)
    assert reviewing.intake.decide(request) == reviewing.intake.decide(request)
    assert count_of(reviewing, "review") == 1


@pytest.mark.requirement("LG-22-1")
def test_a_community_points_clerk_works_in_the_own_name_and_window(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    point = factories.office(
        station_name="坪安社区工作站", station_kind=StationKind.COMMUNITY_STATION, window="1号窗口", code="PA1"
    )
    desk.office.set_up(point)
    work_as(desk, person(8, "何受", Role.WINDOW_CLERK, areas=frozenset({"坪安社区"})))
    decided = decide(complete)
    papers = papers_of(desk)
    assert len(papers) == len(decided.papers)
    assert all("坪安社区工作站1号窗口" in paper["issuer"] for paper in papers), "the window on every paper"
    receipt = next(paper for paper in papers if paper["code"] == "receipt")
    assert "何受" in str(receipt), "the named person who accepted"
    assert desk.ledger.file(decided.filing_id).timeline[-1].who == "何受"
