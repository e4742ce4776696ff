"""Signing in (登录): user name and password, errors in words under the field, the forced change of a first password."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.services.sign_in import SignedIn
from desktop.views.people.change_password_dialog import ChangePasswordDialog
from desktop.views.people.password_field import PasswordField
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.remembered import Remembered
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px, icon
from desktop.views.workbench import Workbench

_WIDTH_CHARACTERS: Final = 34
_LABEL_CHARACTERS: Final = 5


class SignInDialog(QDialog):
    """Accepted once somebody is signed in with a password of their own; Esc leaves."""

    checked = Signal()  # the ledger has answered, whichever way

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._remembered = Remembered(workbench.desk.data_folder)
        self.user_name, self.password = TextField(self._remembered.user_name), PasswordField()
        self.user_row = FieldRow("用户名(&U)", self.user_name, label_characters=_LABEL_CHARACTERS)
        self.password_row = FieldRow("密码(&P)", self.password, label_characters=_LABEL_CHARACTERS)
        self.enter, self.quit = QPushButton("登录"), QPushButton("退出")
        self._build()
        self.enter.clicked.connect(self._begin)
        self.quit.clicked.connect(self.reject)
        for field, row in ((self.user_name, self.user_row), (self.password, self.password_row)):
            field.changed.connect(lambda row=row: row.set_fault(""))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.password if self.user_name.value() else self.user_name).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.user_name.hasFocus():
                self.password.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._begin()
        elif event.key() != Qt.Key.Key_Escape or self.enter.isEnabled():
            super().keyPressEvent(event)

    def _begin(self) -> None:
        user_name, password = self.user_name.value(), self.password.value()
        if not user_name:
            self._object(self.user_row, "请填写用户名。")
        elif not password:
            self._object(self.password_row, "请填写密码。")
        else:
            service = self._bench.desk.sign_in
            self._show_working(True)

            def work(_progress: Progress) -> SignedIn:
                return service.sign_in(user_name, password)

            self._bench.runner.run(work, done=self._signed_in, failed=self._refused, errand=Errand.ACT)

    def _signed_in(self, signed_in: SignedIn) -> None:
        self._show_working(False)
        password = self.password.value()
        self.password.clear()
        self._remembered.user_name = signed_in.actor.user_name
        self._remembered.keep()
        self.checked.emit()
        if not signed_in.must_change:
            self.accept()
            return
        change = ChangePasswordDialog(self._bench, self, first_password=password)
        change.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        change.accepted.connect(self.accept)
        change.rejected.connect(self._stay_out)
        change.open()

    def _stay_out(self) -> None:
        """Nobody works with a password that somebody else has read out."""
        try:
            self._bench.desk.sign_in.sign_out()
        except ClerkError as error:
            self._refused(error)
            return
        self._object(self.password_row, "首次登录要先改密码。没有改成，请重新登录。")

    def _refused(self, error: Exception) -> None:
        self._show_working(False)
        self.password.clear()
        self._object(self.password_row, describe(error).text)
        self.checked.emit()

    def _object(self, row: FieldRow, words: str) -> None:
        row.set_fault(words)
        row.reveal()
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_working(self, is_working: bool) -> None:
        for widget in (self.user_name, self.password, self.enter, self.quit):
            widget.setEnabled(not is_working)
        self.enter.setText("正在核对…" if is_working else "登录")

    def _build(self) -> None:
        self.setObjectName("signIn")
        self.setWindowTitle("登录 · 小型工程和零星作业登记台")
        self.setWindowIcon(icon("window"))
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        self.user_name.setObjectName("user_name")
        self.password.setObjectName("password")
        office = self._bench.desk.office.office()
        title, where = QLabel("小型工程和零星作业登记台"), QLabel()
        where.setText(f"{office.station_name} {office.window}".strip() if office else "尚未设置受理点")
        title.setProperty("role", "title")
        where.setProperty("role", "soft")
        forgotten = QLabel("忘记密码的，请系统管理员在“设置—账号”中重置。")
        forgotten.setProperty("role", "faint")
        self.enter.setProperty("role", "primary")
        for button in (self.enter, self.quit):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(title)
        column.addWidget(where)
        column.addSpacing(SPACE_3)
        column.addWidget(self.user_row)
        column.addWidget(self.password_row)
        column.addSpacing(SPACE_3)
        column.addStretch(1)
        column.addLayout(self._foot())
        column.addWidget(forgotten)

    def _foot(self) -> QHBoxLayout:
        keys = QLabel("Enter 登录　Esc 退出")
        keys.setProperty("role", "faint")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addWidget(keys)
        foot.addStretch(1)
        foot.addWidget(self.enter)
        foot.addWidget(self.quit)
        return foot
