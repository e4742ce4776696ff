"""Reads a list off the GUI thread, one reading at a time, and keeps only the newest answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop.views.shared.busy_bar import BusyBar
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import TaskRunner

_FELT_MS: Final = 250  # a bar for less would only flicker
_THIN_PX: Final = 3

Row = tuple[int, Sequence[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one reading brought: the rows, and how the list keeps what it knows of them, called on the GUI thread."""

    rows: Sequence[Row]
    keep: Callable[[], object]


Prepare = Callable[[], Callable[[], Listing]]


class ListReading(QObject):
    """What is asked for while a reading is under way is read after it, and the answer in between is dropped."""

    def __init__(self, runner: TaskRunner, bar: BusyBar, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._bar = runner, bar
        self._asked: tuple[Prepare, Callable[[Listing], None], Callable[[Exception], None]] | None = None
        self.is_under_way = False
        self._slow = QTimer(self, interval=_FELT_MS, singleShot=True)
        self._slow.timeout.connect(bar.show)
        policy = bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing jumps when it comes
        bar.setSizePolicy(policy)
        bar.setFixedHeight(_THIN_PX)
        bar.hide()

    def ask(self, prepare: Prepare, *, show: Callable[[Listing], None], fail: Callable[[Exception], None]) -> None:
        """Ask for a list: ``prepare`` takes the filters down here and gives the work for the other thread."""
        self._asked = (prepare, show, fail)
        if not self.is_under_way:
            self._begin()

    def _begin(self) -> None:
        assert self._asked is not None
        prepare, show, fail = self._asked
        self._asked, self.is_under_way = None, True
        work = prepare()
        if not self._slow.isActive() and self._bar.isHidden():
            self._slow.start()
        self._runner.run(
            lambda _progress: work(),
            done=while_there(self, lambda listing: self._end(partial(show, listing))),
            failed=while_there(self, lambda error: self._end(partial(fail, error))),
        )

    def _end(self, tell: Callable[[], None]) -> None:
        self.is_under_way = False
        if self._asked is not None:
            self._begin()
            return
        self._slow.stop()
        self._bar.hide()
        tell()
