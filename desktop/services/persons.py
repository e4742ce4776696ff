"""The register of persons: who they are, their posts and telephone, and where patrollers take their turns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.organisations import (
    SINGLE_POSTS,
    Person,
    PersonRow,
    Post,
    Rotation,
    RotationRow,
)
from desktop.domain.people_cells import is_name
from desktop.domain.phones import check_phone
from desktop.models.database import Database
from desktop.models.organisation import OrganisationRecord
from desktop.models.person import PersonRecord, RotationRecord
from desktop.services.audit import record_event
from desktop.services.register_rows import (
    changes_between,
    fill_person,
    may_read,
    organisation_of,
    organisations_in,
    person_of,
    persons_in,
    stored_organisation,
    stored_person,
    tidy,
)
from desktop.services.station import Station
from desktop.services.touched import PERSON


class PersonService:
    """Keeps the people of the organisations; they are taken out of use, never deleted."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def all(self, *, organisation_id: int | None = None, with_inactive: bool = False) -> tuple[PersonRow, ...]:
        """List persons by organisation; telephones are covered unless one keeps the registers.

        Raises ``ClerkError("not_permitted")``.
        """
        may_read(self._station)
        is_whole = self._station.actor.may(Right.KEEP_REGISTERS)
        with self._database.reading() as session:
            known = {record.id: record for record in organisations_in(session, with_inactive=True)}
            rows = [
                _row(record, known[record.organisation_id])
                for record in persons_in(session, with_inactive=with_inactive)
                if organisation_id in (None, record.organisation_id)
            ]
        rows.sort(key=lambda row: (row.person.organisation_id, row.id))
        return tuple(row if is_whole else replace(row, person=row.person.with_phone_covered()) for row in rows)

    def patrollers(self) -> tuple[PersonRow, ...]:
        """List who may patrol, each with the kind of their organisation."""
        return tuple(row for row in self.all() if Post.PATROLLER in row.person.posts)

    def add(self, person: Person) -> int:
        """Enter a person and give the id.

        Raises ``ClerkError``: not_permitted, register_incomplete(fields), phone_unfit, post_taken, person_known,
        no_such_organisation.
        """
        self._station.actor.require(Right.KEEP_REGISTERS)
        with self._database.writing() as session:
            return write_person(session, self._station, person)

    def change(self, person_id: int, person: Person) -> None:
        """Change a person; raises as ``add``, and no_such_person."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        with self._database.writing() as session:
            write_person(session, self._station, person, person_id=person_id)

    def deactivate(self, person_id: int, reason: str) -> None:
        """Take a person out of use; raises ``ClerkError``: reason_required, no_such_person."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        if not reason.strip():
            raise ClerkError("reason_required", why="请写明停用的原因，原因会留在记录中。")
        with self._database.writing() as session:
            end_person(session, self._station, stored_person(session, person_id), reason=reason)

    def activate(self, person_id: int) -> None:
        """Take a person into use again; raises ``ClerkError``: post_taken, person_known, no_such_person."""
        self._station.actor.require(Right.KEEP_REGISTERS)
        with self._database.writing() as session:
            write_person(session, self._station, person_of(stored_person(session, person_id)), person_id=person_id)

    def rotations(self) -> tuple[RotationRow, ...]:
        """List the turns of the patrollers, the latest first."""
        may_read(self._station)
        with self._database.reading() as session:
            people = {record.id: record for record in persons_in(session, with_inactive=True)}
            names = {record.id: record.name for record in organisations_in(session, with_inactive=True)}
            found = session.scalars(select(RotationRecord).order_by(RotationRecord.first_on.desc()))
            return tuple(_turn(record, people[record.person_id], names) for record in found)

    def rotate(self, rotation: Rotation) -> int:
        """Enter a patroller's turn in an area and give its id.

        Raises ``ClerkError``: no_such_person, not_a_patroller, term_reversed, register_incomplete, turn_overlaps.
        """
        self._station.actor.require(Right.KEEP_REGISTERS)
        area = tidy(rotation.area)
        if not area:
            raise ClerkError("register_incomplete", fields=("area",))
        if rotation.last_on < rotation.first_on:
            raise ClerkError("term_reversed", first=rotation.first_on, last=rotation.last_on)
        with self._database.writing() as session:
            person = stored_person(session, rotation.person_id)
            if Post.PATROLLER.value not in person.posts or not person.is_active:
                raise ClerkError("not_a_patroller", name=person.name)
            _refuse_overlap(session, rotation)
            record = RotationRecord(
                person_id=person.id, area=area, first_on=rotation.first_on, last_on=rotation.last_on
            )
            session.add(record)
            session.flush()
            summary = f"轮岗：{area}，{rotation.first_on} 至 {rotation.last_on}"
            record_event(session, self._station, act="rotation", summary=summary, touched=[(PERSON, person.id)])
            return record.id


