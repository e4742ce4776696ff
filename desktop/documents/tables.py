"""Tables as pieces: rows of facts and rows of items, hairlines, wrapped cells, repeated headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from desktop.documents.blocks import Align, Fact, FactTable, ItemTable
from desktop.documents.fonts import BOLD
from desktop.documents.sheet import MM, SMALL, Pen, Piece, Sheet
from desktop.documents.text_lines import Line, Type, set_lines

PAD_X: Final = 1.6 * MM
_PAD_Y_EMS: Final = 0.24
_TALL: Final = 8.5 * MM
_LABEL_EMS: Final = 8
_MOST_LINES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One set cell; ``grey`` is its ground where that says something, 0 black to 1 white."""

    lines: Sequence[Line]
    style: Type
    width: float
    shaded: bool = False
    grey: float | None = None


def fact_rows(table: FactTable, sheet: Sheet) -> Iterator[Piece]:
    """Set a table of facts; labels share one width, values wrap."""
    label = Type(size=sheet.cell.size, leading=sheet.cell.leading, name=sheet.cell.name)
    parts = (part for row in table.rows for fact in row for part in fact.label.split("\n"))
    longest = max((label.width(part) for part in parts), default=0)
    label_width = min(longest, _LABEL_EMS * label.size) + 2 * PAD_X
    for row in _roomy(table.rows, sheet, label_width):
        share = sheet.width / len(row)
        cells = [cell for fact in row for cell in _fact(fact, sheet.cell, label_width, share - label_width)]
        yield from table_row(cells, sheet, least=_TALL if table.tall else 0)


def item_rows(table: ItemTable, sheet: Sheet) -> Iterator[Piece]:
    """Set a table with headers; the headers come again at the top of a new page."""
    total = sum(table.widths)
    widths = [sheet.width * part / total for part in table.widths]
    style = SMALL if table.small else sheet.cell
    bold = Type(size=style.size, leading=style.leading, name=BOLD)
    heads = [
        cell_of(text, bold, width, align="centre", shaded=True)
        for text, width in zip(table.headers, widths, strict=True)
    ]
    header = next(table_row(heads, sheet))
    yield Piece(height=header.height, draw=header.draw, stays=True)
    for row in table.rows:
        cells = [cell_of(text, style, width) for text, width in zip(row, widths, strict=True)]
        yield from table_row(cells, sheet, least=_TALL if table.tall else 0, header=header)


def _roomy(rows: Sequence[tuple[Fact, ...]], sheet: Sheet, label_width: float) -> Iterator[tuple[Fact, ...]]:
    """Give fields whose value would pile up in a narrow column the whole width, one below the other."""
    for row in rows:
        room = sheet.width / len(row) - label_width - 2 * PAD_X
        if len(row) > 1 and any(sheet.cell.width(fact.value) > _MOST_LINES * room for fact in row):
            yield from ((fact,) for fact in row)
        else:
            yield row


def _fact(fact: Fact, style: Type, label_width: float, value_width: float) -> tuple[Cell, Cell]:
    return cell_of(fact.label, style, label_width, align="centre", shaded=True), cell_of(fact.value, style, value_width)


def cell_of(text: str, style: Type, width: float, *, align: Align = "left", shaded: bool = False) -> Cell:
    """Set a text in a cell of a width in points."""
    lines = set_lines(text, style, width - 2 * PAD_X, align=align, justify=False)
    return Cell(lines=lines, style=style, width=width, shaded=shaded)


def table_row(cells: Sequence[Cell], sheet: Sheet, *, least: float = 0, header: Piece | None = None) -> Iterator[Piece]:
    """Give a row as one piece; one that would fill half a page comes in several, cut between lines."""
    most = max(1, int(sheet.height / 2 / sheet.cell.leading))
    longest = max(len(cell.lines) for cell in cells)
    for start in range(0, longest, most):
        part = [
            Cell(
                lines=cell.lines[start : start + most],
                style=cell.style,
                width=cell.width,
                shaded=cell.shaded,
                grey=cell.grey,
            )
            for cell in cells
        ]
        height = max(
            least, max(len(cell.lines) * cell.style.leading for cell in part) + 2 * _PAD_Y_EMS * sheet.cell.size
        )
        yield _band(part, height, header)


def _band(cells: Sequence[Cell], height: float, header: Piece | None) -> Piece:
    starts = [0.0, *accumulate(cell.width for cell in cells)]

    def draw(pen: Pen, x: float, y: float) -> None:
        for start, cell in zip(starts, cells, strict=False):
            if cell.grey is not None:
                pen.fill(x + start, y, cell.width, height, cell.grey)
            pen.box(x + start, y, cell.width, height, shaded=cell.shaded)
            top = y + (height - len(cell.lines) * cell.style.leading) / 2
            for index, line in enumerate(cell.lines):
                pen.text(line, cell.style, x + start + PAD_X, top + index * cell.style.leading)

    return Piece(height=height, draw=draw, header=header)
