"""When a registration counts as expired: the printed end stays, a rest day is no penalty (第二十五条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.acts import Status
from desktop.domain.errors import ClerkError
from desktop.domain.expiry import REST_DAY_GRACE, expired_before, in_time_until
from desktop.domain.extending import extension_ahead
from desktop.domain.pack import PolicyPack
from desktop.domain.registration_life import LifeAct, LifeState, Registration, life_state, may_be_done
from desktop.domain.workdays import WorkdayCalendar, calendar_from_rows

CALENDAR = calendar_from_rows(
    [(date(2026, 10, 1) + timedelta(days=day), "rest", "2026 年安排") for day in range(7)]
    + [(date(2026, 10, 10), "work", "2026 年安排")]
)
SATURDAY = date(2026, 9, 5)


def registration(until: date = SATURDAY, **changes: Any) -> Registration:
    """A registration that can be extended from fifteen days before its end."""
    held = Registration(
        number="PA-DJ-2026-000001",
        status=Status.REGISTERED,
        accepted_on=date(2026, 3, 5),
        valid_until=until,
        extension_first=until - timedelta(days=15),
    )
    return replace(held, **changes)


@pytest.mark.requirement("LG-25-2a")
@pytest.mark.parametrize(
    ("end", "in_time"),
    [
        (date(2026, 9, 4), date(2026, 9, 4)),  # a Friday
        (SATURDAY, date(2026, 9, 7)),
        (date(2026, 9, 6), date(2026, 9, 7)),
        (date(2026, 10, 2), date(2026, 10, 8)),  # the seven days of the national holiday
        (date(2026, 10, 10), date(2026, 10, 10)),  # a Saturday that is worked
    ],
)
def test_an_end_on_a_rest_day_is_in_time_until_the_next_working_day(pack: PolicyPack, end: date, in_time: date) -> None:
    assert in_time_until(end, pack=pack, calendar=CALENDAR) == in_time


@pytest.mark.requirement("LG-25-2a")
def test_seen_from_the_day_and_from_the_end_it_is_one_rule(pack: PolicyPack) -> None:
    days = [date(2026, 9, 1) + timedelta(days=place) for place in range(50)]
    for on in days:
        before = expired_before(on, pack=pack, calendar=CALENDAR)
        for end in days:
            assert (end < before) == (in_time_until(end, pack=pack, calendar=CALENDAR) < on), (end, on)


@pytest.mark.requirement("LG-25-2a")
def test_a_pack_that_reads_it_strictly_has_no_grace(pack: PolicyPack) -> None:
    grace = pack.parameters[REST_DAY_GRACE]
    assert grace.unverified
    strict = replace(pack, parameters={**pack.parameters, REST_DAY_GRACE: replace(grace, value=Decimal(0))})

    assert in_time_until(SATURDAY, pack=strict, calendar=CALENDAR) == SATURDAY
    assert expired_before(date(2026, 9, 7), pack=strict, calendar=CALENDAR) == date(2026, 9, 7)


@pytest.mark.requirement("LG-25-2a")
def test_a_calendar_without_any_working_day_does_not_count_for_ever(pack: PolicyPack) -> None:
    never = WorkdayCalendar(rest=frozenset(date(2020, 1, 1) + timedelta(days=day) for day in range(5000)))

    assert in_time_until(SATURDAY, pack=pack, calendar=never) == SATURDAY


@pytest.mark.requirement("LG-25-2b", "LG-G2")
@pytest.mark.parametrize(
    ("on", "timing", "state"),
    [
        (date(2026, 9, 6), "in_window", LifeState.EXTENDABLE),
        (date(2026, 9, 7), "in_window", LifeState.EXTENDABLE),
        (date(2026, 9, 8), "expired", LifeState.OVERDUE),
    ],
)
def test_on_the_next_working_day_an_extension_is_still_in_time_and_the_end_not_moved(
    pack: PolicyPack, on: date, timing: str, state: LifeState
) -> None:
    ahead = extension_ahead(registration(), on, pack=pack, calendar=CALENDAR)

    assert (ahead.timing, ahead.last, ahead.in_time_until) == (timing, SATURDAY, date(2026, 9, 7))
    assert ahead.valid_until == date(2027, 3, 5), "counted from the printed end"
    assert life_state(registration(), on, pack=pack, calendar=CALENDAR) is state


@pytest.mark.requirement("LG-25-2b", "LG-33-1")
@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"completed_on": date(2026, 8, 28)}, LifeState.COMPLETED),
        ({"status": Status.AWAITING_CLOSEOUT, "completed_on": date(2026, 8, 28)}, LifeState.AWAITING_CLOSEOUT),
        ({"status": Status.CLOSED}, LifeState.CLOSED),
        ({"status": Status.REVOKED}, LifeState.REVOKED),
    ],
)
def test_what_is_finished_or_over_is_not_extended_and_the_reason_is_named(
    pack: PolicyPack, changes: dict[str, Any], state: LifeState
) -> None:
    over = registration(**changes)

    assert not may_be_done(LifeAct.EXTEND, over)
    with pytest.raises(ClerkError) as caught:
        extension_ahead(over, SATURDAY, pack=pack, calendar=CALENDAR)

    assert (caught.value.code, caught.value.details["state"]) == ("not_extendable", state)


@pytest.mark.requirement("LG-25-2b")
def test_a_matter_that_never_was_registered_is_not_extended_either(pack: PolicyPack) -> None:
    with pytest.raises(ClerkError, match="not_in_this_state"):
        extension_ahead(registration(status=Status.AWAITING_CORRECTION), SATURDAY, pack=pack, calendar=CALENDAR)
