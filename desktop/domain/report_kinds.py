"""The standard definition of each kind of report: which tables it has, and under which headings a manager writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from desktop.domain.local_rules import cited, local
from desktop.domain.measure import Breakdown, MeasureGroup
from desktop.domain.period import PeriodKind
from desktop.domain.report import ChartKind, ReportDefinition, ReportKind, TableSpec
from desktop.domain.report_summaries import SUMMARY
from desktop.domain.report_tables import (
    ACCIDENTS,
    BOOKS,
    BY_CATEGORY,
    BY_CLERK,
    BY_COMMUNITY,
    BY_DEPARTMENT,
    BY_PATROLLER,
    COUNTER,
    COVERAGE,
    DEADLINES,
    DEADLINES_BY_CLERK,
    DEPARTMENTS_ON_SITE,
    ENFORCEMENT,
    FILES_BY_STATION,
    HAZARD_GROUPS,
    HEAT,
    KEY_LISTS,
    ON_SITE,
    OUTCOMES,
    RANKING,
    REGISTRATION,
    REPORT_SOURCES,
    STATIONS_ON_SITE,
    SUPERVISIONS,
)

_LONG: Final = (PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR, PeriodKind.SPAN)
_SHORT: Final = (PeriodKind.DAY, PeriodKind.WEEK)

# Where a manager writes, under headings that such reports are known to have.
HEADINGS: Final = MappingProxyType(
    {
        ReportKind.PERIOD: ("情况说明",),
        ReportKind.UPWARD: ("情况说明",),
        ReportKind.COMMUNITY: ("情况说明",),
        ReportKind.DISTRICT: ("分析研判", "存在问题", "下一步工作"),
        ReportKind.ANNUAL: ("情况说明", "存在问题", "改进措施"),
        ReportKind.IMPLEMENTATION: (
            "一、实施情况",
            "二、效益分析",
            "三、群众接受程度",
            "四、主要经验、教训、影响",
            "五、修订必要性",
        ),
        ReportKind.CIRCULAR: ("组织情况", "自评情况", "实地评价情况", "抽查项目情况", "下一步工作要求"),
    }
)
# The period that each kind is usually made over.
USUAL_PERIOD: Final = MappingProxyType(
    {
        ReportKind.PERIOD: PeriodKind.MONTH,
        ReportKind.UPWARD: PeriodKind.MONTH,
        ReportKind.COMMUNITY: PeriodKind.MONTH,
        ReportKind.DISTRICT: PeriodKind.QUARTER,
        ReportKind.ANNUAL: PeriodKind.YEAR,
        ReportKind.IMPLEMENTATION: PeriodKind.SPAN,
        ReportKind.CIRCULAR: PeriodKind.HALF_YEAR,
    }
)


def standard_definition(kind: ReportKind, period_kind: PeriodKind) -> ReportDefinition:
    """Give what a kind of report shows where nobody says otherwise."""
    tables = {
        ReportKind.PERIOD: _period,
        ReportKind.UPWARD: _upward,
        ReportKind.COMMUNITY: _community,
        ReportKind.DISTRICT: _district,
        ReportKind.ANNUAL: _annual,
        ReportKind.IMPLEMENTATION: _implementation,
        ReportKind.CIRCULAR: _circular,
    }[kind]
    said = tuple(map(_said, tables(period_kind)))
    return ReportDefinition(kind=kind, name=kind.label, period_kind=period_kind, tables=said)


def _said(spec: TableSpec) -> TableSpec:
    """Say the title of a table in the words of the place, that of findings with their article."""
    return replace(spec, title=local(spec.title) + (cited("patrol_findings") if spec.key == "findings" else ""))


def _summaries(*groups: MeasureGroup) -> Iterator[TableSpec]:
    for group in groups or tuple(SUMMARY):
        yield TableSpec(key=f"summary_{group}", title=f"{group.label}情况", measures=SUMMARY[group])


def _trend(kind: PeriodKind) -> Iterator[TableSpec]:
    if kind in _LONG:
        yield TableSpec(
            key="trend",
            title="逐月变化",
            measures=("registered", "closed", "patrols", "hazards_found", "hazards_cleared"),
            by=Breakdown.MONTH,
            chart=ChartKind.LINES,
        )


def _period(kind: PeriodKind) -> Iterator[TableSpec]:
    yield from _summaries()
    if kind in _SHORT:
        yield BY_COMMUNITY
        yield OUTCOMES
        return
    yield from _trend(kind)
    yield from REGISTRATION
    yield from COUNTER
    yield from DEADLINES
    yield from ON_SITE
    yield from ENFORCEMENT
    yield from BOOKS


def _upward(_kind: PeriodKind) -> Iterator[TableSpec]:
    yield TableSpec(
        key="upward",
        title="汇总",
        measures=(
            "registered",
            "registered_small_work",
            "registered_minor_operation",
            "registered_high_risk",
            "in_progress",
            "closed",
            "found_unregistered",
            "found_registered",
            "patrols",
            "patrol_persons",
            "hazards_found",
            "hazards_cleared",
            "hazards_open",
            "stop_works",
            "transfers",
            "public_reports",
            "trainings",
            "trained_persons",
            "copies",
            "accidents",
            "dead",
            "injured",
        ),
    )
    yield BY_COMMUNITY


def _community(_kind: PeriodKind) -> Iterator[TableSpec]:
    groups = (MeasureGroup.REGISTRATION, MeasureGroup.FOUND, MeasureGroup.PATROL, MeasureGroup.HAZARD)
    yield from _summaries(*groups, MeasureGroup.ENFORCEMENT, MeasureGroup.ACTIVITY, MeasureGroup.ACCIDENT)
    yield BY_CATEGORY
    yield from COVERAGE
    yield HAZARD_GROUPS


def _district(kind: PeriodKind) -> Iterator[TableSpec]:
    yield from _summaries(
        MeasureGroup.REGISTRATION,
        MeasureGroup.DEADLINES,
        MeasureGroup.PATROL,
        MeasureGroup.HAZARD,
        MeasureGroup.ACCIDENT,
        MeasureGroup.MONEY,
    )
    yield TableSpec(key="workload", title="人员和工作量", measures=("registered_per_person", "patrols_per_person"))
    yield TableSpec(
        key="by_station",
        title="各受理点",
        measures=("registered", "in_progress", "overdue_open", "closed", "acceptance_in_time_rate"),
        by=Breakdown.STATION,
        chart=ChartKind.BARS,
    )
    yield STATIONS_ON_SITE
    yield FILES_BY_STATION
    yield BY_COMMUNITY
    yield RANKING
    yield from _trend(kind)
    yield BY_DEPARTMENT
    yield DEPARTMENTS_ON_SITE
    yield REPORT_SOURCES
    yield from SUPERVISIONS
    yield BY_CLERK
    yield BY_PATROLLER
    yield HEAT


def _annual(kind: PeriodKind) -> Iterator[TableSpec]:
    yield from _summaries()
    yield TableSpec(
        key="required",
        title="与规定比较",
        measures=(
            "draw_share",
            "monthly_check_rate",
            "acceptance_in_time_rate",
            "site_checks_in_time_rate",
            "close_outs_in_time_rate",
            "reports_same_day_rate",
        ),
    )
    yield TableSpec(
        key="neglected",
        title="逾期和漏查",
        measures=("overdue_open", "site_checks_missed", "key_site_months_missed", "found_open", "hazards_overdue"),
        by=Breakdown.COMMUNITY,
    )
    yield RANKING
    yield BY_CLERK
    yield DEADLINES_BY_CLERK
    yield BY_PATROLLER
    yield from _trend(kind)
    yield from ACCIDENTS


def _implementation(_kind: PeriodKind) -> Iterator[TableSpec]:
    yield TableSpec(
        key="headline",
        title="主要数据",
        measures=(
            "registered",
            "patrols",
            "hazards_cleared",
            "funds",
            "trainings",
            "trained_persons",
            "publicity",
            "copies",
            "media_reach",
            "accidents",
            "dead",
            "injured",
        ),
    )
    yield TableSpec(
        key="by_year",
        title="分年度数据",
        measures=("registered", "patrols", "hazards_found", "hazards_cleared", "trained_persons", "copies", "funds"),
        by=Breakdown.YEAR,
        chart=ChartKind.BARS,
    )
    yield TableSpec(
        key="acceptance",
        title="群众评价",
        measures=("surveys", "asked", "aware", "awareness_rate", "satisfied", "satisfaction_rate"),
    )
    yield from ACCIDENTS
    yield from _summaries(MeasureGroup.HAZARD, MeasureGroup.DEADLINES)
    yield HAZARD_GROUPS


def _circular(_kind: PeriodKind) -> Iterator[TableSpec]:
    yield from _summaries(MeasureGroup.REGISTRATION, MeasureGroup.PATROL, MeasureGroup.HAZARD)
    yield TableSpec(
        key="coverage",
        title="按资金来源的纳管情况",
        measures=("registered", "in_progress", "closed"),
        by=Breakdown.FUNDING,
        chart=ChartKind.SHARES,
    )
    yield TableSpec(
        key="completeness",
        title="备案资料",
        measures=("files_complete", "files_complete_rate", "closed_recorded_rate", "insurance_rate"),
    )
    yield FILES_BY_STATION
    yield KEY_LISTS
    yield BY_COMMUNITY
    yield HAZARD_GROUPS
    yield TableSpec(
        key="hazard_entries",
        title="突出问题",
        measures=("hazards_found", "hazards_cleared"),
        by=Breakdown.HAZARD_ENTRY,
        most=15,
    )
