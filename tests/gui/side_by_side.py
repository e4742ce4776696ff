"""A window for the tests of single widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

# Windows live as long as their test; the test bot itself holds them weakly.
WINDOWS: list[QWidget] = []


def side_by_side(qtbot: QtBot, *widgets: QWidget) -> None:
    """Show widgets in one active window."""
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    WINDOWS.append(window)
