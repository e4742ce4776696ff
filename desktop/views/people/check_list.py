"""Several things to tick, beside each other: arrows go from one to the next, Space ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.views.theme import base_px, row_px

_MOST_LINES: Final = 4
_TICK_ROOM: Final = 5  # characters
_EDGES: Final = 8


class CheckList(QListWidget):
    """Ticks over names; with ``whole`` the first tick stands for all of them, ``value`` None then."""

    changed = Signal()

    def __init__(self, names: Sequence[str], *, whole: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._names = tuple(names)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name in ((whole,) if whole else ()) + self._names:
            item = QListWidgetItem(name, self)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.setCurrentRow(0)
        self.itemChanged.connect(self._ticked)

    def value(self) -> frozenset[str] | None:
        """Give the names that are ticked, None for all of them."""
        if self._whole and self._is_ticked(0):
            return None
        return frozenset(self.item(row).text() for row in range(self._first, self.count()) if self._is_ticked(row))

    def set_value(self, names: Collection[str] | None) -> None:
        """Tick names, or all of them with None; a name that is not offered any more is added, so that it stays."""
        self.blockSignals(True)
        for name in names or ():
            if name not in self._names:
                self._names = (*self._names, name)
                self.addItem(name)
        for row in range(self.count()):
            is_whole = bool(self._whole) and row == 0
            ticked = names is None if is_whole else names is not None and self.item(row).text() in names
            self.item(row).setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _first(self) -> int:
        return 1 if self._whole else 0

    def _is_ticked(self, row: int) -> bool:
        return self.item(row).checkState() == Qt.CheckState.Checked

    def _ticked(self, item: QListWidgetItem) -> None:
        # All and some exclude each other.
        if self._whole and item.checkState() == Qt.CheckState.Checked:
            self.blockSignals(True)
            is_whole = self.row(item) == 0
            for row in range(self.count()):
                if (row == 0) != is_whole:
                    self.item(row).setCheckState(Qt.CheckState.Unchecked)
            self.blockSignals(False)
            self.viewport().update()
        self.changed.emit()

    def _fit(self) -> None:
        """Be as high as the names need, up to four lines."""
        metrics = QFontMetrics(self.font())
        widest = max((metrics.horizontalAdvance(self.item(row).text()) for row in range(self.count())), default=0)
        cell = QSize(widest + base_px() * _TICK_ROOM, row_px())
        if self.gridSize() != cell:
            self.setGridSize(cell)
            # The hint of Qt leaves no room for the padding of the style sheet, and names would be cut.
            was_blocked = self.blockSignals(True)
            for row in range(self.count()):
                self.item(row).setSizeHint(cell)
            self.blockSignals(was_blocked)
        # Room for the scroll bar too, so that its coming does not take a name to a line out of sight.
        in_a_line = max(1, (self.width() - _EDGES - base_px()) // cell.width())
        lines = min(_MOST_LINES, ceil(self.count() / in_a_line))
        height = max(1, lines) * cell.height() + _EDGES
        if self.height() != height:
            self.setFixedHeight(height)
