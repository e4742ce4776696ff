"""One table of a report as a worksheet: headings that stay, figures with their format, changes as formulas, a chart."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.domain.measure import Figure, Measure, Number
from desktop.domain.report import ChartKind, Report, ReportTable, TableRow
from desktop.exchange.fit_text import fit
from desktop.exchange.report_chart import ChartAsked, Series, insert_chart, last_column
from desktop.exchange.report_formats import ReportFormats

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

UNKNOWN: Final = "—"
NOTHING: Final = "期间内没有可列的数据。"
HEAD_ROW: Final = 3  # below title, period and scope
TITLE_HEIGHT: Final = 24
FIRST_ROW: Final = HEAD_ROW + 1
# Of a table of measures: measure, unit, then now and the former periods, then what is worked out from them.
_AGAINST_BEFORE: Final = ("比上期增减", "比上期±%")
_AGAINST_YEAR: Final = ("同比增减", "同比±%")
# More columns than these do not stand upright.
_MOST_UPRIGHT: Final = 6
_NOW: Final = 2
_WIDEST_FIRST: Final = 34
_WIDEST: Final = 16
_NARROWEST: Final = 9
# More columns than this are not pressed onto the width of one page.
_MOST_ACROSS: Final = 16
# What stands above the headings is about so wide, in pixels.
_WIDTH_OF_WORDS: Final = 560
_DEEPEST_HEAT: Final = "#8FA9C4"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSheet:
    """What is needed to write one table."""

    book: Workbook
    formats: ReportFormats
    report: Report
    table: ReportTable
    name: str
    cover: str  # the sheet that leads here

    @property
    def is_of_measures(self) -> bool:
        """Say whether the rows are the measures themselves."""
        return self.table.spec.by is None and self.table.spec.across is None

    @property
    def first_figure(self) -> int:
        """Give the column in which the figures begin."""
        return _NOW if self.is_of_measures else 1

    @property
    def columns(self) -> int:
        """Give how many columns the table has in all."""
        return self.first_figure + len(self.table.columns) + len(self.changes)

    @property
    def changes(self) -> tuple[str, ...]:
        """Give the heads of what is worked out against former periods; the last of them is that of the year before."""
        former = len(self.table.columns) - 1 if self.is_of_measures else 0
        return (*_AGAINST_BEFORE * (former - 1), *_AGAINST_YEAR) if former > 0 else ()

    def measure(self, row: str, column: str) -> Measure | None:
        """Give the measure that a cell counts."""
        if self.is_of_measures:
            return self.report.measures.get(row)
        return self.report.measures.get(self.table.spec.measures[0] if self.table.spec.across else column)


def write_table_sheet(asked: TableSheet) -> None:
    """Write the table with its total, its chart and its print setup."""
    sheet = asked.book.add_worksheet(asked.name)
    _write_above(sheet, asked)
    widths = _write_heads(sheet, asked)
    line = FIRST_ROW
    for row in asked.table.rows:
        _write_row(sheet, asked, line, row.member.code, row.member.label or "未填", row.figures, is_rest=row.is_rest)
        line += 1
    if not asked.table.rows or not asked.table.columns:
        sheet.write_string(line, 0, NOTHING, asked.formats.said)
        line += 1
    if asked.table.total:
        _write_row(sheet, asked, line, "", "合计", asked.table.total, is_total=True)
        line += 1
    chart = asked.table.spec.chart
    if chart is ChartKind.HEAT:
        _shade(sheet, asked)
    drawn = None if chart in (ChartKind.NONE, ChartKind.HEAT) else insert_chart(sheet, _chart(asked, line + 1, widths))
    _set_page(sheet, asked, drawn or (line, last_column(widths, _WIDTH_OF_WORDS)))


def write_figure(sheet: Worksheet, line: int, at: int, value: Number | None, style: Format) -> None:
    """Write a number, or a dash for one that is not known."""
    if value is None:
        sheet.write_string(line, at, UNKNOWN, style)
    else:
        sheet.write_number(line, at, float(value), style)


def _write_above(sheet: Worksheet, asked: TableSheet) -> None:
    report, spec = asked.report, asked.table.spec
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write_string(0, 0, fit(spec.title), asked.formats.title)
    counted = report.measures.get(spec.measures[0]) if spec.across and spec.measures else None
    said = f"{report.office}　　期间：{report.period.label}　　截至：{report.as_of.astimezone():%Y-%m-%d %H:%M}"
    sheet.write_string(1, 0, fit(said), asked.formats.said)
    what = f"　　指标：{counted.label}（{counted.unit}）" if counted else ""
    sheet.write_string(2, 0, fit(f"范围：{report.scope}{what}"), asked.formats.said)


def _write_heads(sheet: Worksheet, asked: TableSheet) -> list[int]:
    """Write the headings and give the widths of the columns in characters."""
    spec = asked.table.spec
    first = spec.by.label if spec.by else "指标"
    heads = [first, *(["单位"] if asked.is_of_measures else [])]
    heads += [_head(asked, column.code, column.label) for column in asked.table.columns]
    heads += asked.changes
    labels = [row.member.label for row in asked.table.rows]
    widths = [_between(max(map(_width, [heads[0], *labels])) + 2, _WIDEST_FIRST)]
    widths += [_between(_width(head) + 2, _WIDEST) for head in heads[1:]]
    # A figure that does not fit is shown as ####, so none may be wider than its column.
    room = _room_for_figures(asked)
    widths[asked.first_figure :] = [max(width, room) for width in widths[asked.first_figure :]]
    for at, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(HEAD_ROW, at, fit(head), asked.formats.head)
    sheet.set_row(HEAD_ROW, 15 * max(lines_of(head, _WIDEST - 1) for head in heads) + 6)
    return widths


def _room_for_figures(asked: TableSheet) -> int:
    """Give the width that the longest figure needs with its sign and separators."""
    longest = 0
    for row in [(each.member.code, each.figures) for each in asked.table.rows] + [("", asked.table.total)]:
        for column, figure in zip(asked.table.columns, row[1], strict=False):
            measure = asked.measure(row[0], column.code)
            longest = max(longest, len(f"{figure.value or 0:+,.{measure.places if measure else 0}f}"))
    return longest + 2


def _head(asked: TableSheet, code: str, label: str) -> str:
    measure = None if asked.is_of_measures or asked.table.spec.across else asked.report.measures.get(code)
    return f"{label}（{measure.unit}）" if measure and measure.unit else label or "未填"


def _write_row(
    sheet: Worksheet,
    asked: TableSheet,
    line: int,
    code: str,
    label: str,
    figures: Sequence[Figure],
    *,
    is_total: bool = False,
    is_rest: bool = False,
) -> None:
    formats = asked.formats
    words = formats.total if is_total else formats.rest if is_rest else formats.text
    sheet.write_string(line, 0, fit(label), words)
    if asked.is_of_measures:
        measure = asked.measure(code, "")
        sheet.write_string(line, 1, measure.unit if measure else "", words)
    for at, (column, figure) in enumerate(zip(asked.table.columns, figures, strict=True), asked.first_figure):
        measure = asked.measure(code, column.code)
        places = measure.places if measure else 0
        write_figure(sheet, line, at, figure.value, formats.number(places, is_total=is_total, is_rest=is_rest))
    if asked.changes:
        _write_changes(sheet, asked, line, asked.measure(code, ""), figures)


def _write_changes(
    sheet: Worksheet, asked: TableSheet, line: int, measure: Measure | None, figures: Sequence[Figure]
) -> None:
    """Write how a figure stands against each former period; of a ratio only the difference, in its unit."""
    at, row = _NOW + len(figures), line + 1
    is_ratio, places = (measure.is_ratio, measure.places) if measure else (False, 0)
    for former, letter in zip(figures[1:], "DE", strict=False):
        now, then = figures[0].value, former.value
        by = float(now - then) if now is not None and then is not None else UNKNOWN
        difference = f'=IF(AND(ISNUMBER(C{row}),ISNUMBER({letter}{row})),C{row}-{letter}{row},"{UNKNOWN}")'
        style = asked.formats.number(places, is_change=True)
        sheet.write_formula(line, at, difference, style, by)
        if is_ratio:
            sheet.write_string(line, at + 1, UNKNOWN, asked.formats.number(1, is_change=True))
        else:
            share = f'=IF(AND(ISNUMBER(C{row}),N({letter}{row})<>0),(C{row}/{letter}{row}-1)*100,"{UNKNOWN}")'
            value = (float(now) / float(then) - 1) * 100 if now is not None and then else UNKNOWN
            sheet.write_formula(line, at + 1, share, asked.formats.number(1, is_change=True), value)
        at += 2


def _shade(sheet: Worksheet, asked: TableSheet) -> None:
    """Shade the cells by their values; the lightest is white, the darkest still lets the figure be read in grey."""
    if not asked.table.rows or not asked.table.columns:
        return
    last_row, last_column = FIRST_ROW + len(asked.table.rows) - 1, asked.first_figure + len(asked.table.columns) - 1
    scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": _DEEPEST_HEAT}
    sheet.conditional_format(FIRST_ROW, asked.first_figure, last_row, last_column, scale)


def _chart(asked: TableSheet, below: int, widths: Sequence[int]) -> ChartAsked:
    """Say what is drawn of the table: the rows from the first that have its unit, the columns likewise."""
    table, chart = asked.table, asked.table.spec.chart
    measures = [asked.measure(row.member.code, table.columns[0].code if table.columns else "") for row in table.rows]
    unit = measures[0].unit if measures and measures[0] else ""
    # 其他 is no month; and measures of another unit begin a part of their own.
    rows = [row for row in table.rows if not (row.is_rest and chart is ChartKind.LINES)]
    if asked.is_of_measures:
        ends = (place for place, measure in enumerate(measures) if measure is None or measure.unit != unit)
        rows = rows[: next(ends, len(rows))]
    places = [
        at
        for at, column in enumerate(table.columns)
        if asked.is_of_measures or ((measure := asked.measure("", column.code)) and measure.unit == unit)
    ]
    series = [Series(column=at + asked.first_figure, values=_values(rows, at)) for at in places]
    return ChartAsked(
        book=asked.book,
        formats=asked.formats,
        name=asked.name,
        title=table.spec.title if len(places) != 1 else f"{table.spec.title}：{table.columns[places[0]].label}",
        unit=unit,
        kind=chart,
        head_row=HEAD_ROW,
        first_row=FIRST_ROW,
        rows=len(rows),
        longest_name=max((_width(row.member.label) for row in rows), default=0),
        series=series,
        below=below,
        widths=widths,
    )


def _values(rows: Sequence[TableRow], at: int) -> tuple[float | None, ...]:
    return tuple(None if (value := row.figures[at].value) is None else float(value) for row in rows)


def _set_page(sheet: Worksheet, asked: TableSheet, last: tuple[int, int]) -> None:
    sheet.freeze_panes(FIRST_ROW, asked.first_figure)
    sheet.set_paper(9)
    if asked.columns > _MOST_UPRIGHT:
        sheet.set_landscape()
    if asked.columns <= _MOST_ACROSS:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.repeat_columns(0)
    sheet.print_area(0, 0, *last)
    # Beside what is printed.
    sheet.write_url(0, last[1] + 1, f"internal:'{asked.cover}'!A1", asked.formats.way_back, asked.cover)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")


def _between(width: int, most: int) -> int:
    return min(max(width, _NARROWEST), most)


def lines_of(text: str, width: int) -> int:
    """Give how many lines a text takes in a column of so many characters."""
    return sum(max(1, -(-_width(line) // width)) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
