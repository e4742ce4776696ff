"""Keeping the register of firms and craftsmen from which owners choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.documents.papers.firm_lists import list_for_owners
from desktop.domain.access import Right
from desktop.domain.acts import Change, FieldFault
from desktop.domain.checked import compact
from desktop.domain.errors import ClerkError
from desktop.domain.firm_register import ExpiringRow, FirmFile, FirmRow
from desktop.domain.firms import (
    EXPIRY_NOTICE_DAYS,
    FirmCertificate,
    FirmDraft,
    OfferedContractor,
    as_contractor,
    firm_faults,
    state_of,
)
from desktop.domain.local_rules import local
from desktop.domain.masking import mask_id, mask_phone
from desktop.domain.search_keys import normalise
from desktop.domain.typed_text import clean_text
from desktop.domain.walk_in import IdKind
from desktop.models.database import Database
from desktop.models.firm import Firm, FirmCertificateRow
from desktop.queries.firms import expiring_rows, firm_file, firm_rows, firms_like, whole_firm
from desktop.services.audit import FieldChange, changed_fields, flattened, record_event
from desktop.services.filing_keys import initials, party_key
from desktop.services.intake import IntakeService
from desktop.services.press import Press
from desktop.services.station import Station
from desktop.services.touched import FIRM

_READERS: Final = (Right.SEE, Right.KEEP_REGISTERS)
_KEEPERS: Final = (Right.KEEP_REGISTERS, Right.REGISTER)
_TEXTS: Final = ("name", "trade", "scope", "contact_name", "phone", "listed_phone", "address", "training", "remark")
_CHANGED: Final = frozenset({Change.PARTIES})


class FirmService:
    """The register; every list covers personal numbers, and nothing is ever deleted."""

    def __init__(self, database: Database, station: Station, *, intake: IntakeService, press: Press) -> None:
        self._intake = intake
        self._database = database
        self._station = station
        self._press = press

    def all(self, text: str = "") -> tuple[FirmRow, ...]:
        """List firms, withdrawn ones too, whose name, initials, trade or number hold the text."""
        self._station.actor.require(*_READERS)
        with self._database.reading() as session:
            return firm_rows(session, self._station.today(), text=text)

    def file(self, firm_id: int) -> FirmFile:
        """Give one party's page with its bad records and measures; raises ``ClerkError("no_such_firm")``."""
        self._station.actor.require(*_READERS)
        with self._database.reading() as session:
            return firm_file(session, firm_of(session, firm_id), self._station.today())

    def expiring(self, *, within_days: int = EXPIRY_NOTICE_DAYS) -> tuple[ExpiringRow, ...]:
        """List certificates that ran out or run out within some days."""
        self._station.actor.require(*_READERS)
        with self._database.reading() as session:
            return expiring_rows(session, self._station.today(), within_days=within_days)

    def offers(self, text: str, *, limit: int = 8) -> tuple[OfferedContractor, ...]:
        """Offer contractors for a matter: those of the register first, then those of earlier filings."""
        self._station.actor.require(Right.REGISTER)
        today = self._station.today()
        with self._database.reading() as session:
            registered = [
                OfferedContractor(
                    contractor=as_contractor(draft),
                    papers=state_of(draft.certificates, today),
                    is_on_record=is_on_record,
                )
                for draft, is_on_record in firms_like(session, text, today, limit=limit)
            ]
        listed = {party_key(offer.contractor.party) for offer in registered}
        earlier = self._intake.contractors_like(text, limit=limit)
        others = [OfferedContractor(contractor=one) for one in earlier if party_key(one.party) not in listed]
        return (*registered, *others)[:limit]

    def for_editing(self, firm_id: int) -> FirmDraft:
        """Give a firm as typed, a person's numbers covered; what is left covered stays as it is stored."""
        self._station.actor.require(*_KEEPERS)
        with self._database.reading() as session:
            return _covered(whole_firm(session, firm_of(session, firm_id)))

    def faults(self, draft: FirmDraft, *, firm_id: int | None = None) -> tuple[FieldFault, ...]:
        """Say what is wrong with what is typed, numbers that are left covered being right already."""
        self._station.actor.require(*_KEEPERS)
        with self._database.reading() as session:
            return firm_faults(self._uncovered(session, draft, firm_id), self._station.today())

    def add(self, draft: FirmDraft, *, act_id: str) -> int:
        """Put a firm on the register and give its id; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, firm_unfit (field, why), firm_known (name), database_locked, disk_full.
        """
        self._station.actor.require(*_KEEPERS)
        with self._database.writing() as session:
            done = session.scalar(select(Firm.id).where(Firm.act_id == act_id))
            if done is not None:
                return done
            fit = self._fit(session, draft, None)
            firm = Firm(act_id=act_id, is_active=True, added_at=self._station.now())
            _write(firm, fit)
            session.add(firm)
            session.flush()
            _write_certificates(session, firm.id, fit.certificates)
            self._record(session, firm.id, "firm_added", f"企业名录登记：{fit.name}", changes=_changes(None, fit))
            return firm.id

    def change(self, firm_id: int, draft: FirmDraft) -> frozenset[Change]:
        """Change a firm; gives nothing when nothing changed.  Raises as ``add`` does, and no_such_firm."""
        self._station.actor.require(*_KEEPERS)
        with self._database.writing() as session:
            firm = firm_of(session, firm_id)
            before, after = whole_firm(session, firm), self._fit(session, draft, firm_id)
            if before == after:
                return frozenset()
            _write(firm, after)
            session.execute(delete(FirmCertificateRow).where(FirmCertificateRow.firm_id == firm_id))
            _write_certificates(session, firm_id, after.certificates)
            changes = _changes(before, after)
            self._record(session, firm_id, "firm_changed", f"更改企业名录：{after.name}", changes=changes)
        return _CHANGED

    def withdraw(self, firm_id: int, reason: str) -> frozenset[Change]:
        """Take a firm off the list for owners and the offers at intake; raises ``ClerkError("reason_required")``."""
        return self._set_active(firm_id, is_active=False, reason=reason)

    def take_back(self, firm_id: int, reason: str) -> frozenset[Change]:
        """Put a withdrawn firm back on the register; raises ``ClerkError("reason_required")``."""
        return self._set_active(firm_id, is_active=True, reason=reason)

    def list_pdf(self) -> bytes:
        """Give the list that owners choose from, without personal numbers, and record that it was printed."""
        self._station.actor.require(*_READERS)
        with self._database.reading() as session:
            rows = firm_rows(session, self._station.today())
        paper = list_for_owners(rows, office=self._station.known_office(), on=self._station.today())
        pdf = self._press.plain(paper)
        with self._database.writing() as session:
            record_event(session, self._station, act="firm_list", summary=local("生成企业和工匠名单（供业主选择）"))
        return pdf

    def _set_active(self, firm_id: int, *, is_active: bool, reason: str) -> frozenset[Change]:
        self._station.actor.require(*_KEEPERS)
        why = needed_reason(reason)
        with self._database.writing() as session:
            firm = firm_of(session, firm_id)
            if firm.is_active == is_active:
                return frozenset()
            firm.is_active = is_active
            act, verb = ("firm_taken_back", "重新列入") if is_active else ("firm_withdrawn", "移出")
            changes = (("is_active", not is_active, is_active),)
            self._record(session, firm_id, act, f"{verb}企业名录：{firm.name}", changes=changes, reason=why)
        return _CHANGED

    def _fit(self, session: Session, draft: FirmDraft, firm_id: int | None) -> FirmDraft:
        whole = _cleaned(self._uncovered(session, draft, firm_id))
        fault = next((one for one in firm_faults(whole, self._station.today()) if one.blocking), None)
        if fault is not None:
            raise ClerkError("firm_unfit", field=fault.field, why=fault.message)
        known = session.scalar(select(Firm).where(Firm.number_key == normalise(whole.id_number)))
        if known is not None and known.id != firm_id:
            raise ClerkError("firm_known", name=known.name, firm_id=known.id)
        return whole

    def _uncovered(self, session: Session, draft: FirmDraft, firm_id: int | None) -> FirmDraft:
        if firm_id is None:
            return draft
        stored = whole_firm(session, firm_of(session, firm_id))
        shown = _covered(stored)
        number = stored.id_number if draft.id_number == shown.id_number else draft.id_number
        phone = stored.phone if draft.phone == shown.phone else draft.phone
        return replace(draft, id_number=number, phone=phone)

    def _record(
        self,
        session: Session,
        firm_id: int,
        act: str,
        summary: str,
        *,
        changes: Iterable[FieldChange],
        reason: str = "",
    ) -> None:
        record_event(
            session,
            self._station,
            act=act,
            summary=summary,
            reason=reason,
            changes=changes,
            touched=[(FIRM, firm_id)],
        )


