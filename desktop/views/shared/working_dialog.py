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
    """One piece of work at a time; Esc stops it, otherwise it closes the dialog, which Enter never does."""

    stopped_words = "已停止，没有留下文件，台账没有改动。"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None, *, named: str = "进度") -> None:
        super().__init__(parent)
        self.bench = workbench
        self.banner, self.bar = Banner(), BusyBar(named)
        self.bar.hide()
        self._task: Task | None = None
        self._is_stopping = False
        self._counted = ""

    @property
    def is_busy(self) -> bool:
        """Say whether work is under way."""
        return self._task is not None

    def reject(self) -> None:
        if not self.stop():
            super().reject()

    def stop(self) -> bool:
        """Stop the work under way at its next step; says whether there was any."""
        if self._task is None:
            return False
        # What came of it is said when the work ends: what was on record before it heard of this has left.
        self._is_stopping = True
        self._task.cancel()
        self.bar.begin("正在停止…")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered()
        else:
            super().keyPressEvent(event)

    def entered(self) -> None:
        """Take an Enter that no field has taken."""

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        errand: Errand = Errand.ACT,
        beginning: str = "",
        counted: str = "{done} / {total}",
    ) -> None:
        """Do some work, unless other work is under way.

        ``failed`` takes the trouble in place of ``say_trouble``; ``counted`` says how far it is.
        """
        if self._task is not None:
            return

        def ended(result: Any) -> None:
            self._rest()  # before, as the keyboard goes to nothing that is disabled
            done(result)
            self.allow()

        def troubled(error: Exception) -> None:
            self._rest()
            (failed or self.say_trouble)(error)

        self._is_stopping, self._counted = False, counted
        self._task = self.bench.runner.run(
            work, done=while_there(self, ended), failed=while_there(self, troubled), errand=errand
        )
        self._task.progressed.connect(self._step)
        self._task.cancelled.connect(self._stopped)
        self.bar.begin(beginning)
        self.bar.show()
        self.allow()

    def allow(self) -> None:
        """Let be pressed what can be done now; called when work begins, when it ends, and after what came of it."""

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def _step(self, done: int, total: int) -> None:
        if self._task is not None and total and not self._is_stopping:
            self.bar.step(done, total, self._counted.format(done=done, total=total))

    def _stopped(self) -> None:
        self._rest()
        self.banner.say(self.stopped_words, Tone.AMBER, mark="停止")

    def _rest(self) -> None:
        self._task = None
        self.bar.hide()
        self.allow()
