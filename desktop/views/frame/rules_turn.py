"""Notices that the office works by other rules than the open pages were built for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import LocalRules
from desktop.views.workbench import Workbench

_Rules = tuple[str, str, LocalRules]


class RulesTurn(QObject):
    """Compares the rules after every change of settings: pages ask their questions and say their words."""

    turned = Signal()

    def __init__(self, workbench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._office = workbench.desk.office
        self._rules = self._at_work()
        # Queued: the page that changed the settings may still be in the middle of it.
        workbench.changed.connect(self._look, Qt.ConnectionType.QueuedConnection)

    def _at_work(self) -> _Rules | None:
        try:
            pack = self._office.pack()
        except ClerkError:
            return None  # without rules in force the window itself says so
        return pack.id, pack.version, pack.local_rules

    @Slot(object)
    def _look(self, changes: object) -> None:
        if not isinstance(changes, frozenset) or Change.SETTINGS not in changes:
            return
        before, self._rules = self._rules, self._at_work()
        if self._rules != before:
            self.turned.emit()
