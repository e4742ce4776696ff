"""Changing one's own password; forced, before anything else, where the password is the one given at first."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.passwords import weakness
from desktop.domain.progress import Progress
from desktop.views.people.new_password import NewPasswordFields
from desktop.views.people.password_field import PasswordField
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px
from desktop.views.workbench import Workbench

_WIDTH_CHARACTERS: Final = 36
_LABEL_CHARACTERS: Final = 6


class ChangePasswordDialog(QDialog):
    """Accepted once the password is changed.  With ``first_password``, just typed, only the new one is asked."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None, *, first_password: str = "") -> None:
        super().__init__(parent)
        self._bench, self._first_password = workbench, first_password
        actor = workbench.desk.sign_in.actor
        self.old = PasswordField()
        self.old_row = FieldRow("原密码(&O)", self.old, label_characters=_LABEL_CHARACTERS)
        own = (actor.user_name, actor.name)
        self.new = NewPasswordFields(
            weakness=lambda typed: weakness(typed, own=own), label_characters=_LABEL_CHARACTERS
        )
        self.save, self.leave = QPushButton("改密码"), QPushButton("不改了")
        self._build(f"{actor.name}（{actor.user_name}）")
        self.old.changed.connect(lambda: self.old_row.set_fault(""))
        self.save.clicked.connect(self._begin)
        self.leave.clicked.connect(self.reject)

    @property
    def is_forced(self) -> bool:
        """Say whether nothing else can be done before the password is changed."""
        return bool(self._first_password)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.new.first if self.is_forced else self.old).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.old.hasFocus():
                self.new.first.setFocus(Qt.FocusReason.TabFocusReason)
            elif self.new.first.hasFocus():
                self.new.again.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._begin()
        elif event.key() != Qt.Key.Key_Escape or self.save.isEnabled():
            super().keyPressEvent(event)

    def _begin(self) -> None:
        old = self._first_password or self.old.value()
        if not old:
            self._object_to_old("请填写原密码。")
            return
        if not self.new.check():
            return
        new, service = self.new.value(), self._bench.desk.sign_in
        self._show_working(True)

        def work(_progress: Progress) -> None:
            service.change_password(old, new)

        self._bench.runner.run(work, done=lambda _nothing: self._changed(), failed=self._refused, errand=Errand.ACT)

    def _changed(self) -> None:
        self._bench.told.emit("密码已改，下次登录用新密码。")
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._show_working(False)
        words = describe(error).text
        if isinstance(error, ClerkError) and error.code in ("wrong_password", "account_locked") and not self.is_forced:
            self.old.clear()
            self._object_to_old(words)
        else:
            self.new.refuse(words)

    def _object_to_old(self, words: str) -> None:
        self.old_row.set_fault(words)
        self.old_row.reveal()
        self.old.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_working(self, is_working: bool) -> None:
        for widget in (self.old, self.new, self.save, self.leave):
            widget.setEnabled(not is_working)

    def _build(self, whose: str) -> None:
        self.setObjectName("changePassword")
        self.setWindowTitle("首次登录，请改密码" if self.is_forced else "改密码")
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        title, lead = QLabel(self.windowTitle()), QLabel(whose)
        title.setProperty("role", "title")
        lead.setProperty("role", "soft")
        if self.is_forced:
            lead.setText(f"{whose}：现在的密码是别人给的，只用一次。请换成只有自己知道的密码，然后开始工作。")
            lead.setWordWrap(True)
            self.leave.setText("退回登录")
        self.old.setObjectName("old_password")
        self.old_row.setVisible(not self.is_forced)
        self.save.setProperty("role", "primary")
        keys = QLabel("Enter 下一项、改密码　Esc 退回")
        keys.setProperty("role", "faint")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addWidget(keys)
        foot.addStretch(1)
        for button in (self.save, self.leave):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for widget in (title, lead, self.old_row, self.new):
            column.addWidget(widget)
        column.addSpacing(SPACE_2)
        column.addLayout(foot)
