"""A table of figures: the arrow keys go from figure to figure, Enter or a click opens the rows that one counts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.views.shared.chips import Tone
from desktop.views.statistics.figure_grid import Cell, FigureGrid
from desktop.views.theme import COLOURS, SPACE_2, SPACE_3, SPACE_6, base_px, row_px

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_INK: Final = {Tone.RED: QColor(COLOURS.red), Tone.GREEN: QColor(COLOURS.green), Tone.AMBER: QColor(COLOURS.amber)}
# From paper to the deepest heat; the ink on it keeps a contrast above 4.5 to 1.
_COOL: Final = QColor("#ffffff")
_HOT: Final = QColor("#e8a13c")
_WIDEST_SHARE: Final = 0.4


class _HeatCell(QStyledItemDelegate):
    """Keeps the heat and the ink of a cell while it is chosen, and frames it instead."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        brush = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(brush, QBrush):
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, brush)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if not isinstance(ground, QBrush):
            super().paint(painter, option, index)
            return
        painter.fillRect(option.rect, ground)  # a style sheet paints no ground of its own over it
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        # The ground of what is chosen would read as the coolest of all.
        option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
        if is_chosen:
            painter.setPen(QPen(QColor(COLOURS.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))


class FigureTable(QTableWidget):
    """Shows a grid; ``asked`` gives the rows behind the figure that was opened, ``stood_on`` the cell one is on."""

    asked = Signal(object)  # RowsAsked
    stood_on = Signal(object)  # Cell

    def __init__(self, name: str, words: str, parent: QWidget | None = None, *, is_whole: bool = False) -> None:
        super().__init__(parent)
        self._grid = FigureGrid(heads=(), rows=())
        self._is_whole, self._words_when_empty = is_whole, ""
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_HeatCell(self))
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.setMouseTracking(True)
        self.currentCellChanged.connect(self._stand)
        self.cellClicked.connect(self._open)
        if is_whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._keep_row_height()

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Give the rows as shown."""
        return self._grid.rows

    def show_grid(self, grid: FigureGrid) -> None:
        """Show a grid; one stays in the place one was, where there is one."""
        row, column = self.currentRow(), self.currentColumn()
        # Nobody stands anywhere while rows come and go.
        self.blockSignals(True)
        self._grid = grid
        self.clearSpans()
        self.setRowCount(len(grid.rows))
        self.setColumnCount(len(grid.heads))
        self._show_heads()
        for place, cells in enumerate(grid.rows):
            self._show_row(place, cells)
        self.blockSignals(False)
        self._fit()
        if grid.rows:
            self._stand_in(row, column)
        if self._is_whole:
            self.setFixedHeight(self.whole_height())

    def wanted_width(self) -> int:
        """Give the width in which every column is seen."""
        bar = self.verticalScrollBar().sizeHint().width()
        return sum(self._wants(column) for column in range(len(self._grid.heads))) + bar + 2 * self.frameWidth()

    def whole_height(self) -> int:
        """Give the height in which every row is seen."""
        return self.horizontalHeader().height() + row_px() * max(len(self._grid.rows), 1) + 2 * self.frameWidth() + 4

    def say_when_empty(self, words: str) -> None:
        """Say in the empty table why it is so."""
        self._words_when_empty = words
        self.viewport().update()

    def cell(self, row: int, column: int) -> Cell | None:
        """Give a cell, None for what lies outside."""
        if 0 <= row < len(self._grid.rows) and 0 <= column < len(self._grid.rows[row]):
            return self._grid.rows[row][column]
        return None

    def open_current(self) -> None:
        """Open the rows of the figure one is on."""
        self._open(self.currentRow(), self.currentColumn())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        cell = self.cell(index.row(), index.column()) if index.isValid() else None
        is_link = cell is not None and cell.asked is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_row_height()
            self.show_grid(self._grid)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._words_when_empty and not self._grid.rows:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(COLOURS.ink_soft))
            room = self.viewport().rect().adjusted(SPACE_6, SPACE_3, -SPACE_6, 0)
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._words_when_empty)
            painter.end()

    def _show_heads(self) -> None:
        for column, head in enumerate(self._grid.heads):
            item = QTableWidgetItem(head)
            item.setTextAlignment(_LEFT if column == 0 else _RIGHT)
            item.setToolTip(head)
            self.setHorizontalHeaderItem(column, item)

    def _show_row(self, place: int, cells: tuple[Cell, ...]) -> None:
        for column in range(len(self._grid.heads)):
            item = QTableWidgetItem()
            if column < len(cells):
                self._dress(item, cells[column], column)
            self.setItem(place, column, item)
        if len(cells) == 1 and len(self._grid.heads) > 1:
            self.setSpan(place, 0, 1, len(self._grid.heads))

    def _dress(self, item: QTableWidgetItem, cell: Cell, column: int) -> None:
        item.setText(cell.text)
        item.setTextAlignment(_LEFT if column == 0 else _RIGHT)
        item.setToolTip(cell.text if cell.is_head else "")
        if cell.is_strong:
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(font)
        if cell.tone in _INK:
            item.setForeground(_INK[cell.tone])
        if cell.heat:
            item.setBackground(heat_colour(cell.heat))

    def _stand_in(self, row: int, column: int) -> None:
        """Stand on the nearest figure that leads to rows."""
        row = min(max(row, 0), len(self._grid.rows) - 1)
        column = min(max(column, 1), max(len(self._grid.heads) - 1, 0))
        while row + 1 < len(self._grid.rows) and len(self._grid.rows[row]) == 1:
            row += 1
        self.setCurrentCell(row, column)
        self._stand(row, column)

    def _stand(self, row: int, column: int, *_before: int) -> None:
        cell = self.cell(row, column)
        if cell is not None:
            self.stood_on.emit(cell)

    def _open(self, row: int, column: int) -> None:
        cell = self.cell(row, column)
        if cell is not None and cell.asked is not None:
            self.asked.emit(cell.asked)

    def _keep_row_height(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_px())
        self.verticalHeader().setMinimumSectionSize(row_px())

    def _fit(self) -> None:
        """Give every column what its longest text needs; what is left over goes to all alike."""
        count = len(self._grid.heads)
        if not count:
            return
        room = max(self.viewport().width(), base_px() * 10)
        wants = [self._wants(column) for column in range(count)]
        wants[0] = min(wants[0], int(max(room * _WIDEST_SHARE, base_px() * 8)))
        over = sum(wants) - room
        if 0 < over <= base_px() * count:
            # Rather less air between the figures than a bar for scrolling below them.
            wants = [width - -(-over // count) for width in wants]
        spare = max(0, room - sum(wants))
        first = spare // 3 if count > 1 else spare
        rest = (spare - first) // max(count - 1, 1)
        for column, width in enumerate(wants):
            self.setColumnWidth(column, width + (first if column == 0 else rest))

    def _wants(self, column: int) -> int:
        metrics = self.horizontalHeader().fontMetrics()
        texts = [self._grid.heads[column]]
        texts += [cells[column].text for cells in self._grid.rows if column < len(cells) and len(cells) > 1]
        return max(metrics.horizontalAdvance(text) for text in texts) + 2 * SPACE_2 + base_px()


def heat_colour(share: float) -> QColor:
    """Give the ground of a cell by how near it is to the greatest, 0 to 1; lighter and darker in grey too."""
    share = min(max(share, 0.0), 1.0) ** 0.75

    def mixed(cool: int, hot: int) -> int:
        return round(cool + (hot - cool) * share)

    return QColor(mixed(_COOL.red(), _HOT.red()), mixed(_COOL.green(), _HOT.green()), mixed(_COOL.blue(), _HOT.blue()))
