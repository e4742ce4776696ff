"""A bad binding loses references to None, True and False; the program then aborts after some thousand signals."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

CALLS = 300
SINGLETONS = (None, True, False)


class _Sender(QObject):
    plain = Signal()
    flag = Signal(bool)
    mapping = Signal(dict)


class _Receiver(QObject):
    def take(self, *_values: object) -> None:
        """Take whatever is sent."""


def _losses(call: Callable[[], object]) -> list[float]:
    before = [sys.getrefcount(value) for value in SINGLETONS]
    for _ in range(CALLS):
        call()
    return [(sys.getrefcount(value) - count) / CALLS for value, count in zip(SINGLETONS, before, strict=True)]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="singletons are immortal from CPython 3.12 on")
@pytest.mark.parametrize("way", ["emit", "emit a flag", "click"])
def test_signals_keep_the_references_of_singletons(qtbot: QtBot, way: str) -> None:
    sender, receiver, button = _Sender(), _Receiver(), QPushButton("键")
    qtbot.addWidget(button)
    sender.mapping.connect(receiver.take)
    sender.flag.connect(receiver.take)
    button.clicked.connect(receiver.take)
    keep = [*SINGLETONS] * 5000  # so that a bad binding fails here instead of aborting

    calls: dict[str, Callable[[], object]] = {
        "emit": lambda: sender.mapping.emit({}),
        "emit a flag": lambda: sender.flag.emit(True),
        "click": button.click,
    }

    assert all(abs(loss) < 0.5 for loss in _losses(calls[way])), keep[:0]
