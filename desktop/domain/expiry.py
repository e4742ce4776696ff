"""When a registration counts as expired: its printed end is never rolled, but a rest day is no penalty.

Where the last valid day is a rest day, the next working day still counts as in time (民法典第二百零三条); whether the
place reads it so is a parameter of the pack, 未核实.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import LONGEST_PERIOD, ONE_DAY, WorkdayCalendar

REST_DAY_GRACE: Final = "expiry_rest_day_grace"


def in_time_until(valid_until: date, *, pack: PolicyPack, calendar: WorkdayCalendar) -> date:
    """Give the last day, included, on which what is done still counts as in time for a registration's end."""
    day = valid_until
    if not _has_grace(pack):
        return day
    for _step in range(LONGEST_PERIOD):
        if calendar.is_workday(day):
            return day
        day += ONE_DAY
    return valid_until


def expired_before(on: date, *, pack: PolicyPack, calendar: WorkdayCalendar) -> date:
    """Give the day before which an end must lie for a registration to count as expired on ``on``.

    The same rule as ``in_time_until`` seen from the day: ``in_time_until(end) < on`` exactly where ``end`` is before
    the day given.  A list can so be asked for with one comparison.
    """
    day = on
    if not _has_grace(pack):
        return day
    for _step in range(LONGEST_PERIOD):
        if calendar.is_workday(day - ONE_DAY):
            return day
        day -= ONE_DAY
    return on


def _has_grace(pack: PolicyPack) -> bool:
    known = pack.parameters.get(REST_DAY_GRACE)
    return known is not None and known.value != 0
