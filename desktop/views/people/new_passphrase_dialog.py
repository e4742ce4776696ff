"""A new passphrase offered after the ledger was opened by its recovery code: the old one is forgotten, or lost."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.progress import Progress
from desktop.services.protecting import SHORTEST_PASSPHRASE, ProtectionService
from desktop.views.people.new_password import NewPasswordFields
from desktop.views.people.protection_form import passphrase_weakness
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import TaskRunner
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px

_WIDTH_CHARACTERS: Final = 38
_LABEL_CHARACTERS: Final = 6


class NewPassphraseDialog(QDialog):
    """Accepted once the new passphrase counts; left by Esc, the old one and the recovery code count as before."""

    answered = Signal()  # the key file has been written, or not

    def __init__(self, protecting: ProtectionService, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._protecting, self._runner = protecting, runner
        self.new = NewPasswordFields(
            ("新口令(&N)", "再输一次(&A)"),
            weakness=passphrase_weakness,
            rule=f"至少 {SHORTEST_PASSPHRASE} 个字符，用一句自己记得住、别人猜不到的话。",
            what="口令",
            name="passphrase",
            label_characters=_LABEL_CHARACTERS,
        )
        self.save, self.later = QPushButton("换成新口令"), QPushButton("暂不更换（Esc）")
        self._build()
        self.save.clicked.connect(self._begin)
        self.later.clicked.connect(self.reject)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.later.hasFocus():
                self.reject()
            elif self.new.first.hasFocus():
                self.new.again.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._begin()
        elif event.key() != Qt.Key.Key_Escape or self.save.isEnabled():
            super().keyPressEvent(event)

    def _begin(self) -> None:
        if not self.save.isEnabled() or not self.new.check():
            return
        self._show_working(True)
        protecting, typed = self._protecting, self.new.value()

        def work(_progress: Progress) -> None:
            protecting.reset_passphrase(typed)

        self._runner.run(work, done=lambda _nothing: self._kept(), failed=self._refused)

    def _kept(self) -> None:
        self.new.clear()
        self.accept()
        self.answered.emit()

    def _refused(self, error: Exception) -> None:
        self._show_working(False)
        self.new.refuse(describe(error).text)
        self.answered.emit()

    def _show_working(self, is_working: bool) -> None:
        for widget in (self.new, self.save, self.later):
            widget.setEnabled(not is_working)

    def _build(self) -> None:
        self.setObjectName("new_passphrase")
        self.setWindowTitle("换台账口令")
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        title = QLabel("已用恢复码打开，请换一个口令")
        lead = QLabel("原来的口令随即作废，恢复单仍然有效；以前的备份仍用当时的口令打开。")
        title.setProperty("role", "title")
        lead.setProperty("role", "soft")
        lead.setWordWrap(True)
        self.save.setProperty("role", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addStretch(1)
        for button in (self.save, self.later):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for widget in (title, lead, self.new):
            column.addWidget(widget)
        column.addSpacing(SPACE_2)
        column.addStretch(1)
        column.addLayout(foot)
        self.new.first.setFocus(Qt.FocusReason.OtherFocusReason)
