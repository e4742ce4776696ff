"""Gives the list out as a workbook, off the GUI thread, with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.domain.access import Right
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.local_rules import local
from desktop.domain.standing_ledger import SheetFormat
from desktop.services.exporting import Exported
from desktop.views.actions import keys_of
from desktop.views.ledger.export_dialog import FILTERS, ExportDialog
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.workbench import Workbench


class ExportButton(QPushButton):
    """Exports what the list shows; while it runs the button says how far it is, and stops it."""

    def __init__(
        self,
        workbench: Workbench,
        found: Callable[[], tuple[LedgerCriteria, int]],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._found, self._today = workbench, found, today
        self._task: Task | None = None
        self.setProperty("role", "quiet")
        if not workbench.desk.exporting.may_export():
            self.hide()  # never shown before it has a parent: it would be a window of its own and take the keyboard
        self.clicked.connect(self.ask)
        self._rest()

    def ask(self) -> None:
        """Ask how and where to, or stop an export under way."""
        if self.isHidden() or self.stop():
            return
        _criteria, count = self._found()
        if not count:
            self._bench.told.emit("列表是空的，没有可以导出的申报件。")
            return
        may_see_whole = self._bench.desk.sign_in.actor.may(Right.SEE_WHOLE)
        dialog = ExportDialog(count, may_see_whole=may_see_whole, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._choose_file)
        dialog.open()

    def stop(self) -> bool:
        """Stop an export under way; says whether there was one."""
        if self._task is None:
            return False
        self._task.cancel()
        self._rest()
        self._bench.told.emit("已停止导出，没有留下文件。")
        return True

    def export_to(
        self, file: Path, *, form: SheetFormat = SheetFormat.XLSX, whole: bool = False, purpose: str = ""
    ) -> None:
        """Write the list into a file; what came of it is told in the status line."""
        criteria, _count = self._found()
        exporting = self._bench.desk.exporting
        self._task = self._bench.runner.run(
            lambda progress: exporting.ledger_file(
                criteria, file, form=form, whole=whole, purpose=purpose, progress=progress
            ),
            done=while_there(self, self._tell),
            failed=while_there(self, self._tell_trouble),
            errand=Errand.PAPERS,
        )
        self._task.progressed.connect(self._step)
        self._step(0, 0)

    def _choose_file(self, whole: bool, purpose: str, chosen: str) -> None:
        form = SheetFormat(chosen)
        wanted = local(f"小型工程和零星作业台账 {self._today():%Y%m%d}.{form.value}")
        name, _kind = QFileDialog.getSaveFileName(self, "导出台账", wanted, FILTERS[form])
        if name:
            file = Path(name)
            named = file if file.suffix else file.with_suffix(f".{form.value}")
            self.export_to(named, form=form, whole=whole, purpose=purpose)

    def _tell(self, exported: Exported) -> None:
        self._rest()
        left = f"；另有 {exported.left_out} 件不在您可以导出的范围内" if exported.left_out else ""
        self._bench.told.emit(f"已导出 {exported.count} 件到 {exported.file}{left}")

    def _tell_trouble(self, error: Exception) -> None:
        self._rest()
        self._bench.told.emit(describe(error).text)

    def _step(self, done: int, total: int) -> None:
        if self._task is not None:
            far = f" {done * 100 // total}%" if total else ""
            self.setText(f"正在导出{far}，停止（{keys_of('ledger.export')}）")

    def _rest(self) -> None:
        self._task = None
        self.setText(f"导出（{keys_of('ledger.export')}）")
