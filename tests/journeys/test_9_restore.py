"""A morning on which the ledger is destroyed: it is said, and a backup brings it back by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import offer_backup
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.models.ledger_key import LEDGER_NAME
from desktop.services.desk import Desk, open_desk
from desktop.services.restoring import backups_of
from desktop.views.backup.restore_dialog import RestoreDialog
from tests.factories import FILED_ON, office

pytestmark = pytest.mark.requirement("JS-3.1c")


def _open(folder: Path) -> Desk:
    return open_desk(folder, today=lambda: FILED_ON)


def _numbers(desk: Desk) -> list[str]:
    return [row.number for row in desk.ledger.page(desk.ledger.ids(LedgerCriteria()))]


@pytest.mark.parametrize("harm", ["overwritten", "gone", "torn"])
def test_a_destroyed_ledger_comes_back_from_the_newest_backup(
    harm: str, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    desk = _open(folder)
    desk.office.set_up(office())
    desk.office.add_samples()
    numbers = _numbers(desk)
    desk.backups.make()
    desk.close()
    _harm(folder / LEDGER_NAME, harm)

    with pytest.raises(ClerkError) as caught:
        _open(folder)
    seen: list[str] = []

    hand = QTimer(interval=50)

    def press_enter() -> None:
        # One of an earlier test may not be gone yet.
        shown = (each for each in qapp.topLevelWidgets() if isinstance(each, RestoreDialog) and each.isVisible())
        dialog = next(shown, None)
        if dialog is not None and not seen:
            seen.append(dialog.banner.text)
            qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)

    hand.timeout.connect(press_enter)
    hand.start()
    assert offer_backup(folder, caught.value)

    hand.stop()
    assert "台账" in seen[0]
    again = _open(folder)
    assert _numbers(again) == numbers
    again.close()
    assert list(folder.glob("before-restore-*"))


def test_without_a_good_backup_nothing_is_offered(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    desk = _open(folder)
    desk.office.set_up(office())
    made = desk.backups.make().brief.folder
    desk.close()
    (made / "manifest.json").unlink()
    assert not offer_backup(folder, ClerkError("ledger_damaged"))
    assert not backups_of(folder)[0].is_good
    assert not offer_backup(folder, ClerkError("read_only"))


def _harm(ledger: Path, harm: str) -> None:
    content = bytearray(ledger.read_bytes())
    if harm == "gone":
        ledger.unlink()
    elif harm == "overwritten":
        ledger.write_bytes(b"destroyed by something else " * 1000)
    else:
        content[4096 * 5 : 4096 * 9] = bytes(4096 * 4)
        ledger.write_bytes(content)
