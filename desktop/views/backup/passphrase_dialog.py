"""The passphrase of the ledger: set for the first time, which encrypts it, or changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.progress import Progress
from desktop.services.protecting import SHORTEST_PASSPHRASE, RecoverySheet
from desktop.views.people.new_password import NewPasswordFields
from desktop.views.people.password_field import PasswordField
from desktop.views.people.protection_form import passphrase_weakness
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_WIDTH_CHARACTERS: Final = 38
_LABEL_CHARACTERS: Final = 7
_FIRST: Final = "设好后台账立即加密，窗口不用关闭；以后每次启动先输口令。接着会给出恢复单，请备好打印机。"
_CHANGE: Final = "恢复单不变。以前做的备份仍用当时的口令打开。"


class PassphraseDialog(QDialog):
    """Accepted once the passphrase counts; ``sheet`` is the recovery sheet of a ledger just encrypted."""

    answered = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.sheet: RecoverySheet | None = None
        self.is_change = workbench.desk.protecting.state().is_encrypted
        self.old = PasswordField()
        self.old.setObjectName("old_passphrase")
        self.old_row = FieldRow("现在的口令(&O)", self.old, label_characters=_LABEL_CHARACTERS)
        self.new = NewPasswordFields(
            ("新口令(&N)", "再输一次(&A)"),
            weakness=passphrase_weakness,
            rule=f"至少 {SHORTEST_PASSPHRASE} 个字符，用一句自己记得住、别人猜不到的话。",
            what="口令",
            name="passphrase",
            label_characters=_LABEL_CHARACTERS,
        )
        self.banner = Banner()
        self.save = QPushButton("更改口令（Enter）" if self.is_change else "加密台账（Enter）")
        self._build()
        self.save.clicked.connect(self._begin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # While the ledger is being encrypted nothing is left half done.
        if event.key() != Qt.Key.Key_Escape or self.save.isEnabled():
            super().keyPressEvent(event)

    def _begin(self) -> None:
        if not self.new.check():
            return
        self.save.setEnabled(False)
        protecting, old, new, is_change = (
            self._bench.desk.protecting,
            self.old.value(),
            self.new.value(),
            self.is_change,
        )

        def work(progress: Progress) -> RecoverySheet | None:
            if is_change:
                protecting.change_passphrase(old, new)
                return None
            return protecting.protect(new, progress)

        self._bench.runner.run(work, done=self._finish, failed=self._trouble, errand=Errand.ACT)

    def _finish(self, sheet: RecoverySheet | None) -> None:
        self.sheet = sheet
        self.accept()
        self.answered.emit()

    def _trouble(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")
        (self.old if self.is_change else self.new.first).setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit()

    def _build(self) -> None:
        self.setObjectName("passphrase_dialog")
        self.setWindowTitle("更改台账口令" if self.is_change else "加密台账")
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        self.old_row.setVisible(self.is_change)
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        words, leave = QLabel(_CHANGE if self.is_change else _FIRST), QPushButton("取消（Esc）")
        words.setWordWrap(True)
        words.setProperty("role", "soft")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        for widget in (self.banner, words, self.old_row, self.new):
            column.addWidget(widget)
        column.addLayout(foot)
        (self.old if self.is_change else self.new.first).setFocus(Qt.FocusReason.OtherFocusReason)
