"""The page 抽查: random inspections, works that look parted, key lists."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.views.inspections.draws_tab import DrawsTab
from desktop.views.inspections.key_lists_tab import KeyListsTab
from desktop.views.inspections.radar_tab import RadarTab
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench


class InspectionsPage(QWidget):
    """Three tabs beside each other; Ctrl+Tab goes to the next, Esc stops looking through the ledger."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget()
        self.draws, self.radar, self.lists = DrawsTab(workbench), RadarTab(workbench), KeyListsTab(workbench)
        for tab, title in ((self.draws, "抽查"), (self.radar, "肢解核对"), (self.lists, "重点名单")):
            self.tabs.addTab(tab, title)
        heading = QLabel("抽查")
        heading.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(self.tabs, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        bind_keys(self, {"inspections.next_tab": self.next_tab})

    def next_tab(self) -> None:
        """Show the next tab and put the keyboard into it."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())
        self.tabs.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step_back(self) -> bool:
        """Stop looking through the ledger; says whether that was under way."""
        return self.radar.cancel()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tabs.currentWidget().setFocus(event.reason())
