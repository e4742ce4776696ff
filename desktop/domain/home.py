"""What the home page (今日) shows: sections of filings, each with where all of them are found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.ledger import LedgerCriteria


class HomeSection(StrEnum):
    """The sections of the home page, in the order they are shown."""

    REVIEWS = "reviews"  # 待审核
    RETURNED = "returned"  # 审核退回
    OPINIONS = "opinions"  # 意见待答复
    CORRECTIONS = "corrections"  # 待补正
    FEEDBACK_TODAY = "feedback_today"  # 今日应反馈
    SITE_CHECK_TODAY = "site_check_today"  # 今日应首次检查
    AWAITS_PLATFORM = "awaits_platform"  # 平台未录入
    FEEDBACK_OVERDUE = "feedback_overdue"  # 逾期未反馈
    OVERRIDDEN = "overridden"  # 另有理由的判定
    INCOMPLETE_NOTICE = "incomplete_notice"  # 一次性告知不到位
    EXPIRING = "expiring"  # 即将到期


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLine:
    """One filing of a section; ``remark`` says why it stands there."""

    filing_id: int
    number: str
    project_name: str
    place: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePart:
    """One section: the first lines, how many there are, and what shows all of them in the ledger."""

    section: HomeSection
    count: int
    lines: tuple[HomeLine, ...]
    criteria: LedgerCriteria | None
    is_urgent: bool = False
