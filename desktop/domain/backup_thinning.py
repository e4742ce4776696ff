"""Which backups stay: all of today, one a day for a month, one a week for a year, one a month after."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

_DAILY_DAYS: Final = 30
_WEEKLY_DAYS: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupAge:
    """One backup as thinning sees it: its name, when it was made (local time), whether nothing speaks against it."""

    name: str
    made_at: datetime
    is_good: bool


def superfluous(backups: Iterable[BackupAge], today: date) -> frozenset[str]:
    """Give the names of backups that another one of the same day, week or month stands for.

    In each stretch the newest good one stays, or the newest where none is good; so the newest good one of all stays.
    A backup that seems to be of a later day stays: a clock that was set back is no reason to lose it.
    """
    best: dict[Hashable, BackupAge] = {}
    ranked = sorted(backups, key=lambda one: (one.is_good, one.made_at, one.name))
    for one in ranked:
        best[_stretch(one, today)] = one
    kept = {one.name for one in best.values()}
    return frozenset(one.name for one in ranked if one.name not in kept)


def _stretch(one: BackupAge, today: date) -> Hashable:
    day = one.made_at.date()
    age = (today - day).days
    if age <= 0:
        return one.name
    if age <= _DAILY_DAYS:
        return day
    if age <= _WEEKLY_DAYS:
        return day.isocalendar()[:2]
    return day.year, "month", day.month
