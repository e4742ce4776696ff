"""Evaluation of how the rules are carried out (专项评价): rounds, dimensions, two stages.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.period import Period


class Stage(StrEnum):
    """The two stages of a round; each value is stored."""

    SELF = "self"  # 属地自评
    FIELD = "field"  # 实地评价

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return "属地自评" if self is Stage.SELF else "实地评价"


class Dimension(StrEnum):
    """The six dimensions of the self-evaluation and the seventh on site; each value is stored."""

    SETUP = "setup"
    RECORDING = "recording"
    INFORMING = "informing"
    COVERAGE = "coverage"
    SUPERVISION = "supervision"
    PROJECTS = "projects"
    INNOVATION = "innovation"

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return _DIMENSIONS[self]


_DIMENSIONS: Final = {
    Dimension.SETUP: "机构设置",
    Dimension.RECORDING: "开工（竣工）备案",
    Dimension.INFORMING: "告知承诺",
    Dimension.COVERAGE: "全面纳管",
    Dimension.SUPERVISION: "监督检查",
    Dimension.PROJECTS: "项目管理",
    Dimension.INNOVATION: "管理创新",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationItem:
    """One line of the evaluation table; the office words and weighs it (未核实: the documents give no scores).

    ``measures`` are keys of statistics that are filled in beside it.
    """

    code: str
    dimension: Dimension
    text: str
    full_marks: Decimal | None
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRound:
    """One round: the period, the organisations, when the self-evaluations are due, the items as they were then."""

    id: int
    number: str
    name: str
    period: Period
    self_due_on: date | None
    organisations: tuple[str, ...]
    visited: tuple[str, ...]  # those chosen for the evaluation on site
    items: tuple[EvaluationItem, ...]
    is_closed: bool
    seed: str = ""  # of the draw of those visited; empty where nobody was drawn, or they were chosen by hand

    def items_at(self, stage: Stage) -> tuple[EvaluationItem, ...]:
        """Give the items of a stage: the seventh dimension is looked at on site only."""
        return tuple(item for item in self.items if stage is Stage.FIELD or item.dimension is not Dimension.INNOVATION)

    def item(self, code: str) -> EvaluationItem | None:
        """Find an item by its code."""
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationLine:
    """What is said of one organisation under one item at one stage."""

    round_id: int
    organisation: str
    item: str
    stage: Stage
    score: Decimal | None
    text: str = ""  # 自评 or 评价
    evidence: str = ""
    problem: str = ""
    measure: str = ""  # 改进措施
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledProject:
    """One project seen on site (现场抽取项目) with what was found."""

    id: int
    round_id: int
    organisation: str
    filing_id: int | None
    filing_number: str
    project: str
    seen_on: date
    findings: tuple[tuple[str, str], ...]  # entry of the dictionary of hazards (or empty) and what was seen
    result: str
