"""The duties of the street that the program reminds of, and which of them a list of duties takes away (Q-4).

The document gives the duties to the street and leaves room for a list of duties that says otherwise (街道履职事项清单).
A duty that is not the street's is no longer reminded of from a day on; nothing that is on record changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.worklist import TaskKind

LONGEST_DOCUMENT: Final = 120
LONGEST_REASON: Final = 300


class Duty(StrEnum):
    """Each duty the program reminds of, in the order of the work; each value is stored."""

    FEEDBACK = "feedback"
    PLATFORM = "platform"
    OUTSIDE_REVIEW = "outside_review"
    FIRST_CHECK = "first_check"
    ESCALATION_CHECK = "escalation_check"
    PATROL = "patrol"
    RANDOM_INSPECTION = "random_inspection"
    CERTIFICATES = "certificates"
    RECTIFICATION = "rectification"
    SAME_DAY_REPORT = "same_day_report"
    UNREGISTERED = "unregistered"
    PUBLIC_REPORTS = "public_reports"
    TRANSFER_REPLIES = "transfer_replies"
    EXPIRY = "expiry"
    CLOSE_OUT_URGING = "close_out_urging"
    CLOSE_OUT_CHECK = "close_out_check"
    REVOCATION_DELIVERY = "revocation_delivery"

    @property
    def label(self) -> str:
        """Give the Chinese words."""
        return _LABELS[self]


_LABELS: Final = LocalCatalogue(
    {
        Duty.FEEDBACK: "按期受理反馈",
        Duty.PLATFORM: "受理后录入平台",
        Duty.OUTSIDE_REVIEW: "催收第三方审查结果",
        Duty.FIRST_CHECK: "高风险小型工程首次现场检查",
        Duty.ESCALATION_CHECK: "提级后首次现场检查",
        Duty.PATROL: "按计划日常安全巡查",
        Duty.RANDOM_INSPECTION: "随机抽查",
        Duty.CERTIFICATES: "核对人员、单位证件有效期",
        Duty.RECTIFICATION: "督促隐患整改、复查",
        Duty.SAME_DAY_REPORT: "当日上报执法机构",
        Duty.UNREGISTERED: "督促未登记的工地办理登记",
        Duty.PUBLIC_REPORTS: "投诉举报核查、答复",
        Duty.TRANSFER_REPLIES: "催收移交事项的反馈",
        Duty.EXPIRY: "登记到期提醒、逾期核实",
        Duty.CLOSE_OUT_URGING: "督促完工后申报注销",
        Duty.CLOSE_OUT_CHECK: "注销现场核实",
        Duty.REVOCATION_DELIVERY: "送达撤销登记决定",
    },
    local,
)
KINDS_OF: Final[Mapping[Duty, frozenset[TaskKind]]] = {
    Duty.FEEDBACK: frozenset({TaskKind.FEEDBACK}),
    Duty.PLATFORM: frozenset({TaskKind.PLATFORM}),
    Duty.OUTSIDE_REVIEW: frozenset({TaskKind.OUTSIDE_REVIEW}),
    Duty.FIRST_CHECK: frozenset({TaskKind.FIRST_CHECK}),
    Duty.ESCALATION_CHECK: frozenset({TaskKind.ESCALATION_CHECK}),
    Duty.PATROL: frozenset({TaskKind.PATROL}),
    Duty.RANDOM_INSPECTION: frozenset({TaskKind.DRAWN}),
    Duty.CERTIFICATES: frozenset({TaskKind.CERTIFICATE}),
    Duty.RECTIFICATION: frozenset({TaskKind.RECTIFICATION, TaskKind.RECHECK}),
    Duty.SAME_DAY_REPORT: frozenset({TaskKind.SAME_DAY_HAZARD, TaskKind.SAME_DAY_FOUND_SITE}),
    Duty.UNREGISTERED: frozenset({TaskKind.FOUND_SITE}),
    Duty.PUBLIC_REPORTS: frozenset({TaskKind.REPORT_VERIFY, TaskKind.REPORT_ANSWER}),
    Duty.TRANSFER_REPLIES: frozenset({TaskKind.REPLY}),
    Duty.EXPIRY: frozenset({TaskKind.EXTENSION, TaskKind.EXPIRED}),
    Duty.CLOSE_OUT_URGING: frozenset({TaskKind.CLOSE_OUT, TaskKind.PLANNED_END}),
    Duty.CLOSE_OUT_CHECK: frozenset({TaskKind.CLOSE_OUT_CHECK}),
    Duty.REVOCATION_DELIVERY: frozenset({TaskKind.DELIVERY}),
}
# What the office has begun itself and finishes whoever has the duty: no list of duties takes it away.
OWN_HANDLING: Final = frozenset(
    {
        TaskKind.REVIEW,
        TaskKind.RETURNED,
        TaskKind.OPINION,
        TaskKind.CORRECTION,
        TaskKind.CHANGE_PAPERS,
        TaskKind.OVERRIDDEN,
        TaskKind.INCOMPLETE_NOTICE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOurs:
    """A time in which a duty is not the street's: from a day on, to the day it is again, which no longer counts."""

    duty: Duty
    from_on: date
    document: str  # 依据文件, with its article
    reason: str
    by: str = ""  # who set it
    until_on: date | None = None

    def is_on(self, day: date) -> bool:
        """Say whether the duty is away on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def touches(self, first_on: date, last_on: date) -> bool:
        """Say whether any day of a period, both ends included, lies within."""
        return self.from_on <= last_on and (self.until_on is None or self.until_on > max(first_on, self.from_on))


def article_of(duty: Duty, pack: PolicyPack) -> str:
    """Give the article that gives a duty to the street; empty where the document has none."""
    return pack.article(f"duty.{duty.value}") or _MATTERS[duty](pack)


def kinds_away(switches: Iterable[NotOurs], day: date) -> frozenset[TaskKind]:
    """Give the kinds of task that nobody is reminded of on a day."""
    return frozenset(kind for switch in switches if switch.is_on(day) for kind in KINDS_OF[switch.duty])


def notes_for_day(switches: Iterable[NotOurs], day: date) -> tuple[str, ...]:
    """Say which duties are not the street's on a day, one sentence for each document."""
    return _told((switch for switch in switches if switch.is_on(day)), lambda _switch: "")


