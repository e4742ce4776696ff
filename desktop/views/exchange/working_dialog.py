"""A dialog that works off the GUI thread: a bar while it runs, Esc stops it, what came of it stands in a banner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.progress import Progress
from desktop.views.shared.banner import Banner
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.workbench import Workbench


class WorkingDialog(QDialog):
    """One piece of work at a time; Enter never closes the dialog."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = workbench
        self.banner, self.bar = Banner(), BusyBar("进度")
        self.bar.hide()
        self._task: Task | None = None

    def reject(self) -> None:
        if self._task is None:
            super().reject()
        else:
            self._task.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        errand: Errand = Errand.ACT,
    ) -> None:
        """Do some work, unless other work is under way; ``failed`` takes the trouble in place of the banner."""
        if self._task is not None:
            return

        def ended(result: Any) -> None:
            self._rest()
            done(result)

        def troubled(error: Exception) -> None:
            self._rest()
            (failed or self.say_trouble)(error)

        self._task = self.bench.runner.run(
            work, done=while_there(self, ended), failed=while_there(self, troubled), errand=errand
        )
        self._task.progressed.connect(self._step)
        self._task.cancelled.connect(self._stopped)
        self.bar.begin()
        self.bar.show()

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def _step(self, done: int, total: int) -> None:
        if total:
            self.bar.step(done, total, f"{done} / {total}")

    def _stopped(self) -> None:
        self._rest()
        self.banner.say("已停止，没有留下文件，也没有写入。", Tone.AMBER, mark="停止")

    def _rest(self) -> None:
        self._task = None
        self.bar.hide()
