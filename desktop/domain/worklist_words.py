"""The words of the worklist, on the screen and on paper: kinds, urgencies, roles, and how a term is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.worklist import LOOKS_AHEAD_DAYS, Task, TaskKind, TaskRole, Urgency

KIND_WORDS: Final[Mapping[TaskKind, str]] = LocalCatalogue(
    {
        TaskKind.SAME_DAY_HAZARD: "隐患当日上报执法",
        TaskKind.SAME_DAY_FOUND_SITE: "未登记工地当日上报执法",
        TaskKind.RECTIFICATION: "整改到期",
        TaskKind.RECHECK: "整改待复查",
        TaskKind.FIRST_CHECK: "首次现场检查",
        TaskKind.ESCALATION_CHECK: "提级后首次现场检查",
        TaskKind.PATROL: "按计划巡查",
        TaskKind.FOUND_SITE: "未登记工地待补办",
        TaskKind.REPORT_VERIFY: "投诉举报待核查",
        TaskKind.REPORT_ANSWER: "投诉举报待答复",
        TaskKind.REPLY: "移交待反馈",
        TaskKind.FEEDBACK: "受理反馈",
        TaskKind.REVIEW: "待审核",
        TaskKind.RETURNED: "审核退回，待改正",
        TaskKind.OPINION: "意见待答复",
        TaskKind.CORRECTION: "待补正",
        TaskKind.CHANGE_PAPERS: "变更后待补材料",
        TaskKind.OUTSIDE_REVIEW: "第三方审查待返回",
        TaskKind.CLOSE_OUT: "已完工，待申报注销",
        TaskKind.PLANNED_END: "计划完工日已过",
        TaskKind.CLOSE_OUT_CHECK: "待注销核实",
        TaskKind.EXTENSION: "即将到期",
        TaskKind.EXPIRED: "逾期未延期未注销",
        TaskKind.CERTIFICATE: "证件到期",
        TaskKind.DRAWN: "抽查待检查",
        TaskKind.DELIVERY: "撤销决定待送达",
        TaskKind.PLATFORM: "平台未录入",
        TaskKind.OVERRIDDEN: "另有理由的判定（近 30 天）",
        TaskKind.INCOMPLETE_NOTICE: "一次性告知不到位（近 30 天）",
    },
    local,
)
URGENCY_WORDS: Final[Mapping[Urgency, str]] = {
    Urgency.OVERDUE: "已逾期",
    Urgency.TODAY: "今日",
    Urgency.TOMORROW: "明日",
    Urgency.SOON: f"近 {LOOKS_AHEAD_DAYS} 日",
    Urgency.UNDATED: "未定期限",
}
# A shape before each, so that a grey print still tells them apart.
URGENCY_MARKS: Final[Mapping[Urgency, str]] = {
    Urgency.OVERDUE: "■",
    Urgency.TODAY: "▲",
    Urgency.TOMORROW: "●",
    Urgency.SOON: "○",
    Urgency.UNDATED: "－",
}
ROLE_WORDS: Final[Mapping[TaskRole, str]] = {
    TaskRole.WINDOW: "窗口",
    TaskRole.REVIEWER: "审核",
    TaskRole.PATROL: "巡查",
    TaskRole.MANAGER: "分管领导",
}
_WEEKDAYS: Final = "一二三四五六日"


def term_words(by: date | None, on: date) -> str:
    """Tell a last day with its weekday and the days left, as seen on a day; empty without one."""
    if by is None:
        return ""
    left = (by - on).days
    told = f"{-left} 天前" if left < 0 else {0: "今日", 1: "明日", 2: "后天"}.get(left, f"还有 {left} 天")
    year = f"{by.year}-" if by.year != on.year else ""
    return f"{year}{by:%m-%d} 周{_WEEKDAYS[by.weekday()]} {told}"


def who_words(task: Task) -> str:
    """Say who does a task: whom it was given to, or whoever holds one of its roles."""
    return task.who or "、".join(ROLE_WORDS[role] for role in task.roles)
