"""The list of what a version of the rules would change, a line for each change; sorted by any column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.domain.dry_run import ChangeKind, DryRunChange, DryRunRow
from desktop.domain.local_rules import in_brackets
from desktop.views.shared.paged_model import PagedTableModel
from desktop.views.theme import COLOURS, SPACE_6, base_px, row_px

COLUMNS: Final = ("编号", "申报日期", "社区", "类型", "原规则版本", "变化", "现在", "试算以后", "依据")
_WIDTHS: Final = (13, 7, 8, 11, 8, 6, 13, 13, 7)  # in characters
_ROOMY: Final = (3, 6, 7, 8)  # these share what room is left


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

    def in_words(self) -> str:
        """Say the whole change, however little of it its cells have room for."""
        change = self.change
        sides = " → ".join(side for side in (change.before, change.after) if side)
        return f"{self.row.number}　{change.kind.label}：{sides}{in_brackets(change.article)}"


def transition_texts(kind: ChangeKind, before: str, after: str, count: int) -> tuple[str, ...]:
    """Give what the cells of a counted change say."""
    sides = (before, after) if before or after else ("（各件不同，见清单）", "")
    return (kind.label, *sides, f"{count:,}")


class DryRunTable(QTableView):
    """Shows lines; ``opened`` gives the filing that Enter or a double click meant."""

    opened = Signal(int)
    moved = Signal()  # to another line

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Line] = ()
        self._model = PagedTableModel[Line](COLUMNS, self._lines_at, _cell, self)
        self._wanted: Callable[[Line], bool] = _any
        self._sorted_by: tuple[int, bool] | None = None
        self._words_when_empty = ""
        self.setModel(self._model)
        self._dress()
        self._fit()

    @property
    def lines(self) -> Sequence[Line]:
        """Give the lines in sight, in their order."""
        return self._lines_at(self._model.ids)

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
        return self._model.row(self.currentIndex().row())

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
        if self._model.ids or not self._words_when_empty:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(COLOURS.ink_soft))
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        room = self.viewport().rect().adjusted(SPACE_6, SPACE_6, -SPACE_6, 0)
        painter.drawText(room, flags, self._words_when_empty)
        painter.end()

    def _show(self) -> None:
        chosen, column = self.chosen(), max(self.currentIndex().column(), 0)
        places = [place for place, line in enumerate(self._all) if self._wanted(line)]
        if self._sorted_by is not None:
            by, is_descending = self._sorted_by
            places.sort(key=lambda place: self._all[place].texts()[by], reverse=is_descending)
        self._model.show_ids(places)
        if places:
            at = next((at for at, place in enumerate(places) if self._all[place] is chosen), 0)
            self.setCurrentIndex(self._model.index(at, column))

    def _lines_at(self, places: Sequence[int]) -> Sequence[Line]:
        return [self._all[place] for place in places]

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
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.moved.emit())
        self.doubleClicked.connect(lambda _index: self._open())


def _any(_line: Line) -> bool:
    return True


def _cell(line: Line, column: int, role: int) -> str | None:
    is_text = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    return line.texts()[column] if is_text else None
