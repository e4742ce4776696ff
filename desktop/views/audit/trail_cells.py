"""What each cell of the trail's table shows."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt

from desktop.domain.trail import TrailRow
from desktop.services.wording import act_word
from desktop.views.theme import figure_font

HEADINGS: Final = ("序号", "时间", "人员", "事项", "编号", "内容")
# Widths in characters of the text size; the last takes what is left.
WIDTHS: Final = (3, 12, 5, 9, 12)
_FIGURES: Final = (0, 1, 4)
_LONG: Final = (5,)


def cell(row: TrailRow, column: int, role: int) -> Any:
    """Give what one cell shows for one of Qt's roles, None for nothing."""
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return _texts(row)[column]
    if role == Qt.ItemDataRole.ToolTipRole:
        return _texts(row)[column] if column in _LONG else None
    if role == Qt.ItemDataRole.FontRole:
        return figure_font() if column in _FIGURES else None
    return None


def _texts(row: TrailRow) -> tuple[str, ...]:
    at = f"{row.at.astimezone():%Y-%m-%d %H:%M:%S}"
    return str(row.id), at, row.who, act_word(row.act), row.number, row.summary
