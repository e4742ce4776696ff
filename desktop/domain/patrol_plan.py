"""How often works are patrolled (分级分类): a frequency for each class, from the pack or set by the office.

Where no article names a frequency, the pack leaves every class off until the office sets its own.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local

MOST_DAYS: Final = 366


class PlanClass(StrEnum):
    """Classes of works in the order they are looked for: a work is of the first that fits; each value is stored."""

    ESCALATED = "escalated"
    HIGH_RISK = "high_risk"
    EXPIRED = "expired"
    ORDINARY = "ordinary"
    MINOR = "minor"
    FOUND = "found"

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return _LABELS[self]


_LABELS: Final = LocalCatalogue(
    {
        PlanClass.ESCALATED: "提级管理",
        PlanClass.HIGH_RISK: "高风险小型工程",
        PlanClass.EXPIRED: "到期未延期、未注销",
        PlanClass.ORDINARY: "其他小型工程",
        PlanClass.MINOR: "零星作业",
        PlanClass.FOUND: "发现未登记的工地",
    },
    local,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRule:
    """How often a class is visited: every so many days, or once in each calendar month; 0 and False is off."""

    every_days: int = 0
    is_monthly: bool = False
    article: str = ""
    is_unverified: bool = False

    @property
    def is_on(self) -> bool:
        """Say whether any visit is planned."""
        return self.every_days > 0 or self.is_monthly


PatrolPlan = Mapping[PlanClass, PlanRule]


def due_on(rule: PlanRule, *, last: date | None, begins: date) -> date | None:
    """Give the day of the next visit, None when the class is off.

    ``begins`` is the day from which the works are patrolled: their acceptance, escalation or finding.  A monthly
    visit is due by the end of a month that has none yet.
    """
    if not rule.is_on:
        return None
    if rule.is_monthly:
        return _month_end(begins) if last is None or last < begins else _next_month_end(last)
    return max(last or begins, begins) + timedelta(days=rule.every_days)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _next_month_end(day: date) -> date:
    return _month_end(_month_end(day) + timedelta(days=1))
