"""Taking a day's sheet in, and giving out the empty one."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import FaultyInput
from desktop.services.patrol_import import Imported, PlannedPatrol
from desktop.views.patrol.import_day import ImportDayDialog
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_KINDS = "Excel 表格（*.xlsx）"
_TEMPLATE = "巡查记录模板.xlsx"


class DayImport(QObject):
    """Asks for a file, shows every line or every fault, and takes the whole over after one key.

    ``taken_in`` gives what was recorded and the day most of it is of, ``said`` a sentence, ``failed`` a trouble.
    """

    taken_in = Signal(object)  # Imported
    said = Signal(str)
    failed = Signal(object)  # Exception

    def __init__(self, workbench: Workbench, host: QWidget) -> None:
        super().__init__(host)
        self._bench, self._host = workbench, host

    def ask_file(self) -> None:
        """Ask for the sheet of a day."""
        name, _kind = QFileDialog.getOpenFileName(self._host, "导入一天的巡查", "", _KINDS)
        if name:
            self.read(Path(name))

    def read(self, file: Path) -> None:
        """Read a sheet and show what it would record, or what is wrong with it."""
        service = self._bench.desk.patrol_import
        self._bench.runner.run(
            lambda _progress: service.plan(file),
            done=while_there(self, lambda planned: self._confirm(file, planned)),
            failed=while_there(self, lambda error: self._refuse(file, error)),
        )

    def ask_target(self) -> None:
        """Ask where the empty sheet goes."""
        name, _kind = QFileDialog.getSaveFileName(self._host, "存空白的巡查表", _TEMPLATE, _KINDS)
        if name:
            self.give_out(Path(name))

    def give_out(self, file: Path) -> None:
        """Write the empty sheet."""
        service = self._bench.desk.patrol_import
        self._bench.runner.run(
            lambda _progress: service.template(file),
            done=while_there(self, lambda _none: self.said.emit(f"空白的巡查表已存为“{file.name}”。")),
            failed=while_there(self, self.failed.emit),
            errand=Errand.PAPERS,
        )

    def _refuse(self, file: Path, error: Exception) -> None:
        if isinstance(error, FaultyInput):
            ImportDayDialog(file, faults=error.faults, parent=self._host).exec()
        else:
            self.failed.emit(error)

    def _confirm(self, file: Path, planned: tuple[PlannedPatrol, ...]) -> None:
        if not ImportDayDialog(file, planned=planned, parent=self._host).exec():
            return
        # Who looked at the lines that stand in the ledger already has agreed to them.
        may_repeat, act_id = any(line.is_known for line in planned), uuid4().hex
        service = self._bench.desk.patrol_import

        def take_in() -> Imported:
            return service.take_in(file, act_id=act_id, may_repeat=may_repeat)

        self._bench.runner.run(
            lambda _progress: take_in(),
            done=while_there(self, self.taken_in.emit),
            failed=while_there(self, lambda error: self._refuse(file, error)),
            errand=Errand.ACT,
        )
