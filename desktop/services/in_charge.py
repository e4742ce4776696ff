"""Who is in charge of a filing's three links: 信息登记—日常巡查—组织执法查处."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right, Role
from desktop.domain.local_rules import local
from desktop.models.account import Account, AccountGrant
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.organisation import OrganisationRecord
from desktop.queries.decisions import last_visit
from desktop.queries.filing_file import stored_filing
from desktop.services.station import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of the work and who is in charge; empty while nobody is named."""

    word: str
    who: str


class InChargeService:
    """Says who is responsible for a filing at each link."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def links(self, filing_id: int) -> tuple[Link, ...]:
        """Give the three links in order; raises ``ClerkError``: not_permitted, no_such_filing."""
        self._station.actor.require(Right.SEE)
        office, labels = self._station.office, self._station.pack().labels
        with self._database.reading() as session:
            filing = stored_filing(session, filing_id)
            clerk = last_visit(session, filing_id).clerk
            patrollers = _patrollers(session, filing)
        station = office.station_name if office else ""
        body = (office.enforcement_body if office else "") or labels.get("enforcement_body", "")
        return (
            Link(word=local("信息登记"), who=" ".join(part for part in (station, clerk) if part)),
            Link(word="日常巡查", who=patrollers),
            Link(word="组织执法查处", who=body),
        )


def _patrollers(session: Session, filing: Filing) -> str:
    """Name the active patrollers whose area holds the filing, with their organisation."""
    granted = (
        select(Account, AccountGrant)
        .join(AccountGrant, AccountGrant.account_id == Account.id)
        .where(Account.is_active, AccountGrant.role == Role.PATROLLER.value)
        .order_by(Account.id)
    )
    names = {organisation.id: organisation.name for organisation in session.scalars(select(OrganisationRecord))}
    found = [
        " ".join(part for part in (names.get(account.organisation_id or 0, ""), account.name) if part)
        for account, grant in session.execute(granted)
        # A patroller of everywhere answers for no community in particular, unless there is nobody else.
        if grant.areas is not None and filing.community in grant.areas
    ]
    return "、".join(dict.fromkeys(found))
