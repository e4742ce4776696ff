"""The head of the chain on a closing sheet: sixteen groups of four, four in a row, with a QR code beside them."""

from __future__ import annotations

from typing import Final

from desktop.documents.blocks import ChainHead
from desktop.documents.fonts import BOLD
from desktop.documents.qr_code import draw_qr
from desktop.documents.sheet import MM, PAGE_HEIGHT, SMALL, Pen, Piece, Sheet
from desktop.documents.text_lines import Line, Type

_QR: Final = 26 * MM
_EDGE: Final = 3 * MM
_ROW: Final = 6.4 * MM
_PER_ROW: Final = 4
_NUMBER: Final = 6 * MM
_SYMBOL: Final = 3.6 * MM
_GROUP: Final = Type(size=13, leading=16, name=BOLD)


def head_piece(block: ChainHead, sheet: Sheet) -> Piece:
    """Set the groups numbered, every symbol in a place of its own width, so that none is overlooked."""
    rows = -(-len(block.groups) // _PER_ROW)
    height = max(rows * _ROW, _QR) + 2 * _EDGE
    column = (sheet.width - _QR - 3 * _EDGE) / _PER_ROW

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, sheet.width, height)
        for index, group in enumerate(block.groups):
            left = x + _EDGE + index % _PER_ROW * column
            top = y + _EDGE + index // _PER_ROW * _ROW
            pen.text(Line(text=f"{index + 1}"), SMALL, left, top + 1.2 * MM)
            for place, symbol in enumerate(group):
                within = (_SYMBOL - _GROUP.width(symbol)) / 2
                pen.text(Line(text=symbol), _GROUP, left + _NUMBER + place * _SYMBOL + within, top)
        bottom = y + (height + _QR) / 2
        draw_qr(pen.canvas, block.whole, x=x + sheet.width - _QR - _EDGE, y=PAGE_HEIGHT - bottom, size=_QR)

    return Piece(height=height, draw=draw)
