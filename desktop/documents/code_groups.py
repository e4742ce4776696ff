"""A code that is typed again from paper: every symbol in a cell of its own width, so that none is overlooked."""

from __future__ import annotations

from typing import Final

from desktop.documents.blocks import CodeGroups
from desktop.documents.fonts import BOLD
from desktop.documents.qr_code import draw_qr
from desktop.documents.sheet import MM, PAGE_HEIGHT, SMALL, Pen, Piece, Sheet
from desktop.documents.text_lines import Line, Type

_QR: Final = 44 * MM
_CELL: Final = 8.2 * MM
_ROW: Final = 14 * MM
_LARGE: Final = Type(size=20, leading=24, name=BOLD)
_PER_ROW: Final = 2


def code_piece(block: CodeGroups, sheet: Sheet) -> Piece:
    """Set the groups two in a row, numbered, with the QR code at their right."""
    rows = -(-len(block.groups) // _PER_ROW)
    height = max(rows * _ROW, _QR) + 4 * MM
    half = (sheet.width - _QR - 6 * MM) / _PER_ROW

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, sheet.width, height)
        for index, group in enumerate(block.groups):
            left = x + 3 * MM + index % _PER_ROW * half
            top = y + 2 * MM + index // _PER_ROW * _ROW
            pen.text(Line(text=f"{index + 1}"), SMALL, left, top + 2 * MM)
            for place, symbol in enumerate(group):
                within = (_CELL - _LARGE.width(symbol)) / 2
                pen.text(Line(text=symbol), _LARGE, left + 5 * MM + place * _CELL + within, top + 1 * MM)
        bottom = y + (height + _QR) / 2
        draw_qr(pen.canvas, block.whole, x=x + sheet.width - _QR - 3 * MM, y=PAGE_HEIGHT - bottom, size=_QR)

    return Piece(height=height, draw=draw)
