"""Who is at work in the window: the locked screen, one person after another, the own password, signing out."""

from __future__ import annotations

import logging
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.domain.errors import ClerkError
from desktop.views.people.change_password_dialog import ChangePasswordDialog
from desktop.views.people.idle_watch import IdleWatch
from desktop.views.people.lock_screen import LockScreen
from desktop.views.people.sign_in_dialog import SignInDialog
from desktop.views.shared.messages import describe, show_trouble
from desktop.views.workbench import Workbench

_LOG = logging.getLogger(__name__)
_NO_ACCOUNT = "还没有账号，所以不能锁屏、换人。请在“设置—账号”中设置第一个系统管理员。"


class WorkPlace(Protocol):
    """What a window does when people come and go."""

    def put_away(self) -> None:
        """Keep the draft and close every page of who leaves; raises ``ClerkError`` when the draft cannot be kept."""

    def take_up(self) -> None:
        """Build what who is signed in now may use."""


class AtWork(QObject):
    """Locks the window and hands it over; nothing of one person is left on the screen for the next."""

    def __init__(
        self, workbench: Workbench, place: WorkPlace, window: QWidget, *, idle: IdleWatch | None = None
    ) -> None:
        super().__init__(window)
        self._bench, self._place, self._window = workbench, place, window
        self.idle = idle or IdleWatch(self)
        self.lock_screen: LockScreen | None = None
        self.sign_in: SignInDialog | None = None
        self._last_used: QWidget | None = None
        self.idle.ran_out.connect(self.lock)
        self._who = workbench.desk.sign_in.actor
        # Queued: the page that made the first account may still be in the middle of it.
        workbench.changed.connect(self._look_who, Qt.ConnectionType.QueuedConnection)
        workbench.closing.connect(self._leave)

    @property
    def has_person(self) -> bool:
        """Say whether somebody is signed in by an account."""
        return self._bench.desk.sign_in.actor.account_id is not None

    def watch(self) -> None:
        """Count towards the lock, in the minutes that are set."""
        if self.has_person and self.lock_screen is None:
            self.idle.start(self._bench.desk.screen_lock.minutes())
        else:
            self.idle.stop()

    @Slot()
    def _look_who(self) -> None:
        """Begin anew for somebody who was signed in from inside a page, and count in the minutes set now."""
        if self._bench.desk.sign_in.actor != self._who and self.has_person:
            try:
                self._place.put_away()
            except ClerkError as error:
                self._stay(error)
                return
            self._begin()
        self.watch()

    def _begin(self) -> None:
        self._who = self._bench.desk.sign_in.actor
        self._place.take_up()

    def lock(self) -> None:
        """Lock the screen until the password is given; what is open stays as it is."""
        if self.lock_screen is not None:
            return
        if not self.has_person:
            self._bench.told.emit(_NO_ACCOUNT)
            return
        self.idle.stop()
        self._last_used = QApplication.focusWidget()
        locked = LockScreen(self._bench, self._window)
        locked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        locked.accepted.connect(self._unlocked)
        locked.switch_asked.connect(self.switch)
        self.lock_screen = locked
        locked.show()

    def switch(self) -> None:
        """Let somebody else work here: keep the draft, close everything, sign out, then ask who comes."""
        if not self.has_person:
            self._bench.told.emit(_NO_ACCOUNT)
            return
        try:
            self._place.put_away()
        except ClerkError as error:
            self._stay(error)
            return
        try:
            self._bench.desk.sign_in.sign_out()
        except ClerkError as error:
            self._place.take_up()
            self._stay(error)
            return
        self.idle.stop()
        self._unlock()
        self._ask_who()

    def change_password(self) -> None:
        """Let who is signed in choose another password."""
        if not self.has_person:
            self._bench.told.emit(_NO_ACCOUNT)
            return
        dialog = ChangePasswordDialog(self._bench, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ask_who(self) -> None:
        self.sign_in = SignInDialog(self._bench, self._window)
        self.sign_in.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sign_in.accepted.connect(self._come)
        self.sign_in.rejected.connect(self._window.close)
        self.sign_in.finished.connect(self._asked)
        self.sign_in.open()

    def _asked(self) -> None:
        self.sign_in = None

    def _come(self) -> None:
        self._begin()
        self.watch()
        self._window.activateWindow()

    def _stay(self, error: ClerkError) -> None:
        """Go on as before: what is typed counts more than who is next."""
        if self.lock_screen is not None:
            self.lock_screen.refuse(describe(error).text)
        else:
            show_trouble(error, self._window)

    def _unlocked(self) -> None:
        self.lock_screen = None
        self.watch()
        held_back = QApplication.activeModalWidget()
        if held_back is not None and (
            self._last_used is None or not isValid(self._last_used) or self._last_used.window() is not held_back
        ):
            held_back.activateWindow()
            return
        self._window.activateWindow()
        if self._last_used is not None and isValid(self._last_used):
            self._last_used.window().activateWindow()
            self._last_used.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlock(self) -> None:
        if self.lock_screen is not None:
            locked, self.lock_screen = self.lock_screen, None
            locked.take_away()

    def _leave(self) -> None:
        """Sign out with the window, which closes even when the ledger can no longer be written.

        The trail then shows a signing in without its end, and the log why.
        """
        self.idle.stop()
        self._unlock()
        try:
            self._bench.desk.sign_in.leave()
        except ClerkError as error:
            _LOG.warning("signing out was not put on record: %s", error.code)
