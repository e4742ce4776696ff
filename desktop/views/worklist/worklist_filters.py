"""The filters of the worklist: urgency, whose work, kind and community, each with how many it leaves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.worklist import TaskKind, TaskRole, Urgency, WorklistCounts, WorklistCriteria
from desktop.domain.worklist_words import KIND_WORDS, ROLE_WORDS, URGENCY_WORDS
from desktop.views.ledger.filters_panel import FilterGroup
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.theme import SPACE_2, SPACE_3

_EVERYWHERE = "全部社区"


class WorklistFilters(QScrollArea):
    """``changed`` follows every change by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.urgency, self.role, self.kind = FilterGroup("期限"), FilterGroup("由谁办"), FilterGroup("事项")
        self.community = PickList()
        self.community.setObjectName("worklist.community")
        self._community_row = FieldRow("社区", self.community, label_characters=2)
        self._build()
        for group in (self.urgency, self.role, self.kind):
            group.changed.connect(self.changed)
        self.community.changed.connect(self.changed)
        self.show_counts(WorklistCounts())

    def criteria(self) -> WorklistCriteria:
        """Give what is asked for."""
        urgency, role, kind = self.urgency.value(), self.role.value(), self.kind.value()
        community = self.community.value()
        return WorklistCriteria(
            kind=kind if isinstance(kind, TaskKind) else None,
            urgency=urgency if isinstance(urgency, Urgency) else None,
            role=role if isinstance(role, TaskRole) else None,
            community=community or None,
        )

    def show_counts(self, counts: WorklistCounts) -> None:
        """Show how many tasks each urgency and kind has; kinds without any are left out unless chosen."""
        criteria = self.criteria()
        self.urgency.offer([(each, URGENCY_WORDS[each], counts.of(criteria.kind, each)) for each in Urgency])
        kinds = [(each, _short(each), counts.of(each, criteria.urgency)) for each in TaskKind]
        self.kind.offer([offered for offered in kinds if offered[2] or offered[0] is criteria.kind])

    def show_roles(self, roles: Sequence[tuple[TaskRole, int]], communities: Sequence[str]) -> None:
        """Offer the roles that the one at work holds, where there are several, and the office's communities."""
        self.role.offer([(role, ROLE_WORDS[role], count) for role, count in roles])
        self.role.setVisible(len(roles) > 1)
        self.community.set_options([("", _EVERYWHERE), *((name, name) for name in communities)])
        self._community_row.setVisible(bool(communities))

    def choose(self, criteria: WorklistCriteria) -> None:
        """Ask for what somewhere else was chosen, without signals."""
        if criteria.kind is not None:
            self.kind.offer([(criteria.kind, _short(criteria.kind), 0)])
        self.kind.choose(criteria.kind)
        self.urgency.choose(criteria.urgency)
        self.role.choose(criteria.role)
        self.community.set_value(criteria.community or "")

    def clear(self) -> None:
        """Turn every filter off, without signals."""
        for group in (self.urgency, self.role, self.kind):
            group.clear()
        self.community.set_value("")

    def focus_first(self) -> None:
        """Put the keyboard on the first filter."""
        self.urgency.button(Urgency.OVERDUE).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.setSpacing(SPACE_3)
        for part in (self.urgency, self.role, self._community_row, self.kind):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _short(kind: TaskKind) -> str:
    """Give the words of a kind without what they say in brackets: a filter is one narrow line."""
    return KIND_WORDS[kind].partition("（")[0]
