"""What statistics count: each measure with its definition, what its rows are, and by what it can be parted.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.period import Period

Number = int | Decimal


class RowKind(StrEnum):
    """What the rows behind a figure are, and so what opens one of them."""

    FILING = "filing"
    VISIT = "visit"
    FOUND_SITE = "found_site"
    PATROL = "patrol"
    HAZARD = "hazard"
    TRANSFER = "transfer"
    REPORT = "public_report"
    BOOK_ENTRY = "book_entry"


class Breakdown(StrEnum):
    """By what a figure can be parted; each value is stored in saved definitions."""

    KIND = "kind"  # 纳管类别
    CATEGORY = "category"  # 工程类别
    RISK = "risk"  # 风险等级
    COMMUNITY = "community"
    SUB_AREA = "sub_area"
    GRID = "grid"
    STATION = "station"  # 受理点, by the code that heads its numbers
    CHANNEL = "channel"  # 申报渠道
    DEPARTMENT = "department"  # 主管部门
    FUNDING = "funding"  # 资金来源
    CONTRACTOR = "contractor"  # 生产经营单位
    CLERK = "clerk"  # 经办人
    OUTCOME = "outcome"  # 窗口办理结果
    MATERIAL = "material"  # 申报材料
    MONTH = "month"
    YEAR = "year"
    PATROL_KIND = "patrol_kind"
    PATROL_LEVEL = "patrol_level"
    PATROL_ORGANISATION = "patrol_organisation"
    PATROLLER = "patroller"  # 巡查人员; a patrol stands with each who was there
    HAZARD_GROUP = "hazard_group"
    HAZARD_ENTRY = "hazard_entry"
    FINDING = "finding"  # 巡查发现的各项情形
    HAZARD_LEVEL = "hazard_level"
    BODY = "body"  # 移送、函告的单位
    TRANSFER_KIND = "transfer_kind"
    REPORT_SOURCE = "report_source"
    ACTIVITY_KIND = "activity_kind"
    ORGANISATION = "organisation"
    INSPECTING = "inspecting"  # 督导单位
    INSPECTED = "inspected"  # 受督导单位
    ACCIDENT_TYPE = "accident_type"
    WORKS_KIND = "works_kind"  # of an accident: 小型工程, 零星作业 …
    WORKS_AND_TYPE = "works_and_type"  # of an accident, both codes in one, joined by ``WORKS_TYPE_JOINT``

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return local(_BREAKDOWN_WORDS[self])


_BREAKDOWN_WORDS: Final = LocalCatalogue(
    {
        Breakdown.KIND: "纳管类别",
        Breakdown.CATEGORY: "工程类别",
        Breakdown.RISK: "风险等级",
        Breakdown.COMMUNITY: "社区",
        Breakdown.SUB_AREA: "片区",
        Breakdown.GRID: "网格",
        Breakdown.STATION: "受理点",
        Breakdown.CHANNEL: "申报渠道",
        Breakdown.DEPARTMENT: "主管部门",
        Breakdown.FUNDING: "资金来源",
        Breakdown.CONTRACTOR: "生产经营单位",
        Breakdown.CLERK: "经办人",
        Breakdown.OUTCOME: "办理结果",
        Breakdown.MATERIAL: "申报材料",
        Breakdown.MONTH: "月份",
        Breakdown.YEAR: "年度",
        Breakdown.PATROL_KIND: "巡查种类",
        Breakdown.PATROL_LEVEL: "巡查层级",
        Breakdown.PATROL_ORGANISATION: "巡查单位",
        Breakdown.PATROLLER: "巡查人员",
        Breakdown.HAZARD_GROUP: "隐患类别",
        Breakdown.HAZARD_ENTRY: "隐患条目",
        Breakdown.FINDING: "情形",
        Breakdown.HAZARD_LEVEL: "隐患等级",
        Breakdown.BODY: "接收单位",
        Breakdown.TRANSFER_KIND: "文书种类",
        Breakdown.REPORT_SOURCE: "线索来源",
        Breakdown.ACTIVITY_KIND: "活动种类",
        Breakdown.ORGANISATION: "组织单位",
        Breakdown.INSPECTING: "督导单位",
        Breakdown.INSPECTED: "受督导单位",
        Breakdown.ACCIDENT_TYPE: "事故类型",
        Breakdown.WORKS_KIND: "工程（作业）种类",
        Breakdown.WORKS_AND_TYPE: "种类和事故类型",
    },
    local,
)


WORKS_TYPE_JOINT: Final = "/"


class MeasureGroup(StrEnum):
    """The parts of a report, in their order."""

    REGISTRATION = "registration"
    COUNTER = "counter"
    DEADLINES = "deadlines"
    FOUND = "found"
    PATROL = "patrol"
    HAZARD = "hazard"
    ENFORCEMENT = "enforcement"
    ACTIVITY = "activity"
    INSURANCE = "insurance"
    ACCIDENT = "accident"
    MONEY = "money"
    QUALITY = "quality"

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return local(_GROUP_WORDS[self])


_GROUP_WORDS: Final = LocalCatalogue(
    {
        MeasureGroup.REGISTRATION: "登记",
        MeasureGroup.COUNTER: "窗口办理",
        MeasureGroup.DEADLINES: "时限",
        MeasureGroup.FOUND: "排查发现",
        MeasureGroup.PATROL: "巡查",
        MeasureGroup.HAZARD: "隐患",
        MeasureGroup.ENFORCEMENT: "停工、移送和举报",
        MeasureGroup.ACTIVITY: "培训宣传",
        MeasureGroup.INSURANCE: "保险",
        MeasureGroup.ACCIDENT: "事故",
        MeasureGroup.MONEY: "经费和督导",
        MeasureGroup.QUALITY: "数据质量",
    },
    local,
)


class Good(StrEnum):
    """In which direction a figure gets better, where it does."""

    HIGH = "high"
    LOW = "low"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is counted.

    ``definition`` says in Chinese what is counted and up to when; it is printed with the figure.  ``is_stock`` figures
    stand as at the last day of the period, the others happened in it.  A ratio is ``numerator`` over ``denominator``,
    two other measures; ``scale`` 100 makes it a percentage, ``places`` are printed.  ``target`` is a value that the
    rules ask for, in the unit printed, with ``target_article``.
    """

    key: str
    label: str
    unit: str
    group: MeasureGroup
    rows: RowKind
    definition: str
    article: str = ""
    is_stock: bool = False
    numerator: str = ""
    denominator: str = ""
    scale: int = 1
    places: int = 0
    good: Good = Good.NEITHER
    target: Decimal | None = None
    target_article: str = ""

    @property
    def is_ratio(self) -> bool:
        """Say whether it is a quotient of two others."""
        return bool(self.numerator)


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a measure; None where there is nothing to divide by, which is not zero.

    ``numerator`` and ``denominator`` stand with a ratio.
    """

    value: Number | None
    numerator: Number | None = None
    denominator: Number | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a breakdown: the code by which its rows are found, empty for 未填, and the word for people."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsAsked:
    """Which rows are asked for: those that one figure counts.  Of a ratio the rows of its ``numerator`` are given."""

    measure: str
    period: Period
    within: tuple[tuple[Breakdown, str], ...] = ()  # members by code


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRow:
    """One row behind a figure; numbers of persons are covered.  ``amount`` is what it adds to the figure."""

    kind: RowKind
    id: int
    filing_id: int | None
    number: str
    on: str  # ISO day, as the list shows it
    title: str
    place: str
    community: str
    note: str
    amount: Number
