"""The table of the ledger: rows by pages, chips in cells, sorting by header and by key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.ledger import LedgerColumn, LedgerRow
from desktop.views.ledger.ledger_cells import CHIP_ROLE, COLUMNS, WIDTHS
from desktop.views.shared.chips import Tone, paint_chip
from desktop.views.shared.paged_model import PagedTableModel
from desktop.views.theme import base_px, row_px


class ChipDelegate(QStyledItemDelegate):
    """Paints a chip where the model gives a tone, plain text elsewhere."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # Qt hands a member of a text enum back as plain text.
        tone = index.data(CHIP_ROLE)
        if not tone:
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        words, plain.text = plain.text, ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, option.widget)
        painter.save()
        painter.setFont(option.font)
        room = QRectF(option.rect).adjusted(6, 2, -4, -2)
        paint_chip(painter, room, text=words, tone=Tone(tone))
        painter.restore()


class LedgerTable(QTableView):
    """Enter opens, Ctrl+C copies the number, a click on a heading sorts by it."""

    opened = Signal(int)  # id
    selected = Signal(object)  # LedgerRow, or None
    sort_asked = Signal(object)  # LedgerColumn

    def __init__(self, model: PagedTableModel[LedgerRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setObjectName("ledgerTable")
        self.setAccessibleName("台账")
        self.setItemDelegate(ChipDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(lambda section: self.sort_asked.emit(COLUMNS[section]))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.selected.emit(model.row(now.row())))
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self._fit()

    def show_sorting(self, column: LedgerColumn, *, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(COLUMNS.index(column), order)

    def sort_by_current(self) -> None:
        """Ask to sort by the column the cursor is in."""
        self.sort_asked.emit(COLUMNS[max(self.currentIndex().column(), 0)])

    def choose(self, filing_id: int | None) -> None:
        """Select the row of a filing, or the first row."""
        ids = self._rows.ids
        if not ids:
            self.selected.emit(None)
            return
        place = ids.index(filing_id) if filing_id in ids else 0
        column = max(self.currentIndex().column(), 0)
        self.setCurrentIndex(self._rows.index(place, column))

    def current_row(self) -> LedgerRow | None:
        """Give the selected row, None when nothing is selected."""
        return self._rows.row(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_C and row:
            QApplication.clipboard().setText(row.number)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_rows"):
            self._fit()

    def _open(self, place: int) -> None:
        row = self._rows.row(place)
        if row is not None:
            self.opened.emit(row.id)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_px())
        for section, column in enumerate(COLUMNS):
            self.setColumnWidth(section, int(WIDTHS[column] * base_px()) + 12)
