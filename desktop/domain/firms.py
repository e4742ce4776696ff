"""The register of firms and craftsmen from which owners choose: who they are, and how their papers stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.identifiers import check_identity
from desktop.domain.phones import MOBILE, check_phone
from desktop.domain.typed_text import text_fault
from desktop.domain.walk_in import Certificate, Contractor, IdKind, Party, PartyKind

EXPIRY_NOTICE_DAYS: Final = 60
_LONGEST_TEXT: Final = 200


class FirmKind(StrEnum):
    """Kinds of those who offer their work."""

    ENTERPRISE = "enterprise"  # 企业
    SOLE_TRADER = "sole_trader"  # 个体工商户
    CRAFTSMAN = "craftsman"  # 工匠


class CertificateKind(StrEnum):
    """Kinds of certificate the register keeps."""

    QUALIFICATION = "qualification"  # 资质证书
    SAFETY_LICENCE = "safety_licence"  # 安全生产许可证
    SPECIAL_OPERATION = "special_operation"  # 特种作业操作证
    SKILL = "skill"  # 职业技能证书
    OTHER = "other"


class PapersState(StrEnum):
    """How certificates stand on a day."""

    VALID = "valid"  # 证照有效
    EXPIRING = "expiring"  # 将到期
    EXPIRED = "expired"  # 已过期
    NONE = "none"  # 没有登记证照


PARTY_KIND_OF: Final = {
    FirmKind.ENTERPRISE: PartyKind.ORGANISATION,
    FirmKind.SOLE_TRADER: PartyKind.SOLE_TRADER,
    FirmKind.CRAFTSMAN: PartyKind.PERSON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmCertificate:
    """One certificate of a firm with its last valid day (included); None is one that does not run out."""

    kind: CertificateKind
    title: str = ""
    number: str = ""
    grade: str = ""
    valid_to: date | None = None

    def state_on(self, day: date, *, notice_days: int = EXPIRY_NOTICE_DAYS) -> PapersState:
        """Say how the certificate stands on a day; its last day is still a valid one."""
        if self.valid_to is None:
            return PapersState.VALID
        if self.valid_to < day:
            return PapersState.EXPIRED
        is_near = self.valid_to - day <= timedelta(days=notice_days)
        return PapersState.EXPIRING if is_near else PapersState.VALID


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmDraft:
    """A firm or craftsman as typed.

    ``listed_phone`` is printed on the list for owners, so it is never a mobile number; ``phone`` is for the office.
    """

    kind: FirmKind = FirmKind.ENTERPRISE
    name: str = ""
    id_kind: IdKind = IdKind.CREDIT_CODE
    id_number: str = ""
    trade: str = ""
    scope: str = ""
    contact_name: str = ""
    phone: str = ""
    listed_phone: str = ""
    address: str = ""
    training: str = ""
    remark: str = ""
    certificates: tuple[FirmCertificate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedContractor:
    """A contractor to take over at intake; ``papers`` is None for one that is not on the register."""

    contractor: Contractor
    papers: PapersState | None = None
    is_on_record: bool = False  # a bad record is in force


def state_of(certificates: Iterable[FirmCertificate], day: date) -> PapersState:
    """Say how all certificates stand together: the worst of them, or that there is none.

    A certificate that another of its kind has replaced no longer counts.
    """
    states = {certificate.state_on(day) for certificate in newest_of_each(certificates)}
    worst_first = (PapersState.EXPIRED, PapersState.EXPIRING, PapersState.VALID)
    return next((state for state in worst_first if state in states), PapersState.NONE)


def newest_of_each(certificates: Iterable[FirmCertificate]) -> tuple[FirmCertificate, ...]:
    """Give of certificates of one kind, title and grade the one that lasts longest, in their order."""
    lasting: dict[tuple[CertificateKind, str, str], FirmCertificate] = {}
    for certificate in certificates:
        key = (certificate.kind, certificate.title, certificate.grade)
        held = lasting.get(key)
        if held is None or _end(certificate) > _end(held):
            lasting[key] = certificate
    return tuple(lasting.values())


def expiring(
    certificates: Iterable[FirmCertificate], day: date, *, within_days: int = EXPIRY_NOTICE_DAYS
) -> tuple[FirmCertificate, ...]:
    """Give the certificates that ran out or run out within some days, the first to end first."""
    near = [
        certificate
        for certificate in newest_of_each(certificates)
        if certificate.state_on(day, notice_days=within_days) in (PapersState.EXPIRED, PapersState.EXPIRING)
    ]
    return tuple(sorted(near, key=_end))


def as_contractor(draft: FirmDraft) -> Contractor:
    """Give a firm as the contractor of a matter, with the certificates that the checklist asks for."""
    party = Party(
        kind=PARTY_KIND_OF[draft.kind],
        name=draft.name,
        id_kind=draft.id_kind,
        id_number=draft.id_number,
        contact_name=draft.contact_name,
        phone=draft.phone,
        address=draft.address,
    )
    return Contractor(
        party=party,
        qualification=_longest(draft.certificates, CertificateKind.QUALIFICATION),
        safety_licence=_longest(draft.certificates, CertificateKind.SAFETY_LICENCE),
    )


def firm_faults(draft: FirmDraft, today: date) -> tuple[FieldFault, ...]:
    """List what is wrong with a typed firm, field by field; ``blocking`` ones stop it from being kept."""
    return (*_text_faults(draft), *_number_faults(draft, today), *_certificate_faults(draft))


def _text_faults(draft: FirmDraft) -> Iterator[FieldFault]:
    for field, value, label in (("name", draft.name, "名称或者姓名"), ("trade", draft.trade, "工种或者专业")):
        if not value.strip():
            yield _fault(field, "missing", f"请填写{label}。")
    texts = ("name", "trade", "scope", "contact_name", "address", "training", "remark")
    for field in texts:
        why = text_fault(getattr(draft, field), longest=_LONGEST_TEXT)
        if why:
            yield _fault(field, "text", f"{why}。")


def _number_faults(draft: FirmDraft, today: date) -> Iterator[FieldFault]:
    checked = check_identity(draft.id_kind, draft.id_number, today)
    if not checked.valid:
        yield _fault("id_number", "id_invalid", checked.why, blocking=checked.is_blocking)
    for field, number in (("phone", draft.phone), ("listed_phone", draft.listed_phone)):
        if number.strip():
            phone = check_phone(number)
            if not phone.valid:
                yield _fault(field, "phone_invalid", phone.why)
            elif field == "listed_phone" and MOBILE.fullmatch(phone.normalised):
                yield _fault(field, "phone_personal", "名单上不印手机号码：请填固定电话，或者留空由窗口转告。")


def _certificate_faults(draft: FirmDraft) -> Iterator[FieldFault]:
    for place, certificate in enumerate(draft.certificates):
        for field in ("title", "number", "grade"):
            why = text_fault(getattr(certificate, field), longest=_LONGEST_TEXT)
            if why:
                yield _fault(f"certificates.{place}.{field}", "text", f"{why}。")
        if not certificate.number.strip():
            yield _fault(f"certificates.{place}.number", "missing", "请填写证书编号。")


def _fault(field: str, code: str, message: str, *, blocking: bool = True) -> FieldFault:
    return FieldFault(field=field, code=code, message=message, blocking=blocking)


def _longest(certificates: Iterable[FirmCertificate], kind: CertificateKind) -> Certificate:
    held = max((one for one in certificates if one.kind is kind), key=_end, default=None)
    if held is None:
        return Certificate()
    return Certificate(kind=held.title, number=held.number, grade=held.grade, valid_to=held.valid_to)


def _end(certificate: FirmCertificate) -> date:
    return certificate.valid_to or date.max
