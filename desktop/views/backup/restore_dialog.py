"""Restoring a backup: over a ledger that is open, or in place of one that does not open any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Self

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.services import restoring
from desktop.services.backup_place import BackupBrief
from desktop.services.restoring import Unlock
from desktop.views.backup import backup_words
from desktop.views.people.password_field import PasswordField
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand, Task, TaskRunner
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_3, SPACE_4
from desktop.views.workbench import Workbench

_SIZE: Final = (980, 520)
_LABEL_CHARACTERS: Final = 6
_KEYS: Final = frozenset({"passphrase_needed", "passphrase_wrong", "recovery_wrong", "recovery_mistyped"})
_WORDS: Final = (
    "选中的备份先逐页核对，再替换现在的台账；现在的台账移到旁边的文件夹，不会删除。备份以后登记的内容不在其中。"
)
Restore = Callable[[Path, Unlock, Progress], None]


class RestoreDialog(QDialog):
    """Lists the good backups, newest first; accepted once the chosen one is restored, or waits for the next start."""

    answered = Signal()

    def __init__(
        self,
        briefs: Sequence[BackupBrief],
        restore: Restore,
        *,
        runner: TaskRunner | None = None,
        trouble: Exception | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._briefs = [brief for brief in briefs if brief.is_good]
        self._restore = restore
        self._runner = runner or TaskRunner(self)
        self._task: Task | None = None
        self.table = RegisterTable("restore_from", backup_words.COLUMNS, backup_words.WIDTHS)
        self.table.setAccessibleName("可以恢复的备份")
        self.banner = Banner()
        self.passphrase, self.code = PasswordField(), TextField()
        self.passphrase_row = FieldRow("台账口令(&P)", self.passphrase, label_characters=_LABEL_CHARACTERS)
        self.code_row = FieldRow("或恢复码(&R)", self.code, label_characters=_LABEL_CHARACTERS)
        self.go_on, self.other, self.leave = (
            QPushButton("恢复（Enter）"),
            QPushButton("选别处的备份(&B)…"),
            QPushButton(),
        )
        self._build()
        self._show_rows()
        self.table.opened.connect(lambda _id: self._begin())
        self.go_on.clicked.connect(self._begin)
        self.other.clicked.connect(self._browse)
        self.leave.clicked.connect(self.reject)
        if trouble is not None:
            self.banner.say(describe(trouble).text, Tone.RED, mark="台账打不开")

    @classmethod
    def over_desk(cls, workbench: Workbench, chosen: BackupBrief | None, parent: QWidget | None) -> Self:
        """Restore over the open ledger: it takes its place when the window has closed."""
        desk = workbench.desk

        def restore(backup: Path, unlock: Unlock, progress: Progress) -> None:
            restoring.restore_at_next_start(desk, backup, unlock=unlock, progress=progress)

        dialog = cls(desk.backups.all(), restore, runner=workbench.runner, parent=parent)
        if chosen is not None:
            dialog.choose(chosen.folder)
        return dialog

    @classmethod
    def for_folder(cls, folder: Path, trouble: Exception) -> Self:
        """Restore in place of a ledger that does not open, saying why it does not."""

        def restore(backup: Path, unlock: Unlock, progress: Progress) -> None:
            restoring.restore(backup, folder, unlock=unlock, progress=progress)

        return cls(restoring.backups_of(folder), restore, trouble=trouble)

    def choose(self, folder: Path) -> None:
        """Stand on one backup."""
        for place, brief in enumerate(self._briefs):
            if brief.folder == folder:
                self.table.setCurrentCell(place, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._task is not None:
            self._task.cancel()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        chosen = self.table.chosen_id()
        if chosen is None or self._task is not None:
            return
        folder = self._briefs[chosen].folder
        unlock = Unlock(passphrase=self.passphrase.value(), recovery_code=str(self.code.value() or ""))
        self.go_on.setEnabled(False)
        self.banner.say("正在核对备份…（Esc 放弃）", Tone.BLUE, mark="请稍候")
        self._task = self._runner.run(
            partial(self._restore, folder, unlock),
            done=lambda _result: self._finish(),
            failed=self._trouble,
            errand=Errand.ACT,
        )
        self._task.cancelled.connect(self._given_up)

    def _finish(self) -> None:
        self._task = None
        self.accept()
        self.answered.emit()

    def _given_up(self) -> None:
        self._rest()
        self.banner.say("已放弃，没有改动任何内容。", Tone.BLUE, mark="已放弃")

    def _trouble(self, error: Exception) -> None:
        self._rest()
        needs_key = isinstance(error, ClerkError) and error.code in _KEYS
        self.banner.say(describe(error).text, Tone.AMBER if needs_key else Tone.RED, mark="没有恢复")
        if needs_key:
            for row in (self.passphrase_row, self.code_row):
                row.setVisible(True)
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit()

    def _rest(self) -> None:
        self._task = None
        self.go_on.setEnabled(True)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选一个备份（以日期命名的文件夹）")
        if not chosen:
            return
        named = Path(chosen)
        found = [brief for brief in restoring.backups_in(named.parent) if brief.folder == named]
        found = [brief for brief in found or restoring.backups_in(named) if brief.is_good]
        if not found:
            self.banner.say("这个文件夹里没有可以恢复的备份。", Tone.AMBER, mark="请另选")
            return
        self._briefs = [*found, *self._briefs]
        self._show_rows()
        self.choose(found[0].folder)

    def _show_rows(self) -> None:
        rows = [(place, backup_words.cells(one), True) for place, one in enumerate(self._briefs)]
        self.table.show_rows(rows)
        self.go_on.setEnabled(bool(rows))

    def _build(self) -> None:
        self.setObjectName("restore")
        self.setWindowTitle("从备份恢复台账")
        self.resize(*_SIZE)
        self.leave.setText("取消（Esc）")
        self.go_on.setProperty("role", "primary")
        self.go_on.setDefault(True)
        words = QLabel(_WORDS)
        words.setProperty("role", "soft")
        words.setWordWrap(True)
        for row in (self.passphrase_row, self.code_row):
            row.setVisible(False)
        foot = QHBoxLayout()
        foot.addWidget(self.other)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        foot.addWidget(self.leave)
        for button in (self.other, self.leave):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self.banner)
        column.addWidget(words)
        column.addWidget(self.table, 1)
        column.addWidget(self.passphrase_row)
        column.addWidget(self.code_row)
        column.addLayout(foot)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
