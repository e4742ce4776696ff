"""The page 统计: the first page of managers, reports, books, evaluations, printed reports, data quality."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.domain.period import Period
from desktop.views.actions import action
from desktop.views.pages import StepsBack
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.counted_row_places import BOOKS
from desktop.views.statistics.dashboard_tab import DashboardTab
from desktop.views.statistics.issued_tab import IssuedTab
from desktop.views.statistics.quality_tab import QualityTab
from desktop.views.statistics.reports_tab import ReportsTab
from desktop.views.statistics.statistics_tab import StatisticsTab
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

DASHBOARD: Final = "dashboard"
REPORTS: Final = "reports"
EVALUATION: Final = "evaluation"
ISSUED: Final = "issued"
QUALITY: Final = "quality"


def _books(workbench: Workbench) -> QWidget:
    from desktop.views.books.books_tab import BooksTab

    return BooksTab(workbench)


def _evaluation(workbench: Workbench) -> QWidget:
    from desktop.views.evaluation.evaluation_tab import EvaluationTab

    return EvaluationTab(workbench)


# Key and builder of every tab, in their order.
TABS: Final[tuple[tuple[str, Callable[[Workbench], QWidget]], ...]] = (
    (DASHBOARD, DashboardTab),
    (REPORTS, ReportsTab),
    (BOOKS, _books),
    (EVALUATION, _evaluation),
    (ISSUED, IssuedTab),
    (QUALITY, QualityTab),
)


class StatisticsPage(QWidget):
    """One tab each, Alt and its number; a tab is built when it is first shown."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.tabs = workbench, QTabWidget()
        self._built: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}
        for key, _build in TABS:
            spec, holder = action(f"statistics.tab_{key}"), QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            self._holders[key] = holder
            self.tabs.setTabToolTip(self.tabs.addTab(holder, spec.text), spec.shortcut)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.addWidget(self.tabs)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        bind_keys(self, {f"statistics.tab_{key}": partial(self.show_tab, key) for key, _build in TABS})
        bind_keys(
            self,
            {
                "statistics.earlier": partial(self._step, -1),
                "statistics.later": partial(self._step, 1),
                "statistics.period": self._to_period,
            },
        )
        self.tabs.currentChanged.connect(self._build_shown)
        self._build_shown(0)

    @property
    def here(self) -> str:
        """Give the key of the tab one is on."""
        return TABS[self.tabs.currentIndex()][0]

    def tab(self, key: str) -> QWidget:
        """Give a tab, built when it is first asked for."""
        if key not in self._built:
            made = dict(TABS)[key](self.bench)
            self._built[key] = made
            if isinstance(made, DashboardTab):
                made.report_asked.connect(self._show_report)
            layout = self._holders[key].layout()
            assert layout is not None
            layout.addWidget(made)
        return self._built[key]

    def show_tab(self, key: str) -> None:
        """Show one tab and put the keyboard into it."""
        made = self.tab(key)
        self.tabs.setCurrentWidget(self._holders[key])
        made.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_row(self, key: str, row_id: int) -> bool:
        """Stand on one row of a tab with lists; says whether the one at work has it."""
        from desktop.views.books.books_tab import BooksTab

        made = self.tab(key)
        if not isinstance(made, BooksTab) or not made.show_row(row_id):
            return False
        self.show_tab(key)
        return True

    def step_back(self) -> bool:
        """Stop counting, or go one step back inside the tab; says whether there was one."""
        here = self.tab(self.here)
        if isinstance(here, StatisticsTab):
            return here.cancel()
        return isinstance(here, StepsBack) and here.step_back()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tab(self.here).setFocus(event.reason())

    def _build_shown(self, _place: int) -> None:
        self.tab(self.here)

    def _show_report(self, period: Period) -> None:
        made = self.tab(REPORTS)
        assert isinstance(made, ReportsTab)
        made.show_period(period)
        self.show_tab(REPORTS)

    def _step(self, by: int) -> None:
        here = self.tab(self.here)
        if isinstance(here, DashboardTab | ReportsTab | QualityTab):
            here.picker.step(by)

    def _to_period(self) -> None:
        here = self.tab(self.here)
        if isinstance(here, DashboardTab | ReportsTab | QualityTab):
            here.picker.setFocus(Qt.FocusReason.ShortcutFocusReason)
