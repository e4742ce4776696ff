"""What bad records mean for a matter at the counter: who is on record, and a named consent of a manager."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import RIGHTS_OF, Actor, Right, Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.conduct import ConductWarning, conduct_of
from desktop.domain.errors import ClerkError
from desktop.domain.search_keys import normalise
from desktop.domain.walk_in import Party
from desktop.models.account import Account, AccountGrant
from desktop.queries.firms import records_about
from desktop.services.filing_keys import storable
from desktop.services.station import Station

_ACCEPTING: Final = (Act.ACCEPT, Act.SUBMIT_FOR_REVIEW)


def conduct_on_record(session: Session, party: Party, day: date) -> ConductWarning | None:
    """Say which bad records in force are about a contractor; None when there is none."""
    number, name = normalise(storable(party.id_number)), normalise(storable(party.name))
    return conduct_of(party, records_about(session, number_key=number, name_key=name), day)


def conduct_decided_on(session: Session, request: DecisionRequest, station: Station) -> ConductWarning | None:
    """Give what is on record of the contractor of a matter that is being decided.

    Raises ``ClerkError("manager_not_named")`` for an acceptance whose reason does not name who agreed.
    """
    warning = conduct_on_record(session, request.walk_in.contractor.party, station.today())
    if warning is not None and request.act in _ACCEPTING and request.reason.strip():
        community = storable(request.walk_in.place.community)
        refuse_unnamed_manager(session, station.actor, request.reason, community=community)
    return warning


def refuse_unnamed_manager(session: Session, actor: Actor, reason: str, *, community: str) -> None:
    """Ask of a reason for a party on record that it names who agreed, where the ledger knows who may.

    Only managers of the community count.  Who judges conduct there himself needs no other.
    Raises ``ClerkError("manager_not_named", names=…)``.
    """
    if any(_reaches(grant.areas, community) for grant in actor.grants_for(Right.JUDGE_CONDUCT)):
        return
    judging = [role.value for role in Role if Right.JUDGE_CONDUCT in RIGHTS_OF[role]]
    asked = select(Account.name, AccountGrant.areas).join(AccountGrant, AccountGrant.account_id == Account.id)
    rows = session.execute(asked.where(Account.is_active, AccountGrant.role.in_(judging)).order_by(Account.id))
    known = list(dict.fromkeys(name for name, areas in rows if name and _reaches(areas, community)))
    if known and not any(name in reason for name in known):
        raise ClerkError("manager_not_named", names=tuple(known))


def _reaches(areas: Collection[str] | None, community: str) -> bool:
    return areas is None or community in areas
