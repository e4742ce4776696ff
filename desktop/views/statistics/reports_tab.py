"""Reports over periods: chosen, counted, looked through down to their rows, printed under a number, saved as Excel."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSizePolicy

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.measure import Breakdown, RowsAsked
from desktop.domain.period import Period, PeriodKind, period_of
from desktop.domain.progress import Progress
from desktop.domain.report import Report, ReportDefinition, ReportKind
from desktop.views.shared.chips import Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.task_runner import Errand
from desktop.views.statistics.figure_links import words_of
from desktop.views.statistics.figure_tile import TileFigure
from desktop.views.statistics.period_picker import PeriodPicker
from desktop.views.statistics.report_body import ReportBody
from desktop.views.statistics.report_choice import ReportChoice
from desktop.views.statistics.report_dialogs import AsOfDialog, KeepDialog, Within, WithinDialog, members_of
from desktop.views.statistics.report_papers import ReportPaper
from desktop.views.statistics.report_tiles import tiles_of
from desktop.views.statistics.statistics_tab import StatisticsTab
from desktop.views.statistics.texts_dialog import TextsDialog
from desktop.views.statistics.tile_row import TileRow
from desktop.views.theme import SPACE_3
from desktop.views.workbench import Workbench

_WAIT_MS: Final = 180  # while one walks through periods only the last is counted


class ReportsTab(StatisticsTab):
    """``report`` is what is shown; a newer question gives the older one up."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.report: Report | None = None
        self.as_of: datetime | None = None
        self.within: Within = ()
        self._texts: dict[ReportKind, dict[str, str]] = {}
        service = workbench.desk.statistics
        self.choice, self.picker = ReportChoice(service), PeriodPicker(workbench.desk.office.today)
        self.limits, self.notes = QLabel(), ElidedLabel()
        self.tiles = TileRow("report.figures", times=1.7, least_characters=8)
        self.body = ReportBody("report")
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._build()
        self._connect()
        self.picker.set_period(self.picker.period.before())

    @property
    def definition(self) -> ReportDefinition:
        """Give the report asked for, with what it is limited to."""
        return replace(self.choice.definition(self.picker.period.kind), within=self.within)

    def count_anew(self) -> None:
        """Count the report that is chosen."""
        self._soon.stop()
        if not self.choice.settle():
            return
        service, definition, period, as_of = self.bench.desk.statistics, self.definition, self.picker.period, self.as_of

        def work(progress: Progress) -> tuple[Report, tuple[ReportDefinition, ...]]:
            return service.report(definition, period, as_of=as_of, progress=progress), service.definitions()

        self.count(work, self._show)

    def show_period(self, period: Period) -> None:
        """Show the standard report of a period."""
        self.choice.set_value(ReportKind.PERIOD.value)
        self.within, self.as_of = (), None
        self.picker.set_period(period)
        self.count_anew()

    def ask_as_of(self) -> None:
        """Ask for an earlier moment and count as of it."""
        dialog = AsOfDialog(self.as_of, today=self.bench.desk.office.today, parent=self)
        if dialog.exec():
            self.as_of = dialog.as_of
            self.count_anew()

    def ask_within(self) -> None:
        """Ask within what to count."""
        dialog = WithinDialog(self.within, self._members(), parent=self)
        if dialog.exec():
            self.within = dialog.within
            self.count_anew()

    def write_texts(self) -> None:
        """Write below the headings of the report."""
        kind, service = self.definition.kind, self.bench.desk.statistics
        before = service.texts_before(kind)
        dialog = TextsDialog(kind.label, service.headings(kind), self._texts.get(kind, {}), before=before, parent=self)
        if dialog.exec():
            self._texts[kind] = dialog.texts()
            self._say_stand()

    def print_report(self) -> None:
        """Show the report on paper; what leaves takes a number."""
        if self.report is None or self.task is not None:
            return
        texts = self._texts.get(self.report.definition.kind, {})
        dialog = ReportPaper(self.bench, self.report, texts, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_file(self) -> None:
        """Ask where the workbook goes, then write it."""
        if self.report is None:
            return
        wanted = f"{self.report.definition.name} {self.report.period.code}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "报表存为 Excel", wanted, "Excel 表格（*.xlsx）")
        if name:
            file = Path(name)
            self.save_workbook(file if file.suffix else file.with_suffix(".xlsx"))

    def save_workbook(self, file: Path) -> None:
        """Write the report into a workbook."""
        report, service = self.report, self.bench.desk.statistics
        if report is None:
            return

        def work(_progress: Progress) -> Path:
            service.save_workbook(report, file)
            return file

        self.count(work, self._saved, words="正在写 Excel…", errand=Errand.ACT)

    def keep(self) -> None:
        """Keep the report under a name."""
        kept, kind = self.choice.kept, self.picker.period.kind
        shown = self.definition
        tables = self.bench.desk.statistics.standard(shown.kind, kind).tables
        known = {spec.key for spec in tables}
        every = (*tables, *(spec for spec in shown.tables if spec.key not in known))
        begun = shown if kept is not None else replace(shown, name="")
        texts = self._texts.get(shown.kind, {})
        dialog = KeepDialog(self.bench.desk.statistics, begun, texts, tables=every, parent=self)
        if dialog.exec() and dialog.kept is not None:
            self.choice.offer(self.bench.desk.statistics.definitions())
            self.choice.choose(dialog.kept)
            self.count_anew()
            self.say(f"已存为常用报表“{dialog.kept.name}”。")

    def forget(self) -> None:
        """Take the chosen kept report away; reports printed from it stay."""
        kept = self.choice.kept
        if kept is None or kept.definition_id is None:
            self.say("选中的是固定报表，不能去掉；只能去掉带 ★ 的常用报表。", Tone.AMBER, "注意")
            return
        try:
            self.bench.desk.statistics.forget_definition(kept.definition_id)
            self.choice.offer(self.bench.desk.statistics.definitions())
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.choice.set_value(kept.kind.value)
        self.count_anew()
        self.say(f"已去掉常用报表“{kept.name}”；以前出的报表不受影响。")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picker.setFocus(event.reason())

    def _show(self, found: tuple[Report, tuple[ReportDefinition, ...]]) -> None:
        report, kept = found
        self.report = report
        self.choice.offer(kept)
        self.tiles.show_figures(tiles_of(report))
        self.body.show_tables(report.definition, report.period, report.tables, report.measures)
        self.limits.setText("　".join(self._limits(report)))
        self.limits.setVisible(bool(self.limits.text()))
        self._say_stand()

    def _limits(self, report: Report) -> list[str]:
        """Say what the report is limited to and as of when, where that is not everything and now."""
        said = []
        if self.within:
            asked = RowsAsked(measure="", period=report.period, within=self.within)
            said.append(f"只统计 {words_of(self._words(), asked)}")
        if self.as_of is not None:
            said.append(f"截至 {self.as_of.astimezone():%Y-%m-%d %H:%M} 台账里的情况，不含以后的补录和更正")
        return said

    def _say_stand(self) -> None:
        report = self.report
        if report is None:
            return
        written = len(self._texts.get(report.definition.kind, {}))
        packs = "、".join(f"{pack.title} {pack.version}" for pack in report.packs)
        parts = [report.scope, f"截至 {report.as_of.astimezone():%Y-%m-%d %H:%M}", packs]
        parts.append(f"已写说明 {written} 段" if written else "")
        parts.append(f"校验码 {report.fingerprint[:12]}" if report.fingerprint else "")
        self.stand.setText("　".join(part for part in parts if part))
        self.notes.setText("　".join(report.notes))
        self.notes.setVisible(bool(report.notes))

    def _open(self, asked: RowsAsked) -> None:
        if self.report is not None and asked.measure in self.report.measures:
            measure = self.report.measures[asked.measure]
            self.ask_rows(asked, measure, within=words_of(self._words(), asked), as_of=self.as_of)

    def _open_tile(self, shown: TileFigure) -> None:
        if shown.asked is not None:
            self._open(shown.asked)

    def _words(self) -> dict[tuple[Breakdown, str], str]:
        members = self._members()
        return {(by, code): label for by, pairs in members.items() for code, label in pairs}

    def _members(self) -> dict[Breakdown, list[tuple[str, str]]]:
        office = self.bench.desk.office.office()
        kinds = self.bench.desk.office.pack().kinds()
        return members_of(self.report, office.communities if office else (), kinds)

    def _saved(self, file: Path) -> None:
        self.say(f"已存为 {file}，数字与屏幕上的相同，附口径。", mark="保存")

    def _chosen(self) -> None:
        kind = self.choice.usual_period()
        self.within = self.choice.kept.within if self.choice.kept else ()
        if kind is not self.picker.period.kind and kind is not PeriodKind.SPAN:
            self.picker.set_period(_last_whole(kind, self.picker))
        self.count_anew()

    def _picked(self, _period: Period) -> None:
        self._soon.start()

    def _to_choice(self) -> None:
        self.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.choice.selectAll()

    def _connect(self) -> None:
        self.choice.changed.connect(self._chosen)
        self.picker.picked.connect(self._picked)
        self._soon.timeout.connect(self.count_anew)
        self.body.asked.connect(self._open)
        self.tiles.asked.connect(self._open_tile)
        acts = {
            "statistics.within": ("范围", self.ask_within),
            "statistics.as_of": ("截至", self.ask_as_of),
            "statistics.texts": ("说明", self.write_texts),
            "statistics.keep": ("存为常用", self.keep),
            "statistics.workbook": ("Excel", self.ask_file),
            "statistics.print": ("出报表", self.print_report),
        }
        if not self.bench.desk.sign_in.actor.may(Right.EXPORT):
            del acts["statistics.workbook"]
        self.bind(acts, primary="statistics.print")
        self.bind_silently(
            {
                "statistics.definition": self._to_choice,
                "statistics.anew": self.count_anew,
                "statistics.forget": self.forget,
                "statistics.tables": self.body.focus_list,
            }
        )

    def _build(self) -> None:
        label = QLabel("报表(&B)")
        label.setBuddy(self.choice)
        self.limits.setProperty("role", "amber")
        self.limits.setWordWrap(True)
        self.limits.hide()
        self.notes.setProperty("role", "soft")
        self.notes.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.notes.hide()
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(label)
        head.addWidget(self.choice)
        head.addWidget(self.picker)
        head.addStretch(1)
        self.column.addLayout(head)
        self.column.addWidget(self.limits)
        self.column.addWidget(self.notes)
        self.column.addWidget(self.tiles)
        self.column.addWidget(self.body, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


def _last_whole(kind: PeriodKind, picker: PeriodPicker) -> Period:
    """Give the last period of a kind that has ended, as reports are made after it."""
    return period_of(kind, picker.today).before()
