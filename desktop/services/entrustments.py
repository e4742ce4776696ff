"""Entrustments by the street and letters of responsibility; a lapsed entrustment stops new cases at its point."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Act, DecisionRequest, StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.facts import SMALL_WORK
from desktop.domain.organisations import (
    ENTRUSTED_KINDS,
    LETTER_KINDS,
    AcceptanceScope,
    Entrustment,
    EntrustmentRow,
    LetterRow,
    OrganisationKind,
    ResponsibilityLetter,
    narrower,
    widest_scope,
)
from desktop.domain.search_keys import normalise
from desktop.models.database import Database
from desktop.models.organisation import EntrustmentRecord, LetterRecord, OrganisationRecord
from desktop.services.audit import record_event
from desktop.services.register_rows import (
    changes_between,
    each_once,
    may_read,
    organisations_in,
    stored_organisation,
    tidy,
)
from desktop.services.station import Station
from desktop.services.touched import ORGANISATION

NOTICE_DAYS: Final = 30


class EntrustmentService:
    """Keeps what the street entrusts and the letters it signs."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def all(self) -> tuple[EntrustmentRow, ...]:
        """List all entrustments, the latest first; raises ``ClerkError("not_permitted")``."""
        may_read(self._station)
        with self._database.reading() as session:
            names = {record.id: record.name for record in organisations_in(session, with_inactive=True)}
            rows = session.scalars(select(EntrustmentRecord).order_by(EntrustmentRecord.last_on.desc()))
            return tuple(_entrustment_row(row, names) for row in rows)

    def entrust(self, entrustment: Entrustment) -> int:
        """Enter an entrustment and give its id.

        Raises ``ClerkError``: not_permitted, not_to_be_entrusted, scope_too_wide, term_reversed,
        register_incomplete.
        """
        self._station.actor.require(Right.KEEP_REGISTERS)
        areas = each_once(entrustment.areas)
        with self._database.writing() as session:
            party = stored_organisation(session, entrustment.organisation_id)
            _refuse_entrustment(entrustment, party, areas)
            record = EntrustmentRecord(
                organisation_id=party.id,
                scope=entrustment.scope.value,
                areas=list(areas),
                first_on=entrustment.first_on,
                last_on=entrustment.last_on,
                document_number=tidy(entrustment.document_number),
                ended_on=None,
                made_at=self._station.now(),
            )
            session.add(record)
            session.flush()
            self._record(session, party, "entrustment", f"委托：{party.name}", after=entrustment)
            return record.id

    def end(self, entrustment_id: int, *, on: date, reason: str) -> None:
        """End an entrustment before its term, from a day on; raises ``ClerkError``: reason_required and unknown ids."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        if not reason.strip():
            raise ClerkError("reason_required", why="请写明终止委托的原因，原因会留在记录中。")
        with self._database.writing() as session:
            record = session.get(EntrustmentRecord, entrustment_id)
            if record is None:
                raise ClerkError("no_such_entrustment", entrustment_id=entrustment_id)
            record.ended_on = on
            party = stored_organisation(session, record.organisation_id)
            self._record(session, party, "entrustment_ended", f"终止委托：{party.name}，自 {on} 起", reason=reason)

    def letters(self) -> tuple[LetterRow, ...]:
        """List the letters of responsibility, the first to lapse first."""
        may_read(self._station)
        with self._database.reading() as session:
            names = {record.id: record.name for record in organisations_in(session, with_inactive=True)}
            rows = session.scalars(select(LetterRecord).order_by(LetterRecord.last_on))
            return tuple(_letter_row(row, names) for row in rows)

    def lapsing_letters(self) -> tuple[LetterRow, ...]:
        """List letters past their term or within 30 days of it, unless a later one for the same area follows."""
        until = self._station.today() + timedelta(days=NOTICE_DAYS)
        letters = self.letters()
        latest: dict[tuple[int, str], date] = {}
        for row in letters:
            key = (row.letter.organisation_id, normalise(row.letter.area))
            latest[key] = max(latest.get(key, date.min), row.letter.last_on)
        return tuple(
            row
            for row in letters
            if row.letter.last_on <= until
            and latest[(row.letter.organisation_id, normalise(row.letter.area))] == row.letter.last_on
        )

    def sign_letter(self, letter: ResponsibilityLetter) -> int:
        """Enter a signed letter and give its id; raises ``ClerkError``: term_reversed, register_incomplete."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        area = tidy(letter.area)
        with self._database.writing() as session:
            party = stored_organisation(session, letter.organisation_id)
            if OrganisationKind(party.kind) not in LETTER_KINDS:
                raise ClerkError("no_letter_with", name=party.name)
            _refuse_term(letter.first_on, letter.last_on)
            if not area:
                raise ClerkError("register_incomplete", fields=("area",))
            record = LetterRecord(
                organisation_id=party.id,
                area=area,
                signed_on=letter.signed_on,
                first_on=letter.first_on,
                last_on=letter.last_on,
                document_number=tidy(letter.document_number),
            )
            session.add(record)
            session.flush()
            self._record(session, party, "responsibility_letter", f"签订责任书：{party.name}", after=letter)
            return record.id

    def _record(
        self,
        session: Session,
        party: OrganisationRecord,
        act: str,
        summary: str,
        *,
        reason: str = "",
        after: Entrustment | ResponsibilityLetter | None = None,
    ) -> None:
        changes = changes_between(None, after) if after is not None else ()
        record_event(
            session,
            self._station,
            act=act,
            summary=summary,
            reason=reason,
            changes=changes,
            touched=[(ORGANISATION, party.id)],
        )


