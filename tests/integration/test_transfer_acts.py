"""Transfers as they are kept: the register and who sees it, acts that count once, penalties that are money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.acts import Decided
from desktop.domain.bodies import TransferKind
from desktop.domain.errors import ClerkError
from desktop.domain.site import SiteRef
from desktop.domain.transfer import Penalty, PenaltyKind, TransferCriteria, TransferState
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests.factories import FILED_ON, all_in_order, minor_facts, walk_in
from tests.integration.at_work import MANAGER, work_as
from tests.integration.conftest import Decide
from tests.integration.outward import PATROLLER_HERE, PATROLLER_THERE
from tests.integration.test_transfers import letter, reply


@pytest.fixture
def small(decide: Decide, complete: WalkIn) -> Decided:
    """A registered small work."""
    return decide(complete)


@pytest.fixture
def minor(desk: Desk, decide: Decide) -> Decided:
    """A registered minor operation."""
    return decide(all_in_order(walk_in(minor_facts(), project_name="坪安路招牌安装"), desk.intake.pack()))


@pytest.mark.requirement("LG-21-6")
def test_the_register_is_asked_by_text_state_kind_body_site_and_days(
    desk: Desk, small: Decided, minor: Decided
) -> None:
    desk.transfers.send(letter(small, act_id="t-1"))
    desk.transfers.send(letter(minor, act_id="t-2", kind=TransferKind.REPORT, to_body="区水务部门"))
    first, second = "PA-YJ-2026-000001", "PA-YJ-2026-000002"
    for criteria, numbers in (
        (TransferCriteria(), [second, first]),
        (TransferCriteria(text="水务"), [second]),
        (TransferCriteria(text=small.number), [first]),
        (TransferCriteria(text="招牌"), [second]),
        (TransferCriteria(kind=TransferKind.REPORT), [second]),
        (TransferCriteria(state=TransferState.REPLIED), []),
        (TransferCriteria(site=SiteRef(filing_id=small.filing_id)), [first]),
        (TransferCriteria(community="新禾社区"), []),
        (TransferCriteria(sent_from=date(2026, 3, 3)), []),
        (TransferCriteria(sent_to=FILED_ON, limit=1), [second]),
    ):
        assert [row.number for row in desk.transfers.find(criteria)] == numbers, criteria


@pytest.mark.requirement("LG-21-6")
@pytest.mark.parametrize(
    "other", [{"facts": "另一件事"}, {"to_body": "区教育部门"}, {"evidence": ("照片 9 张",)}, {"is_same_day": True}]
)
def test_the_same_act_sends_one_letter_and_another_letter_under_it_is_refused(
    desk: Desk, small: Decided, other: dict[str, Any]
) -> None:
    sent = desk.transfers.send(letter(small))

    assert desk.transfers.send(letter(small)) == sent
    with pytest.raises(ClerkError, match="act_id_used") as caught:
        desk.transfers.send(replace(letter(small), **other))

    assert caught.value.details["number"] == sent.number
    assert desk.transfers.count(TransferCriteria()) == 1


@pytest.mark.requirement("LG-21-6")
def test_the_same_step_counts_once_and_another_under_its_act_is_refused(desk: Desk, small: Decided) -> None:
    sent = desk.transfers.send(letter(small))
    row = desk.transfers.step(sent.transfer_id, reply())

    assert desk.transfers.step(sent.transfer_id, reply()) == row
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.transfers.step(sent.transfer_id, replace(reply(), text="另一种处理"))


@pytest.mark.requirement("LG-21-6")
@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "0", "-1", "0.001"])
@pytest.mark.parametrize("kind", [PenaltyKind.FINE, PenaltyKind.CONFISCATION])
def test_a_penalty_that_is_no_amount_of_money_is_refused_at_its_field(
    desk: Desk, small: Decided, amount: str, kind: PenaltyKind
) -> None:
    sent = desk.transfers.send(letter(small))
    penalty = Penalty(kind=kind, amount_yuan=Decimal(amount))

    with pytest.raises(ClerkError) as caught:
        desk.transfers.step(sent.transfer_id, replace(reply(), penalty=penalty))

    assert (caught.value.code, caught.value.details["field"]) == ("transfer_unfit", "penalty.amount_yuan")


@pytest.mark.requirement("LG-21-6")
def test_who_looks_after_another_community_neither_sees_nor_answers_it(desk: Desk, small: Decided) -> None:
    sent = desk.transfers.send(letter(small))
    work_as(desk, PATROLLER_THERE)
    assert desk.transfers.find(TransferCriteria()) == ()
    for asked in (
        lambda: desk.transfers.file(sent.transfer_id),
        lambda: desk.transfers.step(sent.transfer_id, reply()),
        lambda: desk.transfers.send(letter(small, act_id="t-2")),
    ):
        with pytest.raises(ClerkError):
            asked()
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.transfers.send(letter(small))
    work_as(desk, PATROLLER_HERE)
    assert desk.transfers.step(sent.transfer_id, reply()).state is TransferState.REPLIED
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.transfers.measure_of(sent.transfer_id)
    work_as(desk, MANAGER)
    assert desk.transfers.measure_of(sent.transfer_id).draft is None
