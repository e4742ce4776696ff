"""Charts as pieces: each is one band of the page, drawn in black, white and grey, its figures written beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.documents.blocks import Chart
from desktop.documents.chart_bars import bars
from desktop.documents.chart_drawing import LABEL, Drawing, legend
from desktop.documents.chart_lines import lines
from desktop.documents.chart_shares import shares
from desktop.documents.sheet import MM, Pen, Piece, Sheet, gap
from desktop.documents.text_lines import Line, set_lines

_DRAWN: Final = {"bars": bars, "lines": lines, "shares": shares}
_EDGE: Final = 2.5 * MM


def chart_piece(block: Chart, sheet: Sheet) -> Piece:
    """Set a chart over the width of the sheet: unit and legend, the drawing, and what it leaves out."""
    if not block.rows or not block.series:
        return gap(0, stays=True)
    width = sheet.width - 2 * _EDGE
    drawing = _DRAWN[block.form](block, width)
    head = legend(block, width)
    note = set_lines(block.note, LABEL, width, justify=False) if block.note else []
    parts: Sequence[Drawing] = (head, drawing)
    height = sum(part.height for part in parts) + len(note) * LABEL.leading + 2 * _EDGE

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, sheet.width, height)
        left, top = x + _EDGE, y + _EDGE
        for part in parts:
            part.draw(pen, left, top)
            top += part.height
        for line in note:
            _note(pen, line, left, top)
            top += LABEL.leading

    return Piece(height=height, draw=draw, stays=True)


def _note(pen: Pen, line: Line, x: float, y: float) -> None:
    pen.text(line, LABEL, x, y)
