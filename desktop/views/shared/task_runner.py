"""Carries service calls off the GUI thread and brings results, troubles and progress back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import IntEnum
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.progress import Cancelled, Progress

_LOG = logging.getLogger(__name__)


class Errand(IntEnum):
    """What running work is to the one at the window; the greatest of those under way is told."""

    UNSEEN = 0  # nobody waits for it
    LOOK_UP = 1
    PAPERS = 2  # papers are being made
    ACT = 3  # something is being done that the ledger keeps


class Notice:
    """Tells those who asked, on the GUI thread; whoever is gone by then is left out."""

    def __init__(self) -> None:
        self._told: list[Callable[..., object]] = []

    def connect(self, told: Callable[..., object]) -> None:
        """Tell this one too, from now on."""
        self._told.append(told)

    def emit(self, *what: object) -> None:
        """Tell everybody."""
        for told in self._told:
            listener = getattr(told, "__self__", None)
            if not isinstance(listener, QObject) or isValid(listener):
                told(*what)


class Task:
    """One running piece of work; its notices are given on the thread that made it, by the runner alone.

    No ``QObject``: one that comes and goes with every look-up, while a thread of the pool still holds it, does not
    reliably survive its own deletion.
    """

    def __init__(self, work: Callable[[Progress], Any], runner: TaskRunner) -> None:
        self.work = work
        self.cancelled = Notice()
        self.progressed = Notice()  # done, total
        self._runner = runner
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Take a step on the working thread; raises ``Cancelled`` after ``cancel``."""
        if self._stop.is_set():
            raise Cancelled
        self._runner.stepped.emit(self, done, total)


class _End(IntEnum):
    """How a piece of work came to its end."""

    DONE = 0
    FAILED = 1
    CANCELLED = 2


class _Carrier(QRunnable):
    def __init__(self, task: Task, runner: TaskRunner) -> None:
        super().__init__()
        self._task = task
        self._runner = runner

    def run(self) -> None:
        self._runner.came_to_end.emit(self._task, *self._outcome())

    def _outcome(self) -> tuple[_End, object]:
        try:
            return _End.DONE, self._task.work(self._task)
        except Cancelled:
            return _End.CANCELLED, None
        except (ClerkError, FaultyInput) as error:
            return _End.FAILED, error
        except Exception as error:  # a bug must reach the log and the clerk, whatever its class
            _LOG.exception("task failed")
            return _End.FAILED, error


class TaskRunner(QObject):
    """Runs work on a pool of threads; results come back as calls on the GUI thread.

    ``busy_changed`` says what is under way, ``Errand.UNSEEN`` when nothing, for the busy line of the window.
    """

    busy_changed = Signal(object)  # Errand
    came_to_end = Signal(object, object, object)  # Task, _End, result or error: emitted on working threads
    stepped = Signal(object, int, int)  # Task, done, total: emitted on working threads

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._running: dict[Task, Errand] = {}
        self._told = Errand.UNSEEN
        self._answers: dict[Task, tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}
        # Queued, and to slots of the runner: a plain function has no thread of its own to be called on.
        queued = Qt.ConnectionType.QueuedConnection
        self.came_to_end.connect(self._bring, queued)
        self.stepped.connect(self._step, queued)

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
        self._answers[task] = (done, failed)
        self._running[task] = errand
        self._tell()
        self._pool.start(_Carrier(task, self))
        return task

    @property
    def is_busy(self) -> bool:
        """Say whether any work is under way."""
        return bool(self._running)

    def finish(self, timeout_ms: int = 30_000) -> bool:
        """Wait for running work before the window closes; says whether all of it ended in time."""
        return bool(self._pool.waitForDone(timeout_ms))

    @Slot(object, object, object)
    def _bring(self, task: Task, end: _End, result: object) -> None:
        done, failed = self._answers.pop(task)
        try:
            if end is _End.DONE:
                done(result)
            elif end is _End.FAILED and isinstance(result, Exception):
                failed(result)
            else:
                task.cancelled.emit()
        finally:
            self._running.pop(task, None)
            self._tell()

    @Slot(object, int, int)
    def _step(self, task: Task, done: int, total: int) -> None:
        if task in self._answers:
            task.progressed.emit(done, total)

    def _tell(self) -> None:
        greatest = max(self._running.values(), default=Errand.UNSEEN)
        if greatest is not self._told:
            self._told = greatest
            self.busy_changed.emit(greatest)
