"""The worklist (待办): what is due by rule, who does it, by when and why.  Overdue is computed, never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.access import Right
from desktop.domain.site import SiteRef

# How many days ahead a term shows on the list; what lies further off is in the ledger.
LOOKS_AHEAD_DAYS: Final = 7
# Exceptions of long ago are found in the ledger; the worklist shows what can still be talked about.
LOOKS_BACK_DAYS: Final = 30


class Urgency(StrEnum):
    """How the day of a task lies to a given day, the most urgent first."""

    OVERDUE = "overdue"  # 已逾期
    TODAY = "today"  # 今日
    TOMORROW = "tomorrow"  # 明日
    SOON = "soon"  # 近日
    UNDATED = "undated"  # 未定期限


class TaskKind(StrEnum):
    """Kinds of task, in the order in which they stand within a day."""

    SAME_DAY_HAZARD = "same_day_hazard"  # 隐患当日上报
    SAME_DAY_FOUND_SITE = "same_day_found_site"  # 未登记工地当日上报
    RECTIFICATION = "rectification"  # 整改到期
    RECHECK = "recheck"  # 整改待复查
    FIRST_CHECK = "first_check"  # 首次现场检查
    ESCALATION_CHECK = "escalation_check"  # 提级后首次现场检查
    PATROL = "patrol"  # 按计划巡查
    FOUND_SITE = "found_site"  # 未登记工地待补办
    REPORT_VERIFY = "report_verify"  # 投诉举报待核查
    REPORT_ANSWER = "report_answer"  # 投诉举报待答复
    REPLY = "reply"  # 移交待反馈
    FEEDBACK = "feedback"  # 受理反馈
    REVIEW = "review"  # 待审核
    RETURNED = "returned"  # 审核退回，待改正
    OPINION = "opinion"  # 意见待答复
    CORRECTION = "correction"  # 待补正
    CHANGE_PAPERS = "change_papers"  # 变更后待补材料
    OUTSIDE_REVIEW = "outside_review"  # 第三方审查待返回
    CLOSE_OUT = "close_out"  # 已完工，待申报注销
    PLANNED_END = "planned_end"  # 计划完工日已过
    CLOSE_OUT_CHECK = "close_out_check"  # 待注销核实
    EXTENSION = "extension"  # 即将到期：可申请延期，次数用完的重新登记
    EXPIRED = "expired"  # 逾期未延期未注销
    CERTIFICATE = "certificate"  # 证件到期
    DRAWN = "drawn"  # 抽查待检查
    DELIVERY = "delivery"  # 撤销待送达
    PLATFORM = "platform"  # 平台未录入
    OVERRIDDEN = "overridden"  # 另有理由的判定
    INCOMPLETE_NOTICE = "incomplete_notice"  # 一次性告知不到位


class TaskRole(StrEnum):
    """Whose work a task is."""

    WINDOW = "window"  # 窗口
    REVIEWER = "reviewer"  # 审核
    PATROL = "patrol"  # 巡查
    MANAGER = "manager"  # 分管领导


_WINDOW: Final = (TaskRole.WINDOW,)
_PATROL: Final = (TaskRole.PATROL,)
ROLES_OF: Final[Mapping[TaskKind, tuple[TaskRole, ...]]] = {
    TaskKind.SAME_DAY_HAZARD: _PATROL,
    TaskKind.SAME_DAY_FOUND_SITE: _PATROL,
    TaskKind.RECTIFICATION: _PATROL,
    TaskKind.RECHECK: _PATROL,
    TaskKind.FIRST_CHECK: _PATROL,
    TaskKind.ESCALATION_CHECK: _PATROL,
    TaskKind.PATROL: _PATROL,
    TaskKind.FOUND_SITE: _PATROL,
    TaskKind.REPORT_VERIFY: _PATROL,
    TaskKind.REPORT_ANSWER: _PATROL,
    TaskKind.REPLY: _PATROL,
    TaskKind.FEEDBACK: (TaskRole.WINDOW, TaskRole.MANAGER),
    TaskKind.REVIEW: (TaskRole.REVIEWER,),
    TaskKind.RETURNED: _WINDOW,
    TaskKind.OPINION: _WINDOW,
    TaskKind.CORRECTION: _WINDOW,
    TaskKind.CHANGE_PAPERS: _WINDOW,
    TaskKind.OUTSIDE_REVIEW: _WINDOW,
    TaskKind.CLOSE_OUT: _WINDOW,
    TaskKind.PLANNED_END: (TaskRole.WINDOW, TaskRole.PATROL),
    TaskKind.CLOSE_OUT_CHECK: _PATROL,
    TaskKind.EXTENSION: (TaskRole.WINDOW, TaskRole.MANAGER),
    TaskKind.EXPIRED: (TaskRole.PATROL, TaskRole.WINDOW, TaskRole.MANAGER),
    TaskKind.CERTIFICATE: (TaskRole.PATROL, TaskRole.WINDOW),
    TaskKind.DRAWN: _PATROL,
    TaskKind.DELIVERY: (TaskRole.MANAGER, TaskRole.WINDOW),
    TaskKind.PLATFORM: _WINDOW,
    TaskKind.OVERRIDDEN: (TaskRole.MANAGER,),
    TaskKind.INCOMPLETE_NOTICE: (TaskRole.MANAGER,),
}
# Kinds that are dealt with where patrols, hazards and what follows from them are kept; the others at the filing.
ON_PATROL_PAGE: Final = frozenset(
    {
        TaskKind.SAME_DAY_HAZARD,
        TaskKind.SAME_DAY_FOUND_SITE,
        TaskKind.RECTIFICATION,
        TaskKind.RECHECK,
        TaskKind.FIRST_CHECK,
        TaskKind.ESCALATION_CHECK,
        TaskKind.PATROL,
        TaskKind.FOUND_SITE,
        TaskKind.REPORT_VERIFY,
        TaskKind.REPORT_ANSWER,
        TaskKind.REPLY,
        TaskKind.EXPIRED,
        TaskKind.DRAWN,
    }
)
# Kinds whose last day is counted in working days: in a year without published holidays it is still to be verified.
BY_WORKING_DAYS: Final = frozenset(
    {
        TaskKind.FIRST_CHECK,
        TaskKind.ESCALATION_CHECK,
        TaskKind.FEEDBACK,
        TaskKind.REVIEW,
        TaskKind.RETURNED,
        TaskKind.CLOSE_OUT,
        TaskKind.PLANNED_END,
        TaskKind.REPORT_VERIFY,
        TaskKind.REPLY,
    }
)
# By which right somebody does the work of a role; only a manager judges conduct and decides exceptions.
RIGHT_OF: Final[Mapping[TaskRole, Right]] = {
    TaskRole.WINDOW: Right.REGISTER,
    TaskRole.REVIEWER: Right.REVIEW_FILING,
    TaskRole.PATROL: Right.PATROL_FEEDBACK,
    TaskRole.MANAGER: Right.DECIDE_EXCEPTIONS,
}
WORKLIST_RIGHTS: Final = frozenset(RIGHT_OF.values())


def rights_for(kind: TaskKind) -> tuple[Right, ...]:
    """Give the rights any of which makes a kind of task one's own."""
    return tuple(RIGHT_OF[role] for role in ROLES_OF[kind])


