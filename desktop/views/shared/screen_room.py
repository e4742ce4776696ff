"""How much room the screen under a widget has."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def room_on_screen(widget: QWidget) -> QRect:
    """Give the free part of the screen on which a widget stands, in pixels.

    Asked through the application: ``QWidget.screen()`` makes the widget the owner of Qt's screen in the binding's
    books, and after two widgets have asked, the death of the second frees the screen under the whole program.
    """
    here = widget.mapToGlobal(widget.rect().center())
    return (QGuiApplication.screenAt(here) or QGuiApplication.primaryScreen()).availableGeometry()
