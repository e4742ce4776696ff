"""What a chart of a report shows: categories and series, taken from a table; other tables have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from desktop.domain.measure import Breakdown, Measure, Member
from desktop.domain.report import ChartKind, ReportTable
from desktop.views.statistics.figure_words import figure_text

MOST_SERIES: Final = 6
_OF_ANOTHER_SCALE: Final = frozenset({"元", "万元"})
MOST_BARS: Final = 14
_DRAWN: Final = frozenset({ChartKind.BARS, ChartKind.LINES, ChartKind.SHARES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values under one name; ``column`` is where they stand in the table, ``texts`` how they are read."""

    name: str
    column: int
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartShape:
    """A chart ready to be painted; a category's place is its row in the table."""

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def greatest(self) -> float:
        """Give the greatest value, of shares the greatest sum of a row."""
        if self.kind is ChartKind.SHARES:
            sums = (sum(each.values[place] or 0 for each in self.series) for place in range(len(self.categories)))
            return max(sums, default=0.0)
        return max((value for each in self.series for value in each.values if value is not None), default=0.0)


def chart_of(table: ReportTable, measures: Mapping[str, Measure], column: int = 0) -> ChartShape | None:
    """Give the chart of a table, None where it has none, or nothing but zeros to show.

    Bars are those of one column; lines and shares are of all columns that count, or of all ratios, as the first is.
    """
    spec = table.spec
    rows = [row for row in table.rows if not row.is_rest]
    if spec.chart is not ChartKind.LINES:
        rows = rows[:MOST_BARS]
    if spec.chart not in _DRAWN or spec.by is None or not rows:
        return None
    series: list[Series] = []
    is_ratio = bool(table.columns) and measures[spec.measures[0] if spec.across else table.columns[0].code].is_ratio
    for place, member in enumerate(table.columns):
        measure = measures[spec.measures[0] if spec.across else member.code]
        is_shown = place == column if spec.chart is ChartKind.BARS else _is_count(measure) is not is_ratio
        if not is_shown or len(series) == MOST_SERIES:
            continue
        figures = [row.figures[place] for row in rows]
        series.append(
            Series(
                name=(member.label or "未填") if spec.across else measure.label,
                column=place,
                values=tuple(None if figure.value is None else float(Decimal(figure.value)) for figure in figures),
                texts=tuple(figure_text(measure, figure) for figure in figures),
                unit=measure.unit,
            )
        )
    labels = tuple(_short(spec.by, row.member) for row in rows)
    shape = ChartShape(kind=spec.chart, categories=labels, series=tuple(series))
    return shape if shape.greatest > 0 else None


def _is_count(measure: Measure) -> bool:
    return not measure.is_ratio and measure.unit not in _OF_ANOTHER_SCALE


def _short(by: Breakdown, member: Member) -> str:
    """Give a category's word; of months only January bears the year."""
    if by is Breakdown.MONTH and len(member.code) == len("2026-03") and not member.code.endswith("-01"):
        return f"{int(member.code[5:])}月"
    return member.label or "未填"
