"""One firm or craftsman as a form, with its certificates one below the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from desktop.domain.firms import CertificateKind, FirmCertificate, FirmDraft, FirmKind
from desktop.domain.local_rules import local
from desktop.domain.walk_in import IdKind
from desktop.services.desk import Desk
from desktop.views.intake.repeat_group import Block, RepeatGroup
from desktop.views.registers.firm_words import firm_options
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import base_px
from desktop.views.wording import word

_ID_OPTIONS: Final = tuple((kind.value, word(kind)) for kind in IdKind)
_TEXTS: Final = ("name", "id_number", "trade", "scope", "contact_name", "phone", "listed_phone", "address")
_MORE_TEXTS: Final = ("training", "remark")
_NO_CERTIFICATE: Final = FirmCertificate(kind=CertificateKind.QUALIFICATION)


class FirmDialog(FittingDialog):
    """Kind, number, trade, how it is reached, certificates; a person's numbers stand covered until typed anew."""

    def __init__(self, desk: Desk, firm_id: int | None, parent: QWidget | None = None) -> None:
        title = "登记企业、个体工商户或者工匠" if firm_id is None else "修改企业名录"
        super().__init__(
            "firm",
            title,
            save=self._keep,
            faults=lambda: desk.firms.faults(self.firm(), firm_id=firm_id),
            fields_of={"firm_known": "id_number"},
            parent=parent,
        )
        self._desk, self._firm_id = desk, firm_id
        self._act_id = uuid4().hex
        self.kind = PickList(firm_options(FirmKind))
        self.id_kind = PickList(_ID_OPTIONS)
        self.texts = {name: TextField() for name in (*_TEXTS, *_MORE_TEXTS)}
        self.certificates = _Certificates(desk.office.today)
        self._lay_out()
        self._show(FirmDraft() if firm_id is None else desk.firms.for_editing(firm_id))
        self.kind.picked.connect(self._usual_document)
        self.ready()

    def firm(self) -> FirmDraft:
        """Give the firm as typed."""
        return FirmDraft(
            kind=FirmKind(self.kind.value() or FirmKind.ENTERPRISE.value),
            id_kind=IdKind(self.id_kind.value() or IdKind.CREDIT_CODE.value),
            certificates=self.certificates.read(),
            **{name: field.value() for name, field in self.texts.items()},
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.firm()),)

    def all_rows(self) -> Mapping[str, FieldRow]:
        """Give the fields of the firm and of its certificates."""
        return {**self.rows, **self.certificates.rows}

    def _keep(self) -> None:
        if self._firm_id is None:
            self._desk.firms.add(self.firm(), act_id=self._act_id)
        else:
            self._desk.firms.change(self._firm_id, self.firm())

    def _usual_document(self, kind: str) -> None:
        usual = IdKind.RESIDENT_ID if kind == FirmKind.CRAFTSMAN.value else IdKind.CREDIT_CODE
        self.id_kind.set_value(usual.value)

    def _show(self, draft: FirmDraft) -> None:
        self.kind.set_value(draft.kind.value)
        self.id_kind.set_value(draft.id_kind.value)
        for name, field in self.texts.items():
            field.set_value(getattr(draft, name))
        self.certificates.write(draft.certificates)

    def _lay_out(self) -> None:
        texts = self.texts
        self.setMinimumWidth(base_px() * 62)
        self.add_line(("kind", "类别(&L)", self.kind), ("name", "名称/姓名(&N)", texts["name"]))
        self.add_line(("id_kind", "证件种类(&Z)", self.id_kind), ("id_number", "证件号码(&H)", texts["id_number"]))
        self.add_line(("trade", "工种/专业(&G)", texts["trade"]), ("scope", "业务范围(&F)", texts["scope"]))
        self.add_line(("contact_name", "联系人(&R)", texts["contact_name"]), ("phone", "联系电话(&T)", texts["phone"]))
        self.add_line(
            ("listed_phone", "公开电话(&K)", texts["listed_phone"]), ("address", "地址(&D)", texts["address"])
        )
        self.add_line(("training", "培训情况(&X)", texts["training"]), ("remark", "备注(&B)", texts["remark"]))
        texts["listed_phone"].setPlaceholderText(local("固定电话，印在供业主选择的名单上"))
        self._column.addWidget(self.certificates)


class _Certificates(RepeatGroup[FirmCertificate]):
    """The certificates, the first block always ready."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        super().__init__("证照", "", "certificates", add_words="加一证", empty=_NO_CERTIFICATE, at_least=1, parent=None)

    def make_block(self, path: str) -> Block[FirmCertificate]:
        """Make the fields of one certificate."""
        return _CertificateBlock(path, self._today)


class _CertificateBlock(Block[FirmCertificate]):
    """Kind and title, grade, number and last day of one certificate."""

    def __init__(self, path: str, today: Callable[[], date]) -> None:
        super().__init__()
        self.kind = PickList(firm_options(CertificateKind))
        self.title, self.grade, self.number = TextField(), TextField(), TextField()
        self.valid_to = DayEdit(today=today)
        self.valid_to.setPlaceholderText("空着是长期有效")
        first = (
            self.field(f"{path}.kind", "种类", self.kind, label_characters=4),
            self.field(f"{path}.title", "名称", self.title, label_characters=4),
        )
        second = (
            self.field(f"{path}.number", "编号", self.number, label_characters=4),
            self.field(f"{path}.grade", "等级", self.grade, label_characters=4),
            self.field(f"{path}.valid_to", "有效期至", self.valid_to, label_characters=4),
        )
        self.line(*first, stretches=(2, 3))
        self.line(*second, stretches=(3, 2, 2))

    def read(self) -> FirmCertificate:
        """Give the certificate as typed."""
        return FirmCertificate(
            kind=CertificateKind(self.kind.value() or CertificateKind.QUALIFICATION.value),
            title=self.title.value(),
            number=self.number.value(),
            grade=self.grade.value(),
            valid_to=self.valid_to.day(),
        )

    def write(self, value: FirmCertificate) -> None:
        """Show a certificate, without signals."""
        self.kind.set_value(value.kind.value)
        self.title.set_value(value.title)
        self.number.set_value(value.number)
        self.grade.set_value(value.grade)
        self.valid_to.set_day(value.valid_to)
