"""From the closed ledger to somebody at work: passphrase, first start, signing in, each only where it is needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.errors import ClerkError
from desktop.services.desk import Desk
from desktop.views.people.sign_in_dialog import SignInDialog
from desktop.views.people.unlock_dialog import Open, UnlockDialog
from desktop.views.setup.setup_dialog import SetupDialog
from desktop.views.shared.remembered import Remembered
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench


def open_ledger(folder: Path, open_with: Open) -> Desk | None:
    """Open the ledger, asking for its passphrase where it has one; None when that is not given.

    ``open_with`` takes passphrase and recovery code.  Raises as ``open_desk`` for every other trouble.
    """
    _dress(folder)
    try:
        return open_with("", "")
    except ClerkError as error:
        if error.code != "passphrase_needed":
            raise
    dialog = UnlockDialog(folder, open_with)
    dialog.exec()
    if dialog.trouble is not None:
        raise dialog.trouble
    return dialog.desk


def let_in(workbench: Workbench) -> bool:
    """Ask what is needed before the window: who signs in, or at first start whose office it is.

    Says whether somebody is there to work.
    """
    desk = workbench.desk
    _dress(desk.data_folder)
    if desk.sign_in.has_accounts() and not SignInDialog(workbench).exec():
        return False
    return desk.office.office() is not None or bool(SetupDialog(workbench).exec())


def _dress(folder: Path) -> None:
    """Give these windows the text size that the main window will have."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        apply_theme(application, Remembered(folder).base_px)
