"""Reports from the public and feedback of other bodies: taken down, assigned, verified, answered, rewarded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.acts import FieldFault, IssuedPaper
from desktop.domain.phones import check_phone
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import text_fault, yuan_fault

LONGEST: Final = 200
LONGEST_TEXT: Final = 2000


class ReportSource(StrEnum):
    """Where a report comes from; each value is stored."""

    HOTLINE_12350 = "hotline_12350"  # 12350 热线
    HOTLINE_12345 = "hotline_12345"  # 12345 热线
    VISIT = "visit"  # 来访
    LETTER = "letter"  # 来信
    GRID = "grid"  # 网格
    PROPERTY = "property"  # 物业上报
    SUPERVISION = "supervision"  # 部门督导反馈
    INCOMING_LETTER = "incoming_letter"  # 函告来件
    INSURER = "insurer"  # 承保机构报告的未整改重大隐患
    OTHER = "other"  # 其他


class ReportState(StrEnum):
    """How far a report is; each value is stored, overdue is computed."""

    RECEIVED = "received"  # 待派
    ASSIGNED = "assigned"  # 核查中
    VERIFIED = "verified"  # 已核查，待答复
    ANSWERED = "answered"  # 已答复


class ReportMove(StrEnum):
    """One step in dealing with a report; each value is stored."""

    RECEIVED = "received"  # 收到
    ASSIGNED = "assigned"  # 交办
    VERIFIED = "verified"  # 核查
    PASSED_ON = "passed_on"  # 移送其他机构
    LINKED = "linked"  # 关联登记件或者未登记工地
    ANSWERED = "answered"  # 答复
    REWARD = "reward"  # 奖励认定、发放


class ReportVerdict(StrEnum):
    """What verifying brought; each value is stored."""

    TRUE = "true"  # 属实
    PARTLY = "partly"  # 部分属实
    UNTRUE = "untrue"  # 不属实
    NOT_FOUND = "not_found"  # 未找到


# Reports of bodies name the body; there is no person to cover or to reward.
FROM_BODIES: Final = frozenset(
    {ReportSource.PROPERTY, ReportSource.SUPERVISION, ReportSource.INCOMING_LETTER, ReportSource.INSURER}
)
BORNE_OUT: Final = frozenset({ReportVerdict.TRUE, ReportVerdict.PARTLY})
SOURCE_WORDS: Final = {
    ReportSource.HOTLINE_12350: "12350 热线",
    ReportSource.HOTLINE_12345: "12345 热线",
    ReportSource.VISIT: "来访",
    ReportSource.LETTER: "来信",
    ReportSource.GRID: "网格",
    ReportSource.PROPERTY: "物业上报",
    ReportSource.SUPERVISION: "部门督导反馈",
    ReportSource.INCOMING_LETTER: "函告来件",
    ReportSource.INSURER: "承保机构",
    ReportSource.OTHER: "其他",
}
VERDICT_WORDS: Final = {
    ReportVerdict.TRUE: "属实",
    ReportVerdict.PARTLY: "部分属实",
    ReportVerdict.UNTRUE: "不属实",
    ReportVerdict.NOT_FOUND: "未找到",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """A report as taken down; ``source_body`` is the department or company it comes from, where it is one."""

    source: ReportSource = ReportSource.VISIT
    source_body: str = ""
    received_on: date | None = None
    is_anonymous: bool = False
    reporter_name: str = ""
    reporter_phone: str = ""
    community: str = ""
    place: str = ""
    content: str = ""
    site: SiteRef = field(default_factory=SiteRef)
    verify_by: date | None = None  # the setting's term where it is None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyDraft:
    """What verifying brought, as typed; ``patrol_id`` names the visit to the site where there was one."""

    act_id: str
    verdict: ReportVerdict
    on: date | None = None
    result: str = ""
    patrol_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardDraft:
    """Whether a report deserves a reward, how much in yuan, and when it was paid."""

    act_id: str
    deserves: bool
    yuan: Decimal | None = None
    rewarded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCriteria:
    """What to look for; ``is_overdue`` counts from ``as_of``, the day of today where it is None."""

    text: str = ""
    source: ReportSource | None = None
    state: ReportState | None = None
    community: str | None = None
    site: SiteRef | None = None
    received_from: date | None = None
    received_to: date | None = None
    is_open: bool | None = None  # not answered yet
    is_overdue: bool | None = None
    deserves_reward: bool | None = None
    as_of: date | None = None
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One report as lists show it: who reported is covered, and so are numbers typed into texts."""

    id: int
    number: str
    source: ReportSource
    source_body: str
    received_on: date
    is_anonymous: bool
    reporter_name: str
    reporter_phone: str
    community: str
    place: str
    content: str
    site: SiteRef
    site_number: str
    state: ReportState
    assigned_to: str
    assigned_on: date | None
    verify_by: date | None
    verified_on: date | None
    verdict: ReportVerdict | None
    result: str
    replied_on: date | None
    reply: str
    deserves_reward: bool | None
    reward_yuan: Decimal | None
    rewarded_on: date | None

    def is_overdue(self, on: date) -> bool:
        """Say whether it should have been verified before a day and was not."""
        return self.verified_on is None and self.verify_by is not None and self.verify_by < on


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStepRow:
    """One step of the history; texts covered."""

    move: ReportMove
    on: date
    text: str
    done_at: datetime
    done_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """The whole of one report, the person who reported covered."""

    row: ReportRow
    steps: tuple[ReportStepRow, ...]
    papers: tuple[IssuedPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reported, whole: only for who holds the right, for a stated purpose and on record."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """What came of taking a report down; ``paper_id`` is its slip."""

    report_id: int
    number: str
    paper_id: int


def report_faults(draft: ReportDraft, on: date) -> tuple[FieldFault, ...]:
    """List what is wrong with a report as typed; ``on`` is today."""
    return tuple(_faults(draft, on))


def verify_faults(draft: VerifyDraft, *, received_on: date, on: date) -> tuple[FieldFault, ...]:
    """List what is wrong with what verifying brought."""
    return tuple(_verify_faults(draft, received_on, on))


def reward_faults(
    draft: RewardDraft, *, verdict: ReportVerdict | None, on: date, paid_on: date | None
) -> tuple[FieldFault, ...]:
    """List what is wrong with a reward: only a report that was borne out may be rewarded.

    ``paid_on`` is the day on which one was paid already: then it was deserved.
    """
    return (*_reward_faults(draft, verdict, on), *_paid_faults(draft, paid_on))


def _faults(draft: ReportDraft, on: date) -> Iterator[FieldFault]:
    if not draft.content.strip():
        yield _fault("content", "missing", "请填写反映的内容。")
    elif why := text_fault(draft.content.strip(), longest=LONGEST_TEXT):
        yield _fault("content", "text", f"{why}。")
    if draft.received_on is None:
        yield _fault("received_on", "missing", "请填写收到的日期。")
    elif draft.received_on > on:
        yield _fault("received_on", "future", "收到的日期晚于今天。")
    if draft.site == SiteRef():
        for field_name, value, message in (
            ("community", draft.community, "请填写所在社区，以便交办。"),
            ("place", draft.place, "请填写地址。"),
        ):
            if not value.strip():
                yield _fault(field_name, "missing", message)
    for field_name in ("community", "place", "source_body", "reporter_name"):
        if why := text_fault(getattr(draft, field_name), longest=LONGEST):
            yield _fault(field_name, "text", f"{why}。")
    if draft.verify_by is not None and draft.verify_by < (draft.received_on or on):
        yield _fault("verify_by", "before_receipt", "核查期限早于收到的日期。")
    yield from _who_faults(draft)


def _who_faults(draft: ReportDraft) -> Iterator[FieldFault]:
    if draft.source in FROM_BODIES and not draft.source_body.strip():
        yield _fault("source_body", "missing", "请填写来件的单位。")
    if draft.is_anonymous and (draft.reporter_name.strip() or draft.reporter_phone.strip()):
        yield _fault("reporter_name", "anonymous", "匿名举报不记姓名和电话，请清空或者取消匿名。")
    if draft.reporter_phone.strip() and not (phone := check_phone(draft.reporter_phone)).valid:
        yield _fault("reporter_phone", "phone_invalid", phone.why)


def _verify_faults(draft: VerifyDraft, received_on: date, on: date) -> Iterator[FieldFault]:
    if draft.on is None:
        yield _fault("on", "missing", "请填写核查日期。")
    elif not received_on <= draft.on <= on:
        yield _fault("on", "outside", "核查日期应在收到之日至今天之间。")
    if not draft.result.strip():
        yield _fault("result", "missing", "请填写核查结果。")
    elif why := text_fault(draft.result.strip(), longest=LONGEST_TEXT):
        yield _fault("result", "text", f"{why}。")


def _reward_faults(draft: RewardDraft, verdict: ReportVerdict | None, on: date) -> Iterator[FieldFault]:
    if draft.deserves and verdict not in BORNE_OUT:
        yield _fault("deserves", "not_borne_out", "经核查属实的举报才可以奖励。")
    if not draft.deserves and (draft.yuan is not None or draft.rewarded_on is not None):
        yield _fault("deserves", "not_deserved", "不符合奖励办法的，不填金额和发放日期。")
    if draft.yuan is not None and (why := yuan_fault(draft.yuan)):
        yield _fault("yuan", "unfit", f"奖励{why}。")
    if draft.rewarded_on is not None:
        if draft.yuan is None:
            yield _fault("yuan", "missing", "已发放的，请填写金额。")
        if draft.rewarded_on > on:
            yield _fault("rewarded_on", "future", "发放日期晚于今天。")


def _paid_faults(draft: RewardDraft, paid_on: date | None) -> Iterator[FieldFault]:
    if paid_on is not None and not draft.deserves:
        message = f"奖励已于 {paid_on} 发放，不能改为不符合；发放记错的，先更正发放日期。"
        yield _fault("deserves", "already_paid", message)


def _fault(field_name: str, code: str, message: str) -> FieldFault:
    return FieldFault(field=field_name, code=code, message=message)
