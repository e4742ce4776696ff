"""The home page: each role its own sections, in its own scope, with counts that the ledger bears out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.access import Role
from desktop.domain.acts import Act
from desktop.domain.errors import ClerkError
from desktop.domain.home import HomePart, HomeSection
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.services.desk import Desk
from desktop.services.review_settings import OwnReview
from tests import factories
from tests.integration.at_work import CLERK, MANAGER, REVIEWER, SETTER, person, work_as
from tests.integration.conftest import Clock, Decide

pytestmark = pytest.mark.requirement("LG-P2")


def parts(desk: Desk) -> dict[HomeSection, HomePart]:
    """Give the sections of who is at work."""
    return {part.section: part for part in desk.home.parts()}


def noticed(desk: Desk, decide: Decide, matter: WalkIn) -> int:
    """Give a one-time notice; gives the filing."""
    wanting = desk.intake.preview(matter).assessment.required_materials[0]
    told = matter.with_check(MaterialCheck(code=wanting, verdict=Verdict.MISSING))
    return decide(told, Act.ONE_TIME_NOTICE).filing_id


def test_the_clerk_sees_what_waits_and_each_count_is_that_of_the_ledger(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    accepted = decide(complete).filing_id
    waiting = noticed(desk, decide, complete)
    work_as(desk, REVIEWER)
    desk.reviews.give_opinion(accepted, "补门牌")
    work_as(desk, CLERK)
    found = parts(desk)
    assert HomeSection.REVIEWS not in found
    assert [line.filing_id for line in found[HomeSection.CORRECTIONS].lines] == [waiting]
    assert [line.filing_id for line in found[HomeSection.AWAITS_PLATFORM].lines] == [accepted]
    assert "补门牌" in found[HomeSection.OPINIONS].lines[0].remark
    for part in found.values():
        assert part.criteria is not None
        assert len(desk.ledger.ids(part.criteria)) == part.count, part.section


def test_the_days_of_today_are_shown_on_that_day_only(
    desk: Desk, decide: Decide, clock: Clock, complete: WalkIn
) -> None:
    risky = factories.walk_in(factories.small_work_facts(hoisting=True))
    decide(factories.all_in_order(risky, desk.intake.pack()))
    by = desk.ledger.file(1).site_check_by
    assert by is not None
    work_as(desk, CLERK)
    assert parts(desk)[HomeSection.SITE_CHECK_TODAY].count == 0
    clock.day = by
    assert parts(desk)[HomeSection.SITE_CHECK_TODAY].count == 1


@pytest.mark.requirement("YC-2c")
def test_the_reviewer_sees_the_queue_and_the_clerk_what_came_back(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    work_as(desk, SETTER)
    desk.review_settings.keep(OwnReview(other_small=1))
    work_as(desk, CLERK)
    sent = decide(complete, Act.SUBMIT_FOR_REVIEW)
    work_as(desk, REVIEWER)
    assert list(parts(desk)) == [HomeSection.REVIEWS]
    assert "林晓" in parts(desk)[HomeSection.REVIEWS].lines[0].remark
    desk.reviews.return_with(sent.filing_id, "缺公章")
    assert parts(desk)[HomeSection.REVIEWS].count == 0
    work_as(desk, CLERK)
    assert "缺公章" in parts(desk)[HomeSection.RETURNED].lines[0].remark


def test_the_manager_sees_exceptions_that_open_in_the_ledger(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    overridden = decide(complete, Act.NOT_APPLICABLE, reason="业主撤回").filing_id
    accepted = decide(complete).filing_id
    work_as(desk, MANAGER)
    assert [line.filing_id for line in parts(desk)[HomeSection.OVERRIDDEN].lines] == [overridden]
    assert "业主撤回" in parts(desk)[HomeSection.OVERRIDDEN].lines[0].remark
    assert parts(desk)[HomeSection.EXPIRING].count == 0
    last = desk.ledger.file(accepted).valid_until
    assert last is not None
    for before, count in ((16, 0), (15, 1), (0, 1), (-1, 0)):
        clock.day = last - timedelta(days=before)
        assert parts(desk)[HomeSection.EXPIRING].count == count, before


@pytest.mark.requirement("LG-27-2b")
def test_an_answer_that_is_late_stands_with_the_manager(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    from desktop.domain.acts import StationKind

    desk.office.set_up(factories.office(station_kind=StationKind.COMMUNITY_STATION))
    desk.review_settings.keep(OwnReview(other_small=1))
    work_as(desk, CLERK)
    decide(complete, Act.SUBMIT_FOR_REVIEW)
    clock.day = date(2026, 3, 5)
    assert parts(desk)[HomeSection.FEEDBACK_TODAY].count == 1
    work_as(desk, MANAGER)
    assert parts(desk)[HomeSection.FEEDBACK_OVERDUE].count == 0
    clock.day = date(2026, 3, 6)
    assert parts(desk)[HomeSection.FEEDBACK_OVERDUE].count == 1


@pytest.mark.requirement("LG-21-4d")
def test_a_point_sees_only_its_own_and_the_street_sees_all(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(complete)
    work_as(desk, person(9, "别处", Role.WINDOW_CLERK, areas=frozenset({"新禾社区"})))
    assert all(part.count == 0 and not part.lines for part in desk.home.parts())
    work_as(desk, person(9, "本处", Role.WINDOW_CLERK, areas=frozenset({"坪安社区"})))
    assert sum(part.count for part in desk.home.parts()) > 0


@pytest.mark.parametrize("role", [Role.PATROLLER, Role.AUDITOR, Role.ADMINISTRATOR, Role.ENFORCEMENT_OFFICER])
def test_others_have_no_home_page(desk: Desk, role: Role) -> None:
    work_as(desk, person(9, "别人", role))
    with pytest.raises(ClerkError) as caught:
        desk.home.parts()
    assert caught.value.code == "not_permitted"


@pytest.mark.requirement("LG-21-2a")
def test_a_filing_names_who_is_in_charge_of_each_link(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing_id = decide(complete).filing_id
    assert [(link.word, link.who) for link in desk.in_charge.links(filing_id)] == [
        ("信息登记", "坪安街道办事处 林晓"),
        ("日常巡查", ""),
        ("组织执法查处", "坪安街道综合行政执法队"),
    ]
