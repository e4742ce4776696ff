"""Hazards (隐患): what is found, told, put right and cleared; closed lists and requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.acts import Change, IssuedPaper
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.site import SiteRef


class HazardState(StrEnum):
    """How a hazard stands; each value is stored.  Overdue is computed, never stored."""

    FOUND = "found"  # 发现：还没有采取措施
    RECTIFYING = "rectifying"  # 整改中
    AWAITING_RECHECK = "awaiting_recheck"  # 待复查
    REFUSED = "refused"  # 拒不整改
    CLEARED = "cleared"  # 已销项
    WITHDRAWN = "withdrawn"  # 已撤回（误记）


class ChainStage(StrEnum):
    """The closed chain 发现、查处、整改、销项."""

    FOUND = "found"  # 发现
    DEALT_WITH = "dealt_with"  # 查处
    RECTIFIED = "rectified"  # 整改
    CLEARED = "cleared"  # 销项


class HazardLevel(StrEnum):
    """How grave it is; each value is stored."""

    GENERAL = "general"  # 一般
    MAJOR = "major"  # 重大


class Measure(StrEnum):
    """What people who are no enforcement officers do on the spot; each value is stored."""

    REMIND = "remind"  # 提醒
    HALT = "halt"  # 立即制止
    URGE = "urge"  # 督促整改
    URGE_REGISTRATION = "urge_registration"  # 督促办理登记
    URGE_SUPPLEMENT = "urge_supplement"  # 督促补充完善信息
    URGE_PERSONNEL = "urge_personnel"  # 督促变更人员信息
    STOP_WORK = "stop_work"  # 要求停工整改
    REPORT = "report"  # 报告


class Responsible(StrEnum):
    """Who has to put it right; each value is stored."""

    OWNER = "owner"  # 建设单位（业主）
    CONTRACTOR = "contractor"  # 施工（作业）单位
    PROPERTY = "property"  # 物业服务企业
    PERSON = "person"  # 个人


class StepKind(StrEnum):
    """The steps in the life of a hazard; each value is stored."""

    FOUND = "found"  # 发现
    MEASURES = "measures"  # 采取措施
    NOTICE = "notice"  # 发出整改通知
    TERM = "term"  # 调整期限
    FEEDBACK = "feedback"  # 施工单位反馈
    PASSED = "passed"  # 复查合格
    FAILED = "failed"  # 复查不合格
    REFUSED = "refused"  # 拒不整改
    REPORTED = "reported"  # 上报
    TRANSFERRED = "transferred"  # 移交
    STOPPED = "stopped"  # 停工
    RESUMED = "resumed"  # 复工
    SUPERVISED = "supervised"  # 督办
    ESCALATED = "escalated"  # 提级
    ESCALATION_LIFTED = "escalation_lifted"  # 解除提级
    MATERIALS_ASKED = "materials_asked"  # 要求补充材料
    WITHDRAWN = "withdrawn"  # 撤回


OPEN_STATES: Final = frozenset(
    {HazardState.FOUND, HazardState.RECTIFYING, HazardState.AWAITING_RECHECK, HazardState.REFUSED}
)
STATE_WORDS: Final = {
    HazardState.FOUND: "发现",
    HazardState.RECTIFYING: "整改中",
    HazardState.AWAITING_RECHECK: "待复查",
    HazardState.REFUSED: "拒不整改",
    HazardState.CLEARED: "已销项",
    HazardState.WITHDRAWN: "已撤回",
}
STAGE_WORDS: Final = {
    ChainStage.FOUND: "发现",
    ChainStage.DEALT_WITH: "查处",
    ChainStage.RECTIFIED: "整改",
    ChainStage.CLEARED: "销项",
}
LEVEL_WORDS: Final = {HazardLevel.GENERAL: "一般", HazardLevel.MAJOR: "重大"}
MEASURE_WORDS: Final = LocalCatalogue(
    {
        Measure.REMIND: "提醒",
        Measure.HALT: "立即制止",
        Measure.URGE: "督促整改",
        Measure.URGE_REGISTRATION: "督促办理信息登记",
        Measure.URGE_SUPPLEMENT: "督促补充完善信息和条件",
        Measure.URGE_PERSONNEL: "督促在纳管平台变更人员信息",
        Measure.STOP_WORK: "要求停工整改",
        Measure.REPORT: "报告",
    },
    local,
)
RESPONSIBLE_WORDS: Final = LocalCatalogue(
    {
        Responsible.OWNER: "建设单位（业主）",
        Responsible.CONTRACTOR: "施工（作业）单位",
        Responsible.PROPERTY: "物业服务企业",
        Responsible.PERSON: "个人",
    },
    local,
)
STEP_WORDS: Final = {
    StepKind.FOUND: "发现",
    StepKind.MEASURES: "采取措施",
    StepKind.NOTICE: "发出整改通知",
    StepKind.TERM: "调整整改期限",
    StepKind.FEEDBACK: "反馈已整改",
    StepKind.PASSED: "复查合格，销项",
    StepKind.FAILED: "复查不合格",
    StepKind.REFUSED: "拒不整改",
    StepKind.REPORTED: "上报",
    StepKind.TRANSFERRED: "移交",
    StepKind.STOPPED: "停工整改",
    StepKind.RESUMED: "复工",
    StepKind.SUPERVISED: "督办",
    StepKind.ESCALATED: "提级管理",
    StepKind.ESCALATION_LIFTED: "解除提级管理",
    StepKind.MATERIALS_ASKED: "要求补充材料",
    StepKind.WITHDRAWN: "撤回（误记）",
}
LONGEST_DESCRIPTION: Final = 500
LONGEST_SPOT: Final = 100
LONGEST_NAME: Final = 60
MOST_AT_ONCE: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardDraft:
    """One hazard as entered.  ``due_on`` is the term of rectification, none for what was put right on the spot."""

    finding: str  # code of the pack's findings
    description: str
    level: HazardLevel = HazardLevel.GENERAL
    responsible: Responsible = Responsible.CONTRACTOR
    responsible_name: str = ""  # empty: as the site names it
    measures: tuple[Measure, ...] = ()
    entry: str = ""  # code in the pack's dictionary of hazards
    group: str = ""  # code of the group of checks
    spot: str = ""  # where on the site
    due_on: date | None = None
    is_on_the_spot: bool = False
    is_refused: bool = False  # refused while the patroller stood there


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardRequest:
    """The hazards of one visit, recorded in one act; ``act_id`` is made by the client.

    Without a site (a road) ``community`` says of which community, and no notice can be issued.
    """

    act_id: str
    site: SiteRef
    hazards: tuple[HazardDraft, ...]
    found_on: date
    patrol_id: int | None = None
    report_id: int | None = None
    community: str = ""
    issues_notice: bool = True  # a rectification notice for what is not put right on the spot


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRequest:
    """One step of one hazard as entered.

    ``text`` says what was seen or why (a must for most kinds); ``due_on`` a new term (TERM, FAILED); ``names`` the
    level of supervision (SUPERVISED), the body told (REPORTED) or the codes of materials (MATERIALS_ASKED).
    """

    act_id: str
    hazard_id: int
    kind: StepKind
    on: date
    text: str = ""
    due_on: date | None = None
    patrol_id: int | None = None
    measures: tuple[Measure, ...] = ()
    names: tuple[str, ...] = ()
    document_id: int | None = None  # an order of enforcement that is part of the step


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardsRecorded:
    """What came of recording: the visit, the hazards with their numbers, and the notice where one was issued."""

    patrol_id: int | None
    ids: tuple[int, ...]
    numbers: tuple[str, ...]
    notice: IssuedPaper | None
    changes: frozenset[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """What came of one step: how the hazard stands now, and the paper where one was issued."""

    hazard_id: int
    state: HazardState
    paper: IssuedPaper | None
    changes: frozenset[Change]
