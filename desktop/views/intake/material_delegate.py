"""Paints one line of the materials list: verdict chip, name, what was handed in, article."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.acts import MaterialLine
from desktop.domain.walk_in import MaterialCheck, Verdict
from desktop.views.shared.chips import Tone, chip_size, paint_chip
from desktop.views.theme import COLOURS, base_px, row_px
from desktop.views.wording import word

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
CHECK_ROLE: Final = Qt.ItemDataRole.UserRole + 2
SCANS_ROLE: Final = Qt.ItemDataRole.UserRole + 3

_WIDEST_CHIP: Final = "未核对"


def chip_of(line: MaterialLine, check: MaterialCheck) -> tuple[str, Tone]:
    """Give the word and the tone of a line's chip."""
    words = word(check.verdict)
    if check.verdict is Verdict.UNJUDGED:
        if line.undetermined:
            return "待定", Tone.AMBER
        return (words, Tone.GREY) if line.required else ("可交", Tone.GREY)
    if check.verdict is Verdict.IN_ORDER:
        return ("齐 ！", Tone.AMBER) if line.problem else (words, Tone.GREEN)
    return (words, Tone.GREY) if check.verdict is Verdict.NOT_APPLICABLE else (words, Tone.RED)


def handed_in(check: MaterialCheck) -> str:
    """Say in a few words what was handed in: form and number of copies, or the last valid day."""
    parts = [word(check.form)] if check.form else []
    if check.copies > 1:
        parts.append(f"{check.copies} 份")
    if check.valid_to is not None:
        parts.append(f"至 {check.valid_to}")
    return " ".join(parts)


class MaterialDelegate(QStyledItemDelegate):
    """Paints the lines; the current one is lit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give one row of the theme's height."""
        del option, index
        return QSize(200, row_px() - 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        line, check = index.data(LINE_ROLE), index.data(CHECK_ROLE)
        painter.save()
        self._ground(painter, option)
        rect = option.rect.adjusted(4, 0, -4, 0)
        if isinstance(line, MaterialLine) and isinstance(check, MaterialCheck):
            room = self._scans(painter, rect, index.data(SCANS_ROLE) or 0)
            self._line(painter, rect.adjusted(0, 0, -room, 0), line, check)
        else:
            painter.setPen(QColor(COLOURS.blue))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(COLOURS.picked))

    def _scans(self, painter: QPainter, rect: QRect, scans: int) -> int:
        """Paint at the right how many scans there are; gives the room it took."""
        if not scans:
            return 0
        words = f"附件 {scans}"
        width = chip_size(words, QFontMetricsF(painter.font())).width()
        room = QRect(rect.right() - width, rect.top() + 2, width, rect.height() - 4)
        paint_chip(painter, QRectF(room), text=words, tone=Tone.BLUE)
        return width + 8

    def _line(self, painter: QPainter, rect: QRect, line: MaterialLine, check: MaterialCheck) -> None:
        size = base_px()
        words, tone = chip_of(line, check)
        room = chip_size(_WIDEST_CHIP, QFontMetricsF(painter.font())).width()
        chip = QRect(rect.left(), rect.top() + 2, room, rect.height() - 4)
        paint_chip(painter, QRectF(chip), text=words, tone=tone)
        right = rect.right()
        small = painter.font()
        for text, gap in ((line.article, 8), (handed_in(check), 8)):
            painter.setPen(QColor(COLOURS.ink_faint))
            small.setPixelSize(size - 1)
            painter.setFont(small)
            width = painter.fontMetrics().horizontalAdvance(text)
            box = QRect(right - width, rect.top(), width, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            right -= width + (gap if text else 0)
        small.setPixelSize(size)
        painter.setFont(small)
        painter.setPen(QColor(COLOURS.ink if line.required else COLOURS.ink_soft))
        left = chip.right() + 9
        name = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, name)
