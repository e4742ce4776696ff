"""An act id that was used where one cannot look is refused in words, not by an error of the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from desktop.domain.access import Role
from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.verification import Datum, Finding, Manner, VerificationRequest
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Decide

Again = Callable[[Desk, Decided, str], object]


def _verify(desk: Desk, filed: Decided, act_id: str) -> object:
    request = VerificationRequest(
        act_id=act_id, filing_id=filed.filing_id, datum=Datum.OWNER_PHONE, manner=Manner.PHONE, finding=Finding.TRUE
    )
    return desk.verifying.record(request)


def _enter_platform(desk: Desk, filed: Decided, act_id: str) -> object:
    return desk.platform.record(filed.filing_id, f"PT{filed.filing_id}", act_id=act_id)


def _reprint(desk: Desk, filed: Decided, act_id: str) -> object:
    return desk.issuing.reprint(filed.papers[0].id, act_id=act_id)


@pytest.mark.requirement("YC-A4a")
@pytest.mark.parametrize("do", [_verify, _enter_platform, _reprint])
def test_an_act_id_of_another_community_is_refused_by_name(desk: Desk, decide: Decide, do: Again) -> None:
    pack = desk.intake.pack()
    here = decide(factories.all_in_order(factories.walk_in(), pack))
    there = decide(
        factories.all_in_order(factories.walk_in(place=replace(factories.walk_in().place, community="新禾社区")), pack)
    )
    act_id = str(uuid4())
    do(desk, there, act_id)
    work_as(desk, person(7, "窗口甲", Role.WINDOW_CLERK, areas=frozenset({"坪安社区"})))
    with pytest.raises(ClerkError) as caught:
        do(desk, here, act_id)
    assert caught.value.code == "act_id_used"
