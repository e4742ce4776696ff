"""Words of the closed lists of patrols, unregistered works, transfers and public reports."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from desktop.domain.found_site import FoundSource, FoundState
from desktop.domain.hazard import (
    LEVEL_WORDS,
    MEASURE_WORDS,
    RESPONSIBLE_WORDS,
    STATE_WORDS,
    STEP_WORDS,
    HazardLevel,
    HazardState,
    Measure,
    Responsible,
    StepKind,
)
from desktop.domain.patrol import CheckVerdict, PatrolKind, PatrolLevel, PatrolResult, PatrolSource
from desktop.domain.public_report import (
    SOURCE_WORDS,
    VERDICT_WORDS,
    ReportMove,
    ReportSource,
    ReportState,
    ReportVerdict,
)
from desktop.domain.transfer import (
    KIND_WORDS,
    MOVE_WORDS,
    PENALTY_WORDS,
    PenaltyKind,
    TransferKind,
    TransferMove,
    TransferState,
)
from desktop.views.shared.words_of import words_of

PATROL_WORDS: Final[Mapping[type[Enum], Mapping[Enum, str]]] = {
    PatrolKind: {each: each.label for each in PatrolKind},
    PatrolLevel: {each: each.label for each in PatrolLevel},
    PatrolResult: {each: each.label for each in PatrolResult},
    PatrolSource: {each: each.label for each in PatrolSource},
    CheckVerdict: {each: each.label for each in CheckVerdict},
    HazardState: words_of(HazardState, STATE_WORDS),
    HazardLevel: words_of(HazardLevel, LEVEL_WORDS),
    Measure: words_of(Measure, MEASURE_WORDS),
    Responsible: words_of(Responsible, RESPONSIBLE_WORDS),
    StepKind: words_of(StepKind, STEP_WORDS),
    FoundSource: {FoundSource.PATROL: "巡查", FoundSource.REPORT: "投诉举报", FoundSource.CAMPAIGN: "排摸"},
    FoundState: {
        FoundState.FOUND: "已发现，待督促",
        FoundState.URGED: "已督促登记",
        FoundState.REFUSED: "拒不登记",
        FoundState.REPORTED: "已上报执法",
        FoundState.LINKED: "已来办理",
        FoundState.DISMISSED: "无需登记",
    },
    TransferKind: words_of(TransferKind, KIND_WORDS),
    TransferState: {
        TransferState.SENT: "已移交",
        TransferState.RECEIVED: "已接收",
        TransferState.IN_PROGRESS: "处理中",
        TransferState.REPLIED: "已反馈",
    },
    TransferMove: words_of(TransferMove, MOVE_WORDS),
    PenaltyKind: words_of(PenaltyKind, PENALTY_WORDS),
    ReportSource: words_of(ReportSource, SOURCE_WORDS),
    ReportState: {
        ReportState.RECEIVED: "待派",
        ReportState.ASSIGNED: "核查中",
        ReportState.VERIFIED: "待答复",
        ReportState.ANSWERED: "已答复",
    },
    ReportMove: {
        ReportMove.RECEIVED: "收到",
        ReportMove.ASSIGNED: "交办",
        ReportMove.VERIFIED: "核查",
        ReportMove.PASSED_ON: "移送其他机构",
        ReportMove.LINKED: "关联工地",
        ReportMove.ANSWERED: "答复",
        ReportMove.REWARD: "奖励",
    },
    ReportVerdict: words_of(ReportVerdict, VERDICT_WORDS),
}
