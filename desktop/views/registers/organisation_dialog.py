"""One organisation as a form."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import article
from desktop.domain.organisations import (
    LEVEL_OF_KIND,
    AcceptanceScope,
    Level,
    Organisation,
    OrganisationKind,
    OrganisationRow,
)
from desktop.domain.role_names import roles_named, roles_written
from desktop.services.desk import Desk
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.registers.register_words import options
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

PARTED: Final = re.compile(r"[、，,;；/]+")
_FIELDS_OF: Final = {
    "name_taken": "name",
    "area_taken": "areas",
    "phone_unfit": "phone",
    "scope_too_wide": "scope",
    "term_reversed": "contract_last_on",
    "own_parent": "parent",
    "no_such_role": "roles",
    "day_unreadable": "contract_last_on",
}
_PLAIN: Final = ("phone", "address", "hours", "rules_document", "lead_department", "carrying_body", "tasks")


class OrganisationDialog(RecordDialog):
    """Kind, name and place in the tree first, then what it answers for, then what only some have."""

    def __init__(self, desk: Desk, row: OrganisationRow | None, parent: QWidget | None = None) -> None:
        title = "新增组织" if row is None else f"修改组织：{row.name}"
        super().__init__("organisation", title, save=self._keep, fields_of=_FIELDS_OF, parent=parent)
        self._desk, self._row = desk, row
        self.kind, self.level = PickList(options(OrganisationKind)), PickList(options(Level))
        pack = desk.office.pack()
        self.name_field = PickList([(one.name, one.name) for one in pack.guiding_departments], allows_other=True)
        others = [one for one in desk.organisations.all() if row is None or one.id != row.id]
        self.above = PickList([("", "（无）"), *((str(one.id), one.name) for one in others)])
        self.texts = {name: TextField() for name in (*_PLAIN, "short_names", "areas", "roles")}
        self.is_point, self.scope = QCheckBox("设有受理点(&D)"), PickList(options(AcceptanceScope))
        self.first, self.last = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        self._lay_out()
        self._show(None if row is None else row.organisation)
        self.kind.picked.connect(self._kind_picked)
        self.ready()

    def organisation(self) -> Organisation:
        """Give the organisation as typed; raises ``ClerkError``: register_incomplete, no_such_role, day_unreadable."""
        if not self.kind.value():
            raise ClerkError("register_incomplete", fields=("kind",))
        for day in (self.first, self.last):
            if day.problem():
                raise ClerkError("day_unreadable", why=day.problem())
        kind = OrganisationKind(self.kind.value())
        return Organisation(
            kind=kind,
            name=self.name_field.value(),
            level=Level(self.level.value() or LEVEL_OF_KIND[kind].value),
            parent_id=int(self.above.value()) if self.above.value() else None,
            short_names=_parts(self.texts["short_names"]),
            areas=_parts(self.texts["areas"]),
            is_point=self.is_point.isChecked(),
            scope=AcceptanceScope(self.scope.value() or AcceptanceScope.NONE.value),
            roles=roles_named(self.texts["roles"].value()),
            contract_first_on=self.first.day(),
            contract_last_on=self.last.day(),
            **{name: self.texts[name].value() for name in _PLAIN},
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        picked = (self.kind.value(), self.level.value(), self.name_field.value(), self.above.value())
        days = (self.scope.value(), self.first.value(), self.last.value(), str(self.is_point.isChecked()))
        return (*picked, *days, *(field.value() for field in self.texts.values()))

    def _keep(self) -> None:
        if self._row is None:
            self._desk.organisations.add(self.organisation())
        else:
            self._desk.organisations.change(self._row.id, self.organisation())

    def _kind_picked(self, code: str) -> None:
        self.level.set_value(LEVEL_OF_KIND[OrganisationKind(code)].value)

    def _show(self, organisation: Organisation | None) -> None:
        self.scope.set_value(AcceptanceScope.NONE.value)
        if organisation is None:
            return
        self.kind.set_value(organisation.kind.value)
        self.level.set_value(organisation.level.value)
        self.name_field.set_value(organisation.name)
        self.above.set_value(str(organisation.parent_id or ""))
        self.is_point.setChecked(organisation.is_point)
        self.scope.set_value(organisation.scope.value)
        self.first.set_day(organisation.contract_first_on)
        self.last.set_day(organisation.contract_last_on)
        for name in _PLAIN:
            self.texts[name].set_value(getattr(organisation, name))
        self.texts["short_names"].set_value("、".join(organisation.short_names))
        self.texts["areas"].set_value("、".join(organisation.areas))
        self.texts["roles"].set_value(roles_written(organisation.roles))

    def _lay_out(self) -> None:
        texts = self.texts
        self.add_line(("kind", "类别(&K)", self.kind), ("level", "级别(&L)", self.level))
        self.add_field("name", "名称(&N)", self.name_field)
        self.add_line(("parent", "上级(&U)", self.above), ("short_names", "简称、别名(&J)", texts["short_names"]))
        self.add_field("areas", "责任片区(&A)", texts["areas"], article=article("area_in_charge"))
        texts["areas"].setPlaceholderText("用顿号隔开；每个片区只由一个单位负责")
        self.add_line(("phone", "电话(&T)", texts["phone"]), ("roles", "角色(&G)", texts["roles"]))
        self._column.addWidget(self.is_point)
        self.add_line(("scope", "受理范围(&F)", self.scope), ("hours", "受理时间(&H)", texts["hours"]))
        self.add_field("address", "地址(&P)", texts["address"])
        self.add_line(("contract_first_on", "合同起(&B)", self.first), ("contract_last_on", "合同止(&E)", self.last))
        self.add_line(
            ("lead_department", "牵头部门(&O)", texts["lead_department"]),
            ("carrying_body", "承担机构(&C)", texts["carrying_body"]),
        )
        self.add_line(
            ("rules_document", "管理制度(&Z)", texts["rules_document"]), ("tasks", "任务分工(&W)", texts["tasks"])
        )


def _parts(field: TextField) -> tuple[str, ...]:
    return tuple(part.strip() for part in PARTED.split(field.value()) if part.strip())
