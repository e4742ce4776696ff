"""Whether the ledger is what reports say it is: what is missing, what stands double, what is stale, what must agree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.measure import Breakdown, MeasureGroup, RowsAsked
from desktop.domain.measures import MEASURES
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.progress import Progress
from desktop.domain.report import ChartKind, Report, ReportDefinition, ReportKind, TableSpec
from desktop.views.statistics.figure_links import member_words, words_of
from desktop.views.statistics.period_picker import PeriodPicker
from desktop.views.statistics.report_body import ReportBody
from desktop.views.statistics.statistics_tab import StatisticsTab
from desktop.views.workbench import Workbench


class QualityTab(StatisticsTab):
    """The same tables as in a report: every figure opens what has to be put right (松江 五3)."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.report: Report | None = None
        today = workbench.desk.office.today
        self.picker, self.body = PeriodPicker(today), ReportBody("quality")
        self.picker.set_period(period_of(PeriodKind.YEAR, today()))
        head = QHBoxLayout()
        head.addWidget(self.picker)
        head.addStretch(1)
        self.column.addLayout(head)
        self.column.addWidget(self.body, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.picker.picked.connect(self._picked)
        self.body.asked.connect(self._open)
        self.bind({"statistics.quality_anew": ("重新检查", self.count_anew)})

    def count_anew(self) -> None:
        """Look through the ledger."""
        service, period = self.bench.desk.statistics, self.picker.period
        definition = quality_definition(period.kind)

        def work(progress: Progress) -> Report:
            return service.report(definition, period, progress=progress)

        self.count(work, self._show, words="正在检查…")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picker.setFocus(event.reason())

    def _show(self, report: Report) -> None:
        self.report = report
        self.body.show_tables(report.definition, report.period, report.tables, report.measures)
        self.stand.setText(f"{report.scope}　截至 {report.as_of.astimezone():%Y-%m-%d %H:%M}")

    def _picked(self, _period: object) -> None:
        self.count_anew()

    def _open(self, asked: RowsAsked) -> None:
        if self.report is not None:
            within = words_of(member_words(*self.report.tables), asked)
            self.ask_rows(asked, self.report.measures[asked.measure], within=within)


def quality_definition(kind: PeriodKind) -> ReportDefinition:
    """Give what the page looks at: all measures of quality, then by community, then who invested."""
    keys = tuple(key for key, measure in MEASURES.items() if measure.group is MeasureGroup.QUALITY)
    tables = (
        TableSpec(key="quality", title="缺项、重复、久未更新", measures=keys),
        TableSpec(
            key="quality_by_community", title="按社区", measures=keys, by=Breakdown.COMMUNITY, chart=ChartKind.HEAT
        ),
        TableSpec(
            key="quality_by_station", title="按受理点", measures=keys, by=Breakdown.STATION, chart=ChartKind.HEAT
        ),
        TableSpec(key="quality_by_clerk", title="按经办人", measures=keys, by=Breakdown.CLERK, chart=ChartKind.HEAT),
        TableSpec(
            key="funding",
            title="全面纳管：按资金来源",
            measures=("registered", "in_progress", "closed"),
            by=Breakdown.FUNDING,
            chart=ChartKind.BARS,
        ),
    )
    return ReportDefinition(kind=ReportKind.PERIOD, name="数据质量", period_kind=kind, tables=tables)
