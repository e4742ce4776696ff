"""Writing one organisation into the register: tidied, checked against all others, on record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.organisations import Organisation, narrower, widest_scope
from desktop.domain.phones import check_phone
from desktop.domain.search_keys import normalise
from desktop.models.organisation import OrganisationRecord
from desktop.services.audit import record_event
from desktop.services.register_rows import (
    changes_between,
    each_once,
    fill_organisation,
    organisation_of,
    organisations_in,
    stored_organisation,
    tidy,
)
from desktop.services.station import Station
from desktop.services.touched import ORGANISATION


def write_organisation(
    session: Session, station: Station, organisation: Organisation, *, organisation_id: int | None = None
) -> int:
    """Enter or change an organisation in the open transaction, on record; gives its id.  Raises ``ClerkError``."""
    wanted = _tidied(organisation)
    _refuse_faults(wanted)
    refuse_clashes(session, wanted, organisation_id)
    _refuse_circle(session, wanted, organisation_id)
    record = (
        OrganisationRecord(is_active=True) if organisation_id is None else stored_organisation(session, organisation_id)
    )
    before = None if organisation_id is None else organisation_of(record)
    if before == wanted:
        return record.id
    fill_organisation(record, wanted)
    session.add(record)
    session.flush()
    record_event(
        session,
        station,
        act="organisation",
        summary=f"{'新增' if before is None else '变更'}组织：{wanted.name}",
        changes=changes_between(before, wanted),
        touched=[(ORGANISATION, record.id)],
    )
    return record.id


def _tidied(organisation: Organisation) -> Organisation:
    texts: dict[str, Any] = {
        name: tidy(getattr(organisation, name))
        for name in ("name", "phone", "address", "hours", "rules_document", "lead_department", "carrying_body", "tasks")
    }
    phone = check_phone(texts["phone"])
    return replace(
        organisation,
        **{**texts, "phone": phone.normalised if phone.valid else texts["phone"]},
        short_names=each_once(organisation.short_names),
        areas=each_once(organisation.areas),
    )


def _refuse_faults(organisation: Organisation) -> None:
    if not organisation.name:
        raise ClerkError("register_incomplete", fields=("name",))
    if organisation.phone and not (checked := check_phone(organisation.phone)).valid:
        raise ClerkError("phone_unfit", why=checked.why)
    if organisation.is_point and not (organisation.address and organisation.hours):
        fields = tuple(name for name in ("address", "hours") if not getattr(organisation, name))
        raise ClerkError("register_incomplete", fields=fields)
    if organisation.scope is not narrower(organisation.scope, widest_scope(organisation.kind)):
        raise ClerkError("scope_too_wide", name=organisation.name)
    first, last = organisation.contract_first_on, organisation.contract_last_on
    if first and last and last < first:
        raise ClerkError("term_reversed", first=first, last=last)


def refuse_clashes(session: Session, organisation: Organisation, own_id: int | None) -> None:
    """Refuse a name or an area that another organisation has; raises ``ClerkError``: name_taken, area_taken."""
    names = {normalise(name) for name in (organisation.name, *organisation.short_names)}
    areas = {normalise(area): area for area in organisation.areas}
    for other in organisations_in(session):
        if other.id == own_id:
            continue
        same_place = other.parent_id == organisation.parent_id and other.kind == organisation.kind
        if same_place and names & {normalise(name) for name in (other.name, *other.short_names)}:
            raise ClerkError("name_taken", name=other.name)
        taken = [area for key, area in areas.items() if key in map(normalise, other.areas)]
        if taken:
            raise ClerkError("area_taken", area=taken[0], organisation=other.name)


def _refuse_circle(session: Session, organisation: Organisation, own_id: int | None) -> None:
    above = organisation.parent_id
    while above is not None:
        if above == own_id:
            raise ClerkError("own_parent", name=organisation.name)
        above = stored_organisation(session, above).parent_id
