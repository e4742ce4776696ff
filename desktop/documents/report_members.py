"""Tables of members with their measures, or of one measure over two breakdowns: in bands, ranked, shaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Final

from desktop.documents.blocks import FigureLine, FigureTable
from desktop.documents.chart_limits import DARKEST
from desktop.documents.figure_words import UNFILLED, UNKNOWN, figure_words, head_words
from desktop.documents.report_setting import TableSetting
from desktop.domain.measure import Breakdown, Figure, Good, Measure
from desktop.domain.report import ChartKind, Report, ReportTable, TableRow

# Members that can be held against each other; months and kinds of work cannot.
RANKED: Final = frozenset({Breakdown.COMMUNITY, Breakdown.STATION, Breakdown.SUB_AREA, Breakdown.ORGANISATION})
_HEAT_NOTE: Final = "格内底色越深，数值在本表中越大；为零的不着色。"
_RANK: Final = ("名次", 12)
_REST: Final = "其他"

Ranked = tuple[str, TableRow]


def member_tables(setting: TableSetting, table: ReportTable) -> Iterator[FigureTable]:
    """Give a table of members; one too wide for the sheet comes in bands, the members again in each."""
    is_ranked = _is_ranked(setting, table)
    rows = _ranking(table, setting.report) if is_ranked else [("", row) for row in table.rows]
    places = range(len(table.columns))
    bands = [places[start : start + setting.most_columns] for start in range(0, len(places), setting.most_columns)]
    for band in bands:
        notes = tuple(_notes(setting, table, is_ranked=is_ranked)) if band is bands[-1] else ()
        yield _band(setting.report, table, rows, band, is_ranked=is_ranked, notes=notes)


def in_order(setting: TableSetting, table: ReportTable) -> ReportTable:
    """Give the table with its rows as they are printed, so that its chart stands in the same order."""
    if not _is_ranked(setting, table):
        return table
    return replace(table, rows=tuple(row for _rank, row in _ranking(table, setting.report)))


def _is_ranked(setting: TableSetting, table: ReportTable) -> bool:
    return setting.is_ranked and table.spec.by in RANKED and table.spec.across is None


def _band(
    report: Report,
    table: ReportTable,
    rows: Sequence[Ranked],
    places: range,
    *,
    is_ranked: bool,
    notes: tuple[str, ...],
) -> FigureTable:
    spec = table.spec
    own = [_measure(report, table, place) for place in places]
    heads = [
        (table.columns[place].label or UNFILLED) if spec.across else head_words(measure, table.columns[place].label)
        for place, measure in zip(places, own, strict=True)
    ]
    lines = [
        FigureLine(
            cells=(*((rank,) if is_ranked else ()), _label(row), *_words(row.figures, places, own)),
            shades=_shades(table, row, places),
        )
        for rank, row in rows
    ]
    if table.total:
        words = _words(table.total, places, own)
        lines.append(FigureLine(cells=(*(("",) if is_ranked else ()), "合计", *words), form="total"))
    first, each = _widths(len(own))
    return FigureTable(
        headers=(*(_RANK[:1] if is_ranked else ()), spec.by.label if spec.by else "", *heads),
        lines=tuple(lines),
        widths=(*(_RANK[1:] if is_ranked else ()), first, *(each for _ in own)),
        words=2 if is_ranked else 1,
        notes=notes,
    )


def _measure(report: Report, table: ReportTable, place: int) -> Measure | None:
    spec = table.spec
    return report.measures.get(spec.measures[0] if spec.across else table.columns[place].code)


def _widths(columns: int) -> tuple[int, int]:
    """Give the parts of the width for the members and for each figure."""
    if columns <= 4:
        return 60, 26
    return (44, 21) if columns <= 8 else (36, 17)


def _label(row: TableRow) -> str:
    return row.member.label or (_REST if row.is_rest else UNFILLED)


def _words(figures: Sequence[Figure], places: range, own: Sequence[Measure | None]) -> tuple[str, ...]:
    return tuple(figure_words(figures[place], measure) for place, measure in zip(places, own, strict=True))


def _shades(table: ReportTable, row: TableRow, places: range) -> tuple[int, ...]:
    """Give how dark each cell of a heat table lies, by its part of the largest value of the table."""
    if table.spec.chart is not ChartKind.HEAT or row.is_rest:
        return ()
    rows = [one for one in table.rows if not one.is_rest]
    largest = max((figure.value for one in rows for figure in one.figures if figure.value is not None), default=0)
    if largest <= 0:
        return ()
    steps = Decimal(DARKEST)
    return tuple(max(0, ceil((row.figures[place].value or 0) * steps / largest)) for place in places)


def _notes(setting: TableSetting, table: ReportTable, *, is_ranked: bool) -> Iterator[str]:
    spec = table.spec
    first = setting.report.measures.get(spec.measures[0]) if spec.measures else None
    if spec.across and first is not None:
        yield f"表中数据：{head_words(first, '')}。"
    if spec.chart is ChartKind.HEAT:
        yield _HEAT_NOTE
    if is_ranked and first is not None:
        yield f"名次按{first.label}{'由低到高' if first.good is Good.LOW else '由高到低'}，数值相同的名次相同。"
    yield from setting.divisions(spec.measures)


def _ranking(table: ReportTable, report: Report) -> list[Ranked]:
    """Rank the members by the first measure; equal ones share a rank, unknown ones and 其他 have none."""
    measure = report.measures.get(table.spec.measures[0])
    sign = 1 if measure is not None and measure.good is Good.LOW else -1
    known = [row for row in table.rows if not row.is_rest and row.figures[0].value is not None]
    known.sort(key=lambda row: sign * (row.figures[0].value or 0))
    ranked: list[Ranked] = []
    for _value, same in groupby(known, key=lambda row: row.figures[0].value):
        rank = str(len(ranked) + 1)
        ranked += [(rank, row) for row in same]
    return ranked + [(UNKNOWN, row) for row in table.rows if row.is_rest or row.figures[0].value is None]
