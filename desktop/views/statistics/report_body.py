"""The tables of a report: their list at the left, the chosen one with its chart, and what its figures mean below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.measure import Measure, RowsAsked
from desktop.domain.period import Period
from desktop.domain.report import ChartKind, ReportDefinition, ReportTable
from desktop.views.statistics.chart_shape import chart_of
from desktop.views.statistics.chart_view import ChartView
from desktop.views.statistics.figure_grid import Cell, FigureGrid, grid_of
from desktop.views.statistics.figure_links import table_asked
from desktop.views.statistics.figure_table import FigureTable
from desktop.views.statistics.figure_words import definition_text
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3, base_px

_LIST: Final = 13  # characters
_SAID_LINES: Final = 2.6
# Shares of the room that the table has beside its chart.
_LEAST_TABLE: Final = 0.4
_MOST_TABLE: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """A table that is no part of the report; it has no chart."""

    key: str
    title: str
    grid: FigureGrid


class ReportBody(QWidget):
    """``asked`` gives the rows of the figure that was opened."""

    asked = Signal(object)  # RowsAsked

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._definition: ReportDefinition | None = None
        self._period: Period | None = None
        self._tables: tuple[ReportTable, ...] = ()
        self._more: tuple[PlainTable, ...] = ()
        self._measures: Mapping[str, Measure] = {}
        self._charted: int | None = None
        self.list, self.heading = QListWidget(), QLabel()
        self.table = FigureTable(f"{name}.table", "统计表")
        self.chart, self.said = ChartView(f"{name}.chart"), QLabel()
        self.list.setObjectName(f"{name}.list")
        self._build()
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemActivated.connect(self._to_table)
        self.table.asked.connect(self.asked)
        self.table.stood_on.connect(self._stand)
        self.chart.asked.connect(self._open_mark)

    @property
    def _keys(self) -> tuple[str, ...]:
        return (*(table.spec.key for table in self._tables), *(table.key for table in self._more))

    @property
    def shown(self) -> ReportTable | None:
        """Give the table of the report one looks at."""
        row = self.list.currentRow()
        return self._tables[row] if 0 <= row < len(self._tables) else None

    def show_tables(
        self,
        definition: ReportDefinition,
        period: Period,
        tables: Sequence[ReportTable],
        measures: Mapping[str, Measure],
        *,
        more: Sequence[PlainTable] = (),
    ) -> None:
        """Show the tables of a report, then others; one stays at the table one was at, where there still is one."""
        before = self._keys[self.list.currentRow()] if self.list.currentRow() >= 0 else ""
        self._definition, self._period = definition, period
        self._tables, self._measures, self._more = tuple(tables), measures, tuple(more)
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([*(table.spec.title for table in tables), *(table.title for table in more)])
        keys = self._keys
        self.list.setCurrentRow(keys.index(before) if before in keys else 0)
        self.list.blockSignals(False)
        self._choose(self.list.currentRow())

    def focus_table(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_list(self) -> None:
        """Put the keyboard into the list of tables."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self.focus_table()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_room()

    def _choose(self, row: int) -> None:
        table = self.shown
        self._charted = None
        self.chart.setVisible(table is not None)
        if len(self._tables) <= row < len(self._keys):
            self._show_plain(self._more[row - len(self._tables)])
            return
        if table is None or self._definition is None or self._period is None:
            self.heading.setText("")
            return
        self.heading.setText(f"{table.spec.title}　{self._period.label}")
        self.table.setAccessibleName(table.spec.title)
        self._draw(0)
        self.table.show_grid(grid_of(self._definition, self._period, table, self._measures))
        self.table.say_when_empty("这一期没有可以统计的。")
        self.list.scrollToItem(self.list.currentItem())
        self._share_room()

    def _show_plain(self, table: PlainTable) -> None:
        self.heading.setText(table.title)
        self.table.setAccessibleName(table.title)
        self.table.show_grid(table.grid)
        self.table.say_when_empty("没有可以核对的。")
        self.list.scrollToItem(self.list.currentItem())

    def _share_room(self) -> None:
        """Give the table what its columns need, as far as the chart keeps a quarter."""
        room = max(self.table.width() + self.chart.width(), 1)
        wanted = min(self.table.wanted_width(), int(room * _MOST_TABLE))
        self._beside.setStretch(0, max(wanted, int(room * _LEAST_TABLE)))
        self._beside.setStretch(1, room - max(wanted, int(room * _LEAST_TABLE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
        self.list.scrollToItem(self.list.currentItem())

    def _to_table(self, _item: object) -> None:
        self.focus_table()

    def _stand(self, cell: Cell) -> None:
        self.said.setText(cell.said or (definition_text(cell.measure) if cell.measure is not None else ""))
        self._draw(max(self.table.currentColumn() - 1, 0))

    def _draw(self, column: int) -> None:
        """Draw the chart of a column; lines and shares are of all columns."""
        table = self.shown
        if table is None:
            return
        if table.spec.chart is not ChartKind.BARS or column >= len(table.columns):
            column = 0
        if column != self._charted:
            self._charted = column
            self.chart.show_chart(chart_of(table, self._measures, column), f"{table.spec.title}图")

    def _open_mark(self, row: int, column: int) -> None:
        table = self.shown
        if table is None or self._definition is None or self._period is None:
            return
        asked = table_asked(self._definition, self._period, table, row, column)
        if isinstance(asked, RowsAsked):
            self.asked.emit(asked)

    def _keep_room(self) -> None:
        self.list.setFixedWidth(base_px() * _LIST)
        self.said.setMinimumHeight(int(base_px() * _SAID_LINES))

    def _build(self) -> None:
        self.list.setAccessibleName("各表")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heading.setProperty("role", "heading")
        self.said.setProperty("role", "soft")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        self._beside, column, row = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        beside = self._beside
        beside.setSpacing(SPACE_2)
        beside.addWidget(self.table, 3)
        beside.addWidget(self.chart, 2)
        column.setSpacing(SPACE_1)
        column.addWidget(self.heading)
        column.addLayout(beside, 1)
        column.addWidget(self.said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addWidget(self.list)
        row.addLayout(column, 1)
        self._keep_room()
