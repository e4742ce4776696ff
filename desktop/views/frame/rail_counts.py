"""What is counted beside the pages of the rail, together."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.views.frame.conflict_count import ConflictCount
from desktop.views.frame.rail import Rail
from desktop.views.frame.task_count import TaskCount
from desktop.views.workbench import Workbench


class RailCounts:
    """Tasks that press, and conflicts that nobody has decided."""

    def __init__(self, workbench: Workbench, rail: Rail, parent: QObject) -> None:
        self._each = (TaskCount(workbench, rail, parent), ConflictCount(workbench, rail, parent))

    def count(self) -> None:
        """Count for who is signed in."""
        for each in self._each:
            each.count()

    def forget(self) -> None:
        """Drop what is under way for who leaves."""
        for each in self._each:
            each.forget()
