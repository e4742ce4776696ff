"""Organisations and persons between their stored rows and their values; who may read or change the registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right, Role
from desktop.domain.errors import ClerkError
from desktop.domain.masking import mask_phone
from desktop.domain.organisations import AcceptanceScope, Level, Organisation, OrganisationKind, Person, Post
from desktop.domain.search_keys import normalise
from desktop.models.organisation import OrganisationRecord
from desktop.models.person import PersonRecord
from desktop.services.audit import FieldChange, changed_fields
from desktop.services.filing_keys import storable
from desktop.services.station import Station

_PLAIN = ("phone", "address", "hours", "rules_document", "lead_department", "carrying_body", "tasks")


def may_read(station: Station) -> None:
    """Let anybody read who sees filings or keeps anything; raises ``ClerkError("not_permitted")``."""
    station.actor.require(Right.SEE, Right.KEEP_REGISTERS, Right.KEEP_ACCOUNTS, Right.KEEP_SETTINGS, Right.KEEP_BACKUPS)


def organisation_of(record: OrganisationRecord) -> Organisation:
    """Read an organisation from its row."""
    return Organisation(
        kind=OrganisationKind(record.kind),
        name=record.name,
        level=Level(record.level),
        short_names=tuple(record.short_names),
        parent_id=record.parent_id,
        areas=tuple(record.areas),
        is_point=record.is_point,
        scope=AcceptanceScope(record.scope),
        roles=tuple(Role(role) for role in record.roles),
        contract_first_on=record.contract_first_on,
        contract_last_on=record.contract_last_on,
        **{name: getattr(record, name) for name in _PLAIN},
    )


def fill_organisation(record: OrganisationRecord, organisation: Organisation) -> None:
    """Write an organisation into its row."""
    record.kind, record.level = organisation.kind.value, organisation.level.value
    record.name, record.name_key = organisation.name, normalise(organisation.name)
    record.short_names, record.areas = list(organisation.short_names), list(organisation.areas)
    record.parent_id, record.is_point, record.scope = (
        organisation.parent_id,
        organisation.is_point,
        organisation.scope.value,
    )
    record.roles = [role.value for role in organisation.roles]
    record.contract_first_on, record.contract_last_on = organisation.contract_first_on, organisation.contract_last_on
    for name in _PLAIN:
        setattr(record, name, getattr(organisation, name))


def person_of(record: PersonRecord) -> Person:
    """Read a person from their row."""
    return Person(
        organisation_id=record.organisation_id,
        name=record.name,
        phone=record.phone,
        posts=frozenset(Post(post) for post in record.posts),
        certificate_number=record.certificate_number,
        note=record.note,
    )


def fill_person(record: PersonRecord, person: Person) -> None:
    """Write a person into their row."""
    record.organisation_id, record.name, record.phone = person.organisation_id, person.name, person.phone
    record.posts = [post.value for post in Post if post in person.posts]
    record.certificate_number, record.note = person.certificate_number, person.note


def stored_organisation(session: Session, organisation_id: int) -> OrganisationRecord:
    """Find an organisation's row; raises ``ClerkError("no_such_organisation")``."""
    record = session.get(OrganisationRecord, organisation_id)
    if record is None:
        raise ClerkError("no_such_organisation", organisation_id=organisation_id)
    return record


def stored_person(session: Session, person_id: int) -> PersonRecord:
    """Find a person's row; raises ``ClerkError("no_such_person")``."""
    record = session.get(PersonRecord, person_id)
    if record is None:
        raise ClerkError("no_such_person", person_id=person_id)
    return record


def organisations_in(session: Session, *, with_inactive: bool = False) -> list[OrganisationRecord]:
    """Give the rows of all organisations in the order they were entered."""
    rows = session.scalars(select(OrganisationRecord).order_by(OrganisationRecord.id))
    return [row for row in rows if row.is_active or with_inactive]


def persons_in(session: Session, *, with_inactive: bool = False) -> list[PersonRecord]:
    """Give the rows of all persons in the order they were entered."""
    rows = session.scalars(select(PersonRecord).order_by(PersonRecord.id))
    return [row for row in rows if row.is_active or with_inactive]


def changes_between(before: object | None, after: object) -> tuple[FieldChange, ...]:
    """Give what differs between two values, as plain data for the trail; telephones are covered."""
    found = changed_fields(_plain(before), _plain(after))
    return tuple((name, _told(name, old), _told(name, new)) for name, old, new in found)


def tidy(text: str) -> str:
    """Give a typed text as it is stored: one line, no blanks at its ends."""
    return " ".join(storable(text).split())


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Give typed names tidied, each once, without empty ones."""
    return tuple(dict.fromkeys(name for name in map(tidy, names) if name))


def _plain(value: Any | None) -> dict[str, object]:
    if value is None:
        return {}
    plain = asdict(value)
    return {name: _json(part) for name, part in plain.items()}


def _json(part: object) -> object:
    if isinstance(part, frozenset | tuple):
        return sorted(str(one) for one in part)
    return part if part is None or isinstance(part, bool | int) else str(part)


def _told(name: str, value: object) -> object:
    return mask_phone(value) if name == "phone" and isinstance(value, str) else value
