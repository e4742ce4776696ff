"""Signing in: words under the field, the tries left, a locked account, the forced change of a first password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.access import Grant, Role
from desktop.domain.errors import ClerkError
from desktop.models.ledger_key import Unlock
from desktop.services.accounts import NewAccount
from desktop.services.desk import Desk, open_desk
from desktop.views.main_window import MainWindow
from desktop.views.people.change_password_dialog import ChangePasswordDialog
from desktop.views.people.new_passphrase_dialog import NewPassphraseDialog
from desktop.views.people.password_field import CAPS_WORDS
from desktop.views.people.sign_in_dialog import SignInDialog
from desktop.views.people.unlock_dialog import UnlockDialog
from desktop.views.shared.remembered import Remembered
from desktop.views.workbench import Workbench
from tests.factories import LIGHT
from tests.gui.input_method import write
from tests.gui.staff import (
    ADMIN,
    ADMIN_PASSWORD,
    CLERK,
    CLERK_PASSWORD,
    PATROLLER,
    PATROLLER_PASSWORD,
    found,
    hire,
    spell,
    staff,
    strike,
)

PATIENCE_MS = 10_000
ENTER = Qt.Key.Key_Return


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, workbench: Workbench) -> Iterator[SignInDialog]:
    """The sign-in window of an office with people."""
    staff(desk)
    yield shown(qtbot, SignInDialog(workbench))
    workbench.runner.finish()


def shown(qtbot: QtBot, dialog: SignInDialog) -> SignInDialog:
    """Show the window with the keyboard in it."""
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def try_in(qtbot: QtBot, dialog: SignInDialog, user_name: str, password: str) -> None:
    """Type user name and password and wait for the ledger's answer."""
    dialog.user_name.setFocus()
    dialog.user_name.clear()
    spell(user_name)
    strike(ENTER)
    spell(password)
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        strike(ENTER)


@pytest.mark.requirement("YC-1a")
def test_user_name_enter_password_enter_signs_in_and_only_the_user_name_is_remembered(
    qtbot: QtBot, desk: Desk, workbench: Workbench, dialog: SignInDialog
) -> None:
    try_in(qtbot, dialog, CLERK, CLERK_PASSWORD)

    assert dialog.result() == SignInDialog.DialogCode.Accepted
    assert desk.sign_in.actor.name == "林晓"
    assert Remembered(desk.data_folder).user_name == CLERK
    kept = "".join(file.read_text(encoding="utf-8", errors="ignore") for file in Path(desk.data_folder).glob("*.ini"))
    assert CLERK_PASSWORD not in kept
    again = shown(qtbot, SignInDialog(workbench))
    assert again.user_name.value() == CLERK
    assert again.password.hasFocus()


@pytest.mark.requirement("YC-1a")
def test_a_wrong_password_is_told_under_the_field_with_the_tries_left(qtbot: QtBot, dialog: SignInDialog) -> None:
    try_in(qtbot, dialog, CLERK, "falsch")

    assert dialog.password_row.fault == "用户名或者密码不对。还可以试 4 次，之后账号会锁定。"
    assert dialog.password.hasFocus()
    assert dialog.password.value() == ""
    spell("x")
    assert dialog.password_row.fault == ""


@pytest.mark.requirement("YC-1a")
def test_the_fifth_wrong_password_locks_and_says_what_to_do(qtbot: QtBot, dialog: SignInDialog) -> None:
    for _ in range(5):
        try_in(qtbot, dialog, CLERK, "falsch")

    assert "账号已锁定" in dialog.password_row.fault
    assert "系统管理员" in dialog.password_row.fault
    try_in(qtbot, dialog, CLERK, CLERK_PASSWORD)
    assert dialog.isVisible(), "not even the right password opens a locked account"


def test_empty_fields_are_asked_for_in_words(dialog: SignInDialog) -> None:
    dialog.user_name.clear()
    dialog.password.setFocus()
    strike(ENTER)
    assert dialog.user_row.fault == "请填写用户名。"
    assert dialog.user_name.hasFocus()


def test_caps_lock_is_noticed_by_a_letter_in_the_wrong_case(qtbot: QtBot, dialog: SignInDialog) -> None:
    dialog.password.setFocus()
    QTest.keyClicks(dialog.password, "A")
    assert dialog.password_row.fault == CAPS_WORDS
    QTest.keyClicks(dialog.password, "a")
    assert dialog.password_row.fault == ""
    QTest.keyClicks(dialog.password, "A", Qt.KeyboardModifier.ShiftModifier)
    assert dialog.password_row.fault == ""


