"""Whether the ledger is what reports say it is: what is missing, what stands double, what is stale, what must agree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.data_quality import DataQuality
from desktop.domain.measure import RowsAsked
from desktop.domain.measures import MEASURES
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.progress import Progress
from desktop.views.shared.chips import Tone
from desktop.views.statistics.agreement_grid import agreement_grid, agreement_title, warning_words
from desktop.views.statistics.figure_links import member_words, words_of
from desktop.views.statistics.period_picker import PeriodPicker
from desktop.views.statistics.report_body import PlainTable, ReportBody
from desktop.views.statistics.statistics_tab import StatisticsTab
from desktop.views.workbench import Workbench


class QualityTab(StatisticsTab):
    """The same tables as in a report: every figure opens what has to be put right."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.quality: DataQuality | None = None
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

        def work(progress: Progress) -> DataQuality:
            return service.quality(period, progress=progress)

        self.count(work, self._show, words="正在检查…")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picker.setFocus(event.reason())

    def _show(self, quality: DataQuality) -> None:
        self.quality, report = quality, quality.report
        totals = PlainTable(
            key="agreements",
            title=agreement_title(quality.agreements),
            grid=agreement_grid(quality.agreements),
        )
        self.body.show_tables(report.definition, report.period, report.tables, report.measures, more=(totals,))
        tone = Tone.RED if quality.disagreeing else Tone.AMBER
        self.say(warning_words(quality.disagreeing, quality.funding_warning), tone, "请核对")
        self.stand.setText(f"{report.scope}　截至 {report.as_of.astimezone():%Y-%m-%d %H:%M}")

    def _picked(self, _period: object) -> None:
        self.count_anew()

    def _open(self, asked: RowsAsked) -> None:
        if self.quality is not None:
            within = words_of(member_words(*self.quality.report.tables), asked)
            self.ask_rows(asked, MEASURES[asked.measure], within=within)