def urgency_on(by: date | None, day: date) -> Urgency:
    """Say how urgent something due by a day is on another: overdue from the day after, never on the day itself."""
    if by is None:
        return Urgency.UNDATED
    if by <= day:
        return Urgency.OVERDUE if by < day else Urgency.TODAY
    return Urgency.TOMORROW if by - day == timedelta(days=1) else Urgency.SOON


def days_of(urgency: Urgency, day: date) -> tuple[date | None, date | None]:
    """Give the first and the last due day of an urgency on a day, both included; None is open; not for UNDATED."""
    tomorrow = day + timedelta(days=1)
    return {
        Urgency.OVERDUE: (None, day - timedelta(days=1)),
        Urgency.TODAY: (day, day),
        Urgency.TOMORROW: (tomorrow, tomorrow),
        Urgency.SOON: (tomorrow + timedelta(days=1), None),
    }[urgency]


def latest_start(due: Callable[[date], date], by: date) -> date:
    """Give the latest day of an event whose term, as ``due`` counts it, has run out by a day.

    The list is asked by the day of the event: what began by then is due by ``by``, what began later is not.
    ``due`` never gives an earlier day for a later event, nor one before the event.
    """
    start = by
    while due(start) > by:
        start -= timedelta(days=1)
    return start


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to be done.

    ``subject_id`` is the row it is about (hazard, transfer, report, close-out, …; the filing where it is about that);
    ``by`` is the last day, included; ``who`` names whoever it was given to, empty for whoever holds the role.
    """

    kind: TaskKind
    site: SiteRef
    subject_id: int
    number: str
    project_name: str
    place: str
    community: str
    by: date | None
    why: str  # articles
    remark: str = ""
    who: str = ""

    @property
    def roles(self) -> tuple[TaskRole, ...]:
        """Give whose work it is."""
        return ROLES_OF[self.kind]

    def urgency(self, day: date) -> Urgency:
        """Say how urgent it is on a day."""
        return urgency_on(self.by, day)

    def days_left(self, day: date) -> int | None:
        """Give the days left on a day, negative once it is overdue; None without a term."""
        return None if self.by is None else (self.by - day).days


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistCriteria:
    """Which tasks; None asks for all of one's own."""

    kind: TaskKind | None = None
    urgency: Urgency | None = None
    role: TaskRole | None = None
    community: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistCounts:
    """How many tasks there are of each kind and urgency; what is none is left out."""

    by: Mapping[tuple[TaskKind, Urgency], int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Count all."""
        return sum(self.by.values())

    @property
    def pressing(self) -> int:
        """Count what is overdue or due today: the figure in the rail."""
        return self.of(urgency=Urgency.OVERDUE) + self.of(urgency=Urgency.TODAY)

    def of(self, kind: TaskKind | None = None, urgency: Urgency | None = None) -> int:
        """Count the tasks of a kind, of an urgency, or of both."""
        return sum(
            count
            for (each, how), count in self.by.items()
            if (kind is None or each is kind) and (urgency is None or how is urgency)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGroup:
    """The first tasks of one kind and urgency, and how many there are."""

    kind: TaskKind
    urgency: Urgency
    count: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """The list of a day; the counts are of all kinds and urgencies, whichever the groups were narrowed down to.

    ``notes`` say which duties are not the street's, so that nothing of them is on the list.
    """

    day: date
    groups: tuple[TaskGroup, ...]
    counts: WorklistCounts
    notes: tuple[str, ...] = ()


def in_order(groups: Iterable[TaskGroup]) -> tuple[TaskGroup, ...]:
    """Put groups in the order of the list: the most urgent first, then by kind."""
    urgencies, kinds = list(Urgency), list(TaskKind)
    return tuple(sorted(groups, key=lambda group: (urgencies.index(group.urgency), kinds.index(group.kind))))
