"""The layout of a ledger's sheets: title, unit and period, headings, widths, number formats, print setup, totals.

XlsxWriter makes the whole book except the rows: it is asked for a frame with one pattern row, into whose place
``sheet_rows`` streams the real ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from desktop.domain.standing_ledger import ORDINAL, CellKind, SheetColumn
from desktop.exchange.fit_text import fit

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Pairs = Sequence[tuple[str, str]]

# Title; unit and period; headings.  The pattern row, and then the rows, begin below.
HEAD_ROWS: Final = 3
_A3, _A4 = 8, 9
# A sheet across holds about so many characters before the type becomes too small to read.
_WIDEST_A4: Final = 210
_WIDEST_A3: Final = 300
_FORMATS: Final[Mapping[CellKind, Mapping[str, Any]]] = {
    CellKind.TEXT: {"num_format": "@", "text_wrap": True},
    CellKind.DATE: {"num_format": "yyyy-mm-dd", "align": "center"},
    CellKind.NUMBER: {"num_format": "0", "align": "center"},
    CellKind.MONEY: {"num_format": "#,##0.00"},
}
_PLAIN: Final = {
    "in_memory": True,
    # The face that office papers are set in, on every machine that opens them.
    "default_format_properties": {"font_name": "宋体", "font_size": 10},
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """One sheet: the name on its tab, what stands above the headings, and the columns."""

    name: str
    title: str
    unit: str
    said: str  # period, or what was looked for
    columns: tuple[SheetColumn, ...]

    @property
    def paper(self) -> int:
        """Give Excel's number of the paper: A4 across, or A3 when the columns would be too small on it."""
        return _A4 if self._width <= _WIDEST_A4 else _A3

    @property
    def pages_across(self) -> int:
        """Give how many pages lie side by side: one, unless even A3 would make the type too small."""
        return max(1, ceil(self._width / _WIDEST_A3))

    @property
    def _width(self) -> int:
        return sum(column.width for column in self.columns)


@dataclass(slots=True)
class Sums:
    """What was counted while the rows of one sheet went by: how many, and the totals by column."""

    count: int
    totals: dict[int, Decimal]


def frame(layouts: Sequence[SheetLayout], sums: Sequence[Sums], note: Pairs) -> bytes:
    """Give the book with a pattern row in place of the rows of each sheet, and a sheet that says where it is from."""
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, dict(_PLAIN)) as book:
        for layout, summed in zip(layouts, sums, strict=True):
            _draw_sheet(book, layout, summed)
        _draw_note(book, note)
    return file.getvalue()


def _draw_sheet(book: Workbook, layout: SheetLayout, sums: Sums) -> None:
    sheet = book.add_worksheet(layout.name)
    last = len(layout.columns) - 1
    for place, column in enumerate(layout.columns):
        sheet.set_column(place, place, column.width)
    _write_head(book, sheet, layout)
    for place, column in enumerate(layout.columns):
        sheet.write_blank(HEAD_ROWS, place, None, _body(book, column.kind))
    _write_totals(book, sheet, layout, sums)
    sheet.freeze_panes(HEAD_ROWS, _frozen(layout.columns))
    sheet.autofilter(HEAD_ROWS - 1, 0, HEAD_ROWS - 1 + max(1, sums.count), last)
    sheet.set_landscape()
    sheet.set_paper(layout.paper)
    sheet.fit_to_pages(layout.pages_across, 0)
    if layout.pages_across > 1:
        sheet.repeat_columns(0, _frozen(layout.columns) - 1)
    sheet.repeat_rows(0, HEAD_ROWS - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, HEAD_ROWS + max(1, sums.count), last)


def _write_head(book: Workbook, sheet: Worksheet, layout: SheetLayout) -> None:
    last = len(layout.columns) - 1
    # Centred over several pages side by side it would be cut where one ends.
    align = "center" if layout.pages_across == 1 else "left"
    title = book.add_format({"bold": True, "font_size": 16, "align": align, "valign": "vcenter"})
    below = book.add_format({"font_size": 10, "align": "left", "valign": "vcenter"})
    heading = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEFF2"}
    )
    said = "　　".join(part for part in (f"编制单位：{layout.unit}" if layout.unit else "", layout.said) if part)
    for row, (text, shape, height) in enumerate(((layout.title, title, 30), (said, below, 20))):
        sheet.set_row(row, height)
        if last:
            sheet.merge_range(row, 0, row, last, "", shape)
        sheet.write_string(row, 0, fit(text), shape)
    sheet.set_row(HEAD_ROWS - 1, 30)
    for place, column in enumerate(layout.columns):
        sheet.write_string(HEAD_ROWS - 1, place, column.heading, heading)


def _write_totals(book: Workbook, sheet: Worksheet, layout: SheetLayout, sums: Sums) -> None:
    # Right below the pattern, wherever the rows end: a far-off row would make the frame itself long.
    row = HEAD_ROWS + 1
    # Only numbers differ from one run to the next: the texts before them must keep their places in the book.
    counted = book.add_format({"bold": True, "border": 1, "num_format": '"共 "0" 条"', "align": "left"})
    sheet.write_number(row, 0, sums.count, counted)
    for place, column in enumerate(layout.columns[1:], start=1):
        shape = _bold(book, column.kind)
        if column.is_total:
            sheet.write_number(row, place, sums.totals.get(place, Decimal(0)), shape)
        else:
            sheet.write_blank(row, place, None, shape)


def _frozen(columns: Sequence[SheetColumn]) -> int:
    """Say how many columns stay: the place in the list and the number beside it."""
    return 2 if columns[0].source == ORDINAL else 1


def _body(book: Workbook, kind: CellKind) -> Format:
    return book.add_format({**_FORMATS[kind], "border": 1, "valign": "vcenter"})


def _bold(book: Workbook, kind: CellKind) -> Format:
    return book.add_format({**_FORMATS[kind], "border": 1, "valign": "vcenter", "bold": True})


def _draw_note(book: Workbook, note: Pairs) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 70)
    for line, (name, text) in enumerate(note):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, fit(text))
