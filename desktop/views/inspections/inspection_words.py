"""The words of random inspections, parted works, key lists and third-party reviews."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from desktop.domain.key_lists import KeyList
from desktop.domain.local_rules import local
from desktop.domain.outside_review import PAPER_WORDS, VERDICT_WORDS, OutsideVerdict, ReviewedPaper
from desktop.domain.sampling import InspectionResult, RiskChoice, Standing
from desktop.domain.splitting_radar import LINK_WORDS, Link, SplittingAnswer
from desktop.views.shared.words_of import words_of

INSPECTION_WORDS: Final[Mapping[type[Enum], Mapping[Enum, str]]] = {
    InspectionResult: {
        InspectionResult.IN_ORDER: "未发现问题",
        InspectionResult.PROBLEMS: "发现问题",
        InspectionResult.NOT_DONE: "未能检查",
    },
    RiskChoice: {RiskChoice.HIGH: "高风险（含参照、提级）", RiskChoice.OTHER: "非高风险"},
    Standing: {Standing.UNDER_WAY: "在建", Standing.ALL: "期内登记的全部"},
    SplittingAnswer: {
        SplittingAnswer.ONE_WORK: "同一工程",
        SplittingAnswer.SEPARATE: "不是同一工程",
        SplittingAnswer.OPEN: "待核",
    },
    KeyList: {
        KeyList.HIGH_RISK: "高风险",
        KeyList.CROWDED: "人员密集场所",
        KeyList.KEY_SUPERVISION: "重点监管",
        KeyList.INSULATION: "保温材料",
        KeyList.HOT_WORK: "人员密集场所动火",
        KeyList.JOINT_STOCK: "股份公司物业",
    },
    Link: words_of(Link, LINK_WORDS),
    ReviewedPaper: words_of(ReviewedPaper, PAPER_WORDS),
    OutsideVerdict: words_of(OutsideVerdict, VERDICT_WORDS),
}


def options(kind: type[Enum]) -> list[tuple[str, str]]:
    """Give the pairs of code and label of a closed list, for a pick list."""
    return [(str(member.value), local(label)) for member, label in INSPECTION_WORDS[kind].items()]
