"""What stands around the text of a page: number and QR code, foot, page numbers, and the mark."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Final

from desktop.documents.blocks import Paper
from desktop.documents.fonts import BOLD
from desktop.documents.qr_code import draw_qr
from desktop.documents.sheet import FOOT, MM, SMALL, Pen, Sheet
from desktop.documents.text_lines import Line, Type, set_lines

_QR: Final = 16 * MM
_STAMP: Final = Type(size=15, leading=20, name=BOLD)
_WATERMARK: Final = Type(size=120, leading=120, name=BOLD)
_NUMBER: Final = Type(size=10.5, leading=14)
# Printers leave a margin of some millimetres bare: the count of pages ends above it.
_BARE: Final = 7 * MM
_ABOVE_RULE: Final = 2.5 * MM
_BELOW_RULE: Final = 1.2 * MM


class Mark(StrEnum):
    """What is stamped on a print: nothing, that it is printed again, or that nothing is decided yet."""

    NONE = ""
    REPRINT = "补打"
    DRAFT = "草稿"


def above_foot(paper: Paper, sheet: Sheet) -> Sheet:
    """Give the sheet with as much room for text as the foot of the paper leaves."""
    foot = len(_foot_lines(paper, sheet)) * FOOT.leading + SMALL.leading
    room = sheet.page_height - _BARE - foot - _BELOW_RULE - _ABOVE_RULE - sheet.top
    return replace(sheet, height=min(sheet.height, room))


def draw_frame(pen: Pen, paper: Paper, sheet: Sheet, *, page: int, pages: int, mark: Mark) -> None:
    """Draw everything around the text of one page; before the text, so that a watermark lies below it."""
    if mark is Mark.DRAFT:
        _watermark(pen, sheet, mark.value)
    if page == 1:
        _head(pen, paper, sheet, coded=mark is not Mark.DRAFT)
    else:
        _running_head(pen, paper, sheet)
    if mark is not Mark.NONE:
        _stamp(pen, sheet, mark.value)
    _foot(pen, paper, sheet, page=page, pages=pages)


def _head(pen: Pen, paper: Paper, sheet: Sheet, *, coded: bool) -> None:
    right = sheet.left + sheet.width
    bottom = sheet.top - 5 * MM
    if paper.number and coded:
        # A draft has no number yet that a scanner could look up.
        draw_qr(pen.canvas, paper.number, x=right - _QR, y=sheet.page_height - bottom, size=_QR)
    if paper.number:
        number = f"编号：{paper.number}"
        pen.text(Line(text=number), _NUMBER, right - _QR - 3 * MM - _NUMBER.width(number), bottom - _NUMBER.leading)
    # The issuer's name may be long: it wraps in the left half, upward from the line of the number.
    lines = set_lines(paper.issuer, _NUMBER, sheet.width * 0.45, justify=False)[-2:]
    for index, line in enumerate(lines):
        pen.text(line, _NUMBER, sheet.left, bottom - (len(lines) - index) * _NUMBER.leading)


def _running_head(pen: Pen, paper: Paper, sheet: Sheet) -> None:
    y = sheet.top - 5 * MM
    pen.text(Line(text=paper.title), SMALL, sheet.left, y - SMALL.leading)
    number = f"编号：{paper.number}" if paper.number else ""
    pen.text(Line(text=number), SMALL, sheet.left + sheet.width - SMALL.width(number), y - SMALL.leading)
    pen.rule(sheet.left, y, sheet.left + sheet.width, y)


def _foot(pen: Pen, paper: Paper, sheet: Sheet, *, page: int, pages: int) -> None:
    y = sheet.top + sheet.height + _ABOVE_RULE
    pen.rule(sheet.left, y, sheet.left + sheet.width, y)
    y += _BELOW_RULE
    for line in _foot_lines(paper, sheet):
        pen.text(line, FOOT, sheet.left, y)
        y += FOOT.leading
    y = sheet.page_height - _BARE - SMALL.leading
    pen.text(Line(text=paper.template_version), SMALL, sheet.left, y)
    count = f"第 {page} 页  共 {pages} 页"
    pen.text(Line(text=count), SMALL, sheet.left + sheet.width - SMALL.width(count), y)


def _foot_lines(paper: Paper, sheet: Sheet) -> list[Line]:
    return [line for text in paper.foot for line in set_lines(text, FOOT, sheet.width, justify=False)]


def _stamp(pen: Pen, sheet: Sheet, word: str) -> None:
    width = _STAMP.width(word) + 5 * MM
    x, y = (sheet.page_width - width) / 2, 10 * MM
    pen.canvas.setLineWidth(1.2)
    pen.canvas.rect(x, sheet.page_height - y - 24, width, 24, stroke=1, fill=0)
    pen.text(Line(text=word), _STAMP, x + 2.5 * MM, y + 2)


def _watermark(pen: Pen, sheet: Sheet, word: str) -> None:
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillGray(0.9)
    canvas.setFont(_WATERMARK.name, _WATERMARK.size)
    canvas.translate(sheet.page_width / 2, sheet.page_height / 2)
    canvas.rotate(45)
    canvas.drawCentredString(0, -_WATERMARK.size * 0.36, " ".join(word))
    canvas.restoreState()
