"""How long scans and drafts are kept; the documents state no period, so none applies until the office sets one."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.errors import ClerkError

MOST_MONTHS = 1200


class KeptKind(StrEnum):
    """What has a period of its own."""

    IDENTITY_SCAN = "identity_scan"  # 身份证件扫描件
    OTHER_SCAN = "other_scan"  # 其他扫描件和照片
    DRAFT = "draft"  # 未办完的草稿


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingPeriods:
    """Months after the end of the filing, for drafts after the last change; None keeps without end."""

    identity_months: int | None = None
    other_months: int | None = None
    draft_months: int | None = None

    def of(self, kind: KeptKind) -> int | None:
        """Give the months of one kind."""
        if kind is KeptKind.DRAFT:
            return self.draft_months
        return self.identity_months if kind is KeptKind.IDENTITY_SCAN else self.other_months


@dataclass(frozen=True, slots=True, kw_only=True)
class DueScan:
    """An attachment whose time is over; it names the filing by number only."""

    id: int
    filing_id: int
    number: str
    kind: KeptKind
    title: str
    pages: int
    size: int  # bytes
    ended_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDraft:
    """A draft whose time is over, with how many scans go with it."""

    id: str
    saved_at: datetime
    scans: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueList:
    """All that is due on one day, the longest overdue first."""

    scans: tuple[DueScan, ...]
    drafts: tuple[DueDraft, ...]

    @property
    def count(self) -> int:
        """Say how many things are due."""
        return len(self.scans) + len(self.drafts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a purge removed."""

    scans: int
    drafts: int
    size: int  # bytes


def months_after(day: date, months: int) -> date:
    """Give the day so many months later; the last of the month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_periods(periods: KeepingPeriods) -> None:
    """Raise ``ClerkError("keeping_period_unfit")`` for a period that is no whole number of months from 1 on."""
    for kind in KeptKind:
        months = periods.of(kind)
        if months is not None and not 1 <= months <= MOST_MONTHS:
            raise ClerkError("keeping_period_unfit", kind=kind.value, months=months)
