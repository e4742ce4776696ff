"""Forms for an entrustment, a letter of responsibility and a patroller's turn."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import article
from desktop.domain.organisations import (
    ENTRUSTED_KINDS,
    LETTER_KINDS,
    AcceptanceScope,
    Entrustment,
    ResponsibilityLetter,
    Rotation,
)
from desktop.services.desk import Desk
from desktop.views.registers.organisation_dialog import PARTED
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.wording import word

_FIELDS_OF: Final = {
    "term_reversed": "last_on",
    "scope_too_wide": "scope",
    "not_to_be_entrusted": "organisation_id",
    "no_letter_with": "organisation_id",
    "not_a_patroller": "person_id",
    "turn_overlaps": "first_on",
}
_ENTRUSTED_SCOPES: Final = (AcceptanceScope.MINOR_OPERATIONS, AcceptanceScope.NON_HIGH_RISK)


class EntrustmentDialog(RecordDialog):
    """Whom, what, where, from when to when."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("entrustment", "登记委托", save=self._keep, fields_of=_FIELDS_OF, parent=parent)
        self._desk = desk
        known = [one for one in desk.organisations.all() if one.organisation.kind in ENTRUSTED_KINDS]
        self.party = PickList([(str(one.id), one.name) for one in known])
        self.scope = PickList([(scope.value, word(scope)) for scope in _ENTRUSTED_SCOPES])
        self.scope.set_value(AcceptanceScope.MINOR_OPERATIONS.value)
        self.areas, self.document = TextField(), TextField()
        self.first, self.last = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        self.add_field("organisation_id", "受托单位(&O)", self.party, article=article("entrustment"))
        self.add_field("scope", "委托范围(&F)", self.scope)
        self.add_field("areas", "受托片区(&A)", self.areas)
        self.add_line(("first_on", "自(&B)", self.first), ("last_on", "至(&E)", self.last))
        self.add_field("document_number", "文号(&D)", self.document)
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        fields = (self.party, self.scope, self.areas, self.document, self.first, self.last)
        return tuple(field.value() for field in fields)

    def _keep(self) -> None:
        party = required("organisation_id", self.party.value())
        self._desk.entrustments.entrust(
            Entrustment(
                organisation_id=int(party),
                scope=AcceptanceScope(required("scope", self.scope.value())),
                areas=tuple(part.strip() for part in PARTED.split(self.areas.value())),
                first_on=required_day("first_on", self.first),
                last_on=required_day("last_on", self.last),
                document_number=self.document.value(),
            )
        )


class LetterDialog(RecordDialog):
    """With whom, for which area, signed when, from when to when."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("letter", "登记责任书", save=self._keep, fields_of=_FIELDS_OF, parent=parent)
        self._desk = desk
        known = [one for one in desk.organisations.all() if one.organisation.kind in LETTER_KINDS]
        self.party = PickList([(str(one.id), one.name) for one in known])
        self.area, self.document = TextField(), TextField()
        today = desk.office.today
        self.signed, self.first, self.last = DayEdit(today=today), DayEdit(today=today), DayEdit(today=today)
        self.signed.set_day(today())
        self.add_field("organisation_id", "签订单位(&O)", self.party)
        self.add_field("area", "责任片区(&A)", self.area)
        self.add_line(("signed_on", "签订日期(&G)", self.signed), ("document_number", "编号(&D)", self.document))
        self.add_line(("first_on", "自(&B)", self.first), ("last_on", "至(&E)", self.last))
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        fields = (self.party, self.area, self.document, self.signed, self.first, self.last)
        return tuple(field.value() for field in fields)

    def _keep(self) -> None:
        self._desk.entrustments.sign_letter(
            ResponsibilityLetter(
                organisation_id=int(required("organisation_id", self.party.value())),
                area=self.area.value(),
                signed_on=required_day("signed_on", self.signed),
                first_on=required_day("first_on", self.first),
                last_on=required_day("last_on", self.last),
                document_number=self.document.value(),
            )
        )


class RotationDialog(RecordDialog):
    """Which patroller, where, from when to when."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("rotation", "安排轮岗", save=self._keep, fields_of=_FIELDS_OF, parent=parent)
        self._desk = desk
        known = desk.persons.patrollers()
        self.who = PickList([(str(one.id), f"{one.person.name}（{one.organisation}）") for one in known])
        office = desk.office.office()
        communities = office.communities if office else ()
        self.area = PickList([(area, area) for area in communities], allows_other=True)
        self.first, self.last = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        self.add_field("person_id", "巡查人员(&O)", self.who, article=article("patroller_rotation"))
        self.add_field("area", "片区(&A)", self.area)
        self.add_line(("first_on", "自(&B)", self.first), ("last_on", "至(&E)", self.last))
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.who.value(), self.area.value(), self.first.value(), self.last.value())

    def _keep(self) -> None:
        self._desk.persons.rotate(
            Rotation(
                person_id=int(required("person_id", self.who.value())),
                area=self.area.value(),
                first_on=required_day("first_on", self.first),
                last_on=required_day("last_on", self.last),
            )
        )


def required(name: str, value: str) -> str:
    """Give a value that must be there; raises ``ClerkError("register_incomplete")``."""
    if not value:
        raise ClerkError("register_incomplete", fields=(name,))
    return value


def required_day(name: str, field: DayEdit) -> date:
    """Give a day that must be there; raises ``ClerkError("register_incomplete")``."""
    day = field.day()
    if day is None:
        raise ClerkError("register_incomplete", fields=(name,))
    return day
