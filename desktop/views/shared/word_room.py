"""Room for words: a dialog grows when a sentence in it needs another line, so that no line is cut."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from desktop.views.shared.screen_room import room_on_screen


def make_room(widget: QWidget) -> None:
    """Let the dialog that holds a widget grow to what its words need, once they are laid out.

    Qt lays a window's wrapped words out in the height it has; only a first showing asks how high they are.
    """
    window = widget.window()
    if isinstance(window, QDialog) and window.isVisible():
        QTimer.singleShot(0, window, lambda: _grow(window))


def _grow(window: QDialog) -> None:
    layout = window.layout()
    if layout is None or not layout.hasHeightForWidth():
        return
    wanted = min(layout.totalMinimumHeightForWidth(window.width()), room_on_screen(window).height())
    if wanted > window.height():
        window.resize(window.width(), wanted)
