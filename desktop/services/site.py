"""Reading a site out of the ledger, and how far a right reaches on it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from desktop.domain.access import Actor, Right
from desktop.domain.acts import Status
from desktop.domain.errors import ClerkError
from desktop.domain.pack import PolicyPack
from desktop.domain.site import Site, SiteRef
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.queries.filing_file import stored_filing
from desktop.services.reach import require_any, require_for_filing, require_in_area
from desktop.services.station import Station


def site_of(session: Session, ref: SiteRef) -> Site:
    """Give the site; raises ``ClerkError``: no_such_filing, no_such_found_site, site_required for a ref to neither."""
    if ref.filing_id is not None:
        return _registered(stored_filing(session, ref.filing_id))
    return _found(stored_found_site(session, ref.found_site_id))


def pack_on_site(session: Session, station: Station, ref: SiteRef) -> PolicyPack:
    """Give the rules of what is done on a site: of a filing those it was judged by, else those at work.

    A filing judged by a version that is not here goes by those at work: what is found on its site is taken down all
    the same.  Raises ``ClerkError("no_such_filing")``.
    """
    if ref.filing_id is None:
        return station.pack()
    filing = stored_filing(session, ref.filing_id)
    return station.rules_of(filing.pack_id, filing.pack_version)


def stored_found_site(session: Session, found_site_id: int | None) -> FoundSite:
    """Find a work found unregistered; raises ``ClerkError``: no_such_found_site, site_required."""
    if found_site_id is None:
        raise ClerkError("site_required")
    found = session.get(FoundSite, found_site_id)
    if found is None:
        raise ClerkError("no_such_found_site", found_site_id=found_site_id)
    return found


def require_on_site(session: Session, actor: Actor, right: Right, ref: SiteRef) -> None:
    """Raise ``ClerkError``: not_permitted, outside_scope, and as ``site_of``."""
    if ref.filing_id is not None:
        require_for_filing(session, actor, right, stored_filing(session, ref.filing_id))
        return
    require_in_area(actor, right, stored_found_site(session, ref.found_site_id).community)


def require_any_on_site(session: Session, actor: Actor, rights: Sequence[Right], ref: SiteRef) -> None:
    """Raise as ``require_on_site`` unless one of the rights reaches the site."""
    require_any(actor, rights, lambda right: require_on_site(session, actor, right, ref))


def _registered(filing: Filing) -> Site:
    walk_in = walk_in_from_plain(filing.walk_in)
    contractor = walk_in.contractor
    return Site(
        ref=SiteRef(filing_id=filing.id),
        number=filing.registration_number or filing.number,
        project_name=filing.project_name,
        place=walk_in.place.text,
        community=filing.community,
        grid=walk_in.place.grid,
        kind=filing.kind,
        category_label=filing.category_label,
        owner_name=filing.owner_name,
        owner_phone=walk_in.owner.phone,
        contractor_name=filing.contractor_name,
        contractor_phone=contractor.party.phone,
        manager_name=contractor.project_manager.name,
        manager_phone=contractor.project_manager.phone,
        high_risk=filing.high_risk,
        escalated_on=filing.escalated_on,
        accepted_on=filing.accepted_on,
        valid_until=filing.valid_until,
        planned_end=filing.planned_end,
        site_check_by=filing.site_check_by,
        status=Status(filing.status),
        facts=walk_in.facts,
    )


def _found(found: FoundSite) -> Site:
    return Site(
        ref=SiteRef(found_site_id=found.id),
        number=found.number,
        project_name=found.work,
        place=found.place,
        community=found.community,
        grid=found.grid,
        kind=found.kind,
        owner_name=found.owner_name,
        owner_phone=found.owner_phone,
        contractor_name=found.contractor_name,
    )
