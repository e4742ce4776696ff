"""备份和加密: backing up, proving, restoring and encrypting by key, with what goes wrong said in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.ledger_key import LEDGER_NAME, Unlock, is_plain, open_secret
from desktop.services.backups import BackupSettings
from desktop.services.desk import Desk
from desktop.services.restoring import is_restore_ready
from desktop.views.backup.backup_keeper import BackupKeeper
from desktop.views.backup.backup_tab import BackupTab
from desktop.views.backup.passphrase_dialog import PassphraseDialog
from desktop.views.backup.place_dialog import PlaceDialog
from desktop.views.backup.restore_dialog import RestoreDialog
from desktop.views.frame.status_line import StatusLine
from desktop.views.people.secret_dialog import SecretDialog
from desktop.views.workbench import Workbench
from tests.gui.memory_keyring import memory_keyring

pytestmark = pytest.mark.requirement("JS-3.1c")
PATIENCE_MS = 20_000
PASSPHRASE = "he wan lu kou san ke rong shu"


@pytest.fixture
def tab(qtbot: QtBot, workbench: Workbench) -> BackupTab:
    """The tab on the screen, with the keyboard in it."""
    page = BackupTab(workbench)
    qtbot.addWidget(page)
    page.resize(1180, 620)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.table.setFocus()
    return page


def _press(qtbot: QtBot, tab: BackupTab, key: Qt.Key) -> None:
    with qtbot.waitSignal(tab.answered, timeout=PATIENCE_MS):
        qtbot.keyClick(tab.table, key)


def _drilled(tab: BackupTab) -> str:
    cell = tab.table.item(0, 5)
    assert cell is not None
    return cell.text()


def test_f9_backs_up_and_the_list_shows_it(qtbot: QtBot, tab: BackupTab, desk: Desk) -> None:
    _press(qtbot, tab, Qt.Key.Key_F9)
    assert tab.table.rowCount() == len(desk.backups.all()) == 1
    assert "已备份" in tab.banner.text
    assert _drilled(tab) == "没有演练"


def test_f7_proves_the_chosen_backup(qtbot: QtBot, tab: BackupTab) -> None:
    _press(qtbot, tab, Qt.Key.Key_F9)
    _press(qtbot, tab, Qt.Key.Key_F7)
    assert "通过" in _drilled(tab)
    assert "恢复演练通过" in tab.banner.text


def test_a_torn_backup_is_said_to_be_so(qtbot: QtBot, tab: BackupTab, desk: Desk) -> None:
    _press(qtbot, tab, Qt.Key.Key_F9)
    file = desk.backups.all()[0].folder / LEDGER_NAME
    file.write_bytes(file.read_bytes()[:-4096])
    _press(qtbot, tab, Qt.Key.Key_F7)
    assert "备份残缺" in tab.banner.text
    assert "没有通过" in _drilled(tab)


def test_a_missing_second_place_is_said_and_the_backup_is_there(
    qtbot: QtBot, tab: BackupTab, desk: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.backups.keep_settings(BackupSettings(second_place=str(stick)))
    stick.rmdir()
    _press(qtbot, tab, Qt.Key.Key_F9)
    assert "第二备份位置不在" in tab.banner.text
    assert tab.table.rowCount() == 1


def test_f2_sets_the_second_place_and_names_one_that_will_not_do(
    qtbot: QtBot, tab: BackupTab, desk: Desk, tmp_path: Path
) -> None:
    qtbot.keyClick(tab.table, Qt.Key.Key_F2)
    (dialog,) = tab.window().findChildren(PlaceDialog)
    dialog.place.setText(str(tmp_path / "nowhere"))
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)
    assert "第二备份位置不在" in dialog.banner.text
    dialog.place.setText(str(tmp_path))
    # The data folder lies inside, the other way round is what is refused.
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)
    assert desk.backups.settings().second_place == str(tmp_path)


@pytest.mark.requirement("LG-P1")
def test_f8_encrypts_the_ledger_and_shows_the_code_once(qtbot: QtBot, tab: BackupTab, desk: Desk) -> None:
    qtbot.keyClick(tab.table, Qt.Key.Key_F8)
    (dialog,) = tab.window().findChildren(PassphraseDialog)
    dialog.new.first.set_value(PASSPHRASE)
    dialog.new.again.set_value(PASSPHRASE)
    with qtbot.waitSignal(dialog.answered, timeout=PATIENCE_MS):
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    (secret,) = tab.window().findChildren(SecretDialog)
    assert len(secret.secret.text().split("-")) == 8
    secret.noted.setChecked(True)
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    assert not is_plain(desk.data_folder / LEDGER_NAME)
    assert "已加密" in tab.protection.text()


@pytest.mark.requirement("LG-P1")
def test_the_keyring_is_offered_where_there_is_one_and_then_opens_the_ledger(
    qtbot: QtBot, tab: BackupTab, desk: Desk
) -> None:
    desk.protecting.protect(PASSPHRASE)
    tab.show_rows()
    if not desk.protecting.state().has_keyring:
        assert tab.keyring.isHidden()
    with memory_keyring() as ring:
        tab.show_rows()
        assert tab.keyring.isVisible()
        _press(qtbot, tab, Qt.Key.Key_F4)
        assert desk.protecting.state().uses_keyring
        assert tab.keyring.isChecked()
        assert "密钥环" in tab.protection.text()
        assert open_secret(desk.data_folder, Unlock()) == desk.protecting.secret

        _press(qtbot, tab, Qt.Key.Key_F4)
        assert not desk.protecting.state().uses_keyring
        assert not tab.keyring.isChecked()
        assert ring.held == {}


def test_f6_restores_the_chosen_backup_for_the_next_start(
    qtbot: QtBot, tab: BackupTab, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(QApplication, "closeAllWindows", lambda: closed.append(True))
    _press(qtbot, tab, Qt.Key.Key_F9)
    qtbot.keyClick(tab.table, Qt.Key.Key_F6)
    (dialog,) = tab.window().findChildren(RestoreDialog)
    with qtbot.waitSignal(dialog.answered, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert is_restore_ready(desk.data_folder)
    assert closed == [True]


def test_the_keeper_backs_up_by_itself_and_tells_the_status_line(qtbot: QtBot, workbench: Workbench) -> None:
    line, keeper = StatusLine(), BackupKeeper(workbench)
    qtbot.addWidget(line)
    keeper.stands.connect(line.show_backup)
    keeper.show_standing()
    assert line.backup == "尚无备份"
    with qtbot.waitSignal(keeper.stands, timeout=PATIENCE_MS):
        keeper.look()
    assert line.backup.startswith("备份 ")
    assert line.backup.endswith("演练通过")
