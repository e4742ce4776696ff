"""People at one window: the first account, a clerk locked out and let in again, one person after another."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QWidget
from shiboken6 import isValid

from desktop.domain.ledger import LedgerCriteria
from desktop.sample_morning.typist import Typist
from desktop.services.desk import open_desk
from desktop.views.admin.admin_page import AdminPage
from desktop.views.intake.intake_page import IntakePage
from desktop.views.main_window import MainWindow
from desktop.views.people.accounts_tab import AccountsTab
from desktop.views.people.lock_screen import LockScreen
from desktop.views.people.sign_in_dialog import SignInDialog
from desktop.views.setup.setup_dialog import SetupDialog
from tests.factories import FILED_ON, LIGHT, office
from tests.gui.staff import (
    ADMIN,
    ADMIN_PASSWORD,
    CLERK,
    CLERK_PASSWORD,
    PATROLLER,
    PATROLLER_PASSWORD,
    staff,
)
from tests.journeys.starting import close, name_the_administrator, office_of_a_street, run

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def staffed(folder: Path) -> Path:
    """A ledger of an office with an administrator, a clerk and a patroller."""
    desk = open_desk(folder, today=lambda: FILED_ON, effort=LIGHT)
    desk.office.set_up(office())
    staff(desk)
    desk.close()
    return folder


def sign_in(typist: Typist, user_name: str, password: str) -> None:
    """Sign in by keys and wait for the answer."""
    dialog = typist.window
    assert isinstance(dialog, SignInDialog)
    typist.walk_to("user_name")
    dialog.user_name.clear()
    typist.keys(user_name + "{Enter}" + password + "{Enter}")
    typist.wait_until(lambda: not isValid(dialog) or dialog.enter.isEnabled() or not dialog.isVisible(), "the answer")


def as_clerk(typist: Typist) -> None:
    """Sign in as the clerk."""
    sign_in(typist, CLERK, CLERK_PASSWORD)


def written_on(window: QWidget) -> str:
    """Give everything that can be read in a window."""
    labels = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    lines = [each.text() for each in window.findChildren(QLineEdit) if each.isVisible()]
    return "\n".join((window.windowTitle(), *labels, *lines))


@pytest.mark.requirement("YC-1a", "YC-2d")
def test_from_the_first_start_to_the_first_account_and_the_next_sign_in(folder: Path) -> None:
    def set_up(typist: Typist) -> None:
        office_of_a_street(typist)
        name_the_administrator(typist)
        dialog = typist.window
        assert isinstance(dialog, SetupDialog)
        assert dialog.administrator.user_name.value() == ADMIN
        typist.keys("{Ctrl+Enter}")

    def at_work(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        assert window.top_bar.person.text().startswith("高远")
        close(typist)

    def next_day(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, SignInDialog)
        assert dialog.user_name.value() in ("", ADMIN)
        sign_in(typist, ADMIN, "falsch")
        assert "还可以试 4 次" in dialog.password_row.fault
        sign_in(typist, ADMIN, ADMIN_PASSWORD)

    assert run(folder, (SetupDialog, set_up), (MainWindow, at_work)) == 0
    assert run(folder, (SignInDialog, next_day), (MainWindow, at_work)) == 0


@pytest.mark.requirement("YC-1a", "YC-2d")
def test_a_clerk_locked_out_is_let_in_again_by_the_administrator(staffed: Path) -> None:
    def wrong_five_times(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, SignInDialog)
        for _ in range(5):
            sign_in(typist, CLERK, "falsch")
        assert "账号已锁定" in dialog.password_row.fault
        sign_in(typist, CLERK, CLERK_PASSWORD)
        assert dialog.isVisible(), "locked is locked"
        typist.keys("{Esc}")

    def as_administrator(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, SignInDialog)
        sign_in(typist, CLERK, CLERK_PASSWORD)
        assert "账号已锁定" in dialog.password_row.fault, "the lock outlasts the program"
        sign_in(typist, ADMIN, ADMIN_PASSWORD)

    def release(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        assert "intake" not in window.rail.page_keys(), "an administrator registers nothing"
        typist.keys("{Ctrl+3}")
        page = window.page("admin")
        assert isinstance(page, AdminPage)
        tab = to_accounts(typist, page)
        typist.walk_to("accounts")
        while chosen_user(tab) != CLERK:
            typist.press("Down")
        typist.keys("{F7}")
        typist.wait_until(lambda: "已解除锁定" in tab.banner.text, "the release")
        close(typist)

    def let_in(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        assert window.page_key == "intake"
        assert window.top_bar.person.text().startswith("林晓")
        close(typist)

    assert run(staffed, (SignInDialog, wrong_five_times)) == 0
    assert run(staffed, (SignInDialog, as_administrator), (MainWindow, release)) == 0
    assert run(staffed, (SignInDialog, as_clerk), (MainWindow, let_in)) == 0


def to_accounts(typist: Typist, page: AdminPage) -> AccountsTab:
    """Go along the tabs by the arrow key until the accounts are shown."""
    for _ in range(page.tabs.count()):
        here = page.tabs.currentWidget()
        if isinstance(here, AccountsTab):
            return here
        typist.press("Right")
    raise LookupError("no tab of accounts")


def chosen_user(tab: AccountsTab) -> str:
    """Give the user name of the row one is on."""
    chosen = tab.table.chosen_id()
    return tab.accounts[chosen].user_name if chosen is not None else ""


@pytest.mark.requirement("YC-1a")
def test_idleness_locks_the_screen_and_the_form_is_as_it_was(staffed: Path) -> None:
    seconds = [0.0]

    def leave_and_come_back(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        window.at_work.idle.set_clocks(lambda: seconds[0])
        typist.keys("1")
        typist.walk_to("project_name")
        typist.keys("坪安路18号商铺")
        field = QApplication.focusWidget()
        page = window.page("intake")
        assert isinstance(page, IntakePage)
        typed = page.walk_in()
        seconds[0] += 10 * 60
        window.at_work.idle.look()

        locked = window.at_work.lock_screen
        assert isinstance(locked, LockScreen)
        assert "坪安路18号商铺" not in written_on(locked)
        typist.take_over(locked)
        typist.wait_until(locked.password.hasFocus, "the keyboard in the locked screen")
        typist.keys(CLERK_PASSWORD + "{Enter}")
        typist.wait_until(lambda: window.at_work.lock_screen is None, "the screen unlocked")
        typist.take_over(window)
        assert QApplication.focusWidget() is field
        assert page.walk_in() == typed
        typist.keys("一层")
        assert page.walk_in().project_name == "坪安路18号商铺一层"
        close(typist)

    assert run(staffed, (SignInDialog, as_clerk), (MainWindow, leave_and_come_back)) == 0


@pytest.mark.requirement("YC-1a", "YC-2b", "YC-A4a")
def test_the_page_of_a_former_person_is_not_there_for_the_next(staffed: Path) -> None:
    def hand_over(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        typist.keys("1")
        typist.walk_to("project_name")
        typist.keys("新禾路仓库改造")
        former = window.page("intake")
        typist.keys("{Ctrl+Shift+L}")
        assert "新禾路仓库改造" not in written_on(window)
        assert not isValid(former) or not former.isVisible()
        who = window.at_work.sign_in
        assert isinstance(who, SignInDialog)
        typist.take_over(who)
        typist.wait_until(lambda: who.user_name.hasFocus() or who.password.hasFocus(), "the keyboard at the sign-in")
        sign_in(typist, PATROLLER, PATROLLER_PASSWORD)
        typist.take_over(window)
        typist.wait_until(lambda: window.page_key != "", "the pages of the patroller")
        assert "intake" not in window.rail.page_keys()
        for keys in ("{Ctrl+1}", "{Ctrl+2}", "{Ctrl+N}"):
            typist.keys(keys)
            assert "新禾路仓库改造" not in written_on(window)
        typist.wait_until(lambda: not window.workbench.runner.is_busy, "the look-up")
        table = window.page("ledger").findChild(QTableView)
        assert isinstance(table, QTableView)
        assert table.model().rowCount() == 0
        assert window.workbench.desk.ledger.ids(LedgerCriteria()) == ()
        close(typist)

    def go_on(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        page = window.page("intake")
        assert isinstance(page, IntakePage)
        assert page.walk_in().project_name == "新禾路仓库改造", "the draft waits for its owner"
        close(typist)

    assert run(staffed, (SignInDialog, as_clerk), (MainWindow, hand_over)) == 0
    assert run(staffed, (SignInDialog, as_clerk), (MainWindow, go_on)) == 0
