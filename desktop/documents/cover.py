"""The first sheet of a report: its title in the upper third, whose it is and of when, the facts it rests on below."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.documents.blocks import Cover, FactTable
from desktop.documents.fonts import BOLD
from desktop.documents.sheet import MM, Pen, Piece, Sheet
from desktop.documents.tables import fact_rows
from desktop.documents.text_lines import Line, Type, set_lines

_TITLE: Final = Type(size=28, leading=42, name=BOLD)
_PERIOD: Final = Type(size=18, leading=27)
_OFFICE: Final = Type(size=15, leading=24)
_ABOVE: Final = 0.13  # of the height of the text
_MEASURE: Final = 170 * MM


def cover_piece(block: Cover, sheet: Sheet) -> Piece:
    """Set the cover over the whole text area; office and day stand at the foot of it."""
    width = min(sheet.width, _MEASURE)
    head = [(line, _TITLE) for line in set_lines(block.title, _TITLE, width, align="centre")]
    head += [(line, _PERIOD) for line in set_lines(block.period, _PERIOD, width, align="centre")]
    foot = [(line, _OFFICE) for text in (block.office, block.date) if text for line in _centred(text, width)]
    rows = [*fact_rows(FactTable(rows=tuple((fact,) for fact in block.facts)), _narrow(sheet, width))]
    facts_height = sum(piece.height for piece in rows)
    foot_height = sum(style.leading for _, style in foot)

    def draw(pen: Pen, x: float, y: float) -> None:
        left = x + (sheet.width - width) / 2
        top = _column(pen, head, left, y + sheet.height * _ABOVE)
        bottom = y + sheet.height - foot_height
        top = max(top + 8 * MM, (top + bottom - facts_height) / 2)
        for piece in rows:
            piece.draw(pen, left, top)
            top += piece.height
        _column(pen, foot, left, max(bottom, top))

    return Piece(height=sheet.height, draw=draw)


def _centred(text: str, width: float) -> list[Line]:
    return set_lines(text, _OFFICE, width, align="centre")


def _column(pen: Pen, lines: list[tuple[Line, Type]], x: float, y: float) -> float:
    for line, style in lines:
        pen.text(line, style, x, y)
        y += style.leading
    return y


def _narrow(sheet: Sheet, width: float) -> Sheet:
    return replace(sheet, width=width)
