"""A dialog whose work runs off the GUI thread: how far it is, a way to stop it, and its troubles in a banner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.errors import FaultyInput
from desktop.domain.progress import Progress
from desktop.views.shared.banner import Banner
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.workbench import Workbench

Work = Callable[[Progress], Any]


class RunningDialog(QDialog):
    """Runs one piece of work at a time; whoever builds on it says in ``_allow`` what can be pressed meanwhile."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._task: Task | None = None
        self.banner, self.bar = Banner(), BusyBar("进度")

    @property
    def is_busy(self) -> bool:
        """Say whether work is under way."""
        return self._task is not None

    def stop(self) -> bool:
        """Stop the work under way at its next step; says whether there was any."""
        if self._task is None:
            return False
        self._task.cancel()
        self.bar.begin("正在停止…")
        return True

    def _allow(self) -> None:
        """Let be pressed what can be done now."""

    def _put_right(self) -> None:
        """Stand where what was typed can be put right."""

    def _say(self, words: str, tone: Tone) -> None:
        self.banner.say(words, tone, mark="好了" if tone is Tone.GREEN else "注意")

    def _run(self, work: Work, done: Callable[[Any], None], *, errand: Errand = Errand.LOOK_UP) -> None:
        self._task = self._bench.runner.run(
            work, done=while_there(self, self._ended(done)), failed=while_there(self, self._failed), errand=errand
        )
        self._task.progressed.connect(self._step)
        self._task.cancelled.connect(self._stopped)
        self.banner.say("")
        self.bar.begin("正在读取…" if errand is Errand.LOOK_UP else "正在写…")
        self._allow()

    def _ended(self, done: Callable[[Any], None]) -> Callable[[Any], None]:
        def end(result: Any) -> None:
            self._task = None
            self._allow()  # before, as the keyboard goes to nothing that is disabled
            done(result)
            self._allow()

        return end

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._allow()
        if isinstance(error, FaultyInput):
            self._say("；".join(fault.what for fault in error.faults) + "。", Tone.AMBER)
            self._put_right()
        else:
            self._say(describe(error).text, Tone.RED)

    def _stopped(self) -> None:
        self._task = None
        self._allow()
        self._say("已停止，台账没有改动。", Tone.AMBER)

    def _step(self, done: int, total: int) -> None:
        if self._task is not None:
            self.bar.step(done, total, f"{done * 100 // total}%　停止（Esc）" if total else "停止（Esc）")
