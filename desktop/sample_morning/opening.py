"""Opens the sample day by keys: the first start with its administrator, then a clerk signs in for the first time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Office
from desktop.sample_morning.typist import Typist
from desktop.services.accounts import NewAccount
from desktop.services.desk import Desk
from desktop.views.people.change_password_dialog import ChangePasswordDialog
from desktop.views.people.sign_in_dialog import SignInDialog
from desktop.views.setup.setup_dialog import SetupDialog
from desktop.views.workbench import Workbench

_ADMINISTRATOR = "高远"
_PASSWORD_BYTES = 15


def open_the_day(desk: Desk, office: Office, pictures: Path) -> Iterator[str]:
    """Begin a fresh ledger with an administrator and let the clerk sign in; gives a line for each.

    The passwords are random and told to nobody: the ledger of a sample morning is thrown away.
    """
    pictures.mkdir(parents=True, exist_ok=True)
    bench = Workbench(desk)
    yield f"  第一次启动，设置系统管理员　{_first_start(bench, office, pictures).name}"
    first = desk.accounts.make(
        NewAccount(
            user_name=desk.accounts.suggested_user_name(office.clerk_name),
            name=office.clerk_name,
            grants=(Grant(role=Role.WINDOW_CLERK),),
        )
    )
    user_name = next(row.user_name for row in desk.accounts.all() if row.id == first.account_id)
    desk.sign_in.sign_out()
    picture = _sign_in(bench, user_name, first.one_time_password, pictures)
    yield f"  {office.clerk_name} 登录并改首次密码　{picture.name}"


def _first_start(bench: Workbench, office: Office, pictures: Path) -> Path:
    dialog, password = SetupDialog(bench), secrets.token_urlsafe(_PASSWORD_BYTES)
    dialog.form.show_office(office)
    typist = Typist(dialog)
    typist.take_over(dialog)
    typist.walk_to("admin_name")
    typist.keys(_ADMINISTRATOR)
    for field in ("admin_password", "admin_password_again"):
        typist.walk_to(field)
        typist.keys(password)
    picture = _shoot(dialog, pictures / "0-first-start.png")
    typist.keys("{Ctrl+Enter}")
    typist.wait_until(lambda: not dialog.isVisible(), "the end of the first start")
    dialog.deleteLater()
    return picture


def _sign_in(bench: Workbench, user_name: str, first_password: str, pictures: Path) -> Path:
    dialog, password = SignInDialog(bench), secrets.token_urlsafe(_PASSWORD_BYTES)
    typist = Typist(dialog)
    typist.take_over(dialog)
    typist.keys(f"{user_name}{{Enter}}{first_password}")
    picture = _shoot(dialog, pictures / "0-sign-in.png")
    typist.keys("{Enter}")
    change: list[ChangePasswordDialog] = []

    def is_asked() -> bool:
        change[:] = [each for each in dialog.findChildren(ChangePasswordDialog) if each.isVisible()]
        return bool(change)

    typist.wait_until(is_asked, "the change of the first password")
    typist.take_over(change[0])
    typist.wait_until(change[0].new.first.hasFocus, "the keyboard in the new password")
    typist.keys(f"{password}{{Enter}}{password}{{Enter}}")
    typist.wait_until(lambda: not dialog.isVisible(), "the end of signing in")
    dialog.deleteLater()
    return picture


def _shoot(dialog: QDialog, target: Path) -> Path:
    dialog.grab().save(str(target))
    return target
