"""The locked screen (锁屏): the password lets the same person go on; somebody else takes over only by 换人."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.progress import Progress
from desktop.views.actions import keys_of
from desktop.views.people.cover import Covers
from desktop.views.people.password_field import PasswordField
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px
from desktop.views.workbench import Workbench

_WIDTH_CHARACTERS: Final = 32


class LockScreen(QDialog):
    """Covers all windows as long as it is there.  Accepted when unlocked; it cannot be closed otherwise."""

    switch_asked = Signal()  # somebody else wants to work here
    checked = Signal()  # the ledger has answered, whichever way

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._may_close = False
        self.password = PasswordField()
        self.row = FieldRow("密码(&P)", self.password, label_characters=4)
        self.enter, self.switch = QPushButton("解锁（Enter）"), QPushButton(f"换人（{keys_of('people.switch')}）")
        self._covers = Covers(self)
        self._build()
        self.password.changed.connect(lambda: self.row.set_fault(""))
        self.enter.clicked.connect(self._begin)
        self.switch.clicked.connect(self.switch_asked)
        bind_keys(self, {"people.switch": self.switch.click})
        self.finished.connect(self._covers.lift)
        self._covers.came.connect(self._come_before)

    def showEvent(self, event: QShowEvent) -> None:
        self._covers.cover_all(but=self)
        super().showEvent(event)
        self.raise_()
        self.activateWindow()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.switch.hasFocus():
                self._begin()
            else:
                self.switch.click()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Stay: only the password, another person or the end of the program takes the lock away."""
        if self._may_close:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            super().closeEvent(event)
        else:
            event.ignore()

    def take_away(self) -> None:
        """Go without a password, because what it covered is closed."""
        self._may_close = True
        self.reject()

    def refuse(self, words: str) -> None:
        """Say under the field why the screen stays locked."""
        self._show_working(False)
        self.password.clear()
        self.row.set_fault(words)
        self.row.reveal()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _come_before(self) -> None:
        """Stand before a window that came meanwhile, which waits covered: the last modal window has the keyboard."""
        if self.isVisible() and not self._may_close and QApplication.activeModalWidget() is not self:
            self.hide()
            self.show()

    def _begin(self) -> None:
        password, service = self.password.value(), self._bench.desk.sign_in
        if not password:
            self.refuse("请填写密码。")
            return
        self._show_working(True)

        def work(_progress: Progress) -> None:
            service.confirm(password)

        self._bench.runner.run(work, done=lambda _nothing: self._confirmed(), failed=self._refused, errand=Errand.ACT)

    def _confirmed(self) -> None:
        self.password.clear()
        self._may_close = True
        self.accept()
        self.checked.emit()

    def _refused(self, error: Exception) -> None:
        self.refuse(describe(error).text)
        self.checked.emit()

    def _show_working(self, is_working: bool) -> None:
        for widget in (self.password, self.enter, self.switch):
            widget.setEnabled(not is_working)

    def _build(self) -> None:
        self.setObjectName("locked")
        self.setWindowTitle("已锁屏")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        actor = self._bench.desk.sign_in.actor
        title, lead = QLabel(f"{actor.name}（{actor.user_name}）"), QLabel("已锁屏，录入的内容原样保留。输入密码继续。")
        title.setProperty("role", "title")
        lead.setProperty("role", "soft")
        other = QLabel("其他人要用本机的，请换人：先存草稿，再关闭现在的各页。")
        other.setProperty("role", "faint")
        self.password.setObjectName("password")
        self.enter.setProperty("role", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addStretch(1)
        for button in (self.enter, self.switch):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for widget in (title, lead, self.row):
            column.addWidget(widget)
        column.addSpacing(SPACE_2)
        column.addLayout(foot)
        column.addWidget(other)
