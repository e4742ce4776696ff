"""The page 上报: packages up, packages from below, conflicts and the stations, beside each other."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.views.actions import action
from desktop.views.exchange.conflicts_tab import ConflictsTab
from desktop.views.exchange.exchange_tab import ALL_CHANGES, ExchangeTab
from desktop.views.exchange.receiving_tab import ReceivingTab
from desktop.views.exchange.sending_tab import SendingTab
from desktop.views.exchange.stations_tab import StationsTab
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

SENDING: Final = "sending"
RECEIVING: Final = "receiving"
CONFLICTS: Final = "conflicts"
STATIONS: Final = "stations"


class ExchangePage(QWidget):
    """One tab each, Alt and its number; who may not pack or receive has no tab for it."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.tabs = workbench, QTabWidget()
        self.parts: dict[str, ExchangeTab] = {}
        desk = workbench.desk
        if desk.packing.may_pack():
            self._add(SENDING, SendingTab(workbench))
        if desk.receiving.may_receive():
            self._add(RECEIVING, ReceivingTab(workbench))
            self._add(CONFLICTS, ConflictsTab(workbench))
        self._add(STATIONS, StationsTab(workbench))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.addWidget(self.tabs)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        bind_keys(self, {f"exchange.tab_{key}": partial(self.show_tab, key) for key in self.parts})
        self.tabs.currentChanged.connect(self._read_shown)
        workbench.changed.connect(self._changed)

    def show_tab(self, key: str) -> None:
        """Show one tab and put the keyboard into it."""
        self.tabs.setCurrentWidget(self.parts[key])
        self.tabs.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tabs.currentWidget().setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_shown()

    def _read_shown(self) -> None:
        here = self.tabs.currentWidget()
        if self.isVisible() and isinstance(here, ExchangeTab):
            here.read_anew()

    def _changed(self, changes: object) -> None:
        # What others do while the page is hidden is read when it is shown again.
        if changes == ALL_CHANGES:
            self._read_shown()

    def _add(self, key: str, tab: ExchangeTab) -> None:
        spec = action(f"exchange.tab_{key}")
        self.parts[key] = tab
        place = self.tabs.addTab(tab, spec.text)
        self.tabs.setTabToolTip(place, spec.shortcut)
