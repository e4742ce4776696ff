"""The settings page: the office, the working-day calendar, this window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.views.admin.calendar_settings import CalendarSettings
from desktop.views.admin.office_settings import OfficeSettings
from desktop.views.admin.window_settings import WindowSettings
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench


class AdminPage(QWidget):
    """Three tabs; Ctrl+Tab goes to the next."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office, self.calendar = OfficeSettings(workbench), CalendarSettings(workbench)
        self.window_settings = WindowSettings(workbench)
        self.tabs = QTabWidget()
        for tab, title in (
            (self.office, "受理点"),
            (self.calendar, "工作日历"),
            (self.window_settings, "文字大小和数据"),
        ):
            self.tabs.addTab(tab, title)
        heading = QLabel("设置")
        heading.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(self.tabs, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tabs.tabBar().setFocus(event.reason())
