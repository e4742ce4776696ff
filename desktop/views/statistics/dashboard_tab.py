"""The manager's first page: today, this period, what is overdue, where the trouble is; each figure opens its rows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.dashboard import Dashboard, OverdueLine
from desktop.domain.measure import RowsAsked
from desktop.domain.period import Period, PeriodKind
from desktop.domain.progress import Progress
from desktop.domain.report import ReportDefinition, ReportKind, ReportTable
from desktop.domain.worklist import Urgency, WorklistCriteria
from desktop.views.statistics.chart_shape import chart_of
from desktop.views.statistics.chart_view import ChartView
from desktop.views.statistics.figure_grid import grid_of
from desktop.views.statistics.figure_links import member_words, table_asked, words_of
from desktop.views.statistics.figure_table import FigureTable
from desktop.views.statistics.figure_tile import TileFigure
from desktop.views.statistics.overdue_list import OverdueList
from desktop.views.statistics.period_picker import PeriodPicker
from desktop.views.statistics.report_tiles import tile_on_first_page
from desktop.views.statistics.statistics_tab import StatisticsTab
from desktop.views.statistics.tile_row import TileRow
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_4, base_px, row_px
from desktop.views.workbench import Workbench

# How large the figures are: by how many lines of text the tab has room for.
_USUAL_LINES: Final = 41
_LEAST_TIMES: Final = 1.5
_USUAL_TIMES: Final = 2.3
_LARGEST_TIMES: Final = 3.6
_LEAST_ROWS: Final = 6


class DashboardTab(StatisticsTab):
    """``report_asked`` gives the period whose report is wanted."""

    report_asked = Signal(object)  # Period

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.dashboard: Dashboard | None = None
        self.picker = PeriodPicker(workbench.desk.office.today)
        self.today_line = _heading("今日")
        self.period_line, self.heat_line = _heading(), _heading()
        self.trend_line, self.overdue_line = _heading(), _heading("已逾期")
        self.today = TileRow("dashboard.today", times=_USUAL_TIMES)
        self.figures = TileRow("dashboard.figures", times=_USUAL_TIMES, least_characters=8)
        self.overdue = OverdueList("dashboard.overdue")
        self.heat = FigureTable("dashboard.heat", "各社区各类隐患")
        self.trend = ChartView("dashboard.trend", takes_keys=True)
        self._build()
        self._connect()

    def count_anew(self) -> None:
        """Count what the page shows."""
        service, period = self.bench.desk.statistics, self.picker.period

        def work(progress: Progress) -> Dashboard:
            return service.dashboard(period, progress=progress)

        self.count(work, self._show)

    def to_report(self) -> None:
        """Ask for the report of the period shown."""
        self.report_asked.emit(self.picker.period)

    def set_period(self, period: Period) -> None:
        """Show another period."""
        self.picker.set_period(period)
        self.count_anew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.figures.tiles:
            self.figures.focus_figure()
        else:
            self.picker.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_room()

    def _show(self, found: Dashboard) -> None:
        had_focus = self.hasFocus() or self.picker.hasFocus()
        self.dashboard = found
        self.period_line.setText(f"{found.period.label}　与{found.before.label}比")
        self.today.show_figures([tile_on_first_page(each, "比昨日 ") for each in found.today_figures])
        self.figures.show_figures([tile_on_first_page(each, "") for each in found.figures])
        self.overdue.show_lines(found.overdue)
        late = sum(line.count for line in found.overdue)
        self.overdue_line.setText("已逾期" if late else "没有已逾期的")
        self._show_heat(found)
        self.trend_line.setText(found.trends.spec.title)
        shape = chart_of(found.trends, found.measures)
        self.trend.show_chart(shape, self.trend_line.text())
        self.trend_line.setVisible(shape is not None)  # a heading over nothing would hang in the middle
        self.stand.setText(f"{found.scope}　截至 {found.as_of.astimezone():%Y-%m-%d %H:%M}")
        if had_focus and self.hasFocus():
            self.figures.focus_figure()

    def _show_heat(self, found: Dashboard) -> None:
        self.heat_line.setText(f"{found.period.label} 各社区各类隐患")
        self.heat.show_grid(grid_of(_definition(found.heat), found.period, found.heat, found.measures))
        self.heat.say_when_empty("这一期没有记录隐患。")

    def _open_tile(self, shown: TileFigure) -> None:
        if shown.asked is not None:
            self._open(shown.asked)

    def _open_line(self, line: OverdueLine) -> None:
        if line.asked is not None:
            self._open(line.asked)
        elif line.task is not None:
            self.bench.worklist_asked.emit(WorklistCriteria(kind=line.task, urgency=Urgency.OVERDUE))

    def _open_trend(self, row: int, column: int) -> None:
        if self.dashboard is not None:
            table = self.dashboard.trends
            asked = table_asked(_definition(table), self.dashboard.trend_period, table, row, column)
            if asked is not None:
                self._open(asked)

    def _open(self, asked: RowsAsked) -> None:
        if self.dashboard is not None and asked.measure in self.dashboard.measures:
            within = words_of(member_words(self.dashboard.heat, self.dashboard.trends), asked)
            self.ask_rows(asked, self.dashboard.measures[asked.measure], within=within)

    def _connect(self) -> None:
        self.picker.picked.connect(self.count_anew)
        self.today.asked.connect(self._open_tile)
        self.figures.asked.connect(self._open_tile)
        self.overdue.asked.connect(self._open_line)
        self.heat.asked.connect(self._open)
        self.trend.asked.connect(self._open_trend)
        self.bind(
            {
                "statistics.dashboard_anew": ("重新统计", self.count_anew),
                "statistics.dashboard_report": ("看这一期的报表", self.to_report),
            },
            primary="statistics.dashboard_report",
        )

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.picker)
        head.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(SPACE_4)
        parts: tuple[tuple[QLabel, QWidget, int], ...] = (
            (self.heat_line, self.heat, 5),
            (self.overdue_line, self.overdue, 3),
            (self.trend_line, self.trend, 4),
        )
        for line, part, share in parts:
            column = QVBoxLayout()
            column.setSpacing(SPACE_1)
            column.addWidget(line)
            column.addWidget(part, 1)
            below.addLayout(column, share)
        inner, scroll = QWidget(), QScrollArea()
        inner.setObjectName("scrolled")
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE_2)
        figures: tuple[QWidget, ...] = (self.today_line, self.today, self.period_line, self.figures)
        for each in figures:
            whole.addWidget(each)
        whole.addLayout(below, 1)
        # At a large text size the page is longer than a low window is high.
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addLayout(head)
        self.column.addWidget(scroll, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._keep_room()

    def _keep_room(self) -> None:
        for part in (self.heat, self.overdue, self.trend):
            part.setMinimumHeight(row_px() * _LEAST_ROWS)
        lines = self.height() / base_px()
        slope = 0.09 if lines < _USUAL_LINES else 0.05
        times = min(max(_USUAL_TIMES + (lines - _USUAL_LINES) * slope, _LEAST_TIMES), _LARGEST_TIMES)
        for row in (self.today, self.figures):
            row.set_times(times)
            row.set_room(self.width() - 4 * SPACE_4)


def _definition(table: ReportTable) -> ReportDefinition:
    """Give a table of the page as part of a report, limited to nothing."""
    kind = ReportKind.PERIOD
    return ReportDefinition(kind=kind, name="", period_kind=PeriodKind.MONTH, tables=(table.spec,))


def _heading(words: str = "") -> QLabel:
    made = QLabel(words)
    made.setProperty("role", "heading")
    return made
