"""The tables of a report as rows of cells: each figure with what stands behind it, heat where the table asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from desktop.domain.measure import Figure, Good, Measure, RowsAsked
from desktop.domain.period import Period
from desktop.domain.report import ChartKind, ReportDefinition, ReportTable
from desktop.views.shared.chips import Tone
from desktop.views.statistics.figure_links import table_asked
from desktop.views.statistics.figure_words import (
    change_text,
    column_head,
    figure_text,
    misses_target,
    number_text,
)

_FIRST: Final = "指标"
_AGAINST_BEFORE, _AGAINST_YEAR = "与上期比", "与去年比"
_TARGET: Final = "应达到"
_NO_MEMBER: Final = "未填"
_TOTAL: Final = "合计"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its words, the rows behind it, the measure it is of, and its share of the greatest for the heat."""

    text: str
    asked: RowsAsked | None = None
    measure: Measure | None = None
    heat: float | None = None
    tone: Tone = Tone.GREY
    is_head: bool = False  # words, not a figure
    is_strong: bool = False
    said: str = ""  # what to say of it below the table, where that is not the definition of its measure


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGrid:
    """Heads and rows of cells; a row of one cell is a line of words across."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def grid_of(
    definition: ReportDefinition, period: Period, table: ReportTable, measures: Mapping[str, Measure]
) -> FigureGrid:
    """Lay a table of a report out for the screen."""
    if table.spec.by is None and table.spec.across is None:
        return _summary(definition, period, table, measures)
    if not table.columns:
        return FigureGrid(heads=(), rows=())
    return _parted(definition, period, table, measures)


def _summary(
    definition: ReportDefinition, period: Period, table: ReportTable, measures: Mapping[str, Measure]
) -> FigureGrid:
    heads = [_FIRST, table.columns[0].label]
    for place, column in enumerate(table.columns[1:], start=1):
        # Of a year the period before is the year before, so the last column is always that.
        heads += [column.label, _AGAINST_YEAR if place == len(table.columns) - 1 else _AGAINST_BEFORE]
    has_targets = any(measures[row.member.code].target is not None for row in table.rows)
    heads += [_TARGET] if has_targets else []
    rows: list[tuple[Cell, ...]] = []
    group = None
    has_groups = len({measures[row.member.code].group for row in table.rows}) > 1
    for place, row in enumerate(table.rows):
        measure = measures[row.member.code]
        if has_groups and measure.group is not group:
            group = measure.group
            rows.append((Cell(text=group.label, is_head=True, is_strong=True),))
        asked = [_asked(definition, period, table, place, column) for column in range(len(row.figures))]
        cells = _summary_row(measure, row.figures, asked)
        rows.append(cells if has_targets else cells[:-1])
    return FigureGrid(heads=tuple(heads), rows=tuple(rows))


def _summary_row(measure: Measure, figures: Sequence[Figure], asked: Sequence[RowsAsked | None]) -> tuple[Cell, ...]:
    now = figures[0]
    tone = Tone.RED if misses_target(measure, now) else Tone.GREY

    def figure(place: int, tone: Tone = Tone.GREY) -> Cell:
        text = figure_text(measure, figures[place])
        return Cell(text=text, asked=asked[place], measure=measure, tone=tone, is_strong=place == 0)

    def change(then: Figure) -> Cell:
        words = change_text(measure, now, then)
        return Cell(text=words.text, measure=measure, tone=words.tone)

    target = "" if measure.target is None else f"{number_text(measure.target, measure.places)}{measure.unit}"
    former = [cell for place in range(1, len(figures)) for cell in (figure(place), change(figures[place]))]
    head = Cell(text=column_head(measure), measure=measure, is_head=True)
    return (head, figure(0, tone), *former, Cell(text=target, measure=measure))


def _parted(
    definition: ReportDefinition, period: Period, table: ReportTable, measures: Mapping[str, Measure]
) -> FigureGrid:
    spec = table.spec
    of_column = [measures[spec.measures[0] if spec.across else column.code] for column in table.columns]
    if spec.across:
        heads = tuple(column.label or _NO_MEMBER for column in table.columns)
    else:
        heads = tuple(column_head(measure) for measure in of_column)
    is_heat = spec.chart is ChartKind.HEAT
    greatest = _greatest(table, as_one=spec.across is not None) if is_heat else ()
    rows = []
    for place, row in enumerate(table.rows):
        cells = [Cell(text="其他" if row.is_rest else row.member.label or _NO_MEMBER, is_head=True)]
        for column, figure in enumerate(row.figures):
            heat = None if not is_heat or row.is_rest else _heat(figure, greatest[column], of_column[column])
            asked = _asked(definition, period, table, place, column)
            text = figure_text(of_column[column], figure)
            cells.append(Cell(text=text, asked=asked, measure=of_column[column], heat=heat))
        rows.append(tuple(cells))
    if table.total:
        cells = [Cell(text=_TOTAL, is_head=True, is_strong=True)]
        for column, figure in enumerate(table.total):
            asked = _asked(definition, period, table, len(table.rows), column)
            text = figure_text(of_column[column], figure)
            cells.append(Cell(text=text, asked=asked, measure=of_column[column], is_strong=True))
        rows.append(tuple(cells))
    return FigureGrid(heads=(spec.by.label if spec.by else _FIRST, *heads), rows=tuple(rows))


def _asked(definition: ReportDefinition, period: Period, table: ReportTable, row: int, column: int) -> RowsAsked | None:
    """Give what a figure counts; what is not known leads nowhere."""
    figures = table.rows[row].figures if row < len(table.rows) else table.total
    return None if figures[column].value is None else table_asked(definition, period, table, row, column)


def _greatest(table: ReportTable, *, as_one: bool) -> tuple[Decimal, ...]:
    """Give the greatest figure of each column, or with ``as_one`` of the whole table for every column."""
    columns = range(len(table.columns))
    counted = [row for row in table.rows if not row.is_rest]
    found = [max((_amount(row.figures[column]) for row in counted), default=Decimal(0)) for column in columns]
    return tuple(max(found, default=Decimal(0)) for _ in columns) if as_one else tuple(found)


def _heat(figure: Figure, greatest: Decimal, measure: Measure) -> float | None:
    """Give how near a figure is to the greatest, 0 to 1; what is good when high is not trouble and has no heat."""
    if not greatest or measure.good is Good.HIGH:
        return None
    return float(_amount(figure) / greatest)


def _amount(figure: Figure) -> Decimal:
    return Decimal(figure.value) if figure.value is not None else Decimal(0)
