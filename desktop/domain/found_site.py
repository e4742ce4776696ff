"""Works found without registration: until they are registered, passed on, or need no registration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.local_rules import local
from desktop.domain.phones import check_phone
from desktop.domain.typed_text import text_fault

ABOVE_LIMIT: Final = "above_limit"  # 限额以上：应当办理施工许可，不在本台登记
FOUND_KINDS: Final = ("small_work", "minor_operation", ABOVE_LIMIT, "")
LONGEST: Final = 200
LONGEST_WORK: Final = 800


class FoundSource(StrEnum):
    """How an unregistered work came to be known; each value is stored."""

    PATROL = "patrol"  # 巡查
    REPORT = "report"  # 投诉举报
    CAMPAIGN = "campaign"  # 排摸


class FoundState(StrEnum):
    """What became of an unregistered work; each value is stored.  Overdue is computed, never stored."""

    FOUND = "found"  # 已发现，待督促
    URGED = "urged"  # 已督促登记
    REFUSED = "refused"  # 拒不登记
    REPORTED = "reported"  # 已上报执法
    LINKED = "linked"  # 已来办理：跟着那一件走
    DISMISSED = "dismissed"  # 无需登记


# Still waiting for somebody to register.
WAITING: Final = frozenset({FoundState.FOUND, FoundState.URGED})
# The owner may still come, also after enforcement was told.
REGISTRABLE: Final = WAITING | {FoundState.REFUSED, FoundState.REPORTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSiteDraft:
    """An unregistered work as typed; ``kind`` is one of ``FOUND_KINDS``, empty while it is not known."""

    community: str = ""
    grid: str = ""
    place: str = ""
    work: str = ""
    kind: str = ""
    owner_name: str = ""
    owner_phone: str = ""
    contractor_name: str = ""
    found_on: date | None = None
    found_by: str = ""
    source: FoundSource = FoundSource.PATROL
    patrol_id: int | None = None
    report_id: int | None = None
    campaign: str = ""
    # The day until which to register; with it the owner is urged at once and the notice printed.
    register_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSiteCriteria:
    """What to look for; ``text`` matches the number, the address, the work and the parties."""

    text: str = ""
    state: FoundState | None = None
    kind: str | None = None
    community: str | None = None
    campaign: str | None = None
    found_from: date | None = None
    found_to: date | None = None
    is_open: bool | None = None  # neither registered, passed on nor dismissed
    is_report_due: bool | None = None  # enforcement is to be told, whether in time or late
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSiteRow:
    """One unregistered work as lists show it; the telephone is covered.

    ``is_registered`` follows the filing it was linked with; ``report_by`` is the day of which 24:00 ends the duty to
    tell enforcement, None while there is none.
    """

    id: int
    number: str
    community: str
    grid: str
    place: str
    work: str
    kind: str
    owner_name: str
    owner_phone: str
    contractor_name: str
    found_on: date
    found_by: str
    source: FoundSource
    campaign: str
    state: FoundState
    state_on: date
    state_reason: str
    register_by: date | None
    refused_on: date | None
    report_by: date | None
    reported_on: date | None
    filing_id: int | None
    filing_number: str
    is_registered: bool

    def is_report_overdue(self, on: date) -> bool:
        """Say whether enforcement was told late, or should have been before a day and was not."""
        return self.report_by is not None and (self.reported_on or on) > self.report_by


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSummary:
    """What one survey (排摸) brought: where, when, and what became of the works it found."""

    campaign: str
    communities: tuple[str, ...]
    first_on: date | None
    last_on: date | None
    patrols: int
    found: int
    registered: int
    not_registered: int
    above_limit: int
    reported: int
    dismissed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecorded:
    """What came of recording or urging: the site and its number, and the id of the notice where one was printed."""

    found_site_id: int
    number: str
    paper_id: int | None = None


def report_day(
    *, state: FoundState, refused_on: date | None, register_by: date | None, fixed: date | None
) -> date | None:
    """Give the calendar day on which enforcement must know (当日); None while there is no such duty.

    That of the refusal; else the day after the term, on which it stands that nobody came.  Rest days count too.
    ``fixed`` is the day settled already, which stays.
    """
    if fixed is not None:
        return fixed
    if state is FoundState.REFUSED:
        return refused_on
    if state in WAITING and register_by is not None:
        return register_by + timedelta(days=1)
    return None


def found_site_faults(draft: FoundSiteDraft, on: date) -> tuple[FieldFault, ...]:
    """List what is wrong with a typed record; ``on`` is today."""
    return tuple(_faults(draft, on))


def _faults(draft: FoundSiteDraft, on: date) -> Iterator[FieldFault]:
    needed = (
        ("community", draft.community, "请填写所在社区。"),
        ("place", draft.place, "请填写地址，以便再次找到。"),
        ("work", draft.work, "请填写在做什么工程或者作业。"),
        ("found_by", draft.found_by, "请填写发现人。"),
    )
    for field, value, message in needed:
        if not value.strip():
            yield _fault(field, "missing", message)
    for field in ("community", "grid", "place", "owner_name", "contractor_name", "found_by", "campaign"):
        if why := text_fault(getattr(draft, field), longest=LONGEST):
            yield _fault(field, "text", f"{why}。")
    if why := text_fault(draft.work, longest=LONGEST_WORK):
        yield _fault("work", "text", f"{why}。")
    if draft.kind not in FOUND_KINDS:
        yield _fault("kind", "unknown", local("请选择小型工程、零星作业或者限额以上。"))
    if draft.owner_phone.strip() and not (phone := check_phone(draft.owner_phone)).valid:
        yield _fault("owner_phone", "phone_invalid", phone.why)
    if draft.source is FoundSource.CAMPAIGN and not draft.campaign.strip():
        yield _fault("campaign", "missing", "请填写排摸的名称。")
    yield from _days(draft, on)


def _days(draft: FoundSiteDraft, on: date) -> Iterator[FieldFault]:
    if draft.found_on is None:
        yield _fault("found_on", "missing", "请填写发现日期。")
    elif draft.found_on > on:
        yield _fault("found_on", "future", "发现日期晚于今天。")
    if draft.register_by is not None:
        if draft.kind == ABOVE_LIMIT:
            yield _fault("register_by", "above_limit", local("限额以上的工程应当办理施工许可，不督促登记，请移送。"))
        elif draft.register_by < (draft.found_on or on):
            yield _fault("register_by", "before_finding", local("登记期限早于发现日期。"))


def _fault(field: str, code: str, message: str) -> FieldFault:
    return FieldFault(field=field, code=code, message=message)
