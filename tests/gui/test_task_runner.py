"""Work runs off the GUI thread; results, troubles and progress come back on it."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.progress import Progress
from desktop.views.frame.status_line import StatusLine
from desktop.views.shared.task_runner import Errand, TaskRunner

PATIENCE_MS = 5_000


def _nothing(_value: object) -> None:
    """Take a result nobody waits for."""


def test_the_result_of_work_arrives_on_the_gui_thread_even_in_a_plain_function(
    qtbot: QtBot, qapp: QApplication
) -> None:
    runner = TaskRunner()
    threads: list[QThread] = []
    results: list[object] = []

    def work(_progress: Progress) -> int:
        threads.append(QThread.currentThread())
        return 42

    def done(result: object) -> None:
        threads.append(QThread.currentThread())
        results.append(result)

    runner.run(work, done=done, failed=_nothing)
    qtbot.waitUntil(lambda: bool(results), timeout=PATIENCE_MS)

    assert results == [42]
    assert threads[0] is not qapp.thread()
    assert threads[1] is qapp.thread()


@pytest.mark.parametrize("error", [ClerkError("disk_full"), FaultyInput((Fault("a", "b"),)), RuntimeError("bug")])
def test_a_trouble_of_the_work_reaches_the_caller_once(qtbot: QtBot, error: Exception) -> None:
    runner = TaskRunner()
    told: list[Exception] = []

    def work(_progress: Progress) -> None:
        raise error

    with qtbot.captureExceptions():
        runner.run(work, done=_nothing, failed=told.append)
        qtbot.waitUntil(lambda: not runner.is_busy, timeout=PATIENCE_MS)

    assert told == [error]


def test_cancelled_work_answers_neither_way(qtbot: QtBot) -> None:
    runner = TaskRunner()
    started, may_go_on = Event(), Event()
    answers: list[object] = []

    def work(progress: Progress) -> None:
        started.set()
        may_go_on.wait(5)
        progress.step(1, 2)

    task = runner.run(work, done=answers.append, failed=answers.append)
    started.wait(5)
    task.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=PATIENCE_MS)

    assert answers == []


def test_the_runner_says_when_it_is_busy_and_when_it_rests(qtbot: QtBot) -> None:
    runner = TaskRunner()
    said: list[Errand] = []
    runner.busy_changed.connect(said.append)

    for _ in range(20):
        runner.run(lambda _progress: 1, done=_nothing, failed=_nothing)
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=PATIENCE_MS)

    assert said[0] is Errand.LOOK_UP
    assert said[-1] is Errand.UNSEEN


def test_an_act_is_told_before_a_look_up_and_what_nobody_waits_for_never(qtbot: QtBot) -> None:
    runner, may_end = TaskRunner(), Event()
    said: list[Errand] = []
    runner.busy_changed.connect(said.append)

    for errand in (Errand.UNSEEN, Errand.LOOK_UP, Errand.ACT, Errand.LOOK_UP):
        runner.run(lambda _progress: may_end.wait(5), done=_nothing, failed=_nothing, errand=errand)
    may_end.set()
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=PATIENCE_MS)

    assert said[:2] == [Errand.LOOK_UP, Errand.ACT]
    assert said[-1] is Errand.UNSEEN


@pytest.mark.parametrize(
    ("errand", "words"),
    [(Errand.LOOK_UP, "正在查找…"), (Errand.ACT, "正在办理…"), (Errand.UNSEEN, "台账正常")],
)
def test_the_status_line_speaks_of_deciding_only_for_acts(qtbot: QtBot, errand: Errand, words: str) -> None:
    line = StatusLine()
    qtbot.addWidget(line)

    line.show_busy(errand)

    assert line.state == words


def test_finish_waits_until_running_work_has_ended(qtbot: QtBot) -> None:
    runner = TaskRunner()
    ended: list[str] = []

    def work(_progress: Progress) -> None:
        QThread.msleep(50)
        ended.append("work")

    runner.run(work, done=_nothing, failed=_nothing)

    assert runner.finish()
    assert ended == ["work"]
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=PATIENCE_MS)
