"""The radar over a real ledger: what is found, who decides, what stays, and when it is asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Cancelled
from desktop.domain.splitting_radar import SplittingAnswer, SplittingDecision
from desktop.domain.walk_in import Place, WalkIn
from desktop.services.desk import Desk
from desktop.services.splitting_radar import Suspicion
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock

Decide = Callable[..., Decided]
pytestmark = pytest.mark.requirement("LG-10-11", "JS-2.1d")

HERE, THERE = "坪安社区", "新禾社区"
LOCAL = person(8, "何片", Role.WINDOW_CLERK, areas=frozenset({HERE}))
PATROLLER = person(9, "陈巡", Role.PATROLLER)


def part(complete: WalkIn, room: str = "101", community: str = HERE, **changes: object) -> WalkIn:
    measures = {"contract_amount_yuan": Decimal(600_000), "floor_area_m2": Decimal(300)}
    place = Place(community=community, estate="坪安路18号", building="A栋", room=room)
    return replace(complete, facts=complete.facts.with_facts(**measures), place=place, **changes)  # type: ignore[arg-type]


def sure(desk: Desk) -> list[Suspicion]:
    return [one for one in desk.splitting_radar.scan().suspicions if one.group.is_strong]


def decision(one: Suspicion, answer: SplittingAnswer = SplittingAnswer.SEPARATE, act: str = "v1") -> SplittingDecision:
    return SplittingDecision(
        act_id=act, filing_ids=one.group.filing_ids, answer=answer, reason="两家各自签约，均有合同"
    )


def test_parted_works_are_found_with_works_totals_and_article(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    numbers = [decide(part(complete, room)).number for room in ("101", "102")]
    [one] = sure(desk)
    assert [work.row.number for work in one.works] == numbers
    assert (one.group.total_amount_yuan, one.group.total_area_m2) == (Decimal(1_200_000), Decimal(600))
    assert desk.splitting_radar.scan().article == "第十条(十一)"
    assert one.waits


def test_a_decision_stays_and_only_a_further_work_asks_again(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    first, second = (decide(part(complete, room)) for room in ("101", "102"))
    [one] = sure(desk)
    desk.splitting_radar.decide(decision(one))
    desk.splitting_radar.decide(decision(one))
    [one] = sure(desk)
    assert one.verdict is not None
    assert (one.waits, one.verdict.answer, one.verdict.reason) == (
        False,
        SplittingAnswer.SEPARATE,
        "两家各自签约，均有合同",
    )
    for filing in (first, second):
        entries = [entry for entry in desk.ledger.file(filing.filing_id).timeline if entry.act == "splitting_verdict"]
        assert [entry.reason for entry in entries] == ["两家各自签约，均有合同"]
    decide(part(complete, "103"))
    [again] = sure(desk)
    assert again.waits
    assert again.asks_again
    assert [each.answer for each in again.earlier] == [SplittingAnswer.SEPARATE]
    assert desk.ledger_check.verify().is_sound


def test_a_group_left_open_stays_on_the_list_with_its_reason(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    for room in ("101", "102"):
        decide(part(complete, room))
    desk.splitting_radar.decide(decision(sure(desk)[0], SplittingAnswer.OPEN))
    [one] = sure(desk)
    assert one.waits
    assert one.verdict is not None
    desk.splitting_radar.decide(decision(one, SplittingAnswer.ONE_WORK, act="v2"))
    assert not sure(desk)[0].waits


def test_a_decision_needs_a_reason_and_somebody_who_may(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    for room in ("101", "102"):
        decide(part(complete, room))
    [one] = sure(desk)
    with pytest.raises(ClerkError, match="reason_required"):
        desk.splitting_radar.decide(replace(decision(one), reason=" "))
    work_as(desk, PATROLLER)
    assert len(sure(desk)) == 1
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.splitting_radar.decide(decision(one))


def test_who_sees_a_part_hears_of_nothing_else_and_is_not_asked_what_was_decided(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    for room, community in (("101", HERE), ("102", HERE), ("103", THERE)):
        decide(part(complete, room, community), reason="分户装修，经核对")
    whole = max(desk.splitting_radar.scan().suspicions, key=lambda one: len(one.works))
    assert len(whole.works) == 3
    work_as(desk, LOCAL)
    [mine] = sure(desk)
    assert {work.row.community for work in mine.works} == {HERE}
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.splitting_radar.decide(decision(whole))
    work_as(desk, person(1, "林晓", Role.WINDOW_CLERK))
    desk.splitting_radar.decide(decision(whole))
    work_as(desk, LOCAL)
    [settled] = sure(desk)
    assert settled.verdict is not None
    assert settled.verdict.reason == "", "the words speak of a work that is not seen"
    assert set(settled.verdict.filing_ids) == set(mine.group.filing_ids)


def test_looking_tells_how_far_it_is_and_stops_when_asked(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    decide(part(complete))
    steps: list[tuple[int, int]] = []

    class Watched:
        def step(self, done: int, total: int) -> None:
            steps.append((done, total))

    class Unwanted:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    desk.splitting_radar.scan(Watched())
    assert steps[0] == (0, 100)
    assert steps[-1] == (100, 100)
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    with pytest.raises(Cancelled):
        desk.splitting_radar.scan(Unwanted())


def test_minor_operations_are_no_works_to_be_parted(desk: Desk, decide: Decide) -> None:
    minor = factories.walk_in(factories.minor_facts(contract_amount_yuan=Decimal(2_000_000)))
    for _time in range(2):
        decide(factories.all_in_order(minor, desk.office.pack()))
    assert desk.splitting_radar.scan().works == 0


def test_a_manager_of_everywhere_decides_beyond_the_own_window(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(part(complete, "101")), decide(part(complete, "102"))
    both = Actor(
        account_id=10,
        user_name="user10",
        name="孙全",
        grants=(Grant(role=Role.WINDOW_CLERK, areas=frozenset({THERE})), Grant(role=Role.MANAGER)),
    )
    work_as(desk, both)
    [one] = sure(desk)
    desk.splitting_radar.decide(decision(one))
    [judged] = sure(desk)
    assert not judged.waits