def write_person(session: Session, station: Station, person: Person, *, person_id: int | None = None) -> int:
    """Enter or change a person in the open transaction, on record; gives the id.  Raises ``ClerkError``."""
    wanted = _tidied(person)
    _refuse_faults(wanted)
    party = stored_organisation(session, wanted.organisation_id)
    colleagues = [one for one in persons_in(session) if one.organisation_id == party.id and one.id != person_id]
    _refuse_clashes(wanted, colleagues)
    record = PersonRecord(is_active=False) if person_id is None else stored_person(session, person_id)
    before = None if person_id is None else person_of(record)
    if before == wanted and record.is_active:
        return record.id
    fill_person(record, wanted)
    was_active, record.is_active = record.is_active, True
    session.add(record)
    session.flush()
    verb = "新增" if before is None else "变更" if was_active else "恢复"
    record_event(
        session,
        station,
        act="person",
        summary=f"{verb}人员（{party.name}）",
        changes=changes_between(before, wanted),
        touched=[(PERSON, record.id)],
    )
    return record.id


def end_person(session: Session, station: Station, record: PersonRecord, *, reason: str) -> None:
    """Take a person out of use in the open transaction, on record."""
    record.is_active = False
    party = stored_organisation(session, record.organisation_id)
    summary = f"停用人员（{party.name}）"
    record_event(session, station, act="person_ended", summary=summary, reason=reason, touched=[(PERSON, record.id)])


def _tidied(person: Person) -> Person:
    phone = check_phone(person.phone)
    return replace(
        person,
        name=tidy(person.name),
        phone=phone.normalised if phone.valid else tidy(person.phone),
        certificate_number=tidy(person.certificate_number),
        note=tidy(person.note),
    )


def _refuse_faults(person: Person) -> None:
    missing = [name for name in ("name", "phone", "posts") if not getattr(person, name)]
    if Post.ENFORCEMENT_OFFICER in person.posts and not person.certificate_number:
        missing.append("certificate_number")
    if missing:
        raise ClerkError("register_incomplete", fields=tuple(missing))
    if not is_name(person.name):
        raise ClerkError("name_unfit", name=person.name)
    checked = check_phone(person.phone)
    if not checked.valid:
        raise ClerkError("phone_unfit", why=checked.why)
    if person.posts >= SINGLE_POSTS:
        raise ClerkError("both_admins", name=person.name)


def _refuse_clashes(person: Person, colleagues: Iterable[PersonRecord]) -> None:
    for other in colleagues:
        if (other.name, other.phone) == (person.name, person.phone):
            raise ClerkError("person_known", name=person.name)
        taken = [post for post in SINGLE_POSTS if post in person.posts and post.value in other.posts]
        if taken:
            raise ClerkError("post_taken", post=taken[0].value, holder=other.name)


def _refuse_overlap(session: Session, rotation: Rotation) -> None:
    overlapping = select(RotationRecord).where(
        RotationRecord.person_id == rotation.person_id,
        RotationRecord.first_on <= rotation.last_on,
        RotationRecord.last_on >= rotation.first_on,
    )
    other = session.scalars(overlapping).first()
    if other is not None:
        raise ClerkError("turn_overlaps", area=other.area, first=other.first_on, last=other.last_on)


def _row(record: PersonRecord, party: OrganisationRecord) -> PersonRow:
    organisation = organisation_of(party)
    return PersonRow(
        id=record.id,
        person=person_of(record),
        organisation=organisation.name,
        kind=organisation.kind,
        level=organisation.level,
        is_active=record.is_active,
    )


def _turn(record: RotationRecord, person: PersonRecord, names: dict[int, str]) -> RotationRow:
    rotation = Rotation(person_id=record.person_id, area=record.area, first_on=record.first_on, last_on=record.last_on)
    return RotationRow(id=record.id, rotation=rotation, person=person.name, organisation=names[person.organisation_id])
