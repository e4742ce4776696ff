"""Loads what the first papers need while nobody waits for it; without it they only take longer."""

from __future__ import annotations

import logging
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

IDLE_MS: Final = 500
_LOG: Final = logging.getLogger(__name__)


class WarmingUp(QObject):
    """Waits until the window has been idle for a moment, then loads, once."""

    done = Signal()

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._is_warm = False
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._warm_up)

    def start(self) -> None:
        """Count anew towards the idle moment."""
        if not self._is_warm:
            self._idle.start()

    def stop(self) -> None:
        """Give up what has not begun."""
        self._idle.stop()

    def _warm_up(self) -> None:
        self._is_warm = True
        self._bench.runner.run(
            lambda _progress: self._bench.desk.issuing.warm_up(),
            done=while_there(self, lambda _nothing: self.done.emit()),
            failed=lambda error: _LOG.warning("warm-up failed: %s", type(error).__name__),
            errand=Errand.UNSEEN,
        )
