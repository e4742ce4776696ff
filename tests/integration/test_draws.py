"""Random inspections on a real ledger: drawn, numbered, printed, drawn again from the record, results and rates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from desktop.documents.blocks import from_plain, texts_of
from desktop.domain.access import Role
from desktop.domain.acts import Decided, Status
from desktop.domain.errors import ClerkError
from desktop.domain.sampling import (
    DrawRequest,
    InspectionNote,
    InspectionResult,
    Population,
    RiskChoice,
    Standing,
    drawn_from,
)
from desktop.domain.walk_in import Place, WalkIn
from desktop.models.issued_document import IssuedDocument
from desktop.models.random_draw import RandomDraw
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import CLERK, MANAGER, person, work_as
from tests.integration.conftest import Clock
from tests.integration.site_rows import change_filing

Decide = Callable[..., Decided]
pytestmark = pytest.mark.requirement("JS-2.4d")

ALL = Population(first_on=date(2026, 1, 1), last_on=date(2026, 3, 31))
FIVE = Decimal("0.05")
HERE, THERE = "坪安社区", "新禾社区"
LOCAL_MANAGER = person(8, "何片", Role.MANAGER, areas=frozenset({HERE}))
PATROLLER = person(9, "陈巡", Role.PATROLLER, areas=frozenset({HERE}))


@pytest.fixture
def registered(decide: Decide, complete: WalkIn) -> list[Decided]:
    """Eight works, every other one in another community."""
    return [
        decide(
            replace(
                complete,
                project_name=f"第{place}处商铺装修",
                place=Place(community=HERE if place % 2 else THERE, estate=f"坪安路{place}号", room="101"),
                owner=factories.company(f"第{place}家餐饮店", id_number=""),
            )
        )
        for place in range(1, 9)
    ]


def request(act_id: str = "d1", population: Population = ALL, share: Decimal = FIVE, seed: str = "") -> DrawRequest:
    return DrawRequest(act_id=act_id, population=population, share=share, seed=seed)


def test_a_draw_is_numbered_and_draws_at_least_one(desk: Desk, registered: list[Decided]) -> None:
    draw = desk.draws.draw(request())
    assert draw.row.number == "PA-CC-2026-000001"
    assert (draw.row.frame_size, draw.row.size) == (8, 1)
    assert desk.draws.draw(request(share=Decimal("0.3"), act_id="d2")).row.size == 3
    assert [row.number for row in desk.draws.all()] == ["PA-CC-2026-000002", "PA-CC-2026-000001"]


def test_the_same_act_draws_once(desk: Desk, registered: list[Decided]) -> None:
    drawn = desk.draws.draw(request())
    assert desk.draws.draw(request()) == drawn
    others = (
        request(share=Decimal(1)),
        request(seed="another"),
        request(population=replace(ALL, community=HERE)),
    )
    for other in others:
        with pytest.raises(ClerkError, match="act_id_used"):
            desk.draws.draw(other)
    assert desk.draws.all() == (drawn.row,)


def test_what_is_recorded_is_enough_to_draw_again_and_shows_what_was_changed(
    desk: Desk, registered: list[Decided]
) -> None:
    draw = desk.draws.draw(request(share=Decimal("0.5")))
    with desk.database.reading() as session:
        stored = session.get_one(RandomDraw, draw.row.id)
        frame, seed, share = list(stored.frame), stored.seed, stored.share
    assert frame == sorted(one.number for one in registered)
    assert drawn_from(frame, seed=seed, share=Decimal(share)) == tuple(row.number for row in draw.drawn)
    assert len(seed) == 32
    assert desk.draws.verify(draw.row.id).is_same
    with desk.database.writing() as session:
        session.execute(update(RandomDraw).values(seed="chosen"))
    again = desk.draws.verify(draw.row.id)
    assert not again.is_same
    assert again.recorded == tuple(row.number for row in draw.drawn)


def test_two_draws_without_a_seed_have_seeds_of_their_own(desk: Desk, registered: list[Decided]) -> None:
    assert desk.draws.draw(request()).seed != desk.draws.draw(request("d2")).seed
    assert desk.draws.draw(request("d3", seed="公开摇出的 42")).seed == "公开摇出的 42"


def test_the_frame_is_what_the_criteria_say(desk: Desk, registered: list[Decided], clock: Clock) -> None:
    assert desk.draws.foreseen(ALL, FIVE) == (8, 1)
    assert desk.draws.foreseen(replace(ALL, community=HERE), FIVE) == (4, 1)
    assert desk.draws.foreseen(replace(ALL, kind="minor_operation"), FIVE) == (0, 0)
    assert desk.draws.foreseen(replace(ALL, risk=RiskChoice.HIGH), FIVE) == (0, 0)
    assert desk.draws.foreseen(replace(ALL, risk=RiskChoice.OTHER, standing=Standing.ALL), FIVE) == (8, 1)
    assert desk.draws.foreseen(replace(ALL, last_on=date(2026, 3, 1)), FIVE) == (0, 0)


def test_what_cannot_be_drawn_is_refused_with_the_reason(desk: Desk, registered: list[Decided]) -> None:
    for unfit in (
        request(share=Decimal("0.04")),
        request(share=Decimal("1.01")),
        request(share=Decimal("NaN")),
        request(share=Decimal("Infinity")),
        request(population=replace(ALL, first_on=date(2026, 4, 1))),
    ):
        with pytest.raises(ClerkError, match="draw_unfit"):
            desk.draws.draw(unfit)
    with pytest.raises(ClerkError, match="draw_unfit"):
        desk.draws.foreseen(ALL, Decimal("NaN"))
    with pytest.raises(ClerkError, match="draw_empty"):
        desk.draws.draw(request(population=replace(ALL, kind="minor_operation")))
    assert desk.draws.all() == ()


def test_results_are_kept_counted_and_shown_as_rates(desk: Desk, registered: list[Decided], clock: Clock) -> None:
    draw = desk.draws.draw(request(share=Decimal("0.5")))
    first, second, third, _fourth = draw.drawn
    note = InspectionNote(
        draw_id=draw.row.id, filing_id=first.filing_id, result=InspectionResult.IN_ORDER, inspected_on=clock.day
    )
    desk.draws.record(note)
    desk.draws.record(
        replace(note, filing_id=second.filing_id, result=InspectionResult.PROBLEMS, note="灭火器过期，13800002719")
    )
    kept = desk.draws.record(
        replace(note, filing_id=third.filing_id, result=InspectionResult.NOT_DONE, note="现场无人")
    )
    assert (kept.row.inspected, kept.row.with_problems, kept.row.not_done, kept.row.waiting) == (2, 1, 1, 1)
    assert kept.row.inspected_share == Decimal("0.25")
    assert "13800002719" not in kept.drawn[1].note
    coverage = desk.draws.coverage(ALL.first_on, ALL.last_on)
    assert (coverage.registered, coverage.drawn, coverage.inspected) == (8, 4, 2)
    assert (coverage.required, coverage.lacking, coverage.rate) == (1, 0, Decimal("0.25"))
    timeline = desk.ledger.file(second.filing_id).timeline
    assert any("抽查 PA-CC-2026-000001：发现问题" in entry.summary for entry in timeline)


def test_what_was_revoked_or_closed_since_is_not_waited_for_but_stays_in_the_frame(
    desk: Desk, registered: list[Decided]
) -> None:
    draw = desk.draws.draw(request(share=Decimal("0.5")))
    revoked, closed, _third, _fourth = draw.drawn
    change_filing(desk, revoked.filing_id, status=Status.REVOKED.value)
    change_filing(desk, closed.filing_id, status=Status.CLOSED.value)

    shown = desk.draws.open(draw.row.id)

    assert (shown.row.waiting, shown.row.no_longer, shown.row.size, shown.row.frame_size) == (2, 2, 4, 8)
    assert [row.standing_words for row in shown.drawn[:3]] == ["已撤销，不再检查", "已注销，不再检查", "待查"]
    assert [row.is_waiting for row in shown.drawn] == [False, False, True, True]
    assert desk.draws.verify(draw.row.id).is_same
    assert desk.draws.all()[0].waiting == 2


def test_a_result_that_cannot_stand_is_refused(desk: Desk, registered: list[Decided], clock: Clock) -> None:
    draw = desk.draws.draw(request())
    [drawn] = draw.drawn
    note = InspectionNote(
        draw_id=draw.row.id, filing_id=drawn.filing_id, result=InspectionResult.IN_ORDER, inspected_on=clock.day
    )
    other = next(one.filing_id for one in registered if one.filing_id != drawn.filing_id)
    refused = {
        "note_unfit": replace(note, result=InspectionResult.PROBLEMS),
        "day_not_possible": replace(note, inspected_on=clock.day + timedelta(days=1)),
        "not_drawn": replace(note, filing_id=other),
        "no_such_patrol": replace(note, patrol_id=1),
        "no_such_draw": replace(note, draw_id=99),
    }
    for code, unfit in refused.items():
        with pytest.raises(ClerkError, match=code):
            desk.draws.record(unfit)
    with pytest.raises(ClerkError, match="day_not_possible"):
        desk.draws.record(replace(note, inspected_on=clock.day - timedelta(days=1)))


def test_only_who_may_draw_draws_and_only_where_the_right_reaches(desk: Desk, registered: list[Decided]) -> None:
    work_as(desk, CLERK)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.draws.draw(request())
    work_as(desk, LOCAL_MANAGER)
    local = desk.draws.draw(request(share=Decimal(1)))
    assert {row.community for row in local.drawn} == {HERE}
    work_as(desk, MANAGER)
    whole = desk.draws.draw(request("d2", share=Decimal(1)))
    work_as(desk, LOCAL_MANAGER)
    seen = desk.draws.open(whole.row.id)
    assert {row.community for row in seen.drawn} == {HERE}
    for ask in (desk.draws.verify, desk.draws.list_pdf, desk.draws.results_pdf, desk.draws.reprint):
        with pytest.raises(ClerkError, match="outside_scope"):
            ask(whole.row.id)
    assert desk.draws.list_pdf(local.row.id).startswith(b"%PDF")


def test_a_patroller_notes_results_in_the_own_community_and_nowhere_else(
    desk: Desk, registered: list[Decided], clock: Clock
) -> None:
    draw = desk.draws.draw(request(share=Decimal(1)))
    work_as(desk, PATROLLER)
    here = next(row for row in draw.drawn if row.community == HERE)
    there = next(row for row in draw.drawn if row.community == THERE)
    note = InspectionNote(
        draw_id=draw.row.id, filing_id=here.filing_id, result=InspectionResult.IN_ORDER, inspected_on=clock.day
    )
    assert desk.draws.record(note).row.inspected == 1
    with pytest.raises(ClerkError, match="not_drawn"):
        desk.draws.record(replace(note, filing_id=there.filing_id))


def test_the_list_is_issued_with_what_it_takes_to_draw_again(desk: Desk, registered: list[Decided]) -> None:
    draw = desk.draws.draw(request(share=Decimal("0.5")))
    with desk.database.reading() as session:
        document = session.query(IssuedDocument).filter_by(code="draw_list").one()
        words = "\n".join(texts_of(from_plain(document.paper)))
    assert document.number == draw.row.number
    assert draw.seed in words
    assert "SHA-256" in words
    assert all(row.number in words for row in draw.drawn)
    assert "8 件" in words
    assert "13800003344" not in words
    assert desk.draws.list_pdf(draw.row.id).startswith(b"%PDF")
    assert desk.draws.reprint(draw.row.id) != desk.draws.list_pdf(draw.row.id)
    assert desk.draws.results_pdf(draw.row.id).startswith(b"%PDF")


def test_the_ledger_verifies_after_draws_and_results(desk: Desk, registered: list[Decided], clock: Clock) -> None:
    draw = desk.draws.draw(request())
    desk.draws.record(
        InspectionNote(
            draw_id=draw.row.id,
            filing_id=draw.drawn[0].filing_id,
            result=InspectionResult.IN_ORDER,
            inspected_on=clock.day,
        )
    )
    assert desk.ledger_check.verify().is_sound


def test_a_draw_begins_with_the_share_and_period_of_the_pack(desk: Desk) -> None:
    population, share = desk.draws.usual()
    assert (population.first_on, population.last_on, share) == (date(2025, 12, 2), date(2026, 3, 2), FIVE)
    assert desk.office.pack().parameters["inspection_share"].unverified
