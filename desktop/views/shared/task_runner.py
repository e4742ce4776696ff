"""Carries service calls off the GUI thread and brings results, troubles and progress back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import IntEnum
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.progress import Cancelled, Progress

_LOG = logging.getLogger(__name__)


class Errand(IntEnum):
    """What running work is to the one at the window; the greatest of those under way is told."""

    UNSEEN = 0  # nobody waits for it
    LOOK_UP = 1
    PAPERS = 2  # papers are being made
    ACT = 3  # something is being done that the ledger keeps


class Task(QObject):
    """One running piece of work; its signals arrive on the thread that made it."""

    done = Signal(object)
    failed = Signal(object)  # ClerkError or FaultyInput, or any other exception: a bug
    cancelled = Signal()
    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Take a step on the working thread; raises ``Cancelled`` after ``cancel``."""
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)


class _Carrier(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        task = self._task
        try:
            result = task.work(task)
        except Cancelled:
            task.cancelled.emit()
        except (ClerkError, FaultyInput) as error:
            task.failed.emit(error)
        except Exception as error:  # a bug must reach the log and the clerk, whatever its class
            _LOG.exception("task failed")
            task.failed.emit(error)
        else:
            task.done.emit(result)
        task.ended.emit()


class TaskRunner(QObject):
    """Runs work on a pool of threads; results come back as calls on the GUI thread.

    ``busy_changed`` says what is under way, ``Errand.UNSEEN`` when nothing, for the busy line of the window.
    """

    busy_changed = Signal(object)  # Errand

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._running: dict[Task, Errand] = {}
        self._told = Errand.UNSEEN
        self._answers: dict[Task, tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}

    def run(
        self,
        work: Callable[[Progress], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        errand: Errand = Errand.LOOK_UP,
    ) -> Task:
        """Start work; exactly one of ``done`` and ``failed`` is called later on this thread, neither if cancelled."""
        task = Task(work, self)
        # Signals to the runner's own slots and queued: a plain function has no thread of its own to be called on.
        queued = Qt.ConnectionType.QueuedConnection
        task.done.connect(self._bring, queued)
        task.failed.connect(self._bring_trouble, queued)
        task.ended.connect(self._forget, queued)
        self._answers[task] = (done, failed)
        self._running[task] = errand
        self._tell()
        self._pool.start(_Carrier(task))
        return task

    @property
    def is_busy(self) -> bool:
        """Say whether any work is under way."""
        return bool(self._running)

    def finish(self, timeout_ms: int = 30_000) -> bool:
        """Wait for running work before the window closes; says whether all of it ended in time."""
        return bool(self._pool.waitForDone(timeout_ms))

    @Slot(object)
    def _bring(self, result: object) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self._answers[task][0](result)

    @Slot(object)
    def _bring_trouble(self, error: Exception) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self._answers[task][1](error)

    @Slot()
    def _forget(self) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self._running.pop(task, None)
            self._answers.pop(task, None)
            task.deleteLater()
        self._tell()

    def _tell(self) -> None:
        greatest = max(self._running.values(), default=Errand.UNSEEN)
        if greatest is not self._told:
            self._told = greatest
            self.busy_changed.emit(greatest)
