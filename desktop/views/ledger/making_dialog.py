"""What the dialogs that make a ledger have in common: fields with their faults, work that Esc stops, a banner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.views.shared.banner import Banner
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.workbench import Workbench


class MakingDialog(QDialog):
    """While a ledger is being made Esc stops that, otherwise it closes the dialog; Enter goes to the next field.

    ``rows`` are the fields by name, ``makers`` the buttons that begin work, and ``shorter`` is where one stands when
    the ledger is too long.
    """

    rows: dict[str, FieldRow]
    makers: tuple[QPushButton, ...]
    shorter: QWidget

    def __init__(self, workbench: Workbench, parent: QWidget | None, *, named: str) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._task: Task | None = None
        self._is_stopping = False
        self._counted = ""
        self.banner, self.bar = Banner(), BusyBar(named)
        self.close_button = QPushButton("关闭（Esc）")

    def reject(self) -> None:
        if self._task is None:
            super().reject()
            return
        # What came of it is said when the work ends: what was on record before it heard of this has left.
        self._is_stopping = True
        self._task.cancel()
        self.bar.begin("正在停止…")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def run(
        self, work: Callable[[Progress], Any], done: Callable[[Any], None], *, beginning: str, counted: str
    ) -> None:
        """Work off the window's thread; ``counted`` says how far it is, with ``{done}`` and ``{total}``."""

        def ended(result: Any) -> None:
            self._rest()
            done(result)

        self.banner.say("", Tone.BLUE)
        self._is_stopping, self._counted = False, counted
        self._task = self._bench.runner.run(
            work, done=while_there(self, ended), failed=while_there(self, self._trouble), errand=Errand.PAPERS
        )
        self._task.progressed.connect(self._step)
        self._task.cancelled.connect(self._stopped)
        self.bar.begin(beginning)
        self.bar.show()
        self._set_free(is_free=False)

    def is_right(self, wanting: dict[str, str]) -> bool:
        """Say what is wrong at each field and stand on the first; says whether nothing is."""
        for name, row in self.rows.items():
            row.set_fault(wanting.get(name, ""))
        wrong = [name for name, said in wanting.items() if said]
        for name in wrong:
            self.rows[name].reveal()
        if wrong:
            self.rows[wrong[0]].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _step(self, done: int, total: int) -> None:
        if self._task is not None and total and not self._is_stopping:
            self.bar.step(done, total, self._counted.format(done=done, total=total))

    def _rest(self) -> None:
        self._task = None
        self.bar.hide()
        self._set_free(is_free=True)

    def _set_free(self, *, is_free: bool) -> None:
        for button in self.makers:
            button.setEnabled(is_free)
        self.close_button.setText("关闭（Esc）" if is_free else "停止（Esc）")

    def _stopped(self) -> None:
        self._rest()
        self.banner.say("已停止，没有留下文件。", Tone.AMBER, mark="停止")

    def _trouble(self, error: Exception) -> None:
        self._rest()
        trouble = describe(error)
        self.banner.say(f"{trouble.text}{trouble.details}", Tone.RED, mark="没有办成")
        if isinstance(error, ClerkError) and error.code == "list_too_long":
            self.shorter.setFocus(Qt.FocusReason.OtherFocusReason)
