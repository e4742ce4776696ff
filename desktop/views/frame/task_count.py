"""Counts beside the page 待办 what is overdue or due today, anew after every act that could change it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.acts import Change
from desktop.domain.worklist import WORKLIST_RIGHTS, WorklistCounts
from desktop.views.frame.rail import Rail
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.workbench import Workbench
from desktop.views.worklist.worklist_page import READ_ANEW

WORKLIST = "worklist"


class TaskCount(QObject):
    """Asks off the GUI thread; an answer that is no longer wanted is dropped."""

    def __init__(self, workbench: Workbench, rail: Rail, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._rail = workbench, rail
        self._asked = 0
        workbench.changed.connect(self._changed)

    def count(self) -> None:
        """Count for who is signed in; for who has no worklist nothing is asked."""
        self._asked += 1
        asked, desk = self._asked, self._bench.desk
        if not any(desk.sign_in.actor.may(right) for right in WORKLIST_RIGHTS):
            return
        self._bench.runner.run(
            lambda _progress: desk.worklist.counts(),
            done=while_there(self, lambda counts: self._show(counts) if asked == self._asked else None),
            failed=while_there(self, lambda error: self._bench.told.emit(describe(error).text)),
        )

    def forget(self) -> None:
        """Drop what is under way for who leaves."""
        self._asked += 1

    def _show(self, counts: WorklistCounts) -> None:
        self._rail.show_count(WORKLIST, counts.pressing)

    def _changed(self, changes: frozenset[Change]) -> None:
        if changes & READ_ANEW:
            self.count()
