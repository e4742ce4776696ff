"""Who is signed in, at the right of the top bar, as a button with what only concerns oneself."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.domain.access import Actor
from desktop.views.actions import keys_of
from desktop.views.wording import word

_LONGEST_NAME = 12


class PersonMenu(QToolButton):
    """Names the person; its menu locks, hands over, changes the password and leaves."""

    lock_asked = Signal()
    switch_asked = Signal()
    password_asked = Signal()
    leave_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("person")
        self.setProperty("role", "button")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.lock = self._entry(menu, "锁屏(&L)", "people.lock", self.lock_asked)
        self.switch = self._entry(menu, "换人(&H)", "people.switch", self.switch_asked)
        self.password = self._entry(menu, "改密码(&G)…", "", self.password_asked)
        menu.addSeparator()
        self._entry(menu, "退出(&X)", "", self.leave_asked)
        self.setMenu(menu)

    def show_person(self, actor: Actor, *, unnamed: str) -> None:
        """Show who is signed in, or, before there are accounts, the name that stands on the papers."""
        has_account = actor.account_id is not None
        name = (actor.name if has_account else unnamed) or "未设账号"
        shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        # & would be taken for the mark of a key.
        self.setText(f"{shown.replace('&', '&&')} ▾")
        roles = "、".join(dict.fromkeys(word(grant.role) for grant in actor.grants)) if has_account else ""
        about = f"{name}（{actor.user_name}）\n{roles or '没有角色'}" if has_account else "还没有账号，任何人都能使用"
        self.setToolTip(f"{about}\n{keys_of('people.menu')} 打开")
        self.setAccessibleName(f"本人：{name}")
        for entry in (self.lock, self.switch, self.password):
            entry.setEnabled(has_account)

    def _entry(self, menu: QMenu, text: str, key: str, asked: SignalInstance) -> QAction:
        # The key is shown, not bound: the window binds it once for everywhere.
        entry = menu.addAction(f"{text}\t{keys_of(key)}" if key else text)
        entry.triggered.connect(lambda _checked=False: asked.emit())
        return entry
