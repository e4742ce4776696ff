"""How much a chart and a heat table can tell apart without colour; who composes them needs no library of drawing."""

from __future__ import annotations

from typing import Final

MOST_SERIES: Final = 8  # grounds of areas
MOST_LINES: Final = 6  # markers and dashes
DARKEST: Final = 4  # shades of a heat table besides white
