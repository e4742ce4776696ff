"""A person who waits for windows that the program itself waits for, and works each in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.sample_morning.typist import Typist

Script = Callable[[Typist], None]
_GLANCE_MS: Final = 10
_PATIENCE_MS: Final = 30_000


def shown_windows() -> list[QWidget]:
    """The windows that stand on the screen."""
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


class Person:
    """Works each window when it comes; what goes wrong closes them all, so that nobody waits for ever."""

    def __init__(self, *scripts: tuple[type[QWidget], Script]) -> None:
        self._scripts = list(scripts)
        self._trouble: Exception | None = None
        self._patience = QDeadlineTimer(_PATIENCE_MS)
        self._eye = QTimer()
        self._eye.setInterval(_GLANCE_MS)
        self._eye.timeout.connect(self._look)
        self._eye.start()

    def leave(self) -> None:
        """Stop looking; raises what went wrong."""
        self._eye.stop()
        if self._trouble is not None:
            raise self._trouble
        assert not self._scripts, f"the program never showed {self._scripts[0][0].__name__}"

    def _look(self) -> None:
        if self._patience.hasExpired():
            self._give_up(TimeoutError("the program did not end"))
        if not self._scripts:
            return
        kind, script = self._scripts[0]
        window = next((each for each in shown_windows() if isinstance(each, kind)), None)
        if window is None:
            return
        focus = QApplication.focusWidget()
        if focus is None or not (focus is window or window.isAncestorOf(focus)):
            window.activateWindow()  # as the window system does for a new window
            return
        del self._scripts[0]
        typist = Typist(window)
        try:
            typist.take_over(window)
            script(typist)
        except Exception as trouble:
            self._give_up(trouble)

    def _give_up(self, trouble: Exception) -> None:
        self._eye.stop()
        self._trouble = trouble
        self._scripts.clear()
        for window in shown_windows():
            window.close()
        QApplication.quit()
