"""Notices that another day has begun while the window stands open."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.desk import Desk

_EACH_MS: Final = 60_000


class DayTurn(QObject):
    """Compares days instead of waiting for midnight: a computer that slept has not counted its hours.

    It looks once a minute, and at once when somebody comes back to the window.
    """

    turned = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._today, self._day = desk.office.today, desk.office.today()
        self.clock = QTimer(self, interval=_EACH_MS)
        self.clock.timeout.connect(self.look)
        self.clock.start()
        window.installEventFilter(self)

    def look(self) -> None:
        """Tell of another day, once."""
        if self._day != self._today():
            self._day = self._today()
            self.turned.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate:
            self.look()
        return super().eventFilter(watched, event)
