"""Backs the ledger up by itself while the window is open, and tells the status line how it stands."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.progress import Progress
from desktop.services.backups import BackupStanding
from desktop.views.backup.backup_words import standing_sentence
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

FIRST_MS: Final = 60_000  # the first clients come before the first backup
EVERY_MS: Final = 600_000


class BackupKeeper(QObject):
    """Looks every ten minutes whether a backup or a drill is due; ``stands`` gives the sentence and its trouble."""

    stands = Signal(str, str)

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(FIRST_MS)
        workbench.closing.connect(self._timer.stop)
        workbench.backed_up.connect(self.show_standing)
        self._is_running = False

    def show_standing(self) -> None:
        """Tell how it stands now."""
        self._tell(self._bench.desk.backups.standing())

    def look(self) -> None:
        """Back up and prove in the background where it is due."""
        self._timer.setInterval(EVERY_MS)
        if self._is_running:
            return
        self._is_running = True
        backups = self._bench.desk.backups

        def work(progress: Progress) -> BackupStanding:
            return backups.keep_up(progress) if backups.is_due() else backups.standing()

        self._bench.runner.run(work, done=self._done, failed=self._failed, errand=Errand.UNSEEN)

    def _done(self, standing: BackupStanding) -> None:
        self._is_running = False
        self._tell(standing)

    def _failed(self, error: Exception) -> None:
        self._is_running = False
        self.stands.emit("备份没有做成", describe(error).text)

    def _tell(self, standing: BackupStanding) -> None:
        trouble = "" if standing.trouble is None else describe(standing.trouble).text
        self.stands.emit(standing_sentence(standing), trouble)
