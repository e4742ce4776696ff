"""备份和加密: the backups with what they hold and whether they were proved, and who can open the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.services.backup_place import BackupBrief
from desktop.services.backups import BackupMade
from desktop.services.protecting import Protection, RecoverySheet
from desktop.views.actions import keys_of
from desktop.views.backup import backup_words
from desktop.views.backup.passphrase_dialog import PassphraseDialog
from desktop.views.backup.place_dialog import PlaceDialog
from desktop.views.backup.restore_dialog import RestoreDialog
from desktop.views.papers.printing import print_papers
from desktop.views.people.secret_dialog import SecretDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

_UNPROTECTED: Final = "台账和备份都没有加密：拿到备份的人不用登录就能读出姓名、证件号和电话。"


class BackupTab(QWidget):
    """The backups of both places, newest first; every act has its key."""

    answered = Signal()  # the service has answered, whichever way

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._briefs: tuple[BackupBrief, ...] = ()
        self._task: Task | None = None
        self.table = RegisterTable("backups", backup_words.COLUMNS, backup_words.WIDTHS)
        self.table.setAccessibleName("备份")
        self.table.say_when_empty("还没有备份。按 F9 立即备份；关闭程序时也会自动备份。")
        self.banner, self.protection, self.progress = Banner(), QLabel(), QLabel()
        self.keyring = QCheckBox(f"本机由系统密钥环打开，启动时不问口令（{keys_of('backup.keyring')}）")
        self.buttons: dict[str, QPushButton] = {}
        self._build()
        self.setFocusProxy(self.table)
        self.table.itemSelectionChanged.connect(self._offer)
        self.show_rows()

    def show_rows(self) -> None:
        """Read the backups anew."""
        try:
            self._briefs = self._bench.desk.backups.all()
        except ClerkError as error:
            self.banner.say(describe(error).text, Tone.RED, mark="没有读出")
            return
        rows = [(place, backup_words.cells(one), one.is_good) for place, one in enumerate(self._briefs)]
        self.table.show_rows(rows)
        state = self._bench.desk.protecting.state()
        opened = "本机由系统密钥环打开，启动时不问口令。" if state.uses_keyring else "每次启动先输口令。"
        self.protection.setText(f"台账和备份已加密，{opened}" if state.is_encrypted else _UNPROTECTED)
        self.protection.setProperty("role", "soft" if state.is_encrypted else "doubt")
        self.buttons["backup.recovery"].setEnabled(state.is_encrypted)
        self._offer_keyring(state)
        self._offer()

    def make(self) -> None:
        """Back up now."""
        self._run(self._bench.desk.backups.make, self._made)

    def drill(self) -> None:
        """Prove the chosen backup by restoring it into a scratch folder."""
        brief = self._chosen()
        if brief is not None:
            backups = self._bench.desk.backups
            self._run(lambda progress: backups.drill(brief.folder, progress), self._drilled)

    def restore(self) -> None:
        """Choose a backup to restore; the window closes and opens again on it."""
        dialog = RestoreDialog.over_desk(self._bench, self._chosen(), self.window())
        self._open(dialog, QApplication.closeAllWindows)

    def choose_place(self) -> None:
        """Set how often, and the second place."""
        dialog = PlaceDialog(self._bench, self.window())
        self._open(dialog, lambda: self._done("备份设置已保存。"))

    def set_passphrase(self) -> None:
        """Encrypt the ledger under a passphrase, or change that."""
        dialog = PassphraseDialog(self._bench, self.window())
        self._open(dialog, lambda: self._protected(dialog.sheet))

    def renew_recovery(self) -> None:
        """Print a new recovery sheet; the one before counts no more."""
        protecting = self._bench.desk.protecting
        self._run(lambda _progress: protecting.new_recovery_code(), self._protected)

    def switch_keyring(self) -> None:
        """Let the keyring of this computer open the ledger from now on, or no more."""
        if not self.keyring.isHidden():
            self.keyring.click()

    def step_back(self) -> bool:
        """Give up what is running; says whether there was something."""
        if self._task is None:
            return False
        self._task.cancel()
        return True

    def _use_keyring(self, is_wanted: bool) -> None:
        protecting = self._bench.desk.protecting
        said = (
            "以后本机由系统密钥环打开台账；口令请仍记住，换机、恢复备份时要用。"
            if is_wanted
            else "系统密钥环里的钥匙已取出，以后每次启动先输口令。"
        )
        self._run(lambda _progress: protecting.use_keyring(is_wanted), lambda _nothing: self._done(said))

    def _offer_keyring(self, state: Protection) -> None:
        may = self._bench.desk.sign_in.actor.may(Right.KEEP_SETTINGS)
        self.keyring.setVisible(may and state.is_encrypted and (state.has_keyring or state.uses_keyring))
        self.keyring.setChecked(state.uses_keyring)

    def _made(self, result: object) -> None:
        assert isinstance(result, BackupMade)
        self._bench.backed_up.emit()
        trouble = result.second_trouble
        if trouble is None:
            self._done(f"已备份 {result.brief.filings} 件，{backup_words.size(result.brief.size)}。")
        else:
            self.show_rows()
            self.banner.say(f"本机已备份；第二备份位置没有：{describe(trouble).text}", Tone.AMBER, mark="请处理")

    def _drilled(self, result: object) -> None:
        assert isinstance(result, BackupBrief)
        drill = result.drill
        assert drill is not None
        self._bench.backed_up.emit()
        if drill.is_passed:
            self._done("恢复演练通过：各表件数、审计链尾都与备份时一致。")
        else:
            self.show_rows()
            self.banner.say(backup_words.fault_sentence(drill), Tone.RED, mark="演练没有通过")

    def _protected(self, sheet: object) -> None:
        if not isinstance(sheet, RecoverySheet):
            self._done("台账口令已更改。以前的备份仍用当时的口令打开。")
            return
        lines = ("恢复码只显示这一次，程序不保存。请打印恢复单，核对后装入信封，锁进柜子。",)
        dialog = SecretDialog(
            "台账恢复单",
            lines=lines,
            secret=sheet.code,
            noted="已打印或者抄写，并锁进柜子(&N)",
            print_on=lambda printer: print_papers(printer, (sheet.pdf,)),
            parent=self.window(),
        )
        self._open(dialog, lambda: self._done("台账已加密，恢复单已交代。请再做一次备份，旧备份仍是没有加密的。"))

    def _run(self, work: Callable[[Progress], object], done: Callable[[object], None]) -> None:
        if self._task is not None:
            return

        def finished(result: object) -> None:
            self._rest()
            done(result)
            self.answered.emit()

        self._task = self._bench.runner.run(work, done=finished, failed=self._say_trouble, errand=Errand.ACT)
        self._task.progressed.connect(self._step)
        self._task.cancelled.connect(self._given_up)
        self.progress.setText("正在进行…（Esc 放弃）")

    def _step(self, done: int, total: int) -> None:
        if self._task is not None and total:
            self.progress.setText(f"正在进行 {done * 100 // total}%（Esc 放弃）")

    def _rest(self) -> None:
        self._task = None
        self.progress.clear()

    def _given_up(self) -> None:
        self._rest()
        self.banner.say("已放弃，没有留下半份备份。", Tone.BLUE, mark="已放弃")
        self.answered.emit()

    def _say_trouble(self, error: Exception) -> None:
        self._rest()
        self._offer_keyring(self._bench.desk.protecting.state())
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")
        self.answered.emit()

    def _done(self, words: str) -> None:
        self.show_rows()
        self.banner.say(words, Tone.BLUE, mark="已办")
        self._bench.told.emit(words)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, dialog: QDialog, accepted: Callable[[], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: accepted())
        dialog.open()

    def _chosen(self) -> BackupBrief | None:
        chosen = self.table.chosen_id()
        return None if chosen is None else self._briefs[chosen]

    def _offer(self) -> None:
        brief = self._chosen()
        self.buttons["backup.drill"].setEnabled(brief is not None)
        self.buttons["backup.restore"].setEnabled(brief is not None)
        if brief is not None and brief.drill is not None and not brief.drill.is_passed:
            self.banner.say(backup_words.fault_sentence(brief.drill), Tone.RED, mark="演练没有通过")

    def _build(self) -> None:
        acts: dict[str, tuple[str, Callable[[], None]]] = {
            "backup.make": ("立即备份", self.make),
            "backup.drill": ("恢复演练", self.drill),
            "backup.restore": ("恢复…", self.restore),
            "backup.place": ("第二备份位置…", self.choose_place),
            "backup.passphrase": ("台账口令…", self.set_passphrase),
            "backup.recovery": ("换恢复单…", self.renew_recovery),
        }
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for key, (title, act) in acts.items():
            button = QPushButton(f"{title}（{keys_of(key)}）")
            button.setObjectName(key)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self.buttons[key] = button
            foot.addWidget(button)
        self.buttons["backup.make"].setProperty("role", "primary")
        self.progress.setProperty("role", "soft")
        foot.addStretch(1)
        foot.addWidget(self.progress)
        bind_keys(self, {**{key: act for key, (_title, act) in acts.items()}, "backup.keyring": self.switch_keyring})
        self.keyring.clicked.connect(self._use_keyring)
        self.protection.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        for widget in (self.banner, self.protection, self.keyring):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
