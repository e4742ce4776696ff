"""The words of the worklist's page: acts, tones, a task in one line; those on paper too lie in the domain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.worklist import Task, TaskKind, TaskRole, Urgency
from desktop.domain.worklist_words import KIND_WORDS, ROLE_WORDS, URGENCY_WORDS, term_words, who_words
from desktop.views.shared.chips import Tone
from desktop.views.shared.words_of import words_of

# What the one key does with a task of the kind.
ACT_WORDS: Final[Mapping[TaskKind, str]] = LocalCatalogue(
    {
        TaskKind.SAME_DAY_HAZARD: "上报",
        TaskKind.SAME_DAY_FOUND_SITE: "上报",
        TaskKind.RECTIFICATION: "复查",
        TaskKind.RECHECK: "复查",
        TaskKind.FIRST_CHECK: "记检查",
        TaskKind.ESCALATION_CHECK: "记检查",
        TaskKind.PATROL: "记巡查",
        TaskKind.FOUND_SITE: "督促、登记",
        TaskKind.REPORT_VERIFY: "核查",
        TaskKind.REPORT_ANSWER: "答复",
        TaskKind.REPLY: "记反馈、催办",
        TaskKind.FEEDBACK: "办理",
        TaskKind.REVIEW: "审核",
        TaskKind.RETURNED: "改正再送",
        TaskKind.OPINION: "答复",
        TaskKind.CORRECTION: "办理补正",
        TaskKind.CHANGE_PAPERS: "补交、变更",
        TaskKind.OUTSIDE_REVIEW: "记返回",
        TaskKind.CLOSE_OUT: "申报注销",
        TaskKind.PLANNED_END: "记完工",
        TaskKind.CLOSE_OUT_CHECK: "核实",
        TaskKind.EXTENSION: "看到期、延期",
        TaskKind.EXPIRED: "记巡查",
        TaskKind.CERTIFICATE: "变更",
        TaskKind.DRAWN: "记检查",
        TaskKind.DELIVERY: "记送达",
        TaskKind.PLATFORM: "记平台编号",
        TaskKind.OVERRIDDEN: "查看",
        TaskKind.INCOMPLETE_NOTICE: "查看",
    },
    local,
)
URGENCY_TONES: Final[Mapping[Urgency, Tone]] = {
    Urgency.OVERDUE: Tone.RED,
    Urgency.TODAY: Tone.AMBER,
    Urgency.TOMORROW: Tone.BLUE,
    Urgency.SOON: Tone.BLUE,
    Urgency.UNDATED: Tone.GREY,
}
WORKLIST_WORDS: Final[Mapping[type[Enum], Mapping[Enum, str]]] = {
    TaskKind: words_of(TaskKind, KIND_WORDS),
    Urgency: words_of(Urgency, URGENCY_WORDS),
    TaskRole: words_of(TaskRole, ROLE_WORDS),
}


def task_words(task: Task, on: date) -> str:
    """Tell the whole of a task in one line: what, where, by when, who, why."""
    by = term_words(task.by, on)
    parts = (
        KIND_WORDS[task.kind],
        f"{task.number} {task.project_name}".strip(),
        task.place,
        f"期限 {by}" if by else "",
        f"由{who_words(task)}办理",
        task.remark,
        f"依据 {task.why}" if task.why else "",
    )
    return " · ".join(part for part in parts if part)
