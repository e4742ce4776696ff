"""Counts beside the page 上报 the records that two stations changed and nobody has decided yet."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.acts import Change
from desktop.views.frame.rail import Rail
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.workbench import Workbench

EXCHANGE = "exchange"
_ALL = frozenset(Change)


class ConflictCount(QObject):
    """Asks off the GUI thread, for whoever decides; an answer that is no longer wanted is dropped."""

    def __init__(self, workbench: Workbench, rail: Rail, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._rail = workbench, rail
        self._asked = 0
        workbench.changed.connect(self._changed)

    def count(self) -> None:
        """Count for who is signed in; for who does not decide nothing is asked."""
        self._asked += 1
        asked, receiving = self._asked, self._bench.desk.receiving
        if not receiving.may_receive():
            return
        self._bench.runner.run(
            lambda _progress: len(receiving.conflicts()),
            done=while_there(self, lambda count: self._show(count) if asked == self._asked else None),
            failed=while_there(self, lambda error: self._bench.told.emit(describe(error).text)),
        )

    def forget(self) -> None:
        """Drop what is under way for who leaves."""
        self._asked += 1

    def _show(self, count: int) -> None:
        self._rail.show_count(EXCHANGE, count, words="件冲突待裁定")

    def _changed(self, changes: frozenset[Change]) -> None:
        # Only a package taken and a conflict decided touch everything at once; an act at the counter asks nothing here.
        if changes == _ALL:
            self.count()
