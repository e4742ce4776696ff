"""A party of the matter: owner, agent, property owner, designer or supervisor, with its document and phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.masking import mask_id
from desktop.domain.typed_faults import party_document
from desktop.domain.walk_in import IdKind, Party, PartyKind
from desktop.views.intake.form_group import FormGroup
from desktop.views.intake.named import named
from desktop.views.intake.takeover_field import TakeoverField
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.wording import word

KIND_OPTIONS: Final = tuple((kind.value, word(kind)) for kind in PartyKind)
ID_OPTIONS: Final = tuple((kind.value, word(kind)) for kind in IdKind)


class PartyGroup(FormGroup):
    """Fields of one `Party` under ``prefix``; an optional party is there only when its tick is set."""

    look_up_asked = Signal(str)  # what was typed into the name

    def __init__(
        self,
        prefix: str,
        title: str,
        *,
        key: str = "",
        tick: str = "",
        usual: Party | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, key, parent)
        self.prefix = prefix
        self._usual = usual or Party()
        self.tick = named(QCheckBox(tick), prefix) if tick else None
        self.name = TakeoverField()
        self.kind = PickList(KIND_OPTIONS)
        self.id_kind = PickList(ID_OPTIONS)
        self.id_number = TextField()
        self.contact, self.phone, self.address = TextField(), TextField(), TextField()
        for figures in (self.id_number, self.phone):
            figures.setProperty("figures", "true")
        self._build()
        self.write(None if tick else self._usual)

    def read(self) -> Party | None:
        """Give the party as typed, None when an optional one is not there."""
        if self.tick is not None and not self.tick.isChecked():
            return None
        return Party(
            kind=PartyKind(self.kind.value() or self._usual.kind.value),
            name=self.name.value(),
            id_kind=IdKind(self.id_kind.value() or self._usual.id_kind.value),
            id_number=self.id_number.value(),
            contact_name=self.contact.value(),
            phone=self.phone.value(),
            address=self.address.value(),
        )

    def write(self, party: Party | None) -> None:
        """Show a party, without signals."""
        shown = party or self._usual
        if self.tick is not None:
            self.tick.blockSignals(True)
            self.tick.setChecked(party is not None)
            self.tick.blockSignals(False)
        self.kind.set_value(shown.kind.value)
        self.name.set_value(shown.name)
        self.id_kind.set_value(shown.id_kind.value)
        self.id_number.set_value(shown.id_number)
        self.contact.set_value(shown.contact_name)
        self.phone.set_value(shown.phone)
        self.address.set_value(shown.address)
        self._show_tick()

    def offer(self, parties: tuple[Party, ...], *, typed: str) -> None:
        """Offer earlier parties for taking over; their numbers are covered in the list."""
        offers = [(f"{party.name}　{mask_id(party.id_number)}", party) for party in parties]
        self.name.offer(offers, typed=typed)

    def take(self, party: object) -> None:
        """Fill every field from an earlier party."""
        if isinstance(party, Party):
            self.write(replace(party))
            self.changed.emit()

    def _build(self) -> None:
        path = self.prefix
        name = self.field(f"{path}.name", "名称/姓名", self.name)
        kind = self.field(f"{path}.kind", "主体类型", self.kind)
        id_kind = self.field(f"{path}.id_kind", "证件种类", self.id_kind)
        number = self.field(f"{path}.id_number", "证件号码", self.id_number)
        contact = self.field(f"{path}.contact_name", "联系人", self.contact)
        phone = self.field(f"{path}.phone", "联系电话", self.phone)
        address = self.field(f"{path}.address", "联系地址", self.address)
        if self.tick is not None:
            self.body.addWidget(self.tick)
            self.tick.toggled.connect(self._ticked)
        self.lines = [
            self.line(name, kind, stretches=(3, 2)),
            self.line(id_kind, number),
            self.line(contact, phone),
            self.line(address),
        ]
        self.kind.picked.connect(self._suit_document)
        self.name.look_up_asked.connect(self.look_up_asked)
        self.name.taken.connect(self.take)

    def _suit_document(self, code: str) -> None:
        """Suggest the document this kind of party usually shows, unless a number stands there already."""
        if code and not self.id_number.value():
            self.id_kind.set_value(party_document(PartyKind(code)).value)

    def _ticked(self) -> None:
        self._show_tick()
        self.changed.emit()

    def _show_tick(self) -> None:
        for line in self.lines:
            line.setVisible(self.tick is None or self.tick.isChecked())

    def focus_first(self) -> None:
        """Go to the tick of an optional party, else to the name."""
        (self.tick or self.name).setFocus()
