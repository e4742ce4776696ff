"""The tables of a report as blocks: under headings, charts first; measures against former periods in one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from desktop.documents.blocks import Block, FigureLine, FigureTable, Heading, Paragraph, Spacer
from desktop.documents.figure_words import UNKNOWN, change_words, figure_words, target_words, verdict_words
from desktop.documents.report_charts import charts_of
from desktop.documents.report_members import in_order, member_tables
from desktop.documents.report_setting import TableSetting, is_comparison
from desktop.domain.local_rules import in_brackets
from desktop.domain.measure import Figure, Measure
from desktop.domain.report import ChartKind, ReportTable, TableRow

_MOST_BOUND: Final = 2
_MOST_DIVISIONS: Final = 6  # ratios of a table that are explained right below it
_NOTHING: Final = "本期没有发生。"
_FORMER: Final = ("上期", "上年同期")
_YEAR_ONLY: Final = ("上年",)  # where the period before is the same of the year before
_UNKNOWN: Final = Figure(None)


def table_blocks(setting: TableSetting, table: ReportTable, title: str) -> Iterator[Block]:
    """Give one table under its heading (none where the title is empty), its charts first."""
    if title:
        yield Heading(text=title)
    if not table.rows:
        yield Paragraph(text=_NOTHING, indent=False)
    elif is_comparison(table):
        yield comparison(setting, [table])
    else:
        charts = [*charts_of(setting.report, in_order(setting, table))]
        yield from charts
        if len(charts) > _MOST_BOUND:
            # The table need not stand on the page of so many charts.
            yield Spacer(millimetres=0)
        yield from member_tables(setting, table)


def comparison(setting: TableSetting, tables: Sequence[ReportTable]) -> FigureTable:
    """Give one table of measures against former periods; of several each is a part under its own title.

    Where the rules ask something of most measures, that and whether it is met stand in place of the changes.
    """
    measures = setting.report.measures
    rows = [row for table in tables for row in table.rows]
    is_required = all(_is_of_targets(setting, table) for table in tables)
    former = max((len(table.columns) - 1 for table in tables), default=0)
    lines: list[FigureLine] = []
    for table in tables:
        if len(tables) > 1 and table.rows:
            lines.append(FigureLine(cells=(table.spec.title,), form="part"))
        lines += [_compared(row, measures.get(row.member.code), former, is_required=is_required) for row in table.rows]
    names = _FORMER if former > 1 else _YEAR_ONLY
    after = ("规定", "结果") if is_required else tuple(f"较{name}" for name in names)
    of_figures = 22 if is_required else 21
    of_after = (24, 22) if is_required else (35,) * len(names)
    return FigureTable(
        headers=("指标", "单位", "本期", *names, *after),
        lines=tuple(lines),
        widths=(48 if is_required else 42, 12, *(of_figures,) * (1 + len(names)), *of_after),
        words=2,
        notes=(_periods(setting), *_said_of(setting, rows)),
    )


def _said_of(setting: TableSetting, rows: Sequence[TableRow]) -> tuple[str, ...]:
    """Give what the rules ask and what the ratios divide; of many ratios only where that stands."""
    own = [setting.report.measures.get(row.member.code) for row in rows]
    if sum(measure is not None and measure.is_ratio for measure in own) > _MOST_DIVISIONS:
        setting.told.update(row.member.code for row in rows)
        return ("各项比率的计算方法、规定要求见文末所附口径。",)
    return (*_targets(own), *setting.divisions([row.member.code for row in rows]))


def _is_of_targets(setting: TableSetting, table: ReportTable) -> bool:
    """Say whether the rules ask something of most measures of a comparison."""
    own = [setting.report.measures.get(row.member.code) for row in table.rows]
    asked = [measure for measure in own if measure is not None and measure.target is not None]
    return bool(own) and 2 * len(asked) >= len(own)


def _periods(setting: TableSetting) -> str:
    now, *former = setting.report.period.compared()
    names = _FORMER if len(former) > 1 else _YEAR_ONLY
    said = (f"{name}：{each.label}" for name, each in zip(("本期", *names), (now, *former), strict=True))
    return f"{'；'.join(said)}。"


def without_chart(table: ReportTable) -> ReportTable:
    """Give the table as it is printed on a form to be signed: figures only."""
    return replace(table, spec=replace(table.spec, chart=ChartKind.NONE))


def _compared(row: TableRow, measure: Measure | None, former: int, *, is_required: bool) -> FigureLine:
    label = (measure.label if measure else row.member.label) or row.member.code
    now, *then = [*row.figures, *[_UNKNOWN] * (1 + former)][: 1 + former]
    figures = [figure_words(figure, measure) for figure in (now, *then)]
    if is_required:
        after = [target_words(measure) or UNKNOWN, verdict_words(now, measure) or UNKNOWN]
    else:
        after = [change_words(now, each, measure) for each in then]
    return FigureLine(cells=(label, measure.unit if measure else "", *figures, *after))


def _targets(measures: Sequence[Measure | None]) -> tuple[str, ...]:
    words = [
        f"{measure.label} {target_words(measure)}" + in_brackets(measure.target_article)
        for measure in measures
        if measure is not None and measure.target is not None
    ]
    return (f"规定：{'；'.join(words)}。",) if words else ()
