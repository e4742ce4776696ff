"""Opening a protected ledger: its passphrase, or the code of the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.progress import Progress
from desktop.services.desk import Desk
from desktop.views.people.new_passphrase_dialog import NewPassphraseDialog
from desktop.views.people.password_field import PasswordField
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import TaskRunner
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px, icon

_WIDTH_CHARACTERS: Final = 38
_LABEL_CHARACTERS: Final = 6
_ABOUT_THE_KEY: Final = frozenset({"passphrase_needed", "passphrase_wrong", "recovery_wrong", "recovery_mistyped"})
Open = Callable[[str, str], Desk]  # passphrase, recovery code


class UnlockDialog(QDialog):
    """Accepted with the ``desk`` open; a trouble that no passphrase mends ends it with ``trouble``."""

    checked = Signal()  # the ledger has answered, whichever way

    def __init__(self, folder: Path, open_ledger: Open, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_ledger
        self._runner = TaskRunner(self)
        self.desk: Desk | None = None
        self.trouble: Exception | None = None
        self.passphrase, self.code = PasswordField(), TextField()
        self.row = FieldRow("台账口令(&P)", self.passphrase, label_characters=_LABEL_CHARACTERS)
        self.code_row = FieldRow("恢复码(&R)", self.code, label_characters=_LABEL_CHARACTERS)
        self.enter, self.other, self.quit = QPushButton("打开台账"), QPushButton(), QPushButton("退出")
        self._build(folder)
        self._show_code(False)
        self.enter.clicked.connect(self._begin)
        self.other.clicked.connect(lambda: self._show_code(self.code_row.isHidden()))
        self.quit.clicked.connect(self.reject)
        self.passphrase.changed.connect(lambda: self.row.set_fault(""))
        self.code.changed.connect(lambda: self.code_row.set_fault(""))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.other.hasFocus():
                self.other.click()
            else:
                self._begin()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.code_row.isHidden():
            self._show_code(False)
        elif self.enter.isEnabled():
            self.reject()

    def _begin(self) -> None:
        by_code = not self.code_row.isHidden()
        typed = self.code.value() if by_code else self.passphrase.value()
        if not typed:
            self._object("请填写恢复单上的恢复码。" if by_code else "请填写台账口令。")
            return
        self._show_working(True)

        def work(_progress: Progress) -> Desk:
            return self._open("", typed) if by_code else self._open(typed, "")

        self._runner.run(work, done=self._opened, failed=self._refused)

    def _opened(self, desk: Desk) -> None:
        self.desk = desk
        self.passphrase.clear()
        self.code.clear()
        if desk.protecting.is_new_passphrase_due():
            self._offer_new_passphrase(desk)
        else:
            self.accept()
        self.checked.emit()

    def _offer_new_passphrase(self, desk: Desk) -> None:
        """Whoever needed the recovery code would need it again tomorrow."""
        offer = NewPassphraseDialog(desk.protecting, self._runner, self)
        offer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer.finished.connect(self.accept)
        offer.open()

    def _refused(self, error: Exception) -> None:
        self._show_working(False)
        if isinstance(error, ClerkError) and error.code in _ABOUT_THE_KEY:
            self.passphrase.clear()
            self._object(describe(error).text)
        elif isinstance(error, ClerkError | FaultyInput):
            self.trouble = error
            self.reject()
        else:
            self._object(describe(error).text)
        self.checked.emit()

    def _object(self, words: str) -> None:
        row = self.row if self.code_row.isHidden() else self.code_row
        row.set_fault(words)
        row.reveal()
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_code(self, is_asked: bool) -> None:
        self.row.setVisible(not is_asked)
        self.code_row.setVisible(is_asked)
        self.other.setText("改用台账口令(&O)" if is_asked else "忘了口令，用恢复码(&O)")
        (self.code if is_asked else self.passphrase).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_working(self, is_working: bool) -> None:
        for widget in (self.passphrase, self.code, self.enter, self.other, self.quit):
            widget.setEnabled(not is_working)
        self.enter.setText("正在打开…" if is_working else "打开台账")

    def _build(self, folder: Path) -> None:
        self.setObjectName("unlock")
        self.setWindowTitle("打开加密台账 · 小型工程和零星作业登记台")
        self.setWindowIcon(icon("window"))
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        self.passphrase.setObjectName("passphrase")
        self.code.setObjectName("recovery_code")
        self.code.setProperty("figures", "true")
        self.code.setPlaceholderText("恢复单上的字母和数字，横线可以不输")
        title, lead = QLabel("台账已加密"), ElidedLabel(str(folder))
        title.setProperty("role", "title")
        lead.setProperty("role", "faint")
        self.enter.setProperty("role", "primary")
        self.other.setProperty("role", "quiet")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addWidget(self.other)
        foot.addStretch(1)
        foot.addWidget(self.enter)
        foot.addWidget(self.quit)
        for button in (self.enter, self.other, self.quit):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for widget in (title, lead, self.row, self.code_row):
            column.addWidget(widget)
        column.addSpacing(SPACE_2)
        column.addStretch(1)
        column.addLayout(foot)
