"""What everybody does at the window of the morning: sit down at it, work its dialogs, put papers away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from desktop.domain.access import Role
from desktop.sample_morning.opening import SampleDay
from desktop.sample_morning.play import Player
from desktop.sample_morning.typist import Typist
from desktop.views.papers.sheets_dialog import SheetsDialog

Script = Callable[[Typist], None]
_GLANCE_MS: Final = 20


def sit_down(player: Player, day: SampleDay, role: Role, *, picture: str) -> None:
    """Let somebody else take the window over, as signing out and in does."""
    typist, window = player.typist, player.window
    typist.keys("{Ctrl+Shift+L}")
    typist.wait_until(lambda: window.at_work.sign_in is not None, "the question who comes")
    dialog = window.at_work.sign_in
    assert dialog is not None
    typist.take_over(dialog)
    day.sign_in(typist, dialog, role, picture=picture)
    typist.take_over(window)


def fold_sheets(player: Player) -> None:
    """Wait for the papers that an act gives and go back from them by Esc."""
    typist, window = player.typist, player.window

    def sheets() -> list[QDialog]:
        return [each for each in window.findChildren(QDialog) if isinstance(each, SheetsDialog) and each.isVisible()]

    typist.wait_until(lambda: bool(sheets()), "the papers of the act")
    typist.take_over(sheets()[0])
    player.settle()
    typist.keys("{Esc}")
    typist.wait_until(lambda: not sheets(), "the end of the papers")
    typist.take_over(window)


def answer(player: Player, keys: str, kind: type[QDialog], script: Script) -> None:
    """Press keys that open a dialog which holds everything else up, at once or after a look-up, and work it.

    Raises what went wrong there, and ``TimeoutError`` when it never comes.
    """
    trouble: list[Exception] = []
    is_over: list[bool] = []
    eye = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind):
            return
        if not dialog.isAncestorOf(QApplication.focusWidget() or player.window):
            dialog.activateWindow()  # as the window system does for a new window
            return
        eye.stop()
        typist = Typist(dialog)
        try:
            typist.take_over(dialog)
            script(typist)
        except Exception as error:
            trouble.append(error)
            dialog.reject()
        finally:
            is_over.append(True)

    eye.setInterval(_GLANCE_MS)
    eye.timeout.connect(look)
    eye.start()
    player.typist.keys(keys)
    try:
        player.typist.wait_until(lambda: bool(is_over), f"the end of {kind.__name__}")
    finally:
        eye.stop()
    if trouble:
        raise trouble[0]
    player.typist.take_over(QApplication.activeModalWidget() or player.window)
