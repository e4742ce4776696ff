"""The screen belongs to Qt: asking how much room it has leaves it alive."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

import desktop.views
from desktop.views.shared.screen_room import room_on_screen


def test_the_screen_outlives_the_widgets_that_asked_for_its_room(qapp: QApplication) -> None:
    screen = QGuiApplication.primaryScreen()
    for _ in range(3):
        first, second = QWidget(), QWidget()
        assert room_on_screen(first) == room_on_screen(second) == room_on_screen(first) == screen.availableGeometry()
        del first, second
        gc.collect()
        assert Shiboken.isValid(screen)
        assert not Shiboken.ownedByPython(screen)


def test_no_window_asks_a_widget_for_its_screen() -> None:
    views = Path(desktop.views.__file__).parent
    asking = [
        path.name
        for path in views.rglob("*.py")
        if ".screen()" in path.read_text("utf-8").replace("QWidget.screen()", "")
    ]
    assert asking == []
