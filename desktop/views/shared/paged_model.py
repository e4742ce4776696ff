"""A table model over ids and pages of rows: the whole ledger costs its ids, a screen costs one page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

RowT = TypeVar("RowT")
PAGE_ROWS: Final = 200
_PAGES_KEPT: Final = 40

_Index = QModelIndex | QPersistentModelIndex


class PagedTableModel(QAbstractTableModel, Generic[RowT]):
    """Holds ids in order and fetches rows by pages of 200; some pages stay in memory.

    ``fetch`` gives the rows of some ids in the same order (some milliseconds); ``show`` gives what a cell
    shows for a role.
    """

    def __init__(
        self,
        headings: Sequence[str],
        fetch: Callable[[Sequence[int]], Sequence[RowT]],
        show: Callable[[RowT, int, int], Any],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings, self._fetch, self._show = tuple(headings), fetch, show
        self._ids: tuple[int, ...] = ()
        self._pages: OrderedDict[int, Sequence[RowT]] = OrderedDict()

    @property
    def ids(self) -> tuple[int, ...]:
        """Give the ids in their order."""
        return self._ids

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._ids = tuple(ids)
        self._pages.clear()
        self.endResetModel()

    def row(self, place: int) -> RowT | None:
        """Give one row, None where there is none, or where it vanished since the ids were read."""
        if not 0 <= place < len(self._ids):
            return None
        rows = self._page(place // PAGE_ROWS)
        within = place % PAGE_ROWS
        return rows[within] if within < len(rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        return None if row is None else self._show(row, index.column(), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _page(self, number: int) -> Sequence[RowT]:
        if number not in self._pages:
            start = number * PAGE_ROWS
            self._pages[number] = self._fetch(self._ids[start : start + PAGE_ROWS])
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        return self._pages[number]
