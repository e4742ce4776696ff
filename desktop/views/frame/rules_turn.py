"""Builds the pages anew when the office works by other rules than those they were built for."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import LocalRules
from desktop.views.shared.messages import show_trouble
from desktop.views.workbench import Workbench

_Rules = tuple[str, str, LocalRules]


class Pages(Protocol):
    """What is asked of the window."""

    @property
    def page_key(self) -> str:
        """Give the key of the page one is on."""

    def put_away(self) -> None:
        """Keep the draft and close every page; raises ``ClerkError`` when the draft cannot be kept."""

    def take_up(self) -> None:
        """Begin for who is signed in."""

    def has_page(self, key: str) -> bool:
        """Say whether a page is for who is signed in."""

    def go(self, key: str) -> None:
        """Show a page."""


class RulesTurn(QObject):
    """Compares the rules after every change of settings: pages ask their questions and say their words."""

    turned = Signal()  # the pages are built anew

    def __init__(self, workbench: Workbench, pages: Pages, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._pages, self._window = workbench, pages, window
        self._rules = self._at_work()
        # Queued: the page that changed the settings may still be in the middle of it.
        workbench.changed.connect(self._look, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _look(self, changes: object) -> None:
        if not isinstance(changes, frozenset) or Change.SETTINGS not in changes:
            return
        before, self._rules = self._rules, self._at_work()
        if self._rules != before:
            self._begin_anew()

    def _begin_anew(self) -> None:
        here = self._pages.page_key
        try:
            self._pages.put_away()
        except ClerkError as error:
            show_trouble(error, self._window)
            return
        self._pages.take_up()
        if self._pages.has_page(here):
            self._pages.go(here)
        self._bench.told.emit("已换用新的规则，各页已重新打开。")
        self.turned.emit()

    def _at_work(self) -> _Rules | None:
        try:
            pack = self._bench.desk.office.pack()
        except ClerkError:
            return None  # without rules in force the window itself says so
        return pack.id, pack.version, pack.local_rules
