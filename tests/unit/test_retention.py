"""Keeping times in whole months."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.retention import KeepingPeriods, KeptKind, check_periods, months_after


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 2), 6, date(2026, 9, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(9999, 1, 1), 1200, date.max),
    ],
)
def test_a_time_ends_on_the_same_day_of_a_later_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@pytest.mark.parametrize("months", [0, -1, 1201])
def test_a_period_is_a_whole_number_of_months_from_one_on(months: int) -> None:
    check_periods(KeepingPeriods(identity_months=1, other_months=1200))
    with pytest.raises(ClerkError, match="keeping_period_unfit"):
        check_periods(KeepingPeriods(draft_months=months))


def test_nothing_is_due_until_a_period_is_set() -> None:
    assert [KeepingPeriods().of(kind) for kind in KeptKind] == [None, None, None]
