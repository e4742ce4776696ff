"""The figures that 湖里 published, counted from the rows of the reference ledger by the program's own statistics."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from benchmarks.invented import FIRST_DAY
from benchmarks.reference_life import LAST_DAY
from desktop.domain.measure import Breakdown, Number
from desktop.domain.period import Period, PeriodKind, period_of, span
from desktop.domain.report import ReportDefinition, ReportKind, ReportTable, TableSpec
from desktop.services.desk import Desk

SINCE_ISSUE: Final = span(FIRST_DAY, LAST_DAY)
COUNTED: Final = ("registered", "patrols", "hazards_cleared", "trained_persons", "copies")
WORKS: Final = ("small_work", "minor_operation")
_TOTALS: Final = TableSpec(key="headline", title="主要数据", measures=COUNTED)
_FUNDS: Final = TableSpec(key="funds", title="经费", measures=("funds",), by=Breakdown.YEAR)
_ACCIDENTS: Final = TableSpec(
    key="accidents", title="事故", measures=("accidents",), by=Breakdown.ACCIDENT_TYPE, across=Breakdown.YEAR
)


def totals(desk: Desk) -> Mapping[str, Number | None]:
    """Count works registered, patrols, hazards cleared, persons trained and leaflets since the first day."""
    table = _table(desk, _TOTALS, SINCE_ISSUE)
    return {row.member.code: row.figures[0].value for row in table.rows}


def funds(desk: Desk) -> Mapping[str, Number | None]:
    """Give the money of each year in yuan, by year."""
    table = _table(desk, _FUNDS, SINCE_ISSUE)
    return {row.member.code: row.figures[0].value for row in table.rows if row.figures[0].value}


def accidents(desk: Desk) -> Mapping[tuple[str, str, str], Number]:
    """Count accidents by year, works and type; what did not happen is left out."""
    found: dict[tuple[str, str, str], Number] = {}
    for works in WORKS:
        table = _table(desk, _ACCIDENTS, SINCE_ISSUE, within=((Breakdown.WORKS_KIND, works),))
        for row in table.rows:
            for year, figure in zip(table.columns, row.figures, strict=True):
                if figure.value:
                    found[year.code, works, row.member.code] = figure.value
    return found


def show(desk: Desk) -> None:
    """Print the headline and the table of accidents."""
    print("\nThe headline of 湖里, counted from rows")
    for key, value in totals(desk).items():
        print(f"{key:34}{value:>20,}")
    for year, amount in funds(desk).items():
        print(f"{f'funds {year}, yuan':34}{amount:>20,}")
    for (year, works, kind), count in sorted(accidents(desk).items()):
        print(f"{f'accidents {year}, {works}, {kind}':50}{count:>4}")


def year_of(year: int) -> Period:
    """Give a calendar year."""
    return period_of(PeriodKind.YEAR, date(year, 1, 1))


def _table(
    desk: Desk, spec: TableSpec, period: Period, *, within: tuple[tuple[Breakdown, str], ...] = ()
) -> ReportTable:
    definition = ReportDefinition(
        kind=ReportKind.IMPLEMENTATION, name=spec.title, period_kind=period.kind, tables=(spec,), within=within
    )
    [table] = desk.statistics.report(definition, period).tables
    return table
