"""账号: made with a password shown once, changed with a reason, released, taken out of use, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.domain.access import Grant, Right, Role
from desktop.domain.errors import ClerkError
from desktop.services.accounts import NewAccount
from desktop.services.desk import Desk
from desktop.views.admin.admin_page import AdminPage
from desktop.views.people.account_dialog import AccountDialog
from desktop.views.people.accounts_tab import AccountsTab
from desktop.views.people.first_administrator_dialog import FirstAdministratorDialog
from desktop.views.people.secret_dialog import SecretDialog
from desktop.views.people.sure_dialog import SureDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.workbench import Workbench
from tests.gui.input_method import write
from tests.gui.staff import ADMIN, ADMIN_PASSWORD, CLERK, here, spell, staff, strike

PATIENCE_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, workbench: Workbench) -> AccountsTab:
    """The accounts of an office, before its administrator."""
    staff(desk)
    desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    return shown(qtbot, workbench)


def shown(qtbot: QtBot, workbench: Workbench) -> AccountsTab:
    """Show the tab with the keyboard in its table."""
    tab = AccountsTab(workbench)
    qtbot.addWidget(tab)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    tab.table.setFocus()
    return tab


def dialog_of(qtbot: QtBot, tab: AccountsTab, kind: type[D]) -> D:
    """Wait for a dialog over the tab, with the keyboard in it."""
    found_one: list[D] = []

    def is_there() -> bool:
        found_one[:] = [each for each in tab.window().findChildren(kind) if each.isVisible()]
        return bool(found_one)

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
    found_one[0].activateWindow()
    qtbot.waitUntil(found_one[0].isActiveWindow, timeout=PATIENCE_MS)
    return found_one[0]


def choose(tab: AccountsTab, user_name: str) -> int:
    """Go to the row of an account; gives its id."""
    account = next(row for row in tab.accounts.values() if row.user_name == user_name)
    for row in range(tab.table.rowCount()):
        tab.table.setCurrentCell(row, 0)
        if tab.table.chosen_id() == account.id:
            break
    tab.table.setFocus()
    return account.id


def wait(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    qtbot.waitUntil(is_so, timeout=PATIENCE_MS)


@pytest.mark.requirement("YC-1a", "YC-2b", "YC-2d")
def test_an_account_is_made_by_keyboard_and_its_password_is_shown_once(
    qtbot: QtBot, desk: Desk, tab: AccountsTab
) -> None:
    strike(Qt.Key.Key_Insert)
    dialog = dialog_of(qtbot, tab, AccountDialog)
    write(here(), "何安")
    assert dialog.user_name.value() == "hean"
    role = dialog.grants.rows[0].role
    role.setFocus()
    write(role, "巡查员")
    strike(Qt.Key.Key_Return)
    areas = dialog.grants.rows[0].areas
    areas.setFocus()
    strike(Qt.Key.Key_Right)
    strike(Qt.Key.Key_Space)
    strike(Qt.Key.Key_S, CTRL)

    secret = dialog_of(qtbot, tab, SecretDialog)
    password = secret.secret.text()
    strike(Qt.Key.Key_Escape)
    assert secret.isVisible(), "it is not lost by one key"
    assert "不再显示" in secret.banner.text
    strike(Qt.Key.Key_Space)
    strike(Qt.Key.Key_Return)
    wait(qtbot, lambda: not secret_is_open(tab))

    row = next(row for row in tab.accounts.values() if row.user_name == "hean")
    assert row.grants == (Grant(role=Role.PATROLLER, areas=frozenset({"坪安社区"})),)
    assert row.must_change
    assert not any(password in cell for cell in cells(tab))
    desk.sign_in.sign_out()
    assert desk.sign_in.sign_in("hean", password).must_change


def secret_is_open(tab: AccountsTab) -> bool:
    """Say whether a secret still stands on the screen."""
    return any(each.isVisible() for each in tab.window().findChildren(SecretDialog))


def cells(tab: AccountsTab) -> list[str]:
    """Give everything written in the table."""
    found_cells = (
        tab.table.item(row, column) for row in range(tab.table.rowCount()) for column in range(tab.table.columnCount())
    )
    return [cell.text() for cell in found_cells if cell is not None]


@pytest.mark.requirement("YC-2b")
def test_roles_that_may_not_be_together_are_said_in_words(qtbot: QtBot, tab: AccountsTab) -> None:
    strike(Qt.Key.Key_Insert)
    dialog = dialog_of(qtbot, tab, AccountDialog)
    write(here(), "何安")
    dialog.grants.rows[0].role.setFocus()
    write(here(), "系统管理员")
    strike(Qt.Key.Key_Return)
    strike(Qt.Key.Key_Return, CTRL)
    assert len(dialog.grants.rows) == 2
    write(here(), "审计员")
    strike(Qt.Key.Key_Return)

    assert "不能是同一个账号" in dialog.grants.fault.text()
    strike(Qt.Key.Key_S, CTRL)
    assert dialog.isVisible()
    assert "不能是同一个账号" in dialog.banner.text

    strike(Qt.Key.Key_Delete, CTRL)
    assert len(dialog.grants.rows) == 1
    assert dialog.grants.fault.text() == ""
    dialog.reject()


@pytest.mark.requirement("YC-2b", "YC-A4a")
def test_a_department_is_asked_for_its_trades(qtbot: QtBot, tab: AccountsTab) -> None:
    strike(Qt.Key.Key_Insert)
    dialog = dialog_of(qtbot, tab, AccountDialog)
    write(here(), "何安")
    row = dialog.grants.rows[0]
    assert not row.departments_row.isVisible()
    row.role.setFocus()
    write(here(), "区级主管部门用户")
    strike(Qt.Key.Key_Return)
    assert row.departments_row.isVisible()

    strike(Qt.Key.Key_S, CTRL)

    assert row.departments_row.fault == "主管部门的角色要勾选主管行业。"
    assert row.departments.hasFocus()
    strike(Qt.Key.Key_Space)
    grant = row.grant()
    assert grant is not None
    assert grant.departments is not None
    assert len(grant.departments) == 1
    dialog.reject()


@pytest.mark.requirement("YC-2d")
def test_changed_roles_need_a_reason(qtbot: QtBot, desk: Desk, tab: AccountsTab) -> None:
    account_id = choose(tab, CLERK)
    strike(Qt.Key.Key_F2)
    dialog = dialog_of(qtbot, tab, AccountDialog)
    assert not dialog.user_name.isEnabled()
    dialog.grants.add_row()
    write(here(), "审核员")
    strike(Qt.Key.Key_Return)
    strike(Qt.Key.Key_S, CTRL)
    assert dialog.rows["reason"].fault
    assert dialog.reason.hasFocus()

    write(here(), "兼任审核")
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        strike(Qt.Key.Key_S, CTRL)

    assert {grant.role for grant in tab.accounts[account_id].grants} == {Role.WINDOW_CLERK, Role.REVIEWER}


@pytest.mark.requirement("YC-1a", "YC-2d")
def test_a_locked_account_is_released_by_its_key(qtbot: QtBot, desk: Desk, tab: AccountsTab) -> None:
    desk.sign_in.sign_out()
    for _ in range(5):
        with pytest.raises(ClerkError):
            desk.sign_in.sign_in(CLERK, "falsch")
    desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    tab.show_rows()
    account_id = choose(tab, CLERK)
    assert "已锁定（密码输错）" in cells(tab)

    with qtbot.waitSignal(tab.answered, timeout=PATIENCE_MS):
        strike(Qt.Key.Key_F7)

    assert not tab.accounts[account_id].is_locked
    assert "已解除锁定" in tab.banner.text


@pytest.mark.requirement("YC-1a")
def test_a_forgotten_password_is_replaced_by_another_one_time_password(
    qtbot: QtBot, desk: Desk, tab: AccountsTab
) -> None:
    choose(tab, CLERK)
    strike(Qt.Key.Key_F6)
    dialog_of(qtbot, tab, SureDialog)
    strike(Qt.Key.Key_Return)
    secret = dialog_of(qtbot, tab, SecretDialog)
    password = secret.secret.text()
    secret.noted.setChecked(True)
    secret.accept()

    desk.sign_in.sign_out()
    assert desk.sign_in.sign_in(CLERK, password).must_change


@pytest.mark.requirement("YC-2d")
def test_an_account_is_taken_out_of_use_with_a_reason_and_never_deleted(
    qtbot: QtBot, desk: Desk, tab: AccountsTab
) -> None:
    account_id = choose(tab, CLERK)
    count = tab.table.rowCount()
    strike(Qt.Key.Key_F8)
    dialog_of(qtbot, tab, ReasonDialog)
    write(here(), "调离")
    with qtbot.waitSignal(tab.answered, timeout=PATIENCE_MS):
        strike(Qt.Key.Key_S, CTRL)

    assert not tab.accounts[account_id].is_active
    assert tab.table.rowCount() == count
    tab.activateWindow()
    wait(qtbot, tab.isActiveWindow)
    choose(tab, CLERK)
    assert tab.buttons["accounts.end"].text().startswith("恢复使用")
    with qtbot.waitSignal(tab.answered, timeout=PATIENCE_MS):
        strike(Qt.Key.Key_F8)
    assert tab.accounts[account_id].is_active


@pytest.mark.requirement("YC-2d")
def test_the_last_administrator_stays_and_the_trouble_is_said(qtbot: QtBot, tab: AccountsTab) -> None:
    account_id = choose(tab, ADMIN)
    strike(Qt.Key.Key_F8)
    dialog_of(qtbot, tab, ReasonDialog)
    write(here(), "试试")
    with qtbot.waitSignal(tab.answered, timeout=PATIENCE_MS):
        strike(Qt.Key.Key_S, CTRL)

    assert tab.banner.text.startswith("不能停用自己的账号")
    assert tab.accounts[account_id].is_active


@pytest.mark.requirement("YC-2b")
def test_only_who_keeps_accounts_is_shown_the_tab(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    staff(desk)
    desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    assert "账号" in titles(qtbot, workbench)
    desk.sign_in.sign_out()
    made = first_password_of_a_clerk(desk)
    desk.sign_in.sign_in("hean", made)
    assert not desk.sign_in.actor.may(Right.KEEP_ACCOUNTS)

    assert "账号" not in titles(qtbot, workbench)
    assert "受理点" not in titles(qtbot, workbench)


def first_password_of_a_clerk(desk: Desk) -> str:
    """Make one more clerk; gives the one-time password."""
    desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    made = desk.accounts.make(NewAccount(user_name="hean", name="何安", grants=(Grant(role=Role.WINDOW_CLERK),)))
    desk.sign_in.sign_out()
    return made.one_time_password


def titles(qtbot: QtBot, workbench: Workbench) -> list[str]:
    """Give the tabs of the settings for who is signed in."""
    page = AdminPage(workbench)
    qtbot.addWidget(page)
    return [page.tabs.tabText(tab) for tab in range(page.tabs.count())]


@pytest.mark.requirement("YC-1a")
def test_a_ledger_without_accounts_says_so_and_leads_to_the_first_administrator(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    tab = shown(qtbot, workbench)
    assert "还没有账号" in tab.banner.text
    strike(Qt.Key.Key_Insert)
    dialog = dialog_of(qtbot, tab, FirstAdministratorDialog)
    write(here(), "高远")
    for field in (dialog.form.password.first, dialog.form.password.again):
        field.setFocus()
        spell(ADMIN_PASSWORD)
    with qtbot.waitSignal(dialog.answered, timeout=PATIENCE_MS):
        strike(Qt.Key.Key_Return, CTRL)

    assert desk.sign_in.actor.user_name == "gaoyuan"
    assert [row.user_name for row in tab.accounts.values()] == ["gaoyuan"]
