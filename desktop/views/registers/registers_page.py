"""The page 名录: one tab for each register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.access import Actor, Right
from desktop.domain.local_rules import local
from desktop.views.exchange.feedback_tab import FeedbackTab
from desktop.views.exchange.prevention_tab import PreventionTab
from desktop.views.registers.conduct_tab import ConductTab
from desktop.views.registers.demands_tab import DemandsTab
from desktop.views.registers.firms_tab import FirmsTab
from desktop.views.registers.gaps_tab import GapsTab
from desktop.views.registers.organisations_tab import OrganisationsTab
from desktop.views.registers.persons_tab import PersonsTab
from desktop.views.registers.trust_tab import TrustTab
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench

# Title and builder of every tab, in their order; each takes the focus it is given.
TABS: Final[tuple[tuple[str, Callable[[Workbench], QWidget]], ...]] = (
    ("组织", OrganisationsTab),
    ("人员", PersonsTab),
    ("委托、责任书、轮岗", TrustTab),
    ("待补", GapsTab),
)
# The registers of firms are for those who see filings; who keeps registers keeps the firms too.
_FIRM_TABS: Final[tuple[tuple[str, Callable[[Workbench], QWidget], frozenset[Right]], ...]] = (
    ("企业和工匠", FirmsTab, frozenset({Right.SEE, Right.KEEP_REGISTERS})),
    ("不良档案", ConductTab, frozenset({Right.SEE, Right.JUDGE_CONDUCT})),
    ("业主需求", DemandsTab, frozenset({Right.SEE})),
    ("情况反馈", FeedbackTab, frozenset({Right.SEE})),
    ("事故预防服务", PreventionTab, frozenset({Right.SEE})),
)


class RegistersPage(QWidget):
    """The registers beside each other; Ctrl+Tab goes to the next."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget()
        for title, build in (*TABS, *_firm_tabs(workbench.desk.sign_in.actor)):
            self.tabs.addTab(build(workbench), local(title))
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


def _firm_tabs(actor: Actor) -> Iterator[tuple[str, Callable[[Workbench], QWidget]]]:
    for title, build, rights in _FIRM_TABS:
        if any(actor.may(right) for right in rights):
            yield title, build
