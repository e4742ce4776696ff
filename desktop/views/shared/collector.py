"""Garbage is collected on the GUI thread alone: a window's objects must not be destroyed by a working thread."""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 1_000


class Collector(QObject):
    """Takes over from the interpreter's own collector, which runs on whatever thread happens to allocate.

    A page that was put away, its runner and its tasks refer to each other in circles.  Collected on a thread of the
    pool they would be deleted there while the GUI thread still works off what was posted to them, and the program
    would die.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        # What is loaded by now stays loaded; looking through it again and again would only hold the window up.
        gc.freeze()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(collect_when_due)
        self._timer.start()


def collect_when_due() -> None:
    """Collect the oldest generation that is due by the interpreter's own thresholds, if any is."""
    for generation in reversed(range(3)):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
