"""What tells the series of a chart apart without colour: grounds, hatchings, markers, dashes; and the scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import floor, log10
from typing import Any, Final

from desktop.documents.sheet import HAIRLINE, MM, Pen

_STEP: Final = 1.1 * MM
_MOST: Final = 1e15


@dataclass(frozen=True, slots=True)
class Ground:
    """How an area is filled: a grey (0 black to 1 white), and lines over it rising or falling."""

    grey: float
    hatch: str = ""

    @property
    def is_dark(self) -> bool:
        """Say whether type on it must be white."""
        return self.grey < 0.5


# Neighbours differ by lightness and by pattern, so that a bad copy still tells them apart.
GROUNDS: Final = (
    Ground(0.22),
    Ground(1.0, "/"),
    Ground(0.68),
    Ground(1.0, "x"),
    Ground(0.86),
    Ground(0.45),
    Ground(1.0, "-"),
    Ground(1.0),
)
DASHES: Final[tuple[tuple[float, ...], ...]] = ((), (4, 2), (1.2, 1.8), (6, 2, 1.2, 2), (), (3, 3))


def size_of(text: str) -> float | None:
    """Read a value of a chart; None where nothing is known or nothing can be drawn."""
    try:
        value = float(Decimal(text)) if text else None
    except (InvalidOperation, OverflowError):
        return None
    return value if value is not None and abs(value) < _MOST else None


def shown(text: str) -> str:
    """Write a value with groups of three."""
    return f"{Decimal(text):,f}" if size_of(text) is not None else "—"


def scale(largest: float, *, steps: int = 5) -> tuple[float, float]:
    """Give a round step and the end of an axis that begins at zero and holds the largest value."""
    if largest <= 0:
        return 1.0, float(steps)
    raw = largest / steps
    power = 10.0 ** floor(log10(raw))
    step = max(next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999999), 1e-6)
    count = -(-largest // step)
    return step, step * max(count, 1)


def area(pen: Pen, x: float, y: float, width: float, height: float, ground: Ground) -> None:
    """Fill and frame an area."""
    if width <= 0 or height <= 0:
        return
    pen.fill(x, y, width, height, ground.grey)
    if ground.hatch:
        _hatch(pen, x, y, width, height, ground.hatch)
    pen.box(x, y, width, height)


def _hatch(pen: Pen, x: float, y: float, width: float, height: float, kind: str) -> None:
    canvas = pen.canvas
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, pen.height - y - height, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    if kind == "-":
        for index in range(1, int(height / _STEP) + 1):
            pen.rule(x, y + index * _STEP, x + width, y + index * _STEP)
    else:
        for index in range(int((width + height) / _STEP) + 1):
            at = x + index * _STEP
            pen.rule(at - height, y + height, at, y, weight=HAIRLINE)
            if kind == "x":
                pen.rule(at - height, y, at, y + height, weight=HAIRLINE)
    canvas.restoreState()


def marker(pen: Pen, x: float, y: float, which: int) -> None:
    """Draw the mark of a point of one series: a disc, a square, a triangle, a ring, a rhomb, a cross."""
    _MARKERS[which % len(_MARKERS)](pen, x, pen.height - y, 1.0 * MM)


def _disc(pen: Pen, x: float, y: float, half: float, *, grey: float = 0) -> None:
    pen.canvas.setFillGray(grey)
    pen.canvas.circle(x, y, half, stroke=1, fill=1)
    pen.canvas.setFillGray(0)


def _ring(pen: Pen, x: float, y: float, half: float) -> None:
    _disc(pen, x, y, half, grey=1)


def _polygon(pen: Pen, points: list[tuple[float, float]], grey: float) -> None:
    canvas: Any = pen.canvas
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.setFillGray(grey)
    canvas.drawPath(path, stroke=1, fill=1)
    canvas.setFillGray(0)


def _square(pen: Pen, x: float, y: float, half: float) -> None:
    _polygon(pen, [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)], 1)


def _triangle(pen: Pen, x: float, y: float, half: float) -> None:
    _polygon(pen, [(x - half * 1.2, y - half), (x + half * 1.2, y - half), (x, y + half * 1.2)], 0)


def _rhomb(pen: Pen, x: float, y: float, half: float) -> None:
    wide = half * 1.3
    _polygon(pen, [(x - wide, y), (x, y - wide), (x + wide, y), (x, y + wide)], 1)


def _cross(pen: Pen, x: float, y: float, half: float) -> None:
    pen.canvas.line(x - half, y - half, x + half, y + half)
    pen.canvas.line(x - half, y + half, x + half, y - half)


_MARKERS: Final[tuple[Callable[[Pen, float, float, float], None], ...]] = (
    _disc,
    _square,
    _triangle,
    _ring,
    _rhomb,
    _cross,
)
