"""The first administrator of a ledger that was begun without accounts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.views.people.administrator_form import AdministratorForm
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px
from desktop.views.workbench import Workbench

_WIDTH_CHARACTERS = 40


class FirstAdministratorDialog(QDialog):
    """Accepted once the account is made; its owner is signed in then."""

    answered = Signal()  # the ledger has answered, whichever way

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.form = AdministratorForm(workbench.desk.accounts.suggested_user_name)
        self.banner, self.save = Banner(), QPushButton("设置（Ctrl+Enter）")
        self._build()
        self.save.clicked.connect(self._begin)
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._begin()
        else:
            self.focusNextChild()

    def _begin(self) -> None:
        if not self.save.isEnabled() or not self.form.check():
            return
        who, service = self.form.administrator(), self._bench.desk.sign_in
        self.save.setEnabled(False)

        def work(_progress: Progress) -> None:
            service.make_first(who.user_name, who.name, who.password, is_clerk_too=who.is_clerk_too)

        self._bench.runner.run(work, done=lambda _nothing: self._made(), failed=self._refused, errand=Errand.ACT)

    def _made(self) -> None:
        self.accept()
        self.answered.emit()

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        words = describe(error).text
        if isinstance(error, ClerkError) and error.code == "password_weak":
            self.form.password.refuse(words)
        self.banner.say(words, Tone.RED, mark="没有办成")
        self.answered.emit()

    def _build(self) -> None:
        self.setObjectName("firstAdministrator")
        self.setWindowTitle("设置第一个系统管理员")
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        lead = QLabel("以后每个人用自己的账号登录；没有账号的人不能再打开台账。")
        lead.setWordWrap(True)
        self.save.setProperty("role", "primary")
        leave = QPushButton("取消（Esc）")
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addStretch(1)
        for button in (self.save, leave):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for widget in (lead, self.banner, self.form):
            column.addWidget(widget)
        column.addLayout(foot)
