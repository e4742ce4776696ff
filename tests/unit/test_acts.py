"""The states of a filing and the acts open to each: one machine."""

from __future__ import annotations

import pytest

from desktop.domain.acts import ACTS_FROM, OPEN_TO_THE_CLERK, STATUS_AFTER, STATUS_AFTER_RETURN, Act, Status

# States that no act of the counter leads to: close-out and revocation do (domain/registration_life.py).
LATER = {Status.AWAITING_CLOSEOUT, Status.CLOSED, Status.REVOKED}

pytestmark = pytest.mark.requirement("LG-G1")


def test_every_act_leads_to_a_state_of_its_own() -> None:
    assert set(STATUS_AFTER) == set(Act)
    assert sorted((*STATUS_AFTER.values(), STATUS_AFTER_RETURN, *LATER)) == sorted(Status)


def test_the_machine_knows_every_state_and_the_matter_without_one() -> None:
    assert set(ACTS_FROM) == {None, *Status}


def test_only_what_is_new_or_open_can_still_be_decided() -> None:
    still_open = {Status.AWAITING_CORRECTION, Status.RETURNED, Status.AWAITING_REVIEW}
    assert {status for status, acts in ACTS_FROM.items() if acts} == {None, *still_open}
    assert ACTS_FROM[None] == ACTS_FROM[Status.AWAITING_CORRECTION] == frozenset(Act)


@pytest.mark.requirement("YC-2c")
def test_what_waits_for_review_is_accepted_or_sent_back_and_nothing_else() -> None:
    assert ACTS_FROM[Status.AWAITING_REVIEW] == {Act.ACCEPT}
    assert Status.AWAITING_REVIEW not in OPEN_TO_THE_CLERK
    undecided = {status for status, acts in ACTS_FROM.items() if status and acts == frozenset(Act)}
    assert undecided == OPEN_TO_THE_CLERK


def test_every_state_can_be_reached_from_a_new_matter() -> None:
    reached: set[Status | None] = {None}
    for _ in Status:
        reached |= {STATUS_AFTER[act] for status in reached for act in ACTS_FROM[status]}
        reached |= {STATUS_AFTER_RETURN} if Status.AWAITING_REVIEW in reached else set()
    assert reached == {None, *Status} - LATER
