"""账号: who has one, with which roles; made, changed, released and taken out of use, never deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.services.accounts import AccountRow
from desktop.views.actions import keys_of
from desktop.views.people.account_dialog import AccountDialog, Organisations
from desktop.views.people.account_words import grants_words, state_words
from desktop.views.people.first_administrator_dialog import FirstAdministratorDialog
from desktop.views.people.secret_dialog import SecretDialog
from desktop.views.people.slips import print_slip
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_COLUMNS: Final = ("姓名", "用户名", "所属单位", "状态", "角色和范围")
_WIDTHS: Final = (8, 10, 12, 10)
_NOBODY: Final = "还没有账号：任何打开本程序的人都能办理和更改一切。请先设置第一个系统管理员。"


class AccountsTab(QWidget):
    """The accounts that who is signed in keeps; every act has its key."""

    answered = Signal()  # the ledger has answered, whichever way

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.accounts: dict[int, AccountRow] = {}
        self.table = RegisterTable("accounts", _COLUMNS, _WIDTHS)
        self.banner, self.count = Banner(), QLabel()
        self.buttons: dict[str, QPushButton] = {}
        self._build()
        self.setFocusProxy(self.table)
        self.table.opened.connect(lambda _id: self.change())
        self.table.itemSelectionChanged.connect(self._offer)
        self.banner.pressed.connect(self._make_first)
        workbench.changed.connect(self._after)
        self.show_rows()

    def show_rows(self) -> None:
        """Read the accounts anew."""
        try:
            self.accounts = {row.id: row for row in self._bench.desk.accounts.all()}
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有读出")
            return
        names = dict(self._organisations())
        self.table.show_rows([(row.id, _cells(row, names), row.is_active) for row in self.accounts.values()])
        self.count.setText(f"{len(self.accounts)} 个账号")
        if not self._bench.desk.sign_in.has_accounts():
            self.banner.say(_NOBODY, Tone.AMBER, mark="未设账号", button="设置第一个系统管理员…")
        self._offer()

    def new(self) -> None:
        """Ask for a new account."""
        if not self._bench.desk.sign_in.has_accounts():
            self._make_first()
            return
        dialog = AccountDialog(self._bench, organisations=self._organisations(), parent=self.window())
        self._open(dialog, lambda: self._made(dialog))

    def change(self) -> None:
        """Change name and roles of the chosen account."""
        row = self._chosen()
        if row is not None:
            dialog = AccountDialog(self._bench, row=row, organisations=self._organisations(), parent=self.window())
            self._open(dialog, lambda: self._done(f"{row.name}（{row.user_name}）的姓名和角色已保存。"))

    def reset(self) -> None:
        """Give the chosen account a new one-time password."""
        row = self._chosen()
        if row is None:
            return
        accounts = self._bench.desk.accounts
        words = f"{row.name}（{row.user_name}）原来的密码作废，给一个只用一次的新密码。"

        def confirmed() -> None:
            self._run(lambda: accounts.reset_password(row.id), lambda password: self._hand_over(row, str(password)))

        self._ask_reason("重置密码", words, lambda _reason: confirmed(), needs_reason=False)

    def release(self) -> None:
        """Let the chosen person try again after too many wrong passwords."""
        row = self._chosen()
        if row is None:
            return
        if not row.is_locked:
            self.banner.say(f"{row.name} 的账号没有锁定。", Tone.BLUE, mark="无须解锁")
            return
        accounts = self._bench.desk.accounts
        self._run(
            lambda: accounts.release(row.id),
            lambda _nothing: self._done(f"{row.name} 的账号已解除锁定，密码不变；忘记密码的请再重置。"),
        )

    def end(self) -> None:
        """Take the chosen account out of use with a reason, or into use again."""
        row = self._chosen()
        if row is None:
            return
        accounts = self._bench.desk.accounts
        if not row.is_active:
            self._run(lambda: accounts.activate(row.id), lambda _nothing: self._done(f"{row.name} 的账号已恢复使用。"))
            return
        words = f"{row.name}（{row.user_name}）停用后不能登录；已办的事项和记录都保留，账号不会删除。"

        def deactivate(reason: str) -> None:
            self._run(
                lambda: accounts.deactivate(row.id, reason), lambda _nothing: self._done(f"{row.name} 的账号已停用。")
            )

        self._ask_reason("停用账号", words, deactivate)

    def _made(self, dialog: AccountDialog) -> None:
        made = dialog.made
        assert made is not None
        self._done("账号已建立。")
        row = self.accounts.get(made.account_id)
        if row is not None:
            self._hand_over(row, made.one_time_password)

    def _hand_over(self, row: AccountRow, password: str) -> None:
        """Show a one-time password, once."""
        lines = (
            f"姓名：{row.name}　用户名：{row.user_name}",
            "第一次登录后须立即改为自己的密码。请把下面的一次性密码打印或者抄写给本人，不要用电话或者聊天软件发送。",
        )

        def print_on(printer: QPrinter) -> None:
            print_slip(printer, title="小型工程和零星作业登记台 · 首次登录", lines=lines, secret=password)

        dialog = SecretDialog(
            "一次性密码",
            lines=lines,
            secret=password,
            noted="已打印或者抄写给本人(&N)",
            print_on=print_on,
            parent=self.window(),
        )
        self._open(dialog, lambda: self._done(f"{row.name} 的一次性密码已交给本人，首次登录须改密码。"))

    def _make_first(self) -> None:
        if not self._bench.desk.sign_in.has_accounts():
            dialog = FirstAdministratorDialog(self._bench, self.window())
            self._open(dialog, lambda: self._done("已设置第一个系统管理员，现在由他登录。"))

    def _ask_reason(self, title: str, words: str, act: Callable[[str], None], *, needs_reason: bool = True) -> None:
        if not needs_reason:
            from desktop.views.people.sure_dialog import SureDialog

            sure = SureDialog(title, words, self.window())
            self._open(sure, lambda: act(""))
            return
        dialog = ReasonDialog(title, words, self.window())
        self._open(dialog, lambda: act(dialog.reason()))

    def _run(self, act: Callable[[], object], done: Callable[[object], None]) -> None:
        def work(_progress: Progress) -> object:
            return act()

        self._bench.runner.run(
            work, done=lambda result: self._hear(done, result), failed=self._say_trouble, errand=Errand.ACT
        )

    def _hear(self, done: Callable[[object], None], result: object) -> None:
        self.show_rows()
        done(result)
        self.answered.emit()

    def _done(self, words: str) -> None:
        self.show_rows()
        self.banner.say(words, Tone.BLUE, mark="已办")
        self._bench.changed.emit(frozenset({Change.SETTINGS}))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_trouble(self, error: Exception) -> None:
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")
        self.answered.emit()

    def _open(self, dialog: QDialog, accepted: Callable[[], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(accepted)
        dialog.open()

    def _chosen(self) -> AccountRow | None:
        chosen = self.table.chosen_id()
        return self.accounts.get(chosen) if chosen is not None else None

    def _organisations(self) -> Organisations:
        """Give the organisations to choose from; none to who may not read the registers."""
        try:
            return [(str(row.id), row.name) for row in self._bench.desk.organisations.all()]
        except ClerkError:
            return ()

    def _offer(self) -> None:
        row = self._chosen()
        for key in ("accounts.change", "accounts.reset", "accounts.release", "accounts.end"):
            self.buttons[key].setEnabled(row is not None)
        if row is not None:
            self.buttons["accounts.release"].setEnabled(row.is_locked)
            verb = "停用" if row.is_active else "恢复使用"
            self.buttons["accounts.end"].setText(f"{verb}（{keys_of('accounts.end')}）")

    def _after(self, changes: object) -> None:
        if isinstance(changes, frozenset) and Change.PARTIES in changes:
            self.show_rows()

    def _build(self) -> None:
        acts: dict[str, tuple[str, Callable[[], None]]] = {
            "accounts.new": ("新建账号", self.new),
            "accounts.change": ("改姓名和角色", self.change),
            "accounts.reset": ("重置密码", self.reset),
            "accounts.release": ("解除锁定", self.release),
            "accounts.end": ("停用", self.end),
        }
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for key, (title, act) in acts.items():
            button = QPushButton(f"{title}（{keys_of(key)}）")
            button.setObjectName(key)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self.buttons[key] = button
            foot.addWidget(button)
        self.buttons["accounts.new"].setProperty("role", "primary")
        self.count.setProperty("role", "soft")
        foot.addStretch(1)
        foot.addWidget(self.count)
        bind_keys(self, {key: act for key, (_title, act) in acts.items()})
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addLayout(foot)


def _cells(row: AccountRow, organisations: dict[str, str]) -> tuple[str, ...]:
    where = organisations.get(str(row.organisation_id), "") if row.organisation_id is not None else ""
    return (row.name, row.user_name, where, state_words(row), grants_words(row.grants))
