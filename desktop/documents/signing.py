"""The place where a paper is signed and sealed."""

from __future__ import annotations

from typing import Final

from desktop.documents.blocks import Signatures
from desktop.documents.sheet import MM, SMALL, Pen, Piece, Sheet
from desktop.documents.text_lines import Line, Type, set_lines

# A round seal measures 38 to 42 mm; it is set over name and date.
_SEAL_HEIGHT: Final = 26 * MM
_SEAL_SHARE: Final = 0.46
_LINE_HEIGHT: Final = 9.5 * MM
_LONGEST_LABEL: Final = 0.62
_ONE_COLUMN: Final = 125 * MM


def signature_piece(block: Signatures, sheet: Sheet) -> Piece:
    """Set the lines to sign at the left and the seal's place at the right, as one piece."""
    seal_width = sheet.width * _SEAL_SHARE if block.seal else 0.0
    lines_width = sheet.width - seal_width - (6 * MM if block.seal else 0)
    style = sheet.cell
    seal = [*set_lines(block.seal, style, seal_width, align="centre")] if block.seal else []
    rows = _columns(block.lines, style, lines_width, alone=not block.seal)
    height = max(len(rows) * _LINE_HEIGHT, _SEAL_HEIGHT if block.seal else 0)

    def draw(pen: Pen, x: float, y: float) -> None:
        for index, row in enumerate(rows):
            for text, offset, width in row:
                _line_to_sign(pen, text, style, x + offset, y + index * _LINE_HEIGHT, width)
        if block.seal:
            _seal(pen, seal, block.date, style, x + sheet.width - seal_width, y, seal_width)

    return Piece(height=height, draw=draw)


def _columns(lines: tuple[str, ...], style: Type, width: float, *, alone: bool) -> list[list[tuple[str, float, float]]]:
    """Pair the lines in two columns where no seal stands beside them and their labels leave room to sign."""
    if not alone:
        return [[(text, 0.0, width)] for text in lines]
    half = (width - 8 * MM) / 2
    if any(text.endswith("：") and style.width(text) > half * _LONGEST_LABEL for text in lines):
        return [[(text, 0.0, min(width, _ONE_COLUMN))] for text in lines]
    places = (0.0, half + 8 * MM)
    return [
        [(text, places[column], half) for column, text in enumerate(lines[start : start + 2])]
        for start in range(0, len(lines), 2)
    ]


def _line_to_sign(pen: Pen, text: str, style: Type, x: float, y: float, width: float) -> None:
    top = y + _LINE_HEIGHT - style.leading
    pen.text(Line(text=text), style, x, top)
    if text.endswith("："):
        pen.rule(x + style.width(text), y + _LINE_HEIGHT - 1.5, x + width, y + _LINE_HEIGHT - 1.5)


def _seal(pen: Pen, name: list[Line], date: str, style: Type, x: float, y: float, width: float) -> None:
    shown = [(line, style) for line in name]
    shown += [(line, SMALL) for line in set_lines("（盖章）", SMALL, width, align="centre")]
    shown += [(line, style) for line in set_lines(date, style, width, align="centre") if date]
    top = y + (_SEAL_HEIGHT - sum(own.leading for _, own in shown)) / 2
    for line, own in shown:
        pen.text(line, own, x, top)
        top += own.leading
