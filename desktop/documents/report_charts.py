"""Which charts a table of a report is given, and what of it they draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.documents.blocks import Chart, ChartForm, ChartRow
from desktop.documents.chart_limits import MOST_LINES, MOST_SERIES
from desktop.documents.figure_words import PERCENT, UNFILLED, plain_figure
from desktop.domain.measure import Figure, Measure
from desktop.domain.report import ChartKind, Report, ReportTable, TableRow

_MOST_ROWS: Final = 10
_MOST_SIDE_BY_SIDE: Final = 3  # series of bars
_MOST_BARS: Final = 20  # in all: a chart leaves room for its table
_REST: Final = "其余"


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a table as a chart takes it."""

    label: str
    measure: Measure | None
    place: int

    @property
    def unit(self) -> str:
        return self.measure.unit if self.measure else ""


def charts_of(report: Report, table: ReportTable) -> Iterator[Chart]:
    """Give the charts of a table: none where it has nothing to draw; figures of different units never share one."""
    columns = _columns(report, table)
    if not columns or not _has_figures(table):
        return
    match table.spec.chart:
        case ChartKind.BARS:
            yield from _bars(table, columns)
        case ChartKind.LINES:
            yield from _lines(table, columns)
        case ChartKind.SHARES:
            yield from _shares(table, columns)


def _columns(report: Report, table: ReportTable) -> list[_Column]:
    spec = table.spec
    if spec.by is None:
        return []
    counted = report.measures.get(spec.measures[0]) if spec.across else None
    return [
        _Column(
            column.label or UNFILLED if spec.across else (own.label if own else column.label),
            counted if spec.across else own,
            place,
        )
        for place, column in enumerate(table.columns)
        for own in (report.measures.get(column.code),)
    ]


def _has_figures(table: ReportTable) -> bool:
    return any(figure.value for row in table.rows for figure in row.figures)


def _alike(columns: Sequence[_Column]) -> list[_Column]:
    """Give the columns that can be measured on the scale of the first."""
    return [column for column in columns if column.unit == columns[0].unit]


def _bars(table: ReportTable, columns: Sequence[_Column]) -> Iterator[Chart]:
    rows = [row for row in table.rows if not row.is_rest][:_MOST_ROWS]
    together = 1 if columns[0].unit == PERCENT else min(_MOST_SIDE_BY_SIDE, max(1, _MOST_BARS // max(len(rows), 1)))
    shown = _alike(columns)[:together]
    left_out = len(table.rows) - len(rows)
    note = f"图中为表内前 {len(rows)} 项，其余 {left_out} 项见表。" if left_out else ""
    yield _chart("bars", rows, shown, note=note)


def _lines(table: ReportTable, columns: Sequence[_Column]) -> Iterator[Chart]:
    rows = [row for row in table.rows if not row.is_rest]
    for unit in dict.fromkeys(column.unit for column in columns):
        shown = [column for column in columns if column.unit == unit]
        for start in range(0, len(shown), MOST_LINES):
            yield _chart("lines", rows, shown[start : start + MOST_LINES])


def _shares(table: ReportTable, columns: Sequence[_Column]) -> Iterator[Chart]:
    if not table.spec.across:
        yield _of_members(table, columns)
        return
    rows = table.rows[:_MOST_ROWS]
    if len(columns) <= MOST_SERIES:
        yield _chart("shares", rows, columns)
        return
    kept = columns[: MOST_SERIES - 1]
    rest = columns[MOST_SERIES - 1 :]
    yield Chart(
        form="shares",
        series=(*(column.label for column in kept), f"{_REST} {len(rest)} 项"),
        rows=tuple(
            ChartRow(
                label=row.member.label or UNFILLED,
                values=(*_values(row, kept), _sum(row, rest)),
            )
            for row in rows
        ),
        unit=columns[0].unit,
    )


def _of_members(table: ReportTable, columns: Sequence[_Column]) -> Chart:
    """Part each measure among the members: a bar a measure, a ground a member."""
    kept = table.rows[: MOST_SERIES if len(table.rows) <= MOST_SERIES else MOST_SERIES - 1]
    rest = table.rows[len(kept) :]
    names = tuple(row.member.label or UNFILLED for row in kept)
    rows = []
    for column in _alike(columns):
        values = tuple(plain_figure(row.figures[column.place], column.measure) for row in kept)
        more = (_added([row.figures[column.place] for row in rest], column.measure),) if rest else ()
        rows.append(ChartRow(label=column.label, values=(*values, *more)))
    series = (*names, f"{_REST} {len(rest)} 项") if rest else names
    return Chart(form="shares", series=series, rows=tuple(rows), unit=columns[0].unit)


def _chart(form: ChartForm, rows: Sequence[TableRow], columns: Sequence[_Column], *, note: str = "") -> Chart:
    return Chart(
        form=form,
        series=tuple(column.label for column in columns),
        rows=tuple(ChartRow(label=row.member.label or UNFILLED, values=_values(row, columns)) for row in rows),
        unit=columns[0].unit,
        note=note,
    )


def _values(row: TableRow, columns: Sequence[_Column]) -> tuple[str, ...]:
    return tuple(plain_figure(row.figures[column.place], column.measure) for column in columns)


def _sum(row: TableRow, columns: Sequence[_Column]) -> str:
    return _added([row.figures[column.place] for column in columns], columns[0].measure)


def _added(figures: Sequence[Figure], measure: Measure | None) -> str:
    known = [figure.value for figure in figures if figure.value is not None]
    return plain_figure(Figure(sum(known)), measure) if known else ""
