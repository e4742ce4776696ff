"""The report of a period (定期分析总结通报): cover, overall figures, tables with charts by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from desktop.documents.blocks import Block, Paper, Part, Shape, Signatures
from desktop.documents.report_parts import ReportPaper, definitions, notes, texts
from desktop.documents.report_setting import TableSetting, is_comparison, numeral
from desktop.documents.report_tables import comparison, table_blocks
from desktop.domain.measure import Breakdown
from desktop.domain.report import Report, ReportTable
from desktop.domain.report_kinds import HEADINGS

SIGNERS: Final = ("制表人（签名）：", "审核人（签名）：", "负责人（签名）：", "日期：")
_MOST_UPRIGHT: Final = 10
_MOST_ACROSS: Final = 14
_OVERALL: Final = "总体情况"
_TREND: Final = "变化趋势"
_SUMMARY: Final = "summary_"  # the tables of whole groups of measures stand in one
_OTHER: Final = "其他"


def period(of: ReportPaper) -> Paper:
    """Compose the report of a period."""
    title = of.report.definition.name or of.report.definition.kind.label
    return of.paper(title, _blocks(of, title), shape=shape_of(of.report))


def shape_of(report: Report) -> Shape:
    """Lay the report across the sheet where a table has more columns than stand upright."""
    widest = max((len(table.columns) for table in report.tables if not is_comparison(table)), default=0)
    return "report_wide" if widest > _MOST_UPRIGHT else "report"


def setting_of(report: Report, *, is_ranked: bool = False) -> TableSetting:
    """Give how the tables stand on the sheet of this report."""
    is_wide = shape_of(report) == "report_wide"
    return TableSetting(report=report, most_columns=_MOST_ACROSS if is_wide else _MOST_UPRIGHT, is_ranked=is_ranked)


def parts(setting: TableSetting, tables: Sequence[ReportTable], *, is_flat: bool = False) -> Iterator[Block]:
    """Give the tables part by part: what is overall in one table, the others under the part they belong to.

    ``is_flat`` makes each of the others a part of its own: where a report has few tables.
    """
    number = 0
    for title, group in groupby(tables, key=lambda table: _part_of(setting, table, is_flat=is_flat)):
        own = list(group)
        number += 1
        yield Part(text=f"{numeral(number)}、{title}")
        if is_comparison(own[0]):
            yield comparison(setting, own)
            continue
        for place, table in enumerate(own, start=1):
            yield from table_blocks(setting, table, _title(table, place, len(own), is_flat=is_flat))


def _title(table: ReportTable, place: int, count: int, *, is_flat: bool) -> str:
    if is_flat:
        return ""
    return table.spec.title if count == 1 else f"（{numeral(place)}）{table.spec.title}"


def _part_of(setting: TableSetting, table: ReportTable, *, is_flat: bool) -> str:
    spec = table.spec
    if is_comparison(table):
        return _OVERALL if spec.key.startswith(_SUMMARY) else spec.title
    if is_flat:
        return spec.title
    if spec.by is Breakdown.MONTH:
        return _TREND
    measure = setting.report.measures.get(spec.measures[0]) if spec.measures else None
    return measure.group.label if measure else _OTHER


def _blocks(of: ReportPaper, title: str) -> Iterator[Block]:
    report = of.report
    yield of.cover(title)
    yield from texts(report, HEADINGS[report.definition.kind])
    yield from parts(setting_of(report), report.tables)
    yield from notes(report)
    yield Signatures(lines=SIGNERS)
    yield from definitions(report, "附：指标口径")
