"""The page 名录: one tab for each register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.views.registers.organisations_tab import OrganisationsTab
from desktop.views.registers.persons_tab import PersonsTab
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

# Title and builder of every tab, in their order; each takes the focus it is given.
TABS: Final[tuple[tuple[str, Callable[[Workbench], QWidget]], ...]] = (
    ("组织", OrganisationsTab),
    ("人员", PersonsTab),
)


class RegistersPage(QWidget):
    """The registers beside each other; Ctrl+Tab goes to the next."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget()
        for title, build in TABS:
            self.tabs.addTab(build(workbench), title)
        heading = QLabel("名录")
        heading.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(self.tabs, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        bind_keys(self, {"registers.next_tab": self.next_tab})

    def next_tab(self) -> None:
        """Show the next register and put the keyboard into it."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())
        self.tabs.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tabs.currentWidget().setFocus(event.reason())
