"""The settings page: one tab for each thing that is kept, for those who may keep it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.views.admin.calendar_settings import CalendarSettings
from desktop.views.admin.duty_settings import DutySettings
from desktop.views.admin.keeping_tab import KeepingTab
from desktop.views.admin.office_settings import OfficeSettings
from desktop.views.admin.patrol_plan_settings import PatrolPlanSettings
from desktop.views.admin.review_settings import ReviewSettings
from desktop.views.admin.rules_tab import RulesTab
from desktop.views.admin.window_settings import WindowSettings
from desktop.views.audit.closing_tab import ClosingTab
from desktop.views.backup.backup_tab import BackupTab
from desktop.views.pages import StepsBack
from desktop.views.people.accounts_tab import AccountsTab
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class TabSpec:
    """One tab: its title, how it is built and any of which rights opens it."""

    title: str
    build: Callable[[Workbench], QWidget]
    rights: frozenset[Right]


TABS: Final = (
    TabSpec(title="受理点", build=OfficeSettings, rights=frozenset({Right.KEEP_SETTINGS})),
    TabSpec(title="工作日历", build=CalendarSettings, rights=frozenset({Right.KEEP_SETTINGS})),
    TabSpec(title="审核", build=ReviewSettings, rights=frozenset({Right.KEEP_SETTINGS})),
    TabSpec(title="巡查频次", build=PatrolPlanSettings, rights=frozenset({Right.KEEP_SETTINGS})),
    TabSpec(title="履职事项", build=DutySettings, rights=frozenset({Right.KEEP_SETTINGS})),
    TabSpec(title="附件和保存期限", build=KeepingTab, rights=frozenset({Right.KEEP_SETTINGS})),
    TabSpec(title="账号", build=AccountsTab, rights=frozenset({Right.KEEP_ACCOUNTS})),
    TabSpec(title="备份和加密", build=BackupTab, rights=frozenset({Right.KEEP_BACKUPS})),
    TabSpec(title="日结单", build=ClosingTab, rights=frozenset({Right.REGISTER, Right.JUDGE_CONDUCT, Right.AUDIT})),
    TabSpec(title="规则", build=RulesTab, rights=frozenset(Right)),
    TabSpec(title="文字大小和数据", build=WindowSettings, rights=frozenset(Right)),
)


class AdminPage(QWidget):
    """The tabs of who is signed in; Ctrl+Tab goes to the next."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget()
        actor = workbench.desk.sign_in.actor
        for tab in TABS:
            if any(actor.may(right) for right in tab.rights):
                self.tabs.addTab(tab.build(workbench), tab.title)
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

    def step_back(self) -> bool:
        """Let the tab in front give up what it is doing; says whether there was something."""
        tab = self.tabs.currentWidget()
        return isinstance(tab, StepsBack) and tab.step_back()
