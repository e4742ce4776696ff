"""Turning blocks into pieces: bands of the page with their height and how to draw them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from desktop.documents.blocks import (
    Block,
    ChainHead,
    Chart,
    CodeGroups,
    Cover,
    Decision,
    FactTable,
    FigureTable,
    Heading,
    Item,
    ItemTable,
    NumberedItems,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Signatures,
    Spacer,
)
from desktop.documents.chain_head import head_piece
from desktop.documents.charts import chart_piece
from desktop.documents.code_groups import code_piece
from desktop.documents.cover import cover_piece
from desktop.documents.figure_table import figure_rows
from desktop.documents.fonts import BOLD
from desktop.documents.sheet import MM, SMALL, Pen, Piece, Sheet, gap
from desktop.documents.signing import signature_piece
from desktop.documents.tables import fact_rows, item_rows
from desktop.documents.text_lines import Line, Type, set_lines
from desktop.domain.local_rules import in_brackets

_BAR: Final = 2.2
_INSET: Final = 3 * MM
_BOUND: Final = 0.3  # of a sheet: notes no longer than that are signed together with the figures above them


def pieces_of(paper: Paper, sheet: Sheet) -> list[Piece]:
    """Set a whole paper, its title first."""
    is_covered = bool(paper.blocks) and isinstance(paper.blocks[0], Cover)
    found = [] if is_covered else [*_title(paper.title, sheet)]
    is_headed, figures = False, 0
    for block in paper.blocks:
        own = [*_block(block, sheet)]
        if is_headed and own:
            own[0] = replace(own[0], stays=True)
        is_headed = isinstance(block, Part)
        if isinstance(block, Signatures) and found:
            found = _bind_last(found, figures, most=sheet.height * _BOUND)
        found += own
        if isinstance(block, FigureTable):
            figures = len(found)
    return found


def _block(block: Block, sheet: Sheet) -> Iterator[Piece]:
    match block:
        case Heading(text=text):
            style = Type(size=sheet.size + 0.5, leading=sheet.body.leading, name=BOLD)
            yield gap(sheet.size * 0.45)
            yield from _lines(set_lines(text, style, sheet.width), style, stays=True)
        case Part(text=text):
            yield from _part(text, sheet)
        case Paragraph():
            yield from _paragraph(block, sheet)
        case FactTable():
            yield gap(sheet.size * 0.3, stays=True)
            yield from fact_rows(block, sheet)
            yield gap(sheet.size * 0.5)
        case ItemTable():
            yield gap(sheet.size * 0.3, stays=True)
            yield from item_rows(block, sheet)
            yield gap(sheet.size * 0.5)
        case FigureTable():
            yield gap(sheet.size * 0.3, stays=True)
            yield from figure_rows(block, sheet)
            yield gap(sheet.size * 0.5)
        case Chart():
            yield gap(sheet.size * 0.3, stays=True)
            yield chart_piece(block, sheet)
            yield gap(sheet.size * 0.4, stays=True)
        case Cover():
            yield cover_piece(block, sheet)
        case NumberedItems(items=items):
            yield from _items(items, sheet)
            yield gap(sheet.size * 0.4)
        case Decision(text=text):
            yield from _decision(text, sheet)
        case ChainHead():
            yield head_piece(block, sheet)
            yield gap(sheet.size * 0.8)
        case CodeGroups():
            yield gap(sheet.size * 0.5)
            yield code_piece(block, sheet)
            yield gap(sheet.size * 0.8)
        case Signatures():
            yield gap(sheet.size * 0.6, stays=True)
            yield signature_piece(block, sheet)
        case Spacer(millimetres=millimetres):
            yield gap(millimetres * MM)
        case PageBreak(title=title):
            yield replace(gap(0), ends_page=True)
            yield from _title(title, sheet) if title else ()


def _title(text: str, sheet: Sheet) -> Iterator[Piece]:
    yield from _lines(set_lines(text, sheet.title, sheet.width, align="centre"), sheet.title, stays=True)
    yield gap(sheet.size * 0.6, stays=True)


def _part(text: str, sheet: Sheet) -> Iterator[Piece]:
    style = Type(size=sheet.size + 3, leading=(sheet.size + 3) * 1.5, name=BOLD)
    yield gap(sheet.size * 0.9)
    yield from _lines(set_lines(text, style, sheet.width), style, stays=True)

    def rule(pen: Pen, x: float, y: float) -> None:
        pen.rule(x, y, x + sheet.width, y, weight=1.2)

    yield Piece(height=2, draw=rule, stays=True)


def _paragraph(block: Paragraph, sheet: Sheet) -> Iterator[Piece]:
    style = SMALL if block.small else sheet.strong if block.bold else sheet.body
    indent = 2 * style.size if block.indent and block.align == "left" else 0.0
    yield from _lines(set_lines(block.text, style, sheet.width, indent=indent, align=block.align), style)


def _items(items: Sequence[Item], sheet: Sheet) -> Iterator[Piece]:
    style = sheet.body
    room = style.width(f"{len(items)}.") + style.size * 0.4
    for number, item in enumerate(items, start=1):
        text = f"{item.text}{in_brackets(item.article)}"
        lines = set_lines(text, style, sheet.width - room)
        moved = [replace(line, x=line.x + room) for line in lines]
        yield from _lines(moved, style, mark=Line(text=f"{number}."))


def _decision(text: str, sheet: Sheet) -> Iterator[Piece]:
    style = Type(size=sheet.size + 1, leading=(sheet.size + 1) * 1.5, name=BOLD)
    lines = set_lines(text, style, sheet.width - 2 * _INSET)
    height = len(lines) * style.leading + 3 * MM

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, sheet.width, height)
        pen.rule(x + _BAR / 2, y, x + _BAR / 2, y + height, weight=_BAR)
        for index, line in enumerate(lines):
            pen.text(line, style, x + _INSET, y + 1.5 * MM + index * style.leading)

    yield gap(sheet.size * 0.3)
    yield Piece(height=height, draw=draw)
    yield gap(sheet.size * 0.5)


def _lines(lines: Sequence[Line], style: Type, *, stays: bool = False, mark: Line | None = None) -> Iterator[Piece]:
    """Give one piece a line; the first two and the last two lines of a text stay together."""
    for index, line in enumerate(lines):

        def draw(pen: Pen, x: float, y: float, line: Line = line, first: bool = index == 0) -> None:
            if mark is not None and first:
                pen.text(mark, style, x, y)
            pen.text(line, style, x, y)

        left = len(lines) - 1 - index
        bound = stays or (left > 0 and (index == 0 or left == 1))
        yield Piece(height=style.leading, draw=draw, stays=bound)


def _bind_last(pieces: list[Piece], figures: int, *, most: float) -> list[Piece]:
    """Keep what stands before the signatures on their page: nobody signs an empty sheet.

    Figures that end not far above, with piece ``figures``, are signed on the sheet that ends them.
    """
    end = figures if figures and sum(piece.height for piece in pieces[figures:]) <= most else len(pieces)
    cut = next((i for i in range(end - 1, -1, -1) if not pieces[i].is_gap), 0)
    return [*pieces[:cut], *(replace(piece, stays=True) for piece in pieces[cut:])]
