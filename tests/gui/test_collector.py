"""Garbage is collected on the GUI thread alone."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.shared.collector import Collector
from desktop.views.shared.task_runner import TaskRunner


class _Knot:
    """Something that only the collector can free."""

    def __init__(self, freed_on: list[threading.Thread]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_on.append(threading.current_thread()))


def test_the_program_collects_by_itself_and_the_interpreter_does_not(qapp: QApplication) -> None:
    assert qapp.findChild(Collector) is not None
    assert not gc.isenabled()


def test_work_that_allocates_much_frees_nothing_of_the_window(qtbot: QtBot, qapp: QApplication) -> None:
    runner, freed_on, done = TaskRunner(), list[threading.Thread](), list[int]()
    _Knot(freed_on)

    def allocate(_progress: object) -> int:
        return len([[each] for each in range(200_000)])

    runner.run(allocate, done=done.append, failed=lambda error: None)
    qtbot.waitUntil(lambda: bool(done))
    assert freed_on == []
    gc.collect()
    assert freed_on == [threading.main_thread()]
    assert runner.finish()
