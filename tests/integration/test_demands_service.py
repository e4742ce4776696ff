"""What owners look for: taken in, checked, published or answered; seen where the community is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.demands import DemandDraft, DemandState, demand_faults
from desktop.domain.errors import ClerkError
from desktop.services.desk import Desk
from tests.factories import FILED_ON
from tests.integration.test_firms_service import as_role, pdf_text

pytestmark = pytest.mark.requirement("YC-A4o", "YC-1b")


def demand(**changes: Any) -> DemandDraft:
    """An owner who looks for somebody to mend a wall."""
    made = DemandDraft(
        works="外墙渗水修补",
        trade="防水",
        community="坪安社区",
        place="坪安路18号",
        wanted_from=FILED_ON,
        owner_name="陈小满",
        owner_phone="13800002719",
    )
    return replace(made, **changes)


def test_a_demand_is_taken_in_checked_and_published_to_the_firms(desk: Desk) -> None:
    demand_id = desk.demands.take_in(demand(), act_id="a")
    assert desk.demands.take_in(demand(), act_id="a") == demand_id
    [row] = desk.demands.all(DemandState.OPEN)
    assert (row.works, row.phone_shown) == ("外墙渗水修补", "138****2719")
    desk.demands.review(demand_id, DemandState.PUBLISHED, "")
    assert desk.demands.all(DemandState.OPEN) == ()
    printed = pdf_text(desk.demands.list_pdf())
    assert "外墙渗水修补" in printed
    for unwanted in ("陈小满", "13800002719", "坪安路18号"):
        assert unwanted not in printed


def test_a_published_demand_is_answered_in_the_end_and_then_closed(desk: Desk) -> None:
    demand_id = desk.demands.take_in(demand(), act_id="a")
    desk.demands.review(demand_id, DemandState.PUBLISHED, "")
    desk.demands.review(demand_id, DemandState.ANSWERED, "已介绍三家")
    [row] = desk.demands.all()
    assert (row.state, row.answer, row.answered_on) == (DemandState.ANSWERED, "已介绍三家", FILED_ON)
    with pytest.raises(ClerkError, match="demand_closed"):
        desk.demands.review(demand_id, DemandState.DECLINED, "改主意")


def test_an_answer_and_a_refusal_need_words(desk: Desk) -> None:
    demand_id = desk.demands.take_in(demand(), act_id="a")
    for outcome in (DemandState.ANSWERED, DemandState.DECLINED):
        with pytest.raises(ClerkError, match="reason_required"):
            desk.demands.review(demand_id, outcome, " ")


def test_the_owners_phone_is_seen_whole_with_a_purpose_by_who_may_and_on_record(desk: Desk) -> None:
    demand_id = desk.demands.take_in(demand(), act_id="a")
    with pytest.raises(ClerkError, match="reason_required"):
        desk.demands.owner_phone(demand_id, "")
    assert desk.demands.owner_phone(demand_id, "回复业主") == "13800002719"
    as_role(desk, Role.PATROLLER)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.demands.owner_phone(demand_id, "回复业主")


@pytest.mark.parametrize(
    ("role", "takes", "reviews"),
    [
        (Role.WINDOW_CLERK, True, False),
        (Role.REVIEWER, False, True),
        (Role.MANAGER, False, True),
        (Role.DISTRICT_DEPARTMENT_USER, False, True),
        (Role.PATROLLER, False, False),
    ],
)
def test_who_takes_in_and_who_checks(desk: Desk, role: Role, takes: bool, reviews: bool) -> None:
    demand_id = desk.demands.take_in(demand(), act_id="a")
    as_role(desk, role)
    for is_allowed, call in (
        (takes, lambda: desk.demands.take_in(demand(), act_id="b")),
        (reviews, lambda: desk.demands.review(demand_id, DemandState.PUBLISHED, "")),
    ):
        if is_allowed:
            call()
        else:
            with pytest.raises(ClerkError, match="not_permitted"):
                call()


_COMMUNITIES = ("坪安社区", "新禾社区", "松岗社区")
_AREAS = st.none() | st.frozensets(st.sampled_from(_COMMUNITIES), max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    grants=st.lists(st.tuples(st.sampled_from([Role.PATROLLER, Role.REVIEWER, Role.WINDOW_CLERK]), _AREAS), max_size=3)
)
def test_nobody_sees_or_closes_a_demand_of_another_area(
    desk: Desk, grants: list[tuple[Role, frozenset[str] | None]]
) -> None:
    service, before = desk.demands, desk.sign_in.actor
    ids: Mapping[str, int] = {
        community: service.take_in(demand(community=community), act_id=community) for community in _COMMUNITIES
    }
    held = tuple(Grant(role=role, areas=areas) for role, areas in grants)
    actor = Actor(account_id=None, user_name="test", name="测试", grants=held)
    service._station.work_as(actor)
    try:
        seen = {row.community for row in service.all()} if held else set()
        expected = {place for place in _COMMUNITIES if any(g.areas is None or place in g.areas for g in held)}
        assert seen == expected
        for community in set(_COMMUNITIES) - expected:
            with pytest.raises(ClerkError, match=r"not_permitted|outside_scope|no_such_demand"):
                service.review(ids[community], DemandState.ANSWERED, "答复")
    finally:
        service._station.work_as(before)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"works": " ", "community": "", "owner_name": "", "owner_phone": ""},
         ["works", "community", "owner_name", "owner_phone"]),
        ({"owner_phone": "12"}, ["owner_phone"]),
        ({"wanted_to": FILED_ON - timedelta(days=1)}, ["wanted_to"]),
    ],
)  # fmt: skip
def test_what_a_demand_lacks_is_named_at_its_field(changes: dict[str, Any], fields: list[str]) -> None:
    assert [fault.field for fault in demand_faults(demand(**changes))] == fields
