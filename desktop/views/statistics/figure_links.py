"""Which rows stand behind a figure of a report: what is asked when one opens it."""

from __future__ import annotations

from desktop.domain.measure import Breakdown, RowsAsked
from desktop.domain.period import Period
from desktop.domain.report import ReportDefinition, ReportTable


def table_asked(
    definition: ReportDefinition, period: Period, table: ReportTable, row: int, column: int
) -> RowsAsked | None:
    """Give what the figure in a row and column counts; None for what stands together as 其他.

    A row past the last is the total.
    """
    spec, within = table.spec, list(definition.within)
    if spec.by is None and spec.across is None:
        return RowsAsked(measure=table.rows[row].member.code, period=period.compared()[column], within=tuple(within))
    if spec.by is not None and row < len(table.rows):
        if table.rows[row].is_rest:
            return None
        within.append((spec.by, table.rows[row].member.code))
    if spec.across is None:
        return RowsAsked(measure=table.columns[column].code, period=period, within=tuple(within))
    within.append((spec.across, table.columns[column].code))
    return RowsAsked(measure=spec.measures[0], period=period, within=tuple(within))


def words_of(report_words: dict[tuple[Breakdown, str], str], asked: RowsAsked) -> str:
    """Say within what rows are asked for, in the words of the tables."""
    parts = (f"{by.label}：{report_words.get((by, code), code) or '未填'}" for by, code in asked.within)
    return "，".join(parts)


def member_words(*tables: ReportTable) -> dict[tuple[Breakdown, str], str]:
    """Give the word of every member that tables show."""
    found: dict[tuple[Breakdown, str], str] = {}
    for table in tables:
        if table.spec.by is not None:
            found |= {(table.spec.by, row.member.code): row.member.label for row in table.rows}
        if table.spec.across is not None:
            found |= {(table.spec.across, member.code): member.label for member in table.columns}
    return found
