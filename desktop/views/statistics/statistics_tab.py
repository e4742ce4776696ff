"""What the tabs of statistics share: counting off the GUI thread with progress and cancel, and the rows of a figure."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.acts import Change
from desktop.domain.measure import Measure, RowsAsked
from desktop.domain.progress import Progress
from desktop.views.actions import keys_of
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.chips import Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.statistics.rows_dialog import RowsDialog
from desktop.views.theme import SPACE_2, SPACE_3, base_px
from desktop.views.workbench import Workbench

_SHOWS_AFTER_MS: Final = 300  # what is quicker needs no bar


class StatisticsTab(QWidget):
    """A subclass fills ``column`` and gives ``count_anew``; acts are bound with ``bind``.

    What was counted stays until something changed or another day began; then it is counted when it is next shown.
    """

    untouched_by: frozenset[Change] = frozenset({Change.PAPERS, Change.DRAFTS})  # what changes nothing it shows

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = workbench
        self.task: Task | None = None
        self.banner, self.column, self._buttons = Banner(), QVBoxLayout(), QHBoxLayout()
        self.bar, self.stand = BusyBar("统计进度"), ElidedLabel()
        self._asked = 0
        self._is_stale = True
        self._late = QTimer(self, singleShot=True, interval=_SHOWS_AFTER_MS)
        self._late.timeout.connect(self.bar.show)
        self.bar.hide()
        self.bar.setFixedWidth(base_px() * 14)
        self.stand.setProperty("role", "faint")
        # What stands below may be longer than a narrow window is wide.
        self.stand.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.column.setSpacing(SPACE_2)
        self._buttons.setSpacing(SPACE_2)
        self._buttons.addWidget(self.stand, 1)
        self._buttons.addWidget(self.bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        whole.setSpacing(SPACE_2)
        whole.addWidget(self.banner)
        whole.addLayout(self.column, 1)
        whole.addLayout(self._buttons)
        workbench.changed.connect(self.grow_stale)

    @abstractmethod
    def count_anew(self) -> None:
        """Count what the tab shows; called when it is shown and something changed, and by hand."""

    def grow_stale(self, changes: object = None) -> None:
        """Count anew when the tab is next shown, or now where one looks at it."""
        if isinstance(changes, frozenset) and changes <= self.untouched_by:
            return
        self._is_stale = True
        if self.isVisible():
            self._freshen()

    def cancel(self) -> bool:
        """Stop counting; says whether that was under way."""
        if self.task is None:
            return False
        self.task.cancel()
        return True

    def bind(self, acts: Mapping[str, tuple[str, Callable[[], object]]], *, primary: str = "") -> None:
        """Give each action of the table of keys a button with its short word and its key."""
        for key, (title, act) in acts.items():
            button = QPushButton(f"{title}（{keys_of(key)}）")
            button.setObjectName(key)
            button.setAutoDefault(False)
            if key == primary:
                button.setProperty("role", "primary")
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.addWidget(button)
        bind_keys(self, {key: act for key, (_title, act) in acts.items()})

    def bind_silently(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Give actions of the table of keys their key and no button."""
        bind_keys(self, acts)

    def button(self, key: str) -> QPushButton:
        """Give the button of an action."""
        found = self.findChild(QPushButton, key)
        assert isinstance(found, QPushButton), key
        return found

    def count(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        words: str = "正在统计…",
        errand: Errand = Errand.LOOK_UP,
    ) -> None:
        """Work off the GUI thread; what was under way is given up, its answer dropped."""
        if self.task is not None:
            self.task.cancel()
        self._asked += 1
        asked = self._asked

        def ended(result: Any) -> None:
            if asked == self._asked:
                self._rest()
                done(result)

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self._rest()
                self.say_trouble(error)

        def stopped() -> None:
            # Given up for a newer question, that one goes on.
            if isValid(self) and asked == self._asked:
                self._rest()
                self.say("已停止，显示的是上一次的结果。", Tone.AMBER, "停止")

        self.banner.say("")
        self._late.start()
        self.bar.begin(words)
        self.task = self.bench.runner.run(
            work, done=while_there(self, ended), failed=while_there(self, failed), errand=errand
        )
        self.task.progressed.connect(self._step)
        self.task.cancelled.connect(stopped)

    def ask_rows(
        self, asked: RowsAsked, measure: Measure, *, within: str = "", as_of: datetime | None = None
    ) -> RowsDialog:
        """List the rows that a figure counts."""
        dialog = RowsDialog(self.bench, asked, measure, within=within, as_of=as_of, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def say(self, text: str, tone: Tone = Tone.GREEN, mark: str = "好了") -> None:
        """Say what was done."""
        self.banner.say(text, tone, mark=mark)

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def _freshen(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.count_anew()

    def _step(self, done: int, total: int) -> None:
        if self.task is not None and total:
            self.bar.step(done, total, f"正在统计 {done} / {total}")

    def _rest(self) -> None:
        self.task = None
        self._late.stop()
        self.bar.hide()
