"""What the ledger shows and by what it is asked: plain rows, never stored objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from desktop.domain.acts import Act, IssuedPaper, Status
from desktop.domain.walk_in import WalkIn

# Acts of the record by which a point disposes of a filing.
DECIDING: Final = frozenset(act.value for act in Act)


class LedgerColumn(StrEnum):
    """Columns of the ledger; every one can be sorted by."""

    NUMBER = "number"
    FILED_ON = "filed_on"
    PROJECT = "project_name"
    PLACE = "place"
    COMMUNITY = "community"
    OWNER = "owner_name"
    CONTRACTOR = "contractor_name"
    KIND = "kind"
    CATEGORY = "category"
    RISK = "high_risk"
    STATUS = "status"
    VALID_UNTIL = "valid_until"


class LedgerException(StrEnum):
    """What a manager looks for among filings; days count from ``LedgerCriteria.as_of``."""

    OVERRIDDEN = "overridden"  # 另有理由的判定
    INCOMPLETE_NOTICE = "incomplete_notice"  # 一次性告知不到位
    FEEDBACK_OVERDUE = "feedback_overdue"  # 逾期未反馈
    FEEDBACK_TODAY = "feedback_today"  # 今日应反馈
    SITE_CHECK_TODAY = "site_check_today"  # 今日应首次检查
    EXPIRING = "expiring"  # 即将到期
    OPINION = "opinion"  # 意见待答复
    UNPATROLLED = "unpatrolled"  # 登记后无巡查记录
    OPEN_HAZARD = "open_hazard"  # 隐患未闭环


# What is wrong after registration: each has its count among the filters of the ledger.
NEGLECTS: Final = (LedgerException.UNPATROLLED, LedgerException.OPEN_HAZARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCriteria:
    """What to look for.

    ``text`` matches the number, part of a name, address or company, pinyin initials, or the last four of an
    ID number or phone.
    """

    text: str = ""
    kind: str | None = None
    status: Status | None = None
    high_risk: bool | None = None
    community: str | None = None
    awaits_platform: bool | None = None  # accepted, not yet entered in the district's platform (未录入)
    filed_from: date | None = None
    filed_to: date | None = None
    exception: LedgerException | None = None
    as_of: date | None = None  # the day from which an exception counts
    sort_by: LedgerColumn = LedgerColumn.FILED_ON
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One line of the ledger; personal numbers are masked already."""

    id: int
    number: str
    filed_on: date
    project_name: str
    place: str
    community: str
    owner_name: str
    contractor_name: str
    kind: str
    category: str
    category_label: str
    high_risk: bool | None
    status: Status
    valid_until: date | None
    visits: int
    notice_not_complete: bool  # 一次性告知不到位
    is_overridden: bool  # decided with a reason of the clerk's own, which stays visible


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFacets:
    """Counts behind the filter chips, over the other filters in force."""

    by_status: dict[Status, int] = field(default_factory=dict)
    by_kind: dict[str, int] = field(default_factory=dict)
    high_risk: int = 0
    awaits_platform: int = 0
    by_neglect: dict[LedgerException, int] = field(default_factory=dict)
    communities: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One event of a filing's history: who did what, when, and which paper came of it."""

    at: datetime
    who: str
    station: str
    act: str
    summary: str
    reason: str
    paper_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformEntry:
    """The number the district's platform gave to a filing, who noted it and when (已录入)."""

    number: str
    who: str
    at: datetime
    entered_on: date | None = None  # when it was entered there, where that was noted


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFile:
    """The whole of one filing (一件一档)."""

    row: LedgerRow
    walk_in: WalkIn
    assessment: dict[str, object]  # plain form as stored when judged
    pack_id: str
    pack_version: str
    registration_number: str | None
    accepted_on: date | None
    valid_until: date | None
    extension_first: date | None
    completed_on: date | None
    extensions: int  # how often it was extended
    site_check_by: date | None
    overrides: tuple[str, ...]
    papers: tuple[IssuedPaper, ...]
    timeline: tuple[TimelineEntry, ...]
    awaits_platform: bool
    platform: PlatformEntry | None
    can_correct: bool  # awaiting correction: a next visit can be opened

    @property
    def acceptance_point(self) -> str:
        """Give the point that decided last, as it was called then."""
        return next((entry.station for entry in reversed(self.timeline) if entry.act in DECIDING), "")
