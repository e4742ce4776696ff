"""The measures of a sheet: where the text stands on it, and the sizes of type a paper may shrink through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from desktop.documents.blocks import Shape
from desktop.documents.fonts import BOLD, PLAIN
from desktop.documents.text_lines import Line, Type

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
A3_WIDTH: Final = 420 * MM  # across: a board hangs on a fence
A3_HEIGHT: Final = 297 * MM
HAIRLINE: Final = 0.4
SHADE: Final = 0.94


TITLE: Final = Type(size=22, leading=31, name=BOLD)
BOARD_TITLE: Final = Type(size=44, leading=58, name=BOLD)
SMALL: Final = Type(size=9, leading=12.5, name=PLAIN)
FOOT: Final = Type(size=9, leading=11.6, name=PLAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The text area of a page in points, and the type it is set in."""

    left: float
    top: float
    width: float
    height: float
    size: float
    line_factor: float
    largest_cell: float = 12.0
    page_width: float = PAGE_WIDTH
    page_height: float = PAGE_HEIGHT
    title: Type = TITLE

    @property
    def body(self) -> Type:
        """Give the type of running text."""
        return Type(size=self.size, leading=self.size * self.line_factor)

    @property
    def strong(self) -> Type:
        """Give the bold type of the same size."""
        return Type(size=self.size, leading=self.size * self.line_factor, name=BOLD)

    @property
    def cell(self) -> Type:
        """Give the type of tables, a little smaller than running text in letters."""
        size = min(self.size, self.largest_cell)
        return Type(size=size, leading=size * 1.4)


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on a ReportLab canvas in our measures: y runs downward from the top of the page."""

    canvas: Any
    height: float = PAGE_HEIGHT

    def text(self, line: Line, style: Type, x: float, y: float) -> None:
        """Write a line whose band of ``style.leading`` begins at y."""
        baseline = self.height - y - style.leading / 2 - style.size * 0.36
        self.canvas.setFont(style.name, style.size)
        self.canvas.drawString(x + line.x, baseline, line.text, charSpace=line.spread)

    def rule(self, x: float, y: float, to_x: float, to_y: float, *, weight: float = HAIRLINE) -> None:
        """Draw a straight line."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, self.height - y, to_x, self.height - to_y)

    def box(self, x: float, y: float, width: float, height: float, *, shaded: bool = False) -> None:
        """Draw the frame of a cell."""
        self.canvas.setLineWidth(HAIRLINE)
        self.canvas.setFillGray(SHADE if shaded else 0)
        self.canvas.rect(x, self.height - y - height, width, height, stroke=1, fill=int(shaded))
        self.canvas.setFillGray(0)

    def fill(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """Lay a grey ground without a frame, 0 black to 1 white."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)


Draw = Callable[[Pen, float, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A band of the page that is never parted: its height and how to draw it at (left, top).

    ``stays`` binds it to the next piece; ``is_gap`` may vanish at the top of a page; ``header`` is repeated
    above it when a page begins with it; ``ends_page`` begins a new page after it.
    """

    height: float
    draw: Draw
    stays: bool = False
    is_gap: bool = False
    header: Piece | None = None
    ends_page: bool = False


def gap(height: float, *, stays: bool = False) -> Piece:
    """Give empty room."""
    return Piece(height=height, draw=_nothing, is_gap=True, stays=stays)


def _nothing(_pen: Pen, _x: float, _y: float) -> None:
    """Draw nothing: the room itself is the point."""


_LETTER_TYPE: Final = 14
# The steps of type size of each shape, largest first; a paper takes the largest that needs the fewest pages.
LADDERS: Final[dict[Shape, tuple[float, ...]]] = {
    "letter": (16, 15, 14, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9),
    "notice": (16, 15, 14, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9),
    "form": (12, 11.5, 11, 10.5, 10, 9.5, 9),
    "wide": (11, 10.5, 10, 9.5, 9),
    "poster": (16, 15, 14, 13, 12, 11, 10.5, 10, 9.5, 9),
    # A report of many sheets is read, not posted: one calm size, and it is set but once.
    "report": (10,),
    "report_wide": (10,),
    "board": (26, 24, 22, 20, 19, 18, 17, 16, 15, 14, 13, 12),
}


def sheet(shape: Shape, size: float) -> Sheet:
    """Give the sheet of a shape; a letter has the text area of GB/T 9704 (156 mm by 225 mm).

    A letter too long for the type of that standard takes the margins of a form: large type serves its readers more.
    """
    if shape == "letter" and size >= _LETTER_TYPE:
        return Sheet(left=28 * MM, top=37 * MM, width=156 * MM, height=225 * MM, size=size, line_factor=1.75)
    factor = 1.5 if size > 10 else 1.42
    if shape in ("wide", "report_wide"):
        return Sheet(
            left=18 * MM,
            top=25 * MM,
            width=261 * MM,
            height=165 * MM,
            size=size,
            line_factor=factor,
            page_width=PAGE_HEIGHT,
            page_height=PAGE_WIDTH,
        )
    if shape == "board":
        return Sheet(
            left=22 * MM,
            top=30 * MM,
            width=376 * MM,
            height=242 * MM,
            size=size,
            line_factor=1.4,
            largest_cell=size,
            page_width=A3_WIDTH,
            page_height=A3_HEIGHT,
            title=BOARD_TITLE,
        )
    largest_cell = size if shape == "poster" else 12.0
    return Sheet(
        left=20 * MM,
        top=27 * MM,
        width=170 * MM,
        height=242 * MM,
        size=size,
        line_factor=factor,
        largest_cell=largest_cell,
    )
