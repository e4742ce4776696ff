"""Live charts beside a report's tables: they draw the very cells above them, and can be told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from desktop.domain.report import ChartKind
from desktop.exchange.report_formats import ReportFormats

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# From dark to light, so that neighbours differ in grey as well; each with its own dash and marker.
_FILLS: Final = ("#1F3B5C", "#8FB0D0", "#4E7BA6", "#D3DEE9", "#2F5E8C", "#B4C9DD", "#6C94B8", "#E9EFF5")
_DARK: Final = frozenset({0, 2, 4, 6})
_DASHES: Final = ("solid", "dash", "round_dot", "long_dash", "dash_dot", "long_dash_dot", "square_dot", "solid")
_MARKERS: Final = ("circle", "square", "triangle", "diamond", "x", "plus", "star", "circle")
MOST_SERIES: Final = len(_FILLS)
_MOST_ROWS: Final = 40
# Up to so many categories stand side by side; more lie below each other, where their names can be read.
_MOST_UPRIGHT: Final = 12
_MOST_CHARACTERS: Final = 72  # of all names in one line below the bars
_MOST_VALUES_SHOWN: Final = 14
WIDTH: Final = 760
_HEIGHT: Final = 300
_PIXELS_A_ROW: Final = 20
_PIXELS_A_COLUMN: Final = 64
_EDGE: Final = "#333B45"
_GRID: Final = "#D9DEE5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One column that is drawn; ``has_gaps`` where some of its figures are unknown."""

    column: int
    values: tuple[float | None, ...]

    @property
    def has_gaps(self) -> bool:
        """Say whether a figure is unknown."""
        return None in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartAsked:
    """What is drawn: rows of a worksheet, its first column the categories, and the columns of the series."""

    book: Workbook
    formats: ReportFormats
    name: str
    title: str
    unit: str
    kind: ChartKind
    head_row: int
    first_row: int
    rows: int
    longest_name: int  # of the rows, in Latin characters
    series: Sequence[Series]
    below: int  # the line from which there is room
    widths: Sequence[int]  # of the table's columns, in characters

    @property
    def last_row(self) -> int:
        """Give the last line that is drawn."""
        return self.first_row + self.rows - 1

    @property
    def has_upright_names(self) -> bool:
        """Say whether the names of the rows have room side by side."""
        return self.rows <= _MOST_UPRIGHT and self.rows * self.longest_name <= _MOST_CHARACTERS

    @property
    def right(self) -> int:
        """Give the last column that the table or the chart lies over."""
        return last_column(self.widths, WIDTH)


def last_column(widths: Sequence[int], pixels: int) -> int:
    """Give the last column of a table of such widths, or that which so many pixels reach, whichever is further."""
    room, last = pixels, -1
    while room > 0 or last < len(widths) - 1:
        last += 1
        room -= widths[last] * 7 + 5 if last < len(widths) else _PIXELS_A_COLUMN
    return last


def insert_chart(sheet: Worksheet, asked: ChartAsked) -> tuple[int, int] | None:
    """Draw it below the table and give the last line and column it covers; None where there is nothing to draw."""
    if not asked.series or not 1 < asked.rows <= _MOST_ROWS:
        return None
    is_lying = asked.kind is ChartKind.SHARES or (asked.kind is ChartKind.BARS and not asked.has_upright_names)
    height = _HEIGHT
    if is_lying:
        bars = 1 if asked.kind is ChartKind.SHARES else len(asked.series)
        height = max(height, 90 + (12 + 12 * bars) * asked.rows)
    chart = asked.book.add_chart(_type(asked.kind, is_lying=is_lying))
    for place, series in enumerate(asked.series[:MOST_SERIES]):
        column = series.column
        if asked.kind is ChartKind.LINES and series.has_gaps:
            column = _without_dashes(sheet, asked, series, asked.right + 2 + place)
        chart.add_series(
            {
                "name": [asked.name, asked.head_row, series.column],
                "categories": [asked.name, asked.first_row, 0, asked.last_row, 0],
                "values": [asked.name, asked.first_row, column, asked.last_row, column],
                **_look(asked, place),
            }
        )
    _dress(chart, asked, is_lying=is_lying)
    chart.set_size({"width": WIDTH, "height": height})
    sheet.insert_chart(asked.below, 0, chart, {"object_position": 3, "description": asked.title})
    return asked.below + height // _PIXELS_A_ROW + 1, asked.right


def _type(kind: ChartKind, *, is_lying: bool) -> dict[str, str]:
    if kind is ChartKind.LINES:
        return {"type": "line"}
    if kind is ChartKind.SHARES:
        return {"type": "bar", "subtype": "percent_stacked"}
    return {"type": "bar" if is_lying else "column"}


def _look(asked: ChartAsked, place: int) -> dict[str, Any]:
    ink = "#FFFFFF" if asked.kind is ChartKind.SHARES and place in _DARK else _EDGE
    # A part of nothing has no room for its figure.
    number = "#,##0;;" if asked.kind is ChartKind.SHARES else "General"
    shown = {"data_labels": {"value": True, "font": {"size": 8, "color": ink}, "num_format": number}}
    is_few = asked.rows * len(asked.series) <= _MOST_VALUES_SHOWN
    if asked.kind is ChartKind.LINES:
        mark = {"type": _MARKERS[place], "size": 6, "fill": {"color": "#FFFFFF"}, "border": {"color": _EDGE}}
        line = {"color": _FILLS[place // 2 * 2 % MOST_SERIES], "width": 1.75, "dash_type": _DASHES[place]}
        return {"line": line, "marker": mark, **(shown if is_few else {})}
    look = {"fill": {"color": _FILLS[place]}, "border": {"color": _EDGE, "width": 0.5}}
    return {**look, "gap": 60, **(shown if is_few else {})}


def _dress(chart: Any, asked: ChartAsked, *, is_lying: bool) -> None:
    chart.set_title({"name": asked.title, "name_font": {"size": 11, "bold": True}, "overlay": False})
    values: dict[str, Any] = {"major_gridlines": _lines(), "min": 0}
    if asked.kind is not ChartKind.SHARES:
        values |= {"name": asked.unit, "name_font": {"size": 9, "bold": False}}
    names = {"num_font": {"size": 9}}
    if is_lying:
        # The first row stands at the top, and the scale below the last one.
        chart.set_x_axis(values)
        chart.set_y_axis({**names, "reverse": True, "crossing": "max"})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    # Said outright: programs differ in what they take for granted, and some would draw the unknown as zero.
    chart.show_blanks_as("span")
    chart.show_na_as_empty_cell()
    chart.set_legend({"none": True} if len(asked.series) == 1 else {"position": "bottom"})
    chart.set_chartarea({"border": {"color": _GRID}})


def _lines() -> dict[str, Any]:
    return {"visible": True, "line": {"color": _GRID, "width": 0.5}}


def _without_dashes(sheet: Worksheet, asked: ChartAsked, series: Series, at: int) -> int:
    """Repeat a column beside the printed part with #N/A for each dash: a line would fall to zero at a text."""
    from xlsxwriter.utility import xl_col_to_name

    letter = xl_col_to_name(series.column)
    sheet.write_string(asked.head_row, at, "画图用，不打印", asked.formats.aside)
    for line, value in enumerate(series.values, asked.first_row):
        cell = f"{letter}{line + 1}"
        shown = "#N/A" if value is None else value
        sheet.write_formula(line, at, f"=IF(ISNUMBER({cell}),{cell},NA())", asked.formats.aside, shown)
    return at
