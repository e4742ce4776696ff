"""The page of data quality: what to list, what must agree, what may be left out.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.agreement import Agreement
from desktop.domain.measure import Breakdown, Figure, Measure, MeasureGroup, RowsAsked
from desktop.domain.measures import MEASURES
from desktop.domain.period import PeriodKind
from desktop.domain.report import ChartKind, Report, ReportDefinition, ReportKind, TableSpec

LISTS: Final = "quality"  # the table that has a row for each list


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityList:
    """One list of works: how many stand in it, and what opens it."""

    measure: Measure
    figure: Figure
    asked: RowsAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class DataQuality:
    """Whether the ledger is what reports say it is; ``funding_warning`` is empty where no source of money lacks."""

    report: Report
    lists: tuple[QualityList, ...]
    agreements: tuple[Agreement, ...]
    funding_warning: str

    @property
    def disagreeing(self) -> tuple[Agreement, ...]:
        """Give the totals that do not agree."""
        return tuple(one for one in self.agreements if not one.agrees)


def quality_definition(kind: PeriodKind) -> ReportDefinition:
    """Give what is looked at: all measures of quality, by community, point and clerk, then who invested."""
    keys = tuple(key for key, measure in MEASURES.items() if measure.group is MeasureGroup.QUALITY)
    tables = (
        TableSpec(key=LISTS, title="缺项、重复、久未更新", measures=keys),
        TableSpec(
            key="quality_by_community", title="按社区", measures=keys, by=Breakdown.COMMUNITY, chart=ChartKind.HEAT
        ),
        TableSpec(
            key="quality_by_station", title="按受理点", measures=keys, by=Breakdown.STATION, chart=ChartKind.HEAT
        ),
        TableSpec(key="quality_by_clerk", title="按经办人", measures=keys, by=Breakdown.CLERK, chart=ChartKind.HEAT),
        TableSpec(
            key="funding",
            title="全面纳管：按资金来源",
            measures=("registered", "in_progress", "closed"),
            by=Breakdown.FUNDING,
            chart=ChartKind.BARS,
        ),
    )
    return ReportDefinition(kind=ReportKind.PERIOD, name="数据质量", period_kind=kind, tables=tables)


def quality_of(report: Report, agreements: tuple[Agreement, ...], funding_warning: str) -> DataQuality:
    """Put the page together out of a report by ``quality_definition`` and what was held against each other."""
    table = next(table for table in report.tables if table.spec.key == LISTS)
    lists = tuple(
        QualityList(
            measure=report.measures[row.member.code],
            figure=row.figures[0],
            asked=RowsAsked(measure=row.member.code, period=report.period),
        )
        for row in table.rows
    )
    return DataQuality(report=report, lists=lists, agreements=agreements, funding_warning=funding_warning)
