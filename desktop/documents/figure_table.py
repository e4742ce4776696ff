"""Tables of figures as pieces: numbers at the right, parts headed, totals apart, grounds of grey for heat tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from desktop.documents.blocks import FigureLine, FigureTable
from desktop.documents.fonts import BOLD
from desktop.documents.sheet import SMALL, Pen, Piece, Sheet
from desktop.documents.tables import PAD_X, Cell, cell_of, table_row
from desktop.documents.text_lines import Line, Type, set_lines

# Grounds on which black type is still read with ease, on a copy of a copy as well.
SHADES: Final = (None, 0.92, 0.83, 0.74, 0.65)
_ABOVE_NOTE: Final = 2.0
_AT_THE_END: Final = 3  # lines that come with the last one
_SMALLEST: Final = 7.5
_HAIR: Final = 0.01
_TOTAL_GROUND: Final = 0.97
_TOGETHER: Final = 0.45  # of a page: a table up to this high is not parted


def figure_rows(table: FigureTable, sheet: Sheet) -> Iterator[Piece]:
    """Set the table; the headers come again on a new page, a part's head stays with its first line."""
    total = sum(table.widths)
    widths = [sheet.width * part / total for part in table.widths]
    strong = replace(sheet.cell, name=BOLD)
    heads = [
        cell_of(text, strong, width, align="centre", shaded=True)
        for text, width in zip(table.headers, widths, strict=True)
    ]
    header = next(table_row(heads, sheet))
    yield replace(header, stays=True)
    lines = [[*_line(line, table.words, widths, sheet, strong, header)] for line in table.lines]
    stays = _bindings(table, sum(piece.height for row in lines for piece in row) <= sheet.height * _TOGETHER)
    for row, bound in zip(lines, stays, strict=True):
        yield from row[:-1]
        yield replace(row[-1], stays=bound)
    notes = [line for text in table.notes for line in set_lines(text, SMALL, sheet.width, justify=False)]
    for index, note in enumerate(notes):
        yield _note(note, is_last=index == len(notes) - 1)


def _note(line: Line, *, is_last: bool) -> Piece:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(line, SMALL, x, y + _ABOVE_NOTE)

    return Piece(height=SMALL.leading + (_ABOVE_NOTE if is_last else 0), draw=draw, stays=not is_last)


def _bindings(table: FigureTable, is_small: bool) -> Iterator[bool]:
    """Say of each line whether the next must follow on the same page; no line stands alone at an edge."""
    last = len(table.lines) - 1
    for index, line in enumerate(table.lines):
        follows = table.lines[index + 1] if index < last else None
        if follows is None:
            yield bool(table.notes)
            return
        yield is_small or index == 0 or index >= last - _AT_THE_END or line.form == "part"


def _line(
    line: FigureLine, words: int, widths: Sequence[float], sheet: Sheet, strong: Type, header: Piece
) -> Iterator[Piece]:
    if line.form == "part":
        yield from table_row([cell_of(line.cells[0], strong, sum(widths), shaded=True)], sheet, header=header)
        return
    style = sheet.cell if line.form == "plain" else strong
    shades = (0,) * words + (line.shades or (0,) * (len(line.cells) - words))
    cells = [
        _figure(text, style, width, SHADES[shade]) if place >= words else cell_of(text, style, width)
        for place, (text, width, shade) in enumerate(zip(line.cells, widths, shades, strict=True))
    ]
    if line.form == "total":
        cells = [replace(cell, grey=_TOTAL_GROUND) for cell in cells]
    yield from table_row(cells, sheet, header=header)


def _figure(text: str, style: Type, width: float, grey: float | None) -> Cell:
    """Set a number at the right; one that is too long is set smaller before it would be broken."""
    room = width - 2 * PAD_X
    wide = style.width(text)
    if wide > room:
        size = max(style.size * room / wide, _SMALLEST)
        style = replace(style, size=size)
    slack = room - style.width(text)
    if slack < -_HAIR:
        return replace(cell_of(text, style, width, align="right"), grey=grey)
    return Cell(lines=[Line(text=text, x=slack)], style=style, width=width, grey=grey)
