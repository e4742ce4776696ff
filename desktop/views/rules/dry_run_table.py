"""The list of what a version of the rules would change, a line for each change; sorted by any column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.domain.dry_run import DryRunChange, DryRunRow
from desktop.views.theme import COLOURS, SPACE_6, base_px, row_px

COLUMNS: Final = ("编号", "申报日期", "社区", "类型", "原规则版本", "变化", "现在", "试算以后", "依据")
_WIDTHS: Final = (13, 7, 8, 11, 8, 6, 13, 13, 7)  # in characters
_ROOMY: Final = (3, 6, 7, 8)  # these share what room is left

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One change of one filing."""

    row: DryRunRow
    change: DryRunChange

    def texts(self) -> tuple[str, ...]:
        """Give what its cells say."""
        row, change = self.row, self.change
        about = (row.number, row.filed_on.isoformat(), row.community, row.category, row.version)
        return (*about, change.kind.label, change.before, change.after, change.article)


class _Lines(QAbstractTableModel):
    """Holds the lines in sight; a cell is written when it is looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.lines[index.row()].texts()[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None


class DryRunTable(QTableView):
    """Shows lines; ``opened`` gives the filing that Enter or a double click meant."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Lines(self)
        self._all: Sequence[Line] = ()
        self._wanted: Callable[[Line], bool] = _any
        self._sorted_by: tuple[int, bool] | None = None
        self._words_when_empty = ""
        self.setModel(self._model)
        self._dress()
        self._fit()

    @property
    def lines(self) -> Sequence[Line]:
        """Give the lines in sight, in their order."""
        return self._model.lines

    def show_rows(self, rows: Sequence[DryRunRow]) -> None:
        """Show every change of some filings."""
        self._all = [Line(row, change) for row in rows for change in row.changes]
        self._show()

    def only(self, wanted: Callable[[Line], bool] | None) -> None:
        """Show only some of the lines, with ``None`` all of them."""
        self._wanted = wanted or _any
        self._show()

    def chosen(self) -> Line | None:
        """Give the line one is on, None without one."""
        place = self.currentIndex().row()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def sort_by(self, column: int) -> None:
        """Sort by a column; by the same one again the other way round."""
        is_again = self._sorted_by == (column, False)
        self._sorted_by = (column, is_again)
        order = Qt.SortOrder.DescendingOrder if is_again else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(column, order)
        self._show()

    def sort_by_current(self) -> None:
        """Sort by the column the cursor is in."""
        self.sort_by(max(self.currentIndex().column(), 0))

    def say_when_empty(self, words: str) -> None:
        """Say in the empty table what would fill it."""
        self._words_when_empty = words
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

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
        if self.lines or not self._words_when_empty:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(COLOURS.ink_soft))
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        room = self.viewport().rect().adjusted(SPACE_6, SPACE_6, -SPACE_6, 0)
        painter.drawText(room, flags, self._words_when_empty)
        painter.end()

    def _show(self) -> None:
        chosen, column = self.chosen(), max(self.currentIndex().column(), 0)
        lines = [line for line in self._all if self._wanted(line)]
        if self._sorted_by is not None:
            by, is_descending = self._sorted_by
            lines.sort(key=lambda line: line.texts()[by], reverse=is_descending)
        self._model.show_lines(lines)
        if lines:
            place = next((place for place, line in enumerate(lines) if line is chosen), 0)
            self.setCurrentIndex(self._model.index(place, column))

    def _open(self) -> None:
        line = self.chosen()
        if line is not None:
            self.opened.emit(line.row.filing_id)

    def _fit(self) -> None:
        widths = [base_px() * characters for characters in _WIDTHS]
        bar = self.verticalScrollBar().sizeHint().width()
        spare = max(0, self.width() - 2 * self.frameWidth() - bar - sum(widths))
        shared = sum(widths[column] for column in _ROOMY)
        for column, width in enumerate(widths):
            more = spare * width // shared if column in _ROOMY else 0
            self.setColumnWidth(column, width + more)

    def _dress(self) -> None:
        self.setObjectName("dry_run_lines")
        self.setAccessibleName("逐件清单：每行一项变化")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_px())
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self.sort_by)
        self.doubleClicked.connect(lambda _index: self._open())


def _any(_line: Line) -> bool:
    return True
