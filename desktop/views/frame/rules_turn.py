"""Builds the pages anew when the office works by other rules than those they were built for."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import LocalRules
from desktop.views.shared.messages import show_trouble
from desktop.views.workbench import Workbench

_WAIT_MS: Final = 2_000
_Rules = tuple[str, str, LocalRules]


class Pages(Protocol):
    """What is asked of the window."""

    @property
    def page_key(self) -> str:
        """Give the key of the page one is on."""

    @property
    def filing_shown(self) -> int | None:
        """Give the filing one looks at, None on every other page."""

    def put_away(self) -> None:
        """Keep the draft and close every page; raises ``ClerkError`` when the draft cannot be kept."""

    def take_up(self) -> None:
        """Begin for who is signed in."""

    def has_page(self, key: str) -> bool:
        """Say whether a page is for who is signed in."""

    def go(self, key: str) -> None:
        """Show a page."""


class RulesTurn(QObject):
    """Compares the rules after every change of settings and on every new day; pages ask and speak as they were built.

    While a dialog is open on a new day it waits: what is typed there is no draft, and would be lost.
    """

    turned = Signal()  # the pages are built anew

    def __init__(self, workbench: Workbench, pages: Pages, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._pages, self._window = workbench, pages, window
        self._rules = self._at_work()
        # Queued: the page that changed the settings may still be in the middle of it.
        workbench.changed.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self.wait = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self.wait.timeout.connect(self.look_on_new_day)

    @Slot(object)
    def _look(self, changes: object) -> None:
        if isinstance(changes, frozenset) and Change.SETTINGS in changes:
            self.look()

    @Slot()
    def look_on_new_day(self) -> None:
        """Look as after a change of settings, once no dialog is open."""
        if any(isinstance(each, QDialog) and each.isVisible() for each in QApplication.topLevelWidgets()):
            self.wait.start()
        else:
            self.look()

    def look(self) -> None:
        """Build the pages anew when other rules are at work than those they were built for."""
        before, self._rules = self._rules, self._at_work()
        if self._rules != before:
            self._begin_anew()

    def _begin_anew(self) -> None:
        here, filing_id = self._pages.page_key, self._pages.filing_shown
        try:
            self._pages.put_away()
        except ClerkError as error:
            show_trouble(error, self._window)
            return
        self._pages.take_up()
        if self._pages.has_page(here):
            self._pages.go(here)
        elif filing_id is not None:
            self._bench.filing_asked.emit(filing_id)
        self._bench.told.emit("已换用新的规则，各页已重新打开。")
        self.turned.emit()

    def _at_work(self) -> _Rules | None:
        try:
            pack = self._bench.desk.office.pack()
        except ClerkError:
            return None  # without rules in force the window itself says so
        return pack.id, pack.version, pack.local_rules
