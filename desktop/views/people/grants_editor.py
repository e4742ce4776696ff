"""The roles of one account: each with the areas and, for a department, the trades where it counts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import APART, BY_INDUSTRY, Grant, Role
from desktop.views.actions import keys_of
from desktop.views.people.check_list import CheckList
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.wording import word

_LABEL_CHARACTERS: Final = 6
_ALL_AREAS: Final = "全部社区"


class GrantRow(QFrame):
    """One role with where it counts."""

    changed = Signal()
    removed = Signal()

    def __init__(self, areas: Sequence[str], departments: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = PickList([(role.value, word(role)) for role in Role])
        self.areas = CheckList(areas, whole=_ALL_AREAS)
        self.departments = CheckList(departments)
        self.areas.set_value(None)
        self.role_row = FieldRow("角色", self.role, label_characters=_LABEL_CHARACTERS)
        self.areas_row = FieldRow("区域范围", self.areas, label_characters=_LABEL_CHARACTERS)
        self.departments_row = FieldRow("主管行业", self.departments, label_characters=_LABEL_CHARACTERS)
        self.remove = QPushButton("去掉")
        self._build()
        self.role.changed.connect(self._typed)
        self.areas.changed.connect(self._typed)
        self.departments.changed.connect(self._typed)
        self.remove.clicked.connect(lambda _checked=False: self.removed.emit())
        self._typed()

    def grant(self) -> Grant | None:
        """Give the role as chosen, None while no role is."""
        chosen = self.role.value()
        if not chosen:
            return None
        role = Role(chosen)
        departments = self.departments.value() if role in BY_INDUSTRY else None
        return Grant(role=role, areas=self.areas.value(), departments=departments)

    def show_grant(self, grant: Grant) -> None:
        """Show a role as it is given now."""
        self.role.set_value(grant.role.value)
        self.areas.set_value(grant.areas)
        self.departments.set_value(grant.departments or frozenset())
        self._typed()

    def check(self) -> bool:
        """Say under its field what is wanting, and go there; says whether nothing is."""
        grant = self.grant()
        areas = "请勾选社区，或者勾选全部社区。" if grant and grant.areas == frozenset() else ""
        trades = "主管部门的角色要勾选主管行业。" if grant and grant.departments == frozenset() else ""
        faults = (
            (self.role_row, "" if grant else "请选择角色。"),
            (self.areas_row, areas),
            (self.departments_row, trades),
        )
        for row, words in faults:
            row.set_fault(words)
            row.reveal()
        first = next((row for row, words in faults if words), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def _typed(self) -> None:
        chosen = self.role.value()
        self.departments_row.setVisible(bool(chosen) and Role(chosen) in BY_INDUSTRY)
        for row in (self.role_row, self.areas_row, self.departments_row):
            row.set_fault("")
        self.changed.emit()

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.role.setObjectName("role")
        self.areas.setObjectName("areas")
        self.departments.setObjectName("departments")
        self.areas.setAccessibleDescription("方向键移动，空格勾选")
        self.remove.setProperty("role", "quiet")
        self.remove.setToolTip(f"去掉这个角色（{keys_of('account.remove_role')}）")
        self.remove.setAutoDefault(False)
        first = QHBoxLayout()
        first.addWidget(self.role_row, 1)
        first.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addLayout(first)
        column.addWidget(self.areas_row)
        column.addWidget(self.departments_row)


class GrantsEditor(QWidget):
    """Roles below each other; those that may not be together are said in words at once."""

    changed = Signal()

    def __init__(self, areas: Sequence[str], departments: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas, self._departments = tuple(areas), tuple(departments)
        self.rows: list[GrantRow] = []
        self.fault = QLabel()
        self.add = QPushButton(f"再加一个角色（{keys_of('account.add_role')}）")
        self._rows = QVBoxLayout()
        self._build()
        self.add.clicked.connect(lambda _checked=False: self.add_row())
        self.add_row()

    def grants(self) -> tuple[Grant, ...]:
        """Give the roles as chosen; a row without a role counts for nothing."""
        return tuple(grant for row in self.rows if (grant := row.grant()) is not None)

    def show_grants(self, grants: Sequence[Grant]) -> None:
        """Show the roles as they are given now."""
        while len(self.rows) > len(grants) and len(self.rows) > 1:
            self._take_out(self.rows[-1])
        while len(self.rows) < len(grants):
            self._put_in()
        for row, grant in zip(self.rows, grants, strict=False):
            row.show_grant(grant)
        self._judge()

    def add_row(self) -> None:
        """Ask for one more role, and go there."""
        self._put_in().role.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_here(self) -> None:
        """Take out the role where the keyboard is."""
        here = QApplication.focusWidget()
        row = next((row for row in self.rows if here is not None and row.isAncestorOf(here)), None)
        if row is not None:
            self._remove(row)

    def check(self) -> bool:
        """Say what is wanting in each role and whether they may be together; says whether nothing is wrong."""
        self._judge()
        at_fault = [row for row in reversed(self.rows) if not row.check()]
        return not at_fault and not self.fault.text()

    def _judge(self) -> None:
        roles = [grant.role for grant in self.grants()]
        apart = next((pair for pair in APART if pair <= set(roles)), frozenset())
        twice = next((role for role in roles if roles.count(role) > 1), None)
        words = ""
        if apart:
            named = "和".join(f"“{word(role)}”" for role in Role if role in apart)
            words = f"{named}不能是同一个账号：管账号的人不审计自己。请去掉一个，另设账号。"
        elif twice is not None:
            words = f"“{word(twice)}”给了两次：各算各的范围，合起来看。"
        self.fault.setText(words if apart else "")
        self.fault.setVisible(bool(apart))
        self.setToolTip(words)
        self.changed.emit()

    def _remove(self, row: GrantRow) -> None:
        if len(self.rows) == 1:
            row.role.set_value("")
            row.areas.set_value(None)
            row.role.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            place = self.rows.index(row)
            self._take_out(row)
            self.rows[min(place, len(self.rows) - 1)].role.setFocus(Qt.FocusReason.OtherFocusReason)
        self._judge()

    def _put_in(self) -> GrantRow:
        row = GrantRow(self._areas, self._departments)
        row.changed.connect(self._judge)
        row.removed.connect(lambda row=row: self._remove(row))
        self.rows.append(row)
        self._rows.addWidget(row)
        # Reading order, also for a row put in later: the row before, this one, then the button below them.
        chain = (row.role, row.remove, row.areas, row.departments, self.add)
        before = self.rows[-2].departments if len(self.rows) > 1 else None
        for one, other in pairwise((before, *chain) if before is not None else chain):
            QWidget.setTabOrder(one, other)
        return row

    def _take_out(self, row: GrantRow) -> None:
        self.rows.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _build(self) -> None:
        self.fault.setProperty("role", "fault")
        self.fault.setObjectName("roles_apart")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.add.setAutoDefault(False)
        self._rows.setSpacing(SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(self._rows)
        column.addWidget(self.fault)
        column.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignLeft)
