"""The course of a hazard: whatever is done to it, it is open until cleared, and every way leads to clearing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.hazard import OPEN_STATES, STATE_WORDS, STEP_WORDS, ChainStage, HazardState, StepKind
from desktop.domain.hazard_course import Standing, chain_of, days_open, is_overdue, state_after, steps_from

FOUND_ON = date(2026, 3, 2)
ENDED = frozenset(HazardState) - OPEN_STATES


def follow(standing: Standing, choices: list[int]) -> list[tuple[StepKind, Standing]]:
    """Take a step for each choice, out of those allowed."""
    taken: list[tuple[StepKind, Standing]] = []
    for choice in choices:
        allowed = sorted(steps_from(standing))
        if not allowed:
            break
        step = allowed[choice % len(allowed)]
        standing = replace(
            standing,
            state=state_after(standing, step),
            is_stopped=(standing.is_stopped or step is StepKind.STOPPED) and step is not StepKind.RESUMED,
            is_escalated=(standing.is_escalated or step is StepKind.ESCALATED)
            and step is not StepKind.ESCALATION_LIFTED,
            is_escalatable=standing.is_escalatable and step is not StepKind.ESCALATED,
            has_refused=standing.has_refused or step is StepKind.REFUSED,
        )
        taken.append((step, standing))
    return taken


courses = st.lists(st.integers(min_value=0, max_value=30), max_size=25)


@pytest.mark.requirement("LG-30-H", "SJ-5.2c")
@given(courses)
def test_a_hazard_is_open_until_it_is_cleared_or_withdrawn_and_never_opens_again(choices: list[int]) -> None:
    ended = False
    for step, standing in follow(Standing(state=HazardState.FOUND, is_escalatable=True), choices):
        assert not (ended and standing.state in OPEN_STATES)
        ended = standing.state in ENDED
        if step is StepKind.PASSED:
            assert standing.state is HazardState.CLEARED
        assert not (step is StepKind.FAILED and standing.state is HazardState.CLEARED)


@pytest.mark.requirement("LG-30-H")
@given(courses)
def test_from_every_open_state_a_passed_recheck_clears_it(choices: list[int]) -> None:
    for _step, standing in follow(Standing(state=HazardState.FOUND), choices):
        if standing.state in OPEN_STATES:
            assert state_after(standing, StepKind.PASSED) is HazardState.CLEARED
            assert StepKind.REPORTED in steps_from(standing)


@pytest.mark.requirement("YC-4d")
@given(courses)
def test_work_goes_on_again_only_after_what_it_was_stopped_for_is_gone(choices: list[int]) -> None:
    stopped = False
    for step, standing in follow(Standing(state=HazardState.FOUND), choices):
        if step is StepKind.RESUMED:
            assert stopped
            assert standing.state in ENDED
        stopped = standing.is_stopped
        assert (StepKind.RESUMED in steps_from(standing)) == (stopped and standing.state in ENDED)


@pytest.mark.requirement("LG-30-2b")
@given(courses)
def test_who_refused_still_refuses_when_a_recheck_fails(choices: list[int]) -> None:
    for step, standing in follow(Standing(state=HazardState.FOUND), choices):
        if step is StepKind.FAILED:
            expected = HazardState.REFUSED if standing.has_refused else HazardState.RECTIFYING
            assert standing.state is expected


@pytest.mark.requirement("LG-30-7")
def test_escalation_is_offered_only_where_it_changes_anything_and_can_be_lifted() -> None:
    for state in HazardState:
        plain = Standing(state=state)
        assert StepKind.ESCALATED not in steps_from(plain)
        assert StepKind.ESCALATION_LIFTED not in steps_from(plain)
        assert StepKind.ESCALATION_LIFTED in steps_from(replace(plain, is_escalated=True)), state
        offered = StepKind.ESCALATED in steps_from(replace(plain, is_escalatable=True))
        assert offered == (state in OPEN_STATES)


@pytest.mark.requirement("LG-30-8", "LG-30-4b")
def test_what_was_put_right_at_once_can_still_be_reported_where_it_must_be() -> None:
    cleared = Standing(state=HazardState.CLEARED)
    assert steps_from(cleared) == frozenset()
    assert steps_from(replace(cleared, awaits_report=True)) == {StepKind.REPORTED, StepKind.TRANSFERRED}


@pytest.mark.requirement("LG-30-H")
def test_a_step_that_may_not_follow_is_refused() -> None:
    with pytest.raises(ValueError, match="may not follow"):
        state_after(Standing(state=HazardState.CLEARED), StepKind.FEEDBACK)
    with pytest.raises(ValueError, match="may not follow"):
        state_after(Standing(state=HazardState.FOUND), StepKind.FAILED)


@pytest.mark.requirement("LG-30-H")
@given(st.sampled_from(HazardState), st.integers(min_value=-400, max_value=400))
def test_the_last_day_of_the_term_counts_in_full_and_what_waits_for_the_patroller_is_not_late(
    state: HazardState, days: int
) -> None:
    today, due_on = FOUND_ON, FOUND_ON + timedelta(days=days)
    waits_for_contractor = state in OPEN_STATES - {HazardState.AWAITING_RECHECK}
    assert is_overdue(state, due_on, today) == (waits_for_contractor and days < 0)
    assert not is_overdue(state, None, today)


@pytest.mark.requirement("LG-30-H", "SJ-5.2c")
def test_days_are_counted_from_finding_to_clearing_or_today() -> None:
    assert days_open(FOUND_ON, None, date(2026, 3, 5)) == 3
    assert days_open(FOUND_ON, date(2026, 3, 4), date(2026, 3, 9)) == 2
    assert days_open(FOUND_ON, FOUND_ON, date(2026, 3, 9)) == 0


@pytest.mark.requirement("SJ-5.2c")
def test_the_chain_names_the_day_of_each_stage_that_was_reached() -> None:
    later = [FOUND_ON + timedelta(days=days) for days in range(1, 8)]
    steps = [
        (StepKind.FOUND, FOUND_ON),
        (StepKind.NOTICE, FOUND_ON),
        (StepKind.MEASURES, later[0]),
        (StepKind.FEEDBACK, later[1]),
        (StepKind.FAILED, later[2]),
    ]
    assert chain_of(found_on=FOUND_ON, steps=steps) == (
        (ChainStage.FOUND, FOUND_ON),
        (ChainStage.DEALT_WITH, FOUND_ON),
    ), "a recheck that failed takes the feedback back"
    steps += [(StepKind.FEEDBACK, later[4]), (StepKind.PASSED, later[5])]
    assert dict(chain_of(found_on=FOUND_ON, steps=steps)) == {
        ChainStage.FOUND: FOUND_ON,
        ChainStage.DEALT_WITH: FOUND_ON,
        ChainStage.RECTIFIED: later[4],
        ChainStage.CLEARED: later[5],
    }
    at_once = [(StepKind.FOUND, FOUND_ON), (StepKind.PASSED, FOUND_ON)]
    assert dict(chain_of(found_on=FOUND_ON, steps=at_once))[ChainStage.RECTIFIED] == FOUND_ON


@pytest.mark.requirement("SJ-5.2c", "JS-2.3b")
def test_every_state_and_step_has_a_word() -> None:
    assert set(STATE_WORDS) == set(HazardState)
    assert set(STEP_WORDS) == set(StepKind)
