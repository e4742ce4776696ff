"""Reports that were printed: looked at and printed again, saved as Excel, held against the ledger as it is now."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.progress import Progress
from desktop.domain.report import IssuedReportRow, ReportComparison
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.task_runner import Errand
from desktop.views.statistics.compare_dialog import CompareDialog
from desktop.views.statistics.report_papers import IssuedReportPaper
from desktop.views.statistics.statistics_tab import StatisticsTab
from desktop.views.workbench import Workbench

COLUMNS: Final = ("编号", "报表", "期间", "范围", "截至", "出报表人", "校验码")
WIDTHS: Final = (12, 16, 11, 13, 11, 8)
ROOMY: Final = (1, 3)


class IssuedTab(StatisticsTab):
    """The last printed first."""

    untouched_by = frozenset({Change.DRAFTS})

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._rows: dict[int, IssuedReportRow] = {}
        self.table = RegisterTable("statistics.issued", COLUMNS, WIDTHS, roomy=ROOMY)
        self.table.setAccessibleName("已出报表")
        self.table.opened.connect(self._opened)
        self.column.addWidget(self.table, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        acts = {
            "statistics.issued_look": ("查看、补打", self.look),
            "statistics.issued_workbook": ("Excel", self.ask_file),
            "statistics.compare": ("与现在核对", self.compare),
        }
        if not workbench.desk.sign_in.actor.may(Right.EXPORT):
            del acts["statistics.issued_workbook"]
        self.bind(acts, primary="statistics.compare")

    def count_anew(self) -> None:
        """List what was printed."""
        service = self.bench.desk.statistics
        self.count(lambda _progress: service.issued(), self._show)

    def look(self) -> None:
        """Look at the chosen report as it was printed."""
        row = self._chosen()
        if row is not None:
            dialog = IssuedReportPaper(self.bench, row, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def compare(self) -> None:
        """Count the chosen report again, as of then and as of now."""
        row, service = self._chosen(), self.bench.desk.statistics
        if row is None:
            return
        issued_id = row.id

        def work(progress: Progress) -> ReportComparison:
            return service.compare(issued_id, progress=progress)

        self.count(work, self._show_comparison, words="正在核对…")

    def ask_file(self) -> None:
        """Ask where the workbook goes, then write it."""
        row = self._chosen()
        if row is None:
            return
        wanted = f"{row.number} {row.name} {row.period.code}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "报表存为 Excel", wanted, "Excel 表格（*.xlsx）")
        if name:
            file = Path(name)
            self.save_workbook(row.id, file if file.suffix else file.with_suffix(".xlsx"))

    def save_workbook(self, issued_id: int, file: Path) -> None:
        """Write a printed report into a workbook."""
        service = self.bench.desk.statistics

        def work(_progress: Progress) -> Path:
            service.save_issued_workbook(issued_id, file)
            return file

        self.count(work, self._saved, words="正在写 Excel…", errand=Errand.ACT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def _show(self, rows: tuple[IssuedReportRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.table.show_rows([(row.id, _texts(row), True) for row in rows])
        self.table.say_when_empty("还没有出过报表。在“报表”一栏统计后按 Ctrl+P 预览、出报表。")
        self.stand.setText(f"共 {len(rows)} 份" if rows else "")

    def _show_comparison(self, found: ReportComparison) -> None:
        dialog = CompareDialog(found, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _saved(self, file: Path) -> None:
        self.say(f"已存为 {file}，数字与打印的相同。", mark="保存")

    def _opened(self, _row_id: int) -> None:
        self.look()

    def _chosen(self) -> IssuedReportRow | None:
        chosen = self.table.chosen_id()
        return self._rows.get(chosen) if chosen is not None else None


def _texts(row: IssuedReportRow) -> tuple[str, ...]:
    return (
        row.number,
        row.name,
        row.period.label,
        row.scope,
        f"{row.as_of.astimezone():%Y-%m-%d %H:%M}",
        row.issued_by,
        row.fingerprint[:12],
    )
