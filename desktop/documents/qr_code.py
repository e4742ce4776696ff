"""The QR code of a paper's number, drawn as one path so that it stays sharp at any print size."""

from __future__ import annotations

from typing import Any

import segno


def draw_qr(canvas: Any, text: str, *, x: float, y: float, size: float) -> None:
    """Draw the code with its lower left corner at (x, y); ``size`` in points, without the quiet zone."""
    code = segno.make(text, error="m", micro=False)
    modules = len(code.matrix)
    unit = size / modules
    path = canvas.beginPath()
    for row, line in enumerate(code.matrix):
        for column, dark in enumerate(line):
            if dark:
                path.rect(x + column * unit, y + size - (row + 1) * unit, unit, unit)
    canvas.drawPath(path, stroke=0, fill=1)
