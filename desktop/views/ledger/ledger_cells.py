"""What each cell of the ledger shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from desktop.domain.ledger import LedgerColumn, LedgerRow
from desktop.domain.local_rules import local
from desktop.views.shared.chips import Tone
from desktop.views.theme import figure_font
from desktop.views.wording import STATUS_TONES, kind_word, word

COLUMNS: Final = (
    LedgerColumn.NUMBER,
    LedgerColumn.STATUS,
    LedgerColumn.FILED_ON,
    LedgerColumn.PROJECT,
    LedgerColumn.PLACE,
    LedgerColumn.OWNER,
    LedgerColumn.CONTRACTOR,
    LedgerColumn.RISK,
    LedgerColumn.VALID_UNTIL,
    LedgerColumn.KIND,
    LedgerColumn.CATEGORY,
    LedgerColumn.COMMUNITY,
)
# Widths in characters of the text size; the user may drag them.
WIDTHS: Final[Mapping[LedgerColumn, float]] = {
    LedgerColumn.NUMBER: 12,
    LedgerColumn.STATUS: 8.5,
    LedgerColumn.FILED_ON: 7.5,
    LedgerColumn.PROJECT: 14,
    LedgerColumn.PLACE: 14,
    LedgerColumn.OWNER: 13,
    LedgerColumn.CONTRACTOR: 13,
    LedgerColumn.RISK: 6.5,
    LedgerColumn.VALID_UNTIL: 7.5,
    LedgerColumn.KIND: 6.5,
    LedgerColumn.CATEGORY: 12,
    LedgerColumn.COMMUNITY: 8,
}
CHIP_ROLE: Final = Qt.ItemDataRole.UserRole + 1
MARK: Final = "※"  # something about this filing is out of the ordinary; the tip says what
_FIGURES: Final = frozenset({LedgerColumn.NUMBER, LedgerColumn.FILED_ON, LedgerColumn.VALID_UNTIL})
_LONG: Final = frozenset({LedgerColumn.PROJECT, LedgerColumn.PLACE, LedgerColumn.OWNER, LedgerColumn.CONTRACTOR})

_TEXTS: Final[Mapping[LedgerColumn, Callable[[LedgerRow], str]]] = {
    LedgerColumn.NUMBER: lambda row: row.number,
    LedgerColumn.FILED_ON: lambda row: row.filed_on.isoformat(),
    LedgerColumn.PROJECT: lambda row: row.project_name,
    LedgerColumn.PLACE: lambda row: row.place,
    LedgerColumn.COMMUNITY: lambda row: row.community,
    LedgerColumn.OWNER: lambda row: row.owner_name,
    LedgerColumn.CONTRACTOR: lambda row: row.contractor_name,
    LedgerColumn.KIND: lambda row: kind_word(row.kind, row.kind),
    LedgerColumn.CATEGORY: lambda row: row.category_label,
    LedgerColumn.RISK: lambda row: risk_words(row.high_risk),
    LedgerColumn.STATUS: lambda row: f"{word(row.status)} {MARK}" if marks_of(row) else word(row.status),
    LedgerColumn.VALID_UNTIL: lambda row: row.valid_until.isoformat() if row.valid_until else "",
}


def risk_words(high_risk: bool | None) -> str:
    """Say the risk in words; what is not yet known is not low."""
    if high_risk is None:
        return "未定"
    return local("高风险") if high_risk else "一般"


def marks_of(row: LedgerRow) -> tuple[str, ...]:
    """Name what is out of the ordinary about a filing and must stay visible."""
    marks = (("告知不到位", row.notice_not_complete), ("另有理由", row.is_overridden))
    return tuple(words for words, is_so in marks if is_so)


def cell(row: LedgerRow, column: int, role: int) -> Any:
    """Give what one cell shows for one of Qt's roles, None for nothing."""
    kind = COLUMNS[column]
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return _TEXTS[kind](row)
    if role == Qt.ItemDataRole.ToolTipRole:
        if kind is LedgerColumn.STATUS:
            return "、".join(marks_of(row)) or None
        return _TEXTS[kind](row) if kind in _LONG else None
    if role == Qt.ItemDataRole.FontRole:
        return _figures() if kind in _FIGURES else None
    if role == CHIP_ROLE:
        return _tone(row, kind)
    return None


def _tone(row: LedgerRow, kind: LedgerColumn) -> Tone | None:
    if kind is LedgerColumn.STATUS:
        return STATUS_TONES[row.status]
    if kind is LedgerColumn.RISK and row.high_risk:
        return Tone.AMBER
    return None


def _figures() -> QFont:
    return figure_font()
