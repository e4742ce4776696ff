"""Works a window as a clerk does: by keys alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_LONGEST_WALK = 600
_PATIENCE_MS = 20_000
_GLANCE_MS = 5
_SPECIAL = re.compile(r"(\{[A-Za-z0-9+]+\})")
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


class Typist:
    """Presses keys where the focus is; Chinese arrives as an input method commits it."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def take_over(self, window: QWidget) -> None:
        """Go on in another window, once it is shown and active."""
        self.window = window
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)

    def keys(self, text: str) -> None:
        """Type a text; ``{F9}``, ``{Enter}`` or ``{Ctrl+N}`` stand for keys."""
        for part in _SPECIAL.split(text):
            if _SPECIAL.fullmatch(part):
                self.press(part[1:-1])
            elif part:
                self._write(part)
        QApplication.processEvents()

    def press(self, name: str) -> None:
        """Press one key, with modifiers: ``F9``, ``Ctrl+N``."""
        *held, last = name.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for modifier in held:
            modifiers |= _MODIFIERS[modifier]
        key = Qt.Key[f"Key_{ {'Enter': 'Return', 'Esc': 'Escape'}.get(last, last) }"]
        QTest.keyClick(self.focus(), key, modifiers)

    def focus(self) -> QWidget:
        """Give the widget that has the keyboard."""
        # Without a window manager a window that lost the keyboard takes it back only when it is told.
        if QApplication.activeWindow() is None and self.window.isVisible():
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)
        return QApplication.focusWidget() or self.window

    def walk_to(self, name: str) -> QWidget:
        """Press Tab until the field of that name has the keyboard; raises ``LookupError`` when it is not reached."""
        for _ in range(_LONGEST_WALK):
            if self._named(self.focus(), name):
                return self.focus()
            self.press("Tab")
        raise LookupError(f"no field {name} on the way of the Tab key")

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Let the window work until something is so; raises ``TimeoutError`` naming what never came."""
        patience = QDeadlineTimer(_PATIENCE_MS)
        while not is_so():
            if patience.hasExpired():
                raise TimeoutError(what)
            QTest.qWait(_GLANCE_MS)

    def pause(self, milliseconds: int = 200) -> None:
        """Let the window catch up, as anybody does who looks at it."""
        QTest.qWait(milliseconds)

    @staticmethod
    def _named(widget: QWidget | None, name: str) -> bool:
        # An editor may be made of several widgets; the name is on the outermost.
        while widget is not None:
            if widget.objectName() == name:
                return True
            widget = widget.parentWidget()
        return False

    def _write(self, text: str) -> None:
        for char in text:
            if char.isascii():
                QTest.keyClicks(self.focus(), char)
            else:
                event = QInputMethodEvent()
                event.setCommitString(char)
                QApplication.sendEvent(self.focus(), event)
