"""Thinning by age: what is dropped has a better one beside it, and the newest good backup is never dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.backup_thinning import BackupAge, superfluous

pytestmark = pytest.mark.requirement("JS-3.1c")
NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
_AGES = st.lists(
    st.tuples(st.integers(-60 * 24, 60 * 24 * 900), st.booleans()), max_size=120, unique_by=lambda pair: pair[0]
)


def _backups(ages: list[tuple[int, bool]]) -> list[BackupAge]:
    return [
        BackupAge(name=str(minutes), made_at=NOW - timedelta(minutes=minutes), is_good=is_good)
        for minutes, is_good in ages
    ]


def _left(backups: list[BackupAge]) -> list[BackupAge]:
    dropped = superfluous(backups, NOW.date())
    return [one for one in backups if one.name not in dropped]


@given(_AGES)
def test_the_newest_good_backup_always_stays(ages: list[tuple[int, bool]]) -> None:
    backups = _backups(ages)
    good = [one for one in backups if one.is_good]
    if good:
        assert max(good, key=lambda one: one.made_at) in _left(backups)


@given(_AGES)
def test_all_of_today_and_whatever_seems_later_stay(ages: list[tuple[int, bool]]) -> None:
    backups = _backups(ages)
    today = [one for one in backups if one.made_at.date() >= NOW.date()]
    assert all(one in _left(backups) for one in today)


@given(_AGES)
def test_every_day_of_the_last_month_every_week_of_the_year_and_every_month_keep_one(
    ages: list[tuple[int, bool]],
) -> None:
    backups = _backups(ages)
    left = _left(backups)
    for one in backups:
        age = (NOW.date() - one.made_at.date()).days
        near = [kept for kept in left if abs((kept.made_at - one.made_at).days) <= (1 if age <= 30 else 32)]
        assert near, one


@given(_AGES)
def test_thinning_again_drops_nothing_more(ages: list[tuple[int, bool]]) -> None:
    left = _left(_backups(ages))
    assert not superfluous(left, NOW.date())


@given(_AGES)
def test_a_good_one_is_never_given_up_for_a_bad_one(ages: list[tuple[int, bool]]) -> None:
    backups = _backups(ages)
    left = _left(backups)
    for one in backups:
        if one.is_good and one not in left:
            age = (NOW.date() - one.made_at.date()).days
            near = timedelta(days=1 if age <= 30 else 7 if age <= 365 else 31)
            assert any(kept.is_good and abs(kept.made_at - one.made_at) <= near for kept in left)


def test_three_years_of_four_backups_a_day_shrink_to_a_hundred_or_so() -> None:
    every = [(60 * 6 * count, True) for count in range(4 * 365 * 3)]
    left = _left(_backups(every))
    assert 95 <= len(left) <= 120