@pytest.mark.requirement("YC-1a")
def test_a_first_password_is_changed_before_anything_else(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    found(desk)
    made = desk.accounts.make(NewAccount(user_name=CLERK, name="林晓", grants=(Grant(role=Role.WINDOW_CLERK),)))
    desk.sign_in.sign_out()
    dialog = shown(qtbot, SignInDialog(workbench))
    try_in(qtbot, dialog, CLERK, made.one_time_password)
    change = dialog.findChild(ChangePasswordDialog)
    assert isinstance(change, ChangePasswordDialog)
    assert dialog.isVisible()
    change.activateWindow()

    change.new.first.setFocus()
    spell("linxiao12345A#")
    assert "不能含有用户名" in change.new.strength.text()
    change.new.first.clear()
    spell(CLERK_PASSWORD)
    strike(ENTER)
    spell(CLERK_PASSWORD)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        strike(ENTER)

    desk.sign_in.sign_out()
    assert not desk.sign_in.sign_in(CLERK, CLERK_PASSWORD).must_change
    workbench.runner.finish()


@pytest.mark.requirement("YC-1a")
def test_leaving_the_forced_change_lets_nobody_in(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    found(desk)
    made = desk.accounts.make(NewAccount(user_name=CLERK, name="林晓", grants=(Grant(role=Role.WINDOW_CLERK),)))
    desk.sign_in.sign_out()
    dialog = shown(qtbot, SignInDialog(workbench))
    try_in(qtbot, dialog, CLERK, made.one_time_password)
    change = dialog.findChild(ChangePasswordDialog)
    assert isinstance(change, ChangePasswordDialog)

    change.reject()

    assert desk.sign_in.actor.account_id is None
    assert not desk.sign_in.actor.grants
    assert dialog.isVisible()
    assert "没有改成" in dialog.password_row.fault


@pytest.mark.requirement("YC-2b")
@pytest.mark.parametrize(
    ("user_name", "password", "wanted", "unwanted"),
    [
        (ADMIN, ADMIN_PASSWORD, {"admin"}, {"intake", "ledger"}),
        (CLERK, CLERK_PASSWORD, {"intake", "ledger"}, set()),
        (PATROLLER, PATROLLER_PASSWORD, {"ledger"}, {"intake"}),
    ],
)
def test_each_role_is_shown_its_own_pages(
    qtbot: QtBot,
    desk: Desk,
    workbench: Workbench,
    user_name: str,
    password: str,
    wanted: set[str],
    unwanted: set[str],
) -> None:
    staff(desk)
    desk.sign_in.sign_in(user_name, password)
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    window.show()

    pages = set(window.rail.page_keys())
    assert wanted <= pages
    assert not unwanted & pages
    for page in unwanted:
        window.go(page)
        assert window.page_key != page
    assert window.top_bar.person.text().startswith(desk.sign_in.actor.name)


@pytest.mark.requirement("YC-2b")
def test_somebody_without_a_role_reads_why_there_is_no_page(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    window = MainWindow(workbench, pages=())
    qtbot.addWidget(window)
    window.show()

    words = window.findChild(QLabel, "no_page")
    assert isinstance(words, QLabel)
    assert words.isVisible()
    assert "系统管理员" in words.text()
    strike_everywhere(window)
    assert window.page_key == ""


def strike_everywhere(window: MainWindow) -> None:
    """Press the keys that work everywhere."""
    ctrl = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_N, Qt.Key.Key_K):
        QTest.keyClick(window, key, ctrl)
    QTest.keyClick(window, Qt.Key.Key_Escape)


@pytest.mark.requirement("YC-1a")
def test_the_own_password_is_changed_with_the_old_one(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    found(desk)
    hire(desk, CLERK, "林晓", CLERK_PASSWORD, Grant(role=Role.WINDOW_CLERK))
    dialog = ChangePasswordDialog(workbench)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    new = "Nebel4 vor dem Tor"
    spell("falsch")
    strike(ENTER)
    spell(new)
    strike(ENTER)
    spell(new)
    strike(ENTER)
    qtbot.waitUntil(lambda: "密码不对" in dialog.old_row.fault, timeout=PATIENCE_MS)
    assert dialog.old.hasFocus()

    spell(ADMIN_PASSWORD)
    dialog.new.again.setFocus()
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        strike(ENTER)

    desk.sign_in.sign_out()
    assert desk.sign_in.sign_in(ADMIN, new).actor.user_name == ADMIN


def test_a_protected_ledger_asks_for_its_passphrase_or_its_recovery_code(qtbot: QtBot, desk: Desk) -> None:
    asked: list[tuple[str, str]] = []

    def open_with(passphrase: str, code: str) -> Desk:
        asked.append((passphrase, code))
        if code:
            return desk
        raise ClerkError("passphrase_wrong")

    dialog = UnlockDialog(desk.data_folder, open_with)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    spell("nicht diese")
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        strike(ENTER)
    assert dialog.row.fault
    assert dialog.passphrase.hasFocus()
    dialog.other.click()
    spell("AAAA-BBBB")
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        strike(ENTER)

    assert asked == [("nicht diese", ""), ("", "AAAA-BBBB")]
    assert dialog.desk is desk


@pytest.mark.requirement("LG-P1")
def test_opened_by_the_recovery_code_a_new_passphrase_is_offered(qtbot: QtBot, desk: Desk) -> None:
    old, new = "die alte Linde am Bach", "drei Krähen auf dem Dach"
    code = desk.protecting.protect(old).code
    folder = desk.data_folder
    desk.close()

    def open_with(passphrase: str, typed: str) -> Desk:
        return open_desk(folder, unlock=Unlock(passphrase=passphrase, recovery_code=typed), effort=LIGHT)

    dialog = UnlockDialog(folder, open_with)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    dialog.other.click()
    spell(code)
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        strike(ENTER)
    (offer,) = dialog.findChildren(NewPassphraseDialog)
    qtbot.waitUntil(offer.new.first.hasFocus, timeout=PATIENCE_MS)
    write(offer.new.first, new)
    strike(ENTER)
    write(offer.new.again, new)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        strike(ENTER)
    assert dialog.desk is not None
    dialog.desk.close()

    with pytest.raises(ClerkError, match="passphrase_wrong"):
        open_with(old, "")
    open_with(new, "").close()


def test_a_trouble_that_no_passphrase_mends_ends_the_asking(qtbot: QtBot, tmp_path: Path) -> None:
    def open_with(_passphrase: str, _code: str) -> Desk:
        raise ClerkError("not_a_database")

    dialog = UnlockDialog(tmp_path, open_with)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    spell("etwas")
    with qtbot.waitSignal(dialog.rejected, timeout=PATIENCE_MS):
        strike(ENTER)

    assert isinstance(dialog.trouble, ClerkError)
