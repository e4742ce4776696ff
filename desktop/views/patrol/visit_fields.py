"""What an entry says of the visit itself; as remembered from the last one, so that most of it is never typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.access import Actor
from desktop.domain.patrol import LastEntry, PatrolKind, PatrolLevel, PatrolResult
from desktop.domain.patrol_cells import KIND_ALIASES
from desktop.services.desk import Desk
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, SPACE_3
from desktop.views.wording import word

_BETWEEN_NAMES = re.compile(r"[、,，;；/\s]+")
_LABEL = 4
_KIND_ALIASES = [(kind.value, alias) for alias, kind in KIND_ALIASES.items() if alias]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The fields as they stand; ``road`` and ``community`` only for a visit without a site."""

    on: str
    time: str
    kind: PatrolKind
    level: PatrolLevel
    result: PatrolResult
    patrollers: str
    organisation: str
    grid: str
    remark: str
    gave_publicity: bool
    road: str = ""
    community: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Give the patrollers one by one."""
        return tuple(name for name in _BETWEEN_NAMES.split(self.patrollers) if name)


class VisitFields(QWidget):
    """Two lines of fields, and a third for a road; ``kind_changed`` follows another kind of visit."""

    kind_changed = Signal()
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        office = desk.office.office()
        communities = office.communities if office else ()
        self.on, self.time = DayEdit(today=desk.office.today), TextField(limit=5)
        self.kind = PickList([(kind.value, word(kind)) for kind in PatrolKind], aliases=_KIND_ALIASES)
        self.level = PickList([(level.value, word(level)) for level in PatrolLevel])
        self.result = PickList([(result.value, word(result)) for result in PatrolResult])
        self.patrollers, self.organisation, self.grid = TextField(), TextField(), TextField(limit=40)
        self.remark, self.road = TextField(limit=500), TextField(limit=120)
        self.community = PickList([(name, name) for name in communities], allows_other=not communities)
        self.gave_publicity = QCheckBox("已宣传告知(&U)")
        self.time.setPlaceholderText("09:30")
        self.patrollers.setPlaceholderText("多人用顿号隔开")
        self.rows: dict[str, FieldRow] = {}
        self._road_line = QWidget()
        self._today = desk.office.today
        self._build()
        self.kind.picked.connect(lambda _code: self.kind_changed.emit())
        for editor in self._editors():
            editor.changed.connect(self.changed)
        self.gave_publicity.toggled.connect(lambda _on: self.changed.emit())
        self.show_road(False)

    def remember(self, last: LastEntry, actor: Actor) -> None:
        """Begin as the last entry was; the first one begins with who is at work."""
        self.on.set_day(self._today())
        self.kind.set_value(last.kind.value)
        self._end_sweep()
        self.level.set_value(last.level.value)
        self.patrollers.set_value("、".join(last.patrollers) or actor.name)
        self.organisation.set_value(last.organisation or actor.organisation)
        self.grid.set_value(last.grid)
        self.next_site()

    def next_site(self) -> None:
        """Empty what belongs to one site; the rest stays for the next."""
        self.result.set_value(PatrolResult.IN_ORDER.value)
        for editor in (self.time, self.remark, self.road):
            editor.set_value("")
        self.gave_publicity.setChecked(False)

    def settle(self) -> bool:
        """Take what was typed into the pick lists; goes to the first whose text stands for no choice and says so."""
        picks = (self.kind, self.level, self.result, self.community)
        doubtful = [pick for pick in picks if not pick.settle()]
        if doubtful:
            doubtful[0].setFocus()
        return not doubtful

    def visit(self) -> Visit:
        """Give the fields as they stand."""
        for pick in (self.kind, self.level, self.result, self.community):
            pick.settle()
        return Visit(
            on=self.on.value(),
            time=self.time.value().replace("：", ":"),
            kind=PatrolKind(self.kind.value() or PatrolKind.REGULAR),
            level=PatrolLevel(self.level.value() or PatrolLevel.COMMUNITY),
            result=PatrolResult(self.result.value() or PatrolResult.IN_ORDER),
            patrollers=self.patrollers.value(),
            organisation=self.organisation.value(),
            grid=self.grid.value(),
            remark=self.remark.value(),
            gave_publicity=self.gave_publicity.isChecked(),
            road=self.road.value() if self.is_road else "",
            community=self.community.value() if self.is_road else "",
        )

    def show_visit(self, visit: Visit) -> None:
        """Show fields as they stood, without signals."""
        self.on.set_value(visit.on)
        for pick, code in ((self.kind, visit.kind), (self.level, visit.level), (self.result, visit.result)):
            pick.set_value(code.value)
        self.time.set_value(visit.time)
        self.patrollers.set_value(visit.patrollers)
        self.organisation.set_value(visit.organisation)
        self.grid.set_value(visit.grid)
        self.remark.set_value(visit.remark)
        self.gave_publicity.setChecked(visit.gave_publicity)
        self.road.set_value(visit.road)
        self.community.set_value(visit.community)
        self.show_road(bool(visit.road or visit.community))

    def day(self) -> date | None:
        """Give the day of the visit, None when it cannot be read."""
        return self.on.day()

    @property
    def is_road(self) -> bool:
        """Say whether a road or an estate is patrolled instead of a site."""
        return not self._road_line.isHidden()

    def show_road(self, is_on: bool) -> None:
        """Offer the fields of a road, or take them away; the kind of a road is not taken to a site."""
        if self.is_road and not is_on:
            self._end_sweep()
        self._road_line.setVisible(is_on)

    def _end_sweep(self) -> None:
        if self.kind.value() == PatrolKind.SWEEP.value:
            self.kind.set_value(PatrolKind.REGULAR.value)

    def set_faults(self, faults: Sequence[tuple[str, str]]) -> bool:
        """Show faults at their fields and go to the first; says whether any was one of these fields."""
        for row in self.rows.values():
            row.set_fault("")
        known = [(name, said) for name, said in faults if name in self.rows]
        for name, said in known:
            self.rows[name].set_fault(said)
            self.rows[name].reveal()
        if known:
            self.rows[known[0][0]].editor.setFocus()
        return bool(known)

    def _editors(self) -> tuple[TextField, ...]:
        picks = (self.kind, self.level, self.result, self.community)
        texts = (self.on, self.time, self.patrollers, self.organisation, self.grid, self.remark, self.road)
        return (*picks, *texts)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        road = QHBoxLayout(self._road_line)
        road.setContentsMargins(0, 0, 0, 0)
        _fill(road, self.rows, ("road", "道路(&D)", self.road, 5), ("community", "社区(&Q)", self.community, 2))
        column.addWidget(self._road_line)
        first, second = QHBoxLayout(), QHBoxLayout()
        _fill(
            first,
            self.rows,
            ("visited_on", "日期(&R)", self.on, 3),
            ("visited_time", "时间(&E)", self.time, 2),
            ("kind", "类型(&X)", self.kind, 3),
            ("level", "层级(&C)", self.level, 2),
            ("result", "结果(&J)", self.result, 4),
        )
        _fill(
            second,
            self.rows,
            ("patrollers", "人员(&Y)", self.patrollers, 4),
            ("organisation", "单位(&W)", self.organisation, 4),
            ("grid", "网格(&L)", self.grid, 2),
            ("remark", "备注(&B)", self.remark, 4),
        )
        second.addWidget(self.gave_publicity)
        for line in (first, second):
            line.setSpacing(SPACE_3)
            column.addLayout(line)


def _fill(line: QHBoxLayout, rows: dict[str, FieldRow], *fields: tuple[str, str, TextField, int]) -> None:
    for name, label, editor, stretch in fields:
        editor.setObjectName(f"patrol.{name}")
        rows[name] = FieldRow(label, editor, label_characters=_LABEL)
        line.addWidget(rows[name], stretch)
