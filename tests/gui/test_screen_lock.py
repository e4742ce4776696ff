"""The locked screen: nothing to be read, the form as it was, the same field again, nobody's page for the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlcipher3 import dbapi2

from desktop.domain.access import NOBODY
from desktop.domain.errors import ClerkError
from desktop.services.desk import Desk
from desktop.views.admin.window_settings import WindowSettings
from desktop.views.intake.intake_page import IntakePage
from desktop.views.main_window import MainWindow
from desktop.views.people.cover import Cover
from desktop.views.people.lock_screen import LockScreen
from desktop.views.people.lock_settings import LockSettings
from desktop.views.shared.messages import show_trouble
from desktop.views.workbench import Workbench
from tests.factories import walk_in
from tests.gui.input_method import write
from tests.gui.staff import (
    ADMIN,
    ADMIN_PASSWORD,
    CLERK,
    CLERK_PASSWORD,
    PATROLLER,
    PATROLLER_PASSWORD,
    spell,
    staff,
    strike,
)

PATIENCE_MS = 10_000
ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, workbench: Workbench, seconds: Seconds) -> Iterator[MainWindow]:
    """The window with a clerk at work and a form begun."""
    staff(desk)
    desk.sign_in.sign_in(CLERK, CLERK_PASSWORD)
    shown = MainWindow(workbench)
    shown.at_work.idle.set_clocks(seconds)
    shown.at_work.watch()
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    shown.go("intake")
    intake(shown).form.set_walk_in(walk_in())
    yield shown
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)
    if shown.at_work.lock_screen is not None:
        shown.at_work.lock_screen.take_away()


def intake(window: MainWindow) -> IntakePage:
    """Give the intake page."""
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    return page


def field(window: MainWindow, path: str) -> QWidget:
    """Give the editor of one field of the form."""
    row = intake(window).form.row(path)
    assert row is not None
    return row.editor


def lock_of(window: MainWindow) -> LockScreen:
    """Give the locked screen."""
    locked = window.at_work.lock_screen
    assert locked is not None
    return locked


@contextmanager
def shut(desk: Desk) -> Iterator[None]:
    """Let another program hold the ledger, so that nothing can be written into it."""
    with closing(dbapi2.connect(desk.database.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def locked(qtbot: QtBot, window: MainWindow) -> LockScreen:
    """Lock by the key and wait for the screen."""
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_L, CTRL)
    screen = lock_of(window)
    qtbot.waitUntil(screen.isActiveWindow, timeout=PATIENCE_MS)
    return screen


@pytest.mark.requirement("YC-1a")
def test_ctrl_l_covers_every_window_and_the_password_leads_back_to_the_very_field(
    qtbot: QtBot, window: MainWindow
) -> None:
    name = field(window, "project_name")
    name.setFocus()
    write(name, "增补")
    before = intake(window).walk_in()
    beside = QDialog(window)
    beside.setObjectName("beside")
    beside.show()
    window.activateWindow()
    name.setFocus()

    screen = locked(qtbot, window)

    for covered in (window, beside):
        cover = covered.findChild(Cover, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert isinstance(cover, Cover), covered
        assert cover.isVisible()
        assert cover.geometry() == covered.rect()
    strike(Qt.Key.Key_Escape)
    screen.close()
    assert screen.isVisible(), "neither Esc nor closing opens it"

    spell("falsch")
    with qtbot.waitSignal(screen.checked, timeout=PATIENCE_MS):
        strike(ENTER)
    assert "还可以试 4 次" in screen.row.fault
    spell(CLERK_PASSWORD)
    with qtbot.waitSignal(screen.accepted, timeout=PATIENCE_MS):
        strike(ENTER)

    qtbot.waitUntil(lambda: QApplication.focusWidget() is name, timeout=PATIENCE_MS)
    assert intake(window).walk_in() == before
    assert not any(cover.isVisible() for cover in window.findChildren(Cover))
    beside.close()


@pytest.mark.requirement("YC-1a")
def test_a_window_that_comes_while_the_screen_is_locked_is_covered_too(qtbot: QtBot, window: MainWindow) -> None:
    locked(qtbot, window)
    late = QDialog(window)
    late.show()

    assert late.findChild(Cover) is not None
    late.close()


@pytest.mark.requirement("YC-1a")
def test_the_screen_locks_after_the_minutes_that_are_set(
    qtbot: QtBot, desk: Desk, window: MainWindow, seconds: Seconds
) -> None:
    idle = window.at_work.idle
    seconds.now = 599
    idle.look()
    assert window.at_work.lock_screen is None
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    seconds.now = 599 + 599
    idle.look()
    assert window.at_work.lock_screen is None, "a key begins the ten minutes anew"

    seconds.now += 1
    idle.look()

    assert lock_of(window).isVisible()
    assert not idle.is_watching


@pytest.mark.requirement("YC-1a")
def test_without_accounts_nothing_locks(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    window.show()

    window.at_work.lock()

    assert window.at_work.lock_screen is None
    assert not window.at_work.idle.is_watching
    assert "还没有账号" in window.status.said


@pytest.mark.requirement("YC-1a", "YC-2b")
def test_after_another_person_took_over_nothing_of_the_former_is_left(
    qtbot: QtBot, desk: Desk, window: MainWindow, workbench: Workbench
) -> None:
    former = intake(window)
    field(window, "project_name").setFocus()
    write(field(window, "project_name"), "坪安路旧账")
    typed = former.walk_in()
    screen = locked(qtbot, window)

    strike(Qt.Key.Key_L, CTRL | SHIFT)

    assert not screen.isVisible()
    assert desk.sign_in.actor.account_id is None
    assert window.page_key == ""
    assert not isValid(former) or not former.isVisible()
    assert not window.top_bar.person.isVisible()
    who = window.at_work.sign_in
    assert who is not None
    qtbot.waitUntil(who.isActiveWindow, timeout=PATIENCE_MS)
    who.user_name.setFocus()
    who.user_name.clear()
    spell(PATROLLER)
    strike(ENTER)
    spell(PATROLLER_PASSWORD)
    with qtbot.waitSignal(who.accepted, timeout=PATIENCE_MS):
        strike(ENTER)
    assert "intake" not in window.rail.page_keys()
    assert window.top_bar.person.text().startswith("周望")
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.drafts.all()

    window.at_work.switch()
    desk.sign_in.sign_in(CLERK, CLERK_PASSWORD)
    kept = [draft.walk_in for draft in desk.drafts.all()]
    assert kept == [typed]
    assert window.at_work.sign_in is not None
    window.at_work.sign_in.accept()
    window.go("intake")
    assert intake(window) is not former
    assert intake(window).walk_in() == typed


@pytest.mark.requirement("YC-1a")
def test_a_draft_that_cannot_be_kept_keeps_the_person_there(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(field(window, "project_name"), "还没保存")
    screen = locked(qtbot, window)

    def full() -> None:
        raise ClerkError("disk_full")

    monkeypatch.setattr(intake(window), "flush", full)
    screen.switch.click()

    assert screen.isVisible()
    assert "磁盘已满" in screen.row.fault
    assert desk.sign_in.actor.user_name == CLERK
    monkeypatch.undo()


@pytest.mark.requirement("YC-1a")
def test_closing_the_window_signs_out(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.close()

    assert desk.sign_in.actor.account_id is None


@pytest.mark.requirement("YC-1a")
def test_closing_is_not_prevented_by_a_ledger_that_cannot_be_written(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    with shut(desk):
        assert window.close()

    assert desk.sign_in.actor == NOBODY


@pytest.mark.requirement("YC-1a")
def test_nobody_else_takes_over_while_the_sign_out_cannot_be_put_on_record(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    screen = locked(qtbot, window)

    with shut(desk):
        screen.switch.click()

    assert screen.isVisible()
    assert screen.row.fault
    assert window.at_work.sign_in is None
    assert desk.sign_in.actor.user_name == CLERK


@pytest.mark.requirement("YC-1a")
def test_a_message_that_comes_while_the_screen_is_locked_waits_until_it_is_unlocked(
    qtbot: QtBot, window: MainWindow
) -> None:
    screen = locked(qtbot, window)
    seen: list[bool] = []

    def unlock() -> None:
        """Type the password although a message is open; its Enter must not reach the message."""
        box = window.findChild(QMessageBox, "trouble")
        assert isinstance(box, QMessageBox)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.password, timeout=PATIENCE_MS)
        assert not box.isActiveWindow()
        assert box.findChild(Cover) is not None
        spell(CLERK_PASSWORD)
        strike(ENTER)
        qtbot.waitUntil(lambda: window.at_work.lock_screen is None, timeout=PATIENCE_MS)
        qtbot.waitUntil(box.isActiveWindow, timeout=PATIENCE_MS)
        seen.append(box.isVisible() and all(not cover.isVisible() for cover in box.findChildren(Cover)))
        strike(ENTER)

    QTimer.singleShot(0, unlock)
    show_trouble(ClerkError("disk_full"), window)

    assert seen == [True], "it was there when the screen was unlocked, and Enter closed it only then"


@pytest.mark.requirement("YC-2d")
def test_the_administrator_sets_the_minutes_between_one_and_sixty(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    staff(desk)
    desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    page = LockSettings(workbench)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.minutes.setFocus()
    for typed, fault in (("0", True), ("61", True), ("x", True), ("5", False)):
        page.minutes.selectAll()
        spell(typed)
        strike(Qt.Key.Key_S, CTRL)
        assert bool(page.row.fault) is fault, typed

    assert desk.screen_lock.minutes() == 5
    desk.sign_in.sign_out()
    desk.sign_in.sign_in(CLERK, CLERK_PASSWORD)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.screen_lock.set_minutes(60)
    hidden = WindowSettings(workbench)
    qtbot.addWidget(hidden)
    assert hidden.findChild(LockSettings) is None
