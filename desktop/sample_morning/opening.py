"""Opens the sample day by keys: the first start with its administrator, then a clerk signs in for the first time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Office
from desktop.sample_morning.typist import Typist
from desktop.services.accounts import NewAccount
from desktop.services.desk import Desk
from desktop.services.review_settings import OwnReview
from desktop.views.people.change_password_dialog import ChangePasswordDialog
from desktop.views.people.sign_in_dialog import SignInDialog
from desktop.views.setup.setup_dialog import SetupDialog
from desktop.views.workbench import Workbench

_PASSWORD_BYTES: Final = 15
_NAMES: Final = {
    Role.ADMINISTRATOR: "高远",
    Role.PATROLLER: "赵宁",
    Role.MANAGER: "宋安",
    Role.REVIEWER: "周审",
    Role.AUDITOR: "沈明",
}


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody of the sample office with what they type to sign in."""

    name: str
    user_name: str
    password: str = field(repr=False)
    is_first: bool  # the password is the one-time one, and changed at once


class SampleDay:
    """The people of one sample morning; who is who is known by their role.

    The passwords are random and told to nobody: the ledger of a sample morning is thrown away.
    """

    def __init__(self, desk: Desk, office: Office, pictures: Path) -> None:
        self.people: dict[Role, Person] = {}
        self._desk, self._office, self._pictures = desk, office, pictures

    def open(self) -> Iterator[str]:
        """Begin a fresh ledger with an administrator, who hires; let the clerk sign in.  Gives a line for each."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        bench = Workbench(self._desk)
        yield f"  第一次启动，设置系统管理员　{self._first_start(bench).name}"
        self._hire(Role.WINDOW_CLERK, self._office.clerk_name)
        for role in (Role.PATROLLER, Role.MANAGER, Role.REVIEWER, Role.AUDITOR):
            self._hire(role, _NAMES[role])
        # Minor operations are reviewed here, so that the morning shows it; the rest as the pack has it.
        self._desk.review_settings.keep(OwnReview(minor=1))
        self._desk.sign_in.sign_out()
        dialog = SignInDialog(bench)
        typist = Typist(dialog)
        typist.take_over(dialog)
        picture = self.sign_in(typist, dialog, Role.WINDOW_CLERK, picture="0-sign-in")
        dialog.deleteLater()
        yield f"  {self._office.clerk_name} 登录并改首次密码　{picture.name}"

    def sign_in(self, typist: Typist, dialog: SignInDialog, role: Role, *, picture: str) -> Path:
        """Sign somebody in by keys, with a password of their own where it is the first time; gives the picture."""
        person = self.people[role]
        typist.walk_to("user_name")
        typist.keys(f"{{Ctrl+A}}{person.user_name}{{Enter}}{person.password}")
        taken = _shoot(dialog, self._pictures / f"{picture}.png")
        typist.keys("{Enter}")
        if person.is_first:
            self._choose_password(typist, dialog, person)
        # The window's own sign-in goes with its closing.
        typist.wait_until(lambda: not isValid(dialog) or not dialog.isVisible(), "the end of signing in")
        return taken

    def _first_start(self, bench: Workbench) -> Path:
        dialog, password = SetupDialog(bench), secrets.token_urlsafe(_PASSWORD_BYTES)
        dialog.form.show_office(self._office)
        typist = Typist(dialog)
        typist.take_over(dialog)
        typist.walk_to("admin_name")
        typist.keys(_NAMES[Role.ADMINISTRATOR])
        for name in ("admin_password", "admin_password_again"):
            typist.walk_to(name)
            typist.keys(password)
        picture = _shoot(dialog, self._pictures / "0-first-start.png")
        typist.keys("{Ctrl+Enter}")
        typist.wait_until(lambda: not dialog.isVisible(), "the end of the first start")
        dialog.deleteLater()
        actor = self._desk.sign_in.actor
        self.people[Role.ADMINISTRATOR] = Person(
            name=actor.name, user_name=actor.user_name, password=password, is_first=False
        )
        return picture

    def _hire(self, role: Role, name: str) -> None:
        accounts = self._desk.accounts
        user_name = accounts.suggested_user_name(name)
        made = accounts.make(NewAccount(user_name=user_name, name=name, grants=(Grant(role=role),)))
        self.people[role] = Person(name=name, user_name=user_name, password=made.one_time_password, is_first=True)

    @staticmethod
    def _choose_password(typist: Typist, dialog: SignInDialog, person: Person) -> None:
        change: list[ChangePasswordDialog] = []

        def is_asked() -> bool:
            change[:] = [each for each in dialog.findChildren(ChangePasswordDialog) if each.isVisible()]
            return bool(change)

        typist.wait_until(is_asked, "the change of the first password")
        typist.take_over(change[0])
        typist.wait_until(change[0].new.first.hasFocus, "the keyboard in the new password")
        person.password, person.is_first = secrets.token_urlsafe(_PASSWORD_BYTES), False
        typist.keys(f"{person.password}{{Enter}}{person.password}{{Enter}}")


def _shoot(dialog: QDialog, target: Path) -> Path:
    dialog.grab().save(str(target))
    return target
