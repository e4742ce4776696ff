"""The fields of one certificate inside a group: kind, number, grade, last valid day."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.walk_in import Certificate, SiteManager
from desktop.views.intake.form_group import FormGroup
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.text_field import TextField


class CertificateFields:
    """Makes the fields in a group and reads them; parts that have no field are kept as they were."""

    def __init__(
        self,
        group: FormGroup,
        path: str,
        *,
        kind: str = "",
        grade: str = "",
        number: str = "证书编号",
        narrow: bool = False,
    ) -> None:
        self._kept = Certificate()
        # A field that stands in no window lives on with all that listens to it: only what is shown is made.
        self.kind, self.grade = TextField() if kind else None, TextField() if grade else None
        self.number, self.valid_to = TextField(), DayEdit()
        self.number.setProperty("figures", "true")
        self.kind_row = group.field(f"{path}.kind", kind, self.kind) if self.kind is not None else None
        self.number_row = group.field(f"{path}.number", number, self.number, label_characters=2 if narrow else 6)
        self.grade_row = group.field(f"{path}.grade", grade, self.grade) if self.grade is not None else None
        self.valid_row = group.field(f"{path}.valid_to", "有效期至", self.valid_to, label_characters=4 if narrow else 6)

    def rows(self) -> list[FieldRow]:
        """Give the fields in reading order."""
        return [row for row in (self.kind_row, self.number_row, self.grade_row, self.valid_row) if row is not None]

    def read(self) -> Certificate:
        """Give the certificate as typed."""
        typed = replace(self._kept, number=self.number.value(), valid_to=self.valid_to.day())
        if self.kind is not None:
            typed = replace(typed, kind=self.kind.value())
        return replace(typed, grade=self.grade.value()) if self.grade is not None else typed

    def write(self, certificate: Certificate) -> None:
        """Show a certificate, without signals."""
        self._kept = certificate
        self.number.set_value(certificate.number)
        if self.kind is not None:
            self.kind.set_value(certificate.kind)
        if self.grade is not None:
            self.grade.set_value(certificate.grade)
        self.valid_to.set_day(certificate.valid_to)


class ManagerFields:
    """The fields of one named person in charge on site: name, phone, certificate number and its last day."""

    def __init__(self, group: FormGroup, path: str, label: str) -> None:
        self.name, self.phone = TextField(), TextField()
        self.phone.setProperty("figures", "true")
        name = group.field(f"{path}.name", label, self.name)
        phone = group.field(f"{path}.phone", "联系电话", self.phone)
        self.certificate = CertificateFields(group, f"{path}.certificate")
        self.lines = (group.line(name, phone), group.line(*self.certificate.rows()))

    def read(self) -> SiteManager:
        """Give the person as typed."""
        return SiteManager(name=self.name.value(), phone=self.phone.value(), certificate=self.certificate.read())

    def write(self, manager: SiteManager) -> None:
        """Show a person, without signals."""
        self.name.set_value(manager.name)
        self.phone.set_value(manager.phone)
        self.certificate.write(manager.certificate)