def running_entrustments(session: Session, on: date) -> list[EntrustmentRecord]:
    """Give the entrustments that hold on a day."""
    wanted = select(EntrustmentRecord).where(
        EntrustmentRecord.first_on <= on,
        EntrustmentRecord.last_on >= on,
        or_(EntrustmentRecord.ended_on.is_(None), EntrustmentRecord.ended_on > on),
    )
    return list(session.scalars(wanted))


def refuse_beyond_entrustment(session: Session, station: Station, request: DecisionRequest) -> None:
    """Refuse a new case at a property company's point beyond what the street lets it take.

    Only a station that stands in the register is held to it; sending somebody on to the street is always possible.
    Raises ``ClerkError``: entrustment_lapsed, beyond_point_scope.
    """
    office = station.known_office()
    if office.station_kind is not StationKind.PROPERTY_COMPANY or request.filing_id is not None:
        return
    own = _registered_point(session, office.station_name)
    if own is None or request.act is Act.TO_STREET_OFFICE:
        return
    on = station.today()
    running = [one for one in running_entrustments(session, on) if one.organisation_id == own.id]
    if not running:
        last = session.scalars(
            select(EntrustmentRecord.last_on).where(EntrustmentRecord.organisation_id == own.id)
        ).all()
        raise ClerkError("entrustment_lapsed", name=own.name, last=max(last, default=None))
    is_small_work = request.walk_in.facts.text("kind") == SMALL_WORK
    is_taken = any(
        narrower(AcceptanceScope(own.scope), AcceptanceScope(one.scope)) is not AcceptanceScope.MINOR_OPERATIONS
        for one in running
    )
    if request.act is Act.ACCEPT and is_small_work and not is_taken:
        raise ClerkError("beyond_point_scope", name=own.name)


def _registered_point(session: Session, name: str) -> OrganisationRecord | None:
    wanted = normalise(name)
    for record in organisations_in(session, with_inactive=True):
        is_property = record.kind == OrganisationKind.PROPERTY_COMPANY
        if is_property and wanted in {normalise(own) for own in (record.name, *record.short_names)}:
            return record
    return None


def _refuse_entrustment(entrustment: Entrustment, party: OrganisationRecord, areas: tuple[str, ...]) -> None:
    kind = OrganisationKind(party.kind)
    if kind not in ENTRUSTED_KINDS or not party.is_active:
        raise ClerkError("not_to_be_entrusted", name=party.name)
    _refuse_term(entrustment.first_on, entrustment.last_on)
    if not areas:
        raise ClerkError("register_incomplete", fields=("areas",))
    is_too_wide = entrustment.scope is not narrower(entrustment.scope, widest_scope(kind))
    if is_too_wide or entrustment.scope is AcceptanceScope.NONE:
        raise ClerkError("scope_too_wide", name=party.name)


def _refuse_term(first: date, last: date) -> None:
    if last < first:
        raise ClerkError("term_reversed", first=first, last=last)


def _entrustment_row(record: EntrustmentRecord, names: dict[int, str]) -> EntrustmentRow:
    entrustment = Entrustment(
        organisation_id=record.organisation_id,
        scope=AcceptanceScope(record.scope),
        areas=tuple(record.areas),
        first_on=record.first_on,
        last_on=record.last_on,
        document_number=record.document_number,
    )
    name = names[record.organisation_id]
    return EntrustmentRow(id=record.id, entrustment=entrustment, organisation=name, ended_on=record.ended_on)


def _letter_row(record: LetterRecord, names: dict[int, str]) -> LetterRow:
    letter = ResponsibilityLetter(
        organisation_id=record.organisation_id,
        area=record.area,
        signed_on=record.signed_on,
        first_on=record.first_on,
        last_on=record.last_on,
        document_number=record.document_number,
    )
    return LetterRow(id=record.id, letter=letter, organisation=names[record.organisation_id])
