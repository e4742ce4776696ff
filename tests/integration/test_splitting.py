"""Works that look parted: seen in the ledger, said before acceptance, kept with the filing (第十条(十一))."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.acts import Act, Decided
from desktop.domain.errors import ClerkError
from desktop.domain.facts import NOT_APPLICABLE
from desktop.domain.walk_in import MaterialCheck, Place, Verdict, WalkIn
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Clock

Decide = Callable[..., Decided]
pytestmark = pytest.mark.requirement("LG-10-11", "JS-2.1d")


def part(complete: WalkIn, amount: int = 600_000, area: int = 300, **changes: Any) -> WalkIn:
    """A part of a work that stays within both limits alone."""
    measures = {"contract_amount_yuan": Decimal(amount), "floor_area_m2": Decimal(area)}
    return replace(complete, facts=complete.facts.with_facts(**measures), **changes)


def test_a_second_part_at_the_place_is_accepted_only_with_a_reason_that_stays(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    first = decide(part(complete))
    suspicion = desk.intake.suspected_splitting(part(complete))
    assert suspicion is not None
    assert [work.number for work in suspicion.works] == [first.number]
    assert (suspicion.total_amount_yuan, suspicion.total_area_m2) == (Decimal(1_200_000), Decimal(600))
    with pytest.raises(ClerkError, match="reason_required"):
        decide(part(complete))
    second = decide(part(complete), reason="两户各自装修，合同和施工单位不同，经李主任确认")
    [override] = desk.ledger.file(second.filing_id).overrides
    assert "第十条(十一)" in override
    assert "1,200,000 元" in override
    assert "两户各自装修" in override
    assert desk.ledger.file(first.filing_id).overrides == ()


@pytest.mark.parametrize(
    ("amount", "area"), [pytest.param(100_000, 50, id="small"), pytest.param(400_000, 200, id="exactly-at-the-limits")]
)
def test_works_within_the_limits_together_are_no_suspicion(
    desk: Desk, decide: Decide, complete: WalkIn, amount: int, area: int
) -> None:
    decide(part(complete))
    assert desk.intake.suspected_splitting(part(complete, amount, area)) is None


def test_works_of_the_owner_elsewhere_are_shown_and_stop_nobody(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(part(complete))
    elsewhere = part(complete, place=Place(community="新禾社区", estate="新禾路9号"))
    suspicion = desk.intake.suspected_splitting(elsewhere)
    assert suspicion is not None
    assert not suspicion.same_place
    assert decide(elsewhere).number


def test_what_never_came_to_be_a_work_does_not_count(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    refused = part(complete)
    decide(part(complete, 2_000_000, 900), Act.INFORM_PERMIT)
    stopped = replace(refused, facts=refused.facts.with_facts(illegal_acts=("add_storey",)))
    decide(stopped, Act.MUST_NOT_START)
    relief = replace(refused, facts=refused.facts.with_facts(emergency_relief=True))
    decide(relief, Act.NOT_APPLICABLE, reason="抢险")
    assert desk.intake.suspected_splitting(refused) is None


def test_a_work_that_waits_for_correction_counts_but_not_against_itself(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    told = decide(part(complete).with_check(MaterialCheck(code="28-4", verdict=Verdict.MISSING)), Act.ONE_TIME_NOTICE)
    assert desk.intake.suspected_splitting(part(complete)) is not None
    assert desk.intake.suspected_splitting(part(complete), filing_id=told.filing_id) is None
    assert decide(part(complete), filing_id=told.filing_id).filing_id == told.filing_id


def test_works_of_long_ago_do_not_count(desk: Desk, decide: Decide, complete: WalkIn, clock: Clock) -> None:
    decide(part(complete))
    clock.day = date(2027, 3, 2)
    assert desk.intake.suspected_splitting(part(complete)) is not None
    clock.day = date(2027, 3, 3)
    assert desk.intake.suspected_splitting(part(complete)) is None


def test_minor_operations_have_no_limits_to_stay_below(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(part(complete))
    minor = replace(complete, facts=factories.minor_facts(contract_amount_yuan=Decimal(2_000_000)))
    assert desk.intake.suspected_splitting(minor) is None


def test_an_area_that_does_not_apply_adds_nothing(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(part(complete))
    unmeasured = part(complete)
    unmeasured = replace(unmeasured, facts=unmeasured.facts.with_facts(floor_area_m2=NOT_APPLICABLE))
    suspicion = desk.intake.suspected_splitting(unmeasured)
    assert suspicion is not None
    assert (suspicion.over_amount, suspicion.over_area) == (True, False)
    assert "1 件的金额或者面积未填" in suspicion.because


def test_an_empty_form_suspects_nobody(desk: Desk) -> None:
    assert desk.intake.suspected_splitting(WalkIn()) is None


def test_many_works_of_one_owner_are_summed_at_once(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decided = decide(part(complete))
    with desk.database.writing() as session:
        connection = session.connection().connection.driver_connection
        assert connection is not None
        names = [row[1] for row in connection.execute("PRAGMA table_info(filing)") if row[1] not in _OWN]
        columns = ", ".join(names)
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
            f" INSERT INTO filing (number, first_number, {columns})"
            f" SELECT 'X-' || i, 'X-' || i, {columns} FROM filing, n WHERE filing.id = {decided.filing_id}"
        )
    started = time.perf_counter()
    suspicion = desk.intake.suspected_splitting(part(complete))
    assert time.perf_counter() - started < 0.5
    assert suspicion is not None
    assert len(suspicion.works) >= 200


_OWN = frozenset({"id", "number", "first_number", "registration_number"})
