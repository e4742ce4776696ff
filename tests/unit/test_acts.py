"""The states of a filing and the acts open to each: one machine."""

from __future__ import annotations

import pytest

from desktop.domain.acts import ACTS_FROM, STATUS_AFTER, Act, Status

pytestmark = pytest.mark.requirement("LG-G1")


def test_every_act_leads_to_a_state_of_its_own() -> None:
    assert set(STATUS_AFTER) == set(Act)
    assert sorted(STATUS_AFTER.values()) == sorted(Status)


def test_the_machine_knows_every_state_and_the_matter_without_one() -> None:
    assert set(ACTS_FROM) == {None, *Status}


def test_only_what_is_new_or_awaits_correction_can_still_be_decided() -> None:
    assert {status for status, acts in ACTS_FROM.items() if acts} == {None, Status.AWAITING_CORRECTION}
    assert ACTS_FROM[None] == ACTS_FROM[Status.AWAITING_CORRECTION] == frozenset(Act)


def test_every_state_can_be_reached_from_a_new_matter() -> None:
    reached: set[Status | None] = {None}
    for _ in Status:
        reached |= {STATUS_AFTER[act] for status in reached for act in ACTS_FROM[status]}
    assert reached == {None, *Status}
