"""The producing and operating unit with its certificates and project manager, and the safety managers on site."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.firms import OfferedContractor
from desktop.domain.local_rules import local
from desktop.domain.masking import mask_id
from desktop.domain.walk_in import Contractor, IdKind, Party, SiteManager
from desktop.views.intake.certificate_fields import CertificateFields, ManagerFields
from desktop.views.intake.firm_chips import firm_chips
from desktop.views.intake.form_group import FormGroup
from desktop.views.intake.party_group import PartyGroup


class ContractorGroup(PartyGroup):
    """A party plus what only small works ask of it: qualification, safety licence, project manager."""

    registered_taken = Signal(object)  # Contractor, taken over from the register with its certificates

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("contractor.party", local("生产经营单位"), key="contractor", parent=parent)
        self.qualification = CertificateFields(
            self, "contractor.qualification", kind="资质", grade="等级", number="资质证号"
        )
        rows = self.qualification.rows()
        self.safety_licence = CertificateFields(self, "contractor.safety_licence", number="安许证号")
        self._small_work_lines: list[QWidget] = [
            self.line(rows[0], rows[2], stretches=(3, 2)),
            self.line(rows[1], rows[3], stretches=(3, 2)),
            self.line(*self.safety_licence.rows(), stretches=(3, 2)),
        ]
        self.project_manager = ManagerFields(self, "contractor.project_manager", "项目负责人")
        self._small_work_lines += self.project_manager.lines
        self._asks_certificates = True

    def read_contractor(self) -> Contractor:
        """Give the unit as typed; certificates that are not asked for are not sent."""
        party = self.read() or Party()
        if not self._asks_certificates:
            return Contractor(party=party)
        return Contractor(
            party=party,
            qualification=self.qualification.read(),
            safety_licence=self.safety_licence.read(),
            project_manager=self.project_manager.read(),
        )

    def write_contractor(self, contractor: Contractor) -> None:
        """Show a unit, without signals."""
        self.write(contractor.party)
        self.qualification.write(contractor.qualification)
        self.safety_licence.write(contractor.safety_licence)
        self.project_manager.write(contractor.project_manager)

    def ask_certificates(self, asks: bool) -> None:
        """Show or hide what only small works ask."""
        self._asks_certificates = asks
        for line in self._small_work_lines:
            line.setVisible(asks)

    def offer_contractors(self, contractors: tuple[OfferedContractor, ...], *, typed: str) -> None:
        """Offer units for taking over with their certificates, those of the register with the state of their papers."""
        offers = [(_shown(offered.contractor), offered) for offered in contractors]
        self.name.offer(offers, typed=typed, chips=[firm_chips(offered) for offered in contractors])

    def take(self, party: object) -> None:
        """Fill every field from an earlier unit; its project manager belongs to the earlier matter."""
        if isinstance(party, OfferedContractor):
            self.write_contractor(replace(party.contractor, project_manager=self.project_manager.read()))
            if party.papers is not None:
                self.registered_taken.emit(party.contractor)
            self.changed.emit()
        else:
            super().take(party)


def _shown(unit: Contractor) -> str:
    party = unit.party
    number = party.id_number if party.id_kind is IdKind.CREDIT_CODE else mask_id(party.id_number)
    return f"{party.name}　{number}　{unit.qualification.grade}".strip()


class SafetyManagersGroup(FormGroup):
    """The owner's and the contractor's safety manager on site."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("现场安全管理人员", "safety", parent)
        self.owner = ManagerFields(self, "owner_safety_manager", local("建设单位方"))
        self.contractor = ManagerFields(self, "contractor_safety_manager", "施工单位方")

    def read(self) -> tuple[SiteManager, SiteManager]:
        """Give the owner's and the contractor's person."""
        return self.owner.read(), self.contractor.read()

    def write(self, owner: SiteManager, contractor: SiteManager) -> None:
        """Show both, without signals."""
        self.owner.write(owner)
        self.contractor.write(contractor)
