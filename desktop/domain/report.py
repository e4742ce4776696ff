"""A statistical report: what it shows (the definition), and what came of it, with its fingerprint.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from desktop.domain.local_rules import local
from desktop.domain.measure import Breakdown, Figure, Measure, Member
from desktop.domain.period import Period, PeriodKind


class ReportKind(StrEnum):
    """Which report; each value is stored and is its name on the command line."""

    PERIOD = "period"  # 统计报表, by day, week, month, quarter, half-year, year or span
    UPWARD = "upward"  # 定期上报表（月度汇总）, with signature lines (D24)
    COMMUNITY = "community"  # 社区信息汇总表
    DISTRICT = "district"  # 区级汇总, by street or station
    ANNUAL = "annual"  # 年度安全生产责任考核表
    IMPLEMENTATION = "implementation"  # 实施情况评估报告
    CIRCULAR = "circular"  # 情况通报

    @property
    def label(self) -> str:
        """Give the Chinese title."""
        return local(_KIND_WORDS[self])


_KIND_WORDS: Final = {
    ReportKind.PERIOD: "安全生产信息登记统计报表",
    ReportKind.UPWARD: "定期上报表",
    ReportKind.COMMUNITY: "社区信息汇总表",
    ReportKind.DISTRICT: "各受理点情况汇总表",
    ReportKind.ANNUAL: "年度安全生产责任考核数据表",
    ReportKind.IMPLEMENTATION: "实施情况评估报告",
    ReportKind.CIRCULAR: "情况通报",
}


class ChartKind(StrEnum):
    """How a table is drawn beside its figures."""

    NONE = "none"
    BARS = "bars"
    LINES = "lines"
    SHARES = "shares"  # one stacked bar a row
    HEAT = "heat"  # on screen: the cells themselves; on paper grey cells


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """One table of a report: measures as columns, or, with ``across``, one measure parted over the columns.

    Without ``by`` the rows are the measures themselves with now, before and the year before.  ``most`` cuts after that
    many rows; what is cut stands together in one row 其他.
    """

    key: str
    title: str
    measures: tuple[str, ...]
    by: Breakdown | None = None
    across: Breakdown | None = None
    chart: ChartKind = ChartKind.NONE
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDefinition:
    """What a report shows; ``within`` limits it to some members, such as one community."""

    kind: ReportKind
    name: str
    period_kind: PeriodKind
    tables: tuple[TableSpec, ...]
    within: tuple[tuple[Breakdown, str], ...] = ()
    definition_id: int | None = None  # of a saved one


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of a table: the member it is about and its figures, one a column; ``is_rest`` is 其他."""

    member: Member
    figures: tuple[Figure, ...]
    is_rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table with its figures: ``columns`` are measure keys, or with ``spec.across`` the members across.

    Of the table without ``spec.by`` the rows are the measures (``member.code`` is the key) and the figures are those of
    ``Period.compared``: now, the period before and, where that is another, the same period of the year before.
    ``total`` is counted by itself, not added up: what stands in two rows (a work of two departments) is in it once.
    """

    spec: TableSpec
    columns: tuple[Member, ...]
    rows: tuple[TableRow, ...]
    total: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackStanding:
    """A policy pack by which filings of the report were judged."""

    pack_id: str
    version: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as computed: complete, so that a paper or a workbook needs nothing else."""

    definition: ReportDefinition
    period: Period
    as_of: datetime
    scope: str  # whose filings, in words: 全部社区, or those the one at work may see
    office: str
    packs: tuple[PackStanding, ...]
    measures: Mapping[str, Measure]  # of every key that the tables name, and what their ratios are made of
    tables: tuple[ReportTable, ...]
    notes: tuple[str, ...] = ()  # what the reader must know: no data for the year before, unjudged filings …
    texts: Mapping[str, str] = field(default_factory=dict)  # heading and what the manager wrote below it
    fingerprint: str = ""  # SHA-256 over everything above but ``texts``; hex


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedReportRow:
    """One printed report in the list of those issued."""

    id: int
    number: str
    kind: ReportKind
    name: str
    period: Period
    as_of: datetime
    scope: str
    fingerprint: str
    issued_by: str
    document_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A figure of an issued report that comes out differently now."""

    table: str
    row: str
    column: str
    then: Figure
    now: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class LateEntry:
    """Something that belongs to the period and came to be known after the report was made."""

    kind: str  # of row, in Chinese
    number: str
    on: date
    known_at: datetime
    what: str  # 补录, 更正, 上报包接收 …


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportComparison:
    """An issued report held against the ledger as it is now; ``same_then`` is whether the recount as of then agrees.

    ``is_altered`` is whether later acts, listed with what is late, altered works that were counted: then the recount
    may differ though nobody touched anything.  ``is_intact`` is whether the kept report is the one printed.
    """

    issued: IssuedReportRow
    same_then: bool
    changes: tuple[FigureChange, ...]
    late: tuple[LateEntry, ...]
    is_altered: bool = False
    is_intact: bool = True
