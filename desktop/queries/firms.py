"""Reads of the register of firms: rows for lists, one party's page, parties to take over at intake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.acts import Status
from desktop.domain.conduct import Ground, MeasureKind, PartyRecord, in_force
from desktop.domain.firm_register import BadRecordRow, ExpiringRow, FirmFile, FirmRow, MeasureRow
from desktop.domain.firms import (
    CertificateKind,
    FirmCertificate,
    FirmDraft,
    FirmKind,
    expiring,
    newest_of_each,
    state_of,
)
from desktop.domain.masking import mask_id, mask_phone
from desktop.domain.search_keys import normalise
from desktop.domain.walk_in import IdKind
from desktop.models.filing import Filing
from desktop.models.firm import BadRecord, Firm, FirmCertificateRow, FirmMeasure


def firm_rows(session: Session, day: date, *, text: str = "") -> tuple[FirmRow, ...]:
    """List firms whose name, initials, trade or number hold the text, by the order of their names' pinyin."""
    return _rows(session, session.scalars(_matching(text)).all(), day)


def firms_like(session: Session, text: str, day: date, *, limit: int) -> tuple[tuple[FirmDraft, bool], ...]:
    """List firms still on the register that hold the text, whole, each with whether a bad record is in force."""
    if not normalise(text):
        return ()
    firms = session.scalars(_matching(text).where(Firm.is_active).limit(limit)).all()
    held = _certificates(session, [firm.id for firm in firms])
    on_record = _on_record(session, day)
    return tuple((as_draft(firm, held[firm.id]), firm.id in on_record) for firm in firms)


def whole_firm(session: Session, firm: Firm) -> FirmDraft:
    """Give a firm as it was typed, numbers whole."""
    return as_draft(firm, _certificates(session, [firm.id])[firm.id])


def firm_file(session: Session, firm: Firm, day: date) -> FirmFile:
    """Give one party's page."""
    [row] = _rows(session, [firm], day)
    return FirmFile(
        row=row,
        address=firm.address,
        remark=firm.remark,
        records=bad_records(session, firm_id=firm.id),
        measures=measures(session, firm_id=firm.id),
    )


def expiring_rows(session: Session, day: date, *, within_days: int) -> tuple[ExpiringRow, ...]:
    """List certificates of firms on the register that ran out or run out soon, the first to end first."""
    firms = {firm.id: firm for firm in session.scalars(select(Firm).where(Firm.is_active))}
    held = _certificates(session, list(firms))
    found = [
        ExpiringRow(
            firm_id=firm.id,
            firm_name=firm.name,
            phone_shown=mask_phone(firm.phone),
            certificate=certificate,
            state=certificate.state_on(day, notice_days=within_days),
        )
        for firm in firms.values()
        for certificate in expiring(held[firm.id], day, within_days=within_days)
    ]
    return tuple(sorted(found, key=lambda row: (row.certificate.valid_to or date.max, row.firm_name)))


def records_about(session: Session, *, number_key: str, name_key: str) -> tuple[PartyRecord, ...]:
    """List the bad records, not lifted, of parties with this number or this folded name."""
    wanted = [Firm.number_key == number_key] if number_key else []
    wanted += [Firm.name_key == name_key] if name_key else []
    if not wanted:
        return ()
    asked = select(BadRecord, Firm).join(Firm, Firm.id == BadRecord.firm_id).where(or_(*wanted))
    found = session.execute(asked.where(BadRecord.lifted_on.is_(None)).order_by(BadRecord.since.desc(), BadRecord.id))
    return tuple(
        PartyRecord(
            record_id=record.id,
            firm_id=firm.id,
            name=firm.name,
            id_kind=IdKind(firm.id_kind),
            id_number=firm.id_number,
            ground=Ground(record.ground),
            since=record.since,
            until=record.until,
            decided_by=record.decided_by,
            document=record.document,
        )
        for record, firm in found
    )


def bad_records(session: Session, *, firm_id: int | None = None) -> tuple[BadRecordRow, ...]:
    """List bad records with their parties, the last decided first."""
    asked = select(BadRecord, Firm).join(Firm, Firm.id == BadRecord.firm_id)
    if firm_id is not None:
        asked = asked.where(BadRecord.firm_id == firm_id)
    found = session.execute(asked.order_by(BadRecord.decided_on.desc(), BadRecord.id.desc()))
    return tuple(_record_row(record, firm) for record, firm in found)


def measures(session: Session, *, firm_id: int | None = None) -> tuple[MeasureRow, ...]:
    """List measures with their parties, the last taken first."""
    asked = select(FirmMeasure, Firm.name).join(Firm, Firm.id == FirmMeasure.firm_id)
    if firm_id is not None:
        asked = asked.where(FirmMeasure.firm_id == firm_id)
    found = session.execute(asked.order_by(FirmMeasure.taken_on.desc(), FirmMeasure.id.desc()))
    return tuple(
        MeasureRow(
            id=measure.id,
            firm_id=measure.firm_id,
            firm_name=name,
            kind=MeasureKind(measure.kind),
            taken_on=measure.taken_on,
            taken_by=measure.taken_by,
            document=measure.document,
            remark=measure.remark,
            entered_by=measure.entered_by,
        )
        for measure, name in found
    )


