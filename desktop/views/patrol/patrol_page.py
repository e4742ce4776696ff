"""The page 巡查: entering patrols, hazards, unregistered works, transfers and public reports beside each other."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.found_site import FoundSiteDraft, FoundSource
from desktop.domain.patrol_kinds import PatrolKind
from desktop.domain.site import SiteRef
from desktop.domain.worklist import Task, TaskKind
from desktop.views.actions import action
from desktop.views.patrol.entry_tab import EntryTab
from desktop.views.patrol.found_sites_tab import FoundSitesTab
from desktop.views.patrol.hazards_tab import HazardsTab
from desktop.views.patrol.list_tab import ListTab
from desktop.views.patrol.reports_tab import ReportsTab
from desktop.views.patrol.transfers_tab import TransfersTab
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

ENTRY: Final = "entry"
HAZARDS: Final = "hazards"
FOUND: Final = "found"
TRANSFERS: Final = "transfers"
REPORTS: Final = "reports"
# Which visit a task of the worklist asks for, and on which list the others stand.
_VISITS: Final = {
    TaskKind.FIRST_CHECK: PatrolKind.FIRST_CHECK,
    TaskKind.ESCALATION_CHECK: PatrolKind.FIRST_CHECK,
    TaskKind.PATROL: None,
    TaskKind.EXPIRED: None,
    TaskKind.DRAWN: PatrolKind.SPOT_CHECK,
}
_LISTS: Final = {
    TaskKind.SAME_DAY_HAZARD: HAZARDS,
    TaskKind.RECTIFICATION: HAZARDS,
    TaskKind.RECHECK: HAZARDS,
    TaskKind.SAME_DAY_FOUND_SITE: FOUND,
    TaskKind.FOUND_SITE: FOUND,
    TaskKind.REPORT_VERIFY: REPORTS,
    TaskKind.REPORT_ANSWER: REPORTS,
    TaskKind.REPLY: TRANSFERS,
}


class PatrolPage(QWidget):
    """One tab each, Alt and its number; who only sees has no tab for entering."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = workbench
        self.tabs = QTabWidget()
        self._places: dict[str, int] = {}
        self.entry: EntryTab | None = None
        if workbench.desk.sign_in.actor.may(Right.PATROL_FEEDBACK):
            self.entry = EntryTab(workbench)
            self.entry.found_asked.connect(self._record_found)
            self._add(ENTRY, self.entry)
        self.hazards, self.found = HazardsTab(workbench), FoundSitesTab(workbench)
        self.transfers, self.reports = TransfersTab(workbench), ReportsTab(workbench, self._ask_found)
        self._lists: dict[str, ListTab] = {
            HAZARDS: self.hazards,
            FOUND: self.found,
            TRANSFERS: self.transfers,
            REPORTS: self.reports,
        }
        for key, tab in self._lists.items():
            self._add(key, tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.addWidget(self.tabs)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        bind_keys(self, {f"patrol.tab_{key}": partial(self.show_tab, key) for key in self._places})

    def show_tab(self, key: str) -> bool:
        """Show one tab and put the keyboard into it; says whether the one at work has it."""
        if key not in self._places:
            return False
        self.tabs.setCurrentIndex(self._places[key])
        self.tabs.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def enter_patrol(self, site: SiteRef, kind: PatrolKind | None = None) -> bool:
        """Begin the entry of a patrol of a site; says whether the one at work may."""
        if self.entry is None or not self.show_tab(ENTRY):
            return False
        self.entry.take_site(site, kind)
        return True

    def do_task(self, task: Task) -> bool:
        """Open where a task of the worklist is done; says whether that is here."""
        if task.kind in _VISITS:
            return self.enter_patrol(task.site, _VISITS[task.kind])
        key = _LISTS.get(task.kind)
        if key is None or not self.show_tab(key):
            return False
        self._lists[key].stand_on(task.subject_id)
        return True

    def show_row(self, key: str, row_id: int) -> bool:
        """Stand on one row of a list; says whether the one at work has it."""
        if key not in self._lists or not self.show_tab(key):
            return False
        self._lists[key].stand_on(row_id)
        return True

    def step_back(self) -> bool:
        """Go one step back inside the tab; says whether there was one."""
        here = self.tabs.currentWidget()
        return isinstance(here, EntryTab) and here.step_back()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tabs.currentWidget().setFocus(event.reason())

    def _record_found(self) -> None:
        """Ask for an unregistered work met on the way, with who patrols today."""
        assert self.entry is not None
        visit = self.entry.form.visit.visit()
        self._ask_found(
            FoundSiteDraft(
                community=visit.community,
                grid=visit.grid,
                place=visit.road,
                found_on=self.entry.form.visit.day(),
                found_by=visit.patrollers,
                source=FoundSource.PATROL,
            )
        )

    def _ask_found(self, begun: FoundSiteDraft) -> None:
        self.found.new(begun)

    def _add(self, key: str, tab: QWidget) -> None:
        spec = action(f"patrol.tab_{key}")
        place = self.tabs.addTab(tab, spec.text)
        self.tabs.setTabToolTip(place, spec.shortcut)
        self._places[key] = place
