"""People of an invented office with their accounts, and the hand at the keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.access import Grant, Role
from desktop.services.accounts import NewAccount
from desktop.services.desk import Desk

ADMIN: Final = "gaoyuan"
ADMIN_PASSWORD: Final = "Herbst-Laub7 am Fluss"
CLERK: Final = "linxiao"
CLERK_PASSWORD: Final = "Regen9 auf dem Dach"
PATROLLER: Final = "zhouwang"
PATROLLER_PASSWORD: Final = "Wind3 im hohen Gras"


def found(desk: Desk, *, is_clerk_too: bool = False) -> None:
    """Make the first administrator, who is signed in then."""
    desk.sign_in.make_first(ADMIN, "高远", ADMIN_PASSWORD, is_clerk_too=is_clerk_too)


def hire(desk: Desk, user_name: str, name: str, password: str, *grants: Grant) -> int:
    """Give somebody an account with a password of their own; the administrator is signed in before and after."""
    made = desk.accounts.make(NewAccount(user_name=user_name, name=name, grants=grants))
    desk.sign_in.sign_out()
    desk.sign_in.sign_in(user_name, made.one_time_password)
    desk.sign_in.change_password(made.one_time_password, password)
    desk.sign_in.sign_out()
    desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    return made.account_id


def staff(desk: Desk) -> None:
    """Give the office an administrator, a clerk and a patroller of one community; nobody is signed in."""
    found(desk)
    hire(desk, CLERK, "林晓", CLERK_PASSWORD, Grant(role=Role.WINDOW_CLERK))
    hire(desk, PATROLLER, "周望", PATROLLER_PASSWORD, Grant(role=Role.PATROLLER, areas=frozenset({"坪安社区"})))
    desk.sign_in.sign_out()


def strike(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(here(), key, modifier)


def spell(text: str) -> None:
    """Type Latin letters where the keyboard is."""
    QTest.keyClicks(here(), text)


def here() -> QWidget:
    """Give the widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
