"""A progress bar that also shows work of unknown length, without the style's own animation."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

_STEP_MS: Final = 60
_STEPS: Final = 40


class BusyBar(QProgressBar):
    """Runs over and over until ``step`` says how far the work is.

    Never a range of nothing, as Qt asks for work of unknown length: Qt 6.11 animates such a bar, and when the bar is
    deleted meanwhile, the end of that animation is told to what is no more, and the program dies.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._pulse = QTimer(self, interval=_STEP_MS)
        self._pulse.timeout.connect(self._beat)
        self._is_measured = False
        self.begin()

    def begin(self, words: str = "") -> None:
        """Show that work is under way, with words inside the bar."""
        self._is_measured = False
        self.setRange(0, _STEPS)
        self.setValue(0)
        self.setFormat(words)
        self.setTextVisible(bool(words))
        self._run()

    def step(self, done: int, total: int, words: str = "") -> None:
        """Show how far it is."""
        self._is_measured = True
        self._run()
        self.setRange(0, max(total, 1))
        self.setValue(done)
        self.setFormat(words)
        self.setTextVisible(bool(words))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pulse.stop()

    def _run(self) -> None:
        if self._is_measured or not self.isVisible():
            self._pulse.stop()
        elif not self._pulse.isActive():
            self._pulse.start()

    def _beat(self) -> None:
        self.setValue((self.value() + 1) % (_STEPS + 1))