def as_draft(firm: Firm, certificates: Sequence[FirmCertificate]) -> FirmDraft:
    """Give a stored firm as it was typed."""
    return FirmDraft(
        kind=FirmKind(firm.kind),
        name=firm.name,
        id_kind=IdKind(firm.id_kind),
        id_number=firm.id_number,
        trade=firm.trade,
        scope=firm.scope,
        contact_name=firm.contact_name,
        phone=firm.phone,
        listed_phone=firm.listed_phone,
        address=firm.address,
        training=firm.training,
        remark=firm.remark,
        certificates=tuple(certificates),
    )


def shown_number(id_kind: str, number: str) -> str:
    """Give a number for lists: a credit code as it is, a person's covered."""
    return number if id_kind == IdKind.CREDIT_CODE.value else mask_id(number)


def _matching(text: str) -> Select[Firm]:
    asked = select(Firm).order_by(Firm.initials, Firm.id)
    key = normalise(text)
    if not key:
        return asked
    columns = (Firm.name_key, Firm.initials, Firm.number_key)
    return asked.where(or_(*(func.instr(column, key) > 0 for column in columns), func.instr(Firm.trade, text) > 0))


def _rows(session: Session, firms: Sequence[Firm], day: date) -> tuple[FirmRow, ...]:
    held = _certificates(session, [firm.id for firm in firms])
    on_record = _on_record(session, day)
    cases = _cases(session, firms)
    return tuple(
        FirmRow(
            id=firm.id,
            kind=FirmKind(firm.kind),
            name=firm.name,
            id_shown=shown_number(firm.id_kind, firm.id_number),
            trade=firm.trade,
            scope=firm.scope,
            contact_name=firm.contact_name,
            phone_shown=mask_phone(firm.phone),
            listed_phone=firm.listed_phone,
            training=firm.training,
            papers=state_of(held[firm.id], day),
            valid_to=_first_end(held[firm.id]),
            is_on_record=firm.id in on_record,
            is_active=firm.is_active,
            cases=cases.get(firm.number_key, 0) + cases.get(firm.name_key, 0),
            certificates=tuple(held[firm.id]),
        )
        for firm in firms
    )


def _certificates(session: Session, firm_ids: Sequence[int]) -> Mapping[int, list[FirmCertificate]]:
    held: dict[int, list[FirmCertificate]] = defaultdict(list)
    asked = select(FirmCertificateRow).order_by(FirmCertificateRow.id)
    if len(firm_ids) == 1:
        asked = asked.where(FirmCertificateRow.firm_id == firm_ids[0])
    for row in session.scalars(asked):
        certificate = FirmCertificate(
            kind=CertificateKind(row.kind), title=row.title, number=row.number, grade=row.grade, valid_to=row.valid_to
        )
        held[row.firm_id].append(certificate)
    return held


def _first_end(certificates: Sequence[FirmCertificate]) -> date | None:
    return min((one.valid_to for one in newest_of_each(certificates) if one.valid_to), default=None)


def _on_record(session: Session, day: date) -> frozenset[int]:
    asked = select(BadRecord.firm_id, BadRecord.since, BadRecord.until, BadRecord.lifted_on)
    return frozenset(
        firm_id
        for firm_id, since, until, lifted_on in session.execute(asked)
        if in_force(day, since=since, until=until, lifted_on=lifted_on)
    )


def _cases(session: Session, firms: Iterable[Firm]) -> Mapping[str, int]:
    """Count registered filings by contractor; a filing knows its contractor by number, else by name."""
    keys = {key for firm in firms for key in (firm.number_key, firm.name_key)}
    asked = select(Filing.contractor_key, func.count()).where(Filing.status == Status.REGISTERED.value)
    found = session.execute(asked.where(Filing.contractor_key != "").group_by(Filing.contractor_key))
    return {key: count for key, count in found if key in keys}


def _record_row(record: BadRecord, firm: Firm) -> BadRecordRow:
    return BadRecordRow(
        id=record.id,
        firm_id=firm.id,
        firm_name=firm.name,
        firm_kind=FirmKind(firm.kind),
        id_shown=shown_number(firm.id_kind, firm.id_number),
        ground=Ground(record.ground),
        decided_on=record.decided_on,
        since=record.since,
        until=record.until,
        document=record.document,
        decided_by=record.decided_by,
        filing_number=record.filing_number,
        remark=record.remark,
        entered_by=record.entered_by,
        lifted_on=record.lifted_on,
        lifted_by=record.lifted_by,
        lift_reason=record.lift_reason,
    )