def firm_of(session: Session, firm_id: int) -> Firm:
    """Give a stored firm; raises ``ClerkError("no_such_firm")``."""
    firm = session.get(Firm, firm_id)
    if firm is None:
        raise ClerkError("no_such_firm", firm_id=firm_id)
    return firm


def needed_reason(reason: str) -> str:
    """Give a reason as it is stored; raises ``ClerkError("reason_required")`` for none."""
    why = clean_text(reason)
    if not why:
        raise ClerkError("reason_required")
    return why


def _covered(draft: FirmDraft) -> FirmDraft:
    is_person = draft.id_kind is not IdKind.CREDIT_CODE
    number = mask_id(draft.id_number) if is_person else draft.id_number
    return replace(draft, id_number=number, phone=mask_phone(draft.phone))


def _cleaned(draft: FirmDraft) -> FirmDraft:
    texts: dict[str, Any] = {name: clean_text(getattr(draft, name)) for name in _TEXTS}
    certificates = tuple(
        replace(one, title=clean_text(one.title), number=clean_text(one.number), grade=clean_text(one.grade))
        for one in draft.certificates
    )
    return replace(draft, **texts, id_number=compact(draft.id_number), certificates=certificates)


def _write(firm: Firm, draft: FirmDraft) -> None:
    for name in _TEXTS:
        setattr(firm, name, getattr(draft, name))
    firm.kind, firm.id_kind, firm.id_number = draft.kind.value, draft.id_kind.value, draft.id_number
    firm.name_key, firm.initials = normalise(draft.name), initials(draft.name)
    firm.number_key = normalise(draft.id_number)


def _write_certificates(session: Session, firm_id: int, certificates: Iterable[FirmCertificate]) -> None:
    for one in certificates:
        row = FirmCertificateRow(firm_id=firm_id, title=one.title, number=one.number, grade=one.grade)
        row.kind, row.valid_to = one.kind.value, one.valid_to
        session.add(row)
    session.flush()


def _changes(before: FirmDraft | None, after: FirmDraft) -> tuple[FieldChange, ...]:
    """Say what changed; a person's numbers stand covered in the trail, their change all the same."""
    changed = changed_fields(_plain(before), _plain(after))
    cover = {"id_number": mask_id, "phone": mask_phone}
    return tuple(
        (name, cover[name](str(old or "")), cover[name](str(new or ""))) if name in cover else (name, old, new)
        for name, old, new in changed
    )


def _plain(draft: FirmDraft | None) -> dict[str, object]:
    if draft is None:
        return {}
    plain = asdict(draft)
    ends = [{**one, "valid_to": str(one["valid_to"] or "")} for one in plain["certificates"]]
    return flattened({**plain, "certificates": ends})
