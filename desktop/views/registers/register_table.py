"""The table of one register: rows with their ids, found by typing, opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.domain.local_rules import local
from desktop.domain.search_keys import normalise
from desktop.views.theme import COLOURS, SPACE_6, base_px, row_px

_LEAST: Final = 7  # characters: a day
_LEAST_SHARED: Final = 5  # characters of a column that gives of its room
_ID: Final = int(Qt.ItemDataRole.UserRole)
_FAINT: Final = QColor(COLOURS.ink_faint)
# The colours of the shapes that begin a cell: what stops, what is due, what is in order.
_MARKED: Final = {"■": QColor(COLOURS.red), "▲": QColor(COLOURS.amber), "●": QColor(COLOURS.green)}


class _Toned(QStyledItemDelegate):
    """Keeps the colour of a cell on the chosen row too."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        brush = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(brush, QBrush):
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, brush)


class RegisterTable(QTableWidget):
    """Shows rows of texts; ``opened`` gives the id of the one that Enter or a double click meant.

    ``widths`` are in characters; the last column takes what is left.  The columns of ``roomy`` share what room there is
    instead: they take it where the window is wide, and give of theirs where it is narrow.
    """

    opened = Signal(int)

    def __init__(
        self,
        name: str,
        columns: Sequence[str],
        widths: Sequence[int],
        parent: QWidget | None = None,
        *,
        roomy: Sequence[int] = (),
    ) -> None:
        super().__init__(0, len(columns), parent)
        self._widths, self._roomy = tuple(widths), tuple(roomy)
        self.setObjectName(name)
        self.setHorizontalHeaderLabels([local(column) for column in columns])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Toned(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_px())
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit()
        self.doubleClicked.connect(lambda _index: self._open())
        self._words_when_empty = ""

    def show_rows(self, rows: Sequence[tuple[int, Sequence[str], bool]]) -> None:
        """Show rows of id, texts and whether in use; the chosen row stays chosen."""
        chosen = self.chosen_id()
        self.setRowCount(len(rows))
        for place, (row_id, texts, is_active) in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(_ID, row_id)
                item.setToolTip(text)
                colour = _MARKED.get(text[:1]) if is_active else _FAINT
                if colour is not None:
                    item.setForeground(colour)
                self.setItem(place, column, item)
        if rows:
            ids = [row_id for row_id, _texts, _is_active in rows]
            self.setCurrentCell(ids.index(chosen) if chosen in ids else 0, 0)

    def chosen_id(self) -> int | None:
        """Give the id of the row one is on, None without one."""
        row = self.currentRow()
        return None if self.isRowHidden(row) else self.id_at(row)

    def id_at(self, row: int) -> int | None:
        """Give the id of a row, None where there is no such row."""
        item = self.item(row, 0)
        return None if item is None else int(item.data(_ID))

    def find_text(self, text: str) -> int:
        """Hide the rows that do not hold a text; gives how many are left."""
        wanted, left = normalise(text), 0
        for row in range(self.rowCount()):
            cells = (self.item(row, column) for column in range(self.columnCount()))
            holds = wanted in normalise("\n".join(cell.text() for cell in cells if cell is not None))
            self.setRowHidden(row, not holds)
            left += holds
        self._stand_on_a_row_in_sight()
        return left

    def say_when_empty(self, words: str) -> None:
        """Say in the empty table what would fill it."""
        if words != self._words_when_empty:
            self._words_when_empty = words
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(row_px())
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._words_when_empty or any(not self.isRowHidden(row) for row in range(self.rowCount())):
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(COLOURS.ink_soft))
        # Where few rows fit the words stand in the first of them, whole.
        above = max(0, min(SPACE_6, self.viewport().height() - row_px()))
        room = self.viewport().rect().adjusted(SPACE_6, above, -SPACE_6, 0)
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self._words_when_empty)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        widths = [base_px() * characters for characters in self._widths]
        if len(widths) < self.columnCount():
            # Its least, or Qt holds it to a width of its own however narrow the table is.
            widths.append(max(base_px() * _LEAST, self.horizontalHeader().sectionSizeHint(len(widths))))
        shared = sum(widths[column] for column in self._roomy)
        if shared:
            # As if the bar for scrolling stood there: nothing moves when it comes.
            bar = self.verticalScrollBar().sizeHint().width()
            spare = self.width() - 2 * self.frameWidth() - bar - sum(widths)
            for column in self._roomy:
                least = min(widths[column], base_px() * _LEAST_SHARED)
                widths[column] = max(least, widths[column] + spare * widths[column] // shared)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def _open(self) -> None:
        chosen = self.chosen_id()
        if chosen is not None:
            self.opened.emit(chosen)

    def _stand_on_a_row_in_sight(self) -> None:
        if self.currentRow() >= 0 and not self.isRowHidden(self.currentRow()):
            return
        for row in range(self.rowCount()):
            if not self.isRowHidden(row):
                self.setCurrentCell(row, 0)
                return