def notes_for_period(switches: Iterable[NotOurs], first_on: date, last_on: date) -> tuple[str, ...]:
    """Say which duties were not the street's in a period, with the days, one sentence for each document and time."""
    return _told((switch for switch in switches if switch.touches(first_on, last_on)), _time_words)


def _told(switches: Iterable[NotOurs], when: Callable[[NotOurs], str]) -> tuple[str, ...]:
    named: dict[tuple[str, str], list[str]] = {}
    for switch in switches:
        named.setdefault((switch.document, when(switch)), []).append(switch.duty.label)
    return tuple(
        f"本街道按{document}{days}不承担：{'、'.join(dict.fromkeys(labels))}。"
        for (document, days), labels in named.items()
    )


def _time_words(switch: NotOurs) -> str:
    until = f"至 {switch.until_on} 前" if switch.until_on is not None else "起"
    return f"自 {switch.from_on} {until}"


def _of_key(key: str) -> Callable[[PolicyPack], str]:
    return lambda pack: pack.article(key)


_MATTERS: Final[Mapping[Duty, Callable[[PolicyPack], str]]] = {
    Duty.FEEDBACK: lambda pack: pack.deadlines.feedback_article,
    Duty.PLATFORM: _of_key("platform_entry"),
    Duty.OUTSIDE_REVIEW: _of_key("outside_review"),
    Duty.FIRST_CHECK: lambda pack: pack.deadlines.site_check_article,
    Duty.ESCALATION_CHECK: _of_key("escalation"),
    Duty.PATROL: _of_key("patrol_plan"),
    Duty.RANDOM_INSPECTION: _of_key("random_inspection"),
    Duty.CERTIFICATES: _of_key("staff_as_registered"),
    Duty.RECTIFICATION: _of_key("patrol_findings"),
    Duty.SAME_DAY_REPORT: _of_key("patrol_findings"),
    Duty.UNREGISTERED: _of_key("unregistered_work"),
    Duty.PUBLIC_REPORTS: _of_key("public_reports"),
    # Nothing but the table of a pack's own articles for duties names one.
    Duty.TRANSFER_REPLIES: lambda _pack: "",
    Duty.EXPIRY: lambda pack: pack.deadlines.extension_article or pack.deadlines.validity_article,
    Duty.CLOSE_OUT_URGING: lambda pack: pack.deadlines.closeout_article,
    Duty.CLOSE_OUT_CHECK: lambda pack: pack.deadlines.closeout_article,
    Duty.REVOCATION_DELIVERY: _of_key("revocation_grounds"),
}
