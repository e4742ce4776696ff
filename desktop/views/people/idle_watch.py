"""Notices that nobody has touched key or mouse for some minutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_EACH_MS: Final = 2_000
_SIGNS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
Clock = Callable[[], float]
# A sleeping computer stops the first on some systems, a corrected clock moves the second: the longer rest counts.
_CLOCKS: Final[tuple[Clock, ...]] = (time.monotonic, time.time)


class IdleWatch(QObject):
    """Follows the window with the keyboard; ``ran_out`` comes once when the minutes are over.

    Only windows are watched, never every widget, so that typing costs nothing.  ``clocks`` give seconds.
    """

    ran_out = Signal()

    def __init__(self, parent: QObject | None = None, *, clocks: tuple[Clock, ...] = _CLOCKS) -> None:
        super().__init__(parent)
        self._clocks = clocks
        self._minutes = 0
        self._last: tuple[float, ...] = ()
        self._watched: QWindow | None = None
        self._timer = QTimer(self, interval=_LOOK_EACH_MS)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._follow)
            # An input method takes the keys itself; what it writes moves the caret.
            application.inputMethod().cursorRectangleChanged.connect(self.touch)

    @property
    def is_watching(self) -> bool:
        """Say whether the minutes are running."""
        return self._timer.isActive()

    def set_clocks(self, *clocks: Clock) -> None:
        """Count by other clocks; each gives seconds."""
        self._clocks = clocks
        self.touch()

    def start(self, minutes: int) -> None:
        """Begin to count, anew, towards so many minutes."""
        self._minutes = minutes
        self._follow(QGuiApplication.focusWindow())
        self.touch()
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def touch(self) -> None:
        """Note that somebody is there."""
        self._last = tuple(clock() for clock in self._clocks)

    def look(self) -> None:
        """See whether the minutes are over."""
        rest = max((clock() - last for clock, last in zip(self._clocks, self._last, strict=True)), default=0.0)
        if self.is_watching and rest >= self._minutes * 60:
            self.stop()
            self.ran_out.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self.touch()
        return super().eventFilter(watched, event)

    def _follow(self, window: QWindow | None) -> None:
        if window is not None and window is not self._watched:
            window.removeEventFilter(self)
            window.installEventFilter(self)
            self._watched = window
