"""Visits that are named as evidence: only one to the site in question shows anything of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.site import SiteRef
from desktop.models.found_site import FoundSite
from desktop.models.patrol import Patrol

_ROAD = SiteRef()


def visit_to(session: Session, patrol_id: int, site: SiteRef) -> Patrol:
    """Give the visit named as evidence about a site; raises ``ClerkError("no_such_patrol")`` for one to another.

    Of a work found unregistered a visit to the registration that it became shows as much.
    """
    return _one_of(session, patrol_id, (site, *_became(session, site)))


def visit_finding(session: Session, patrol_id: int, site: SiteRef, community: str) -> Patrol:
    """Give the visit on which something was found at a site: one to it, or to a road of its community.

    Raises ``ClerkError("no_such_patrol")`` for a visit to another site, or elsewhere.
    """
    patrol = _one_of(session, patrol_id, (site, _ROAD))
    if patrol.filing_id is None and patrol.found_site_id is None and patrol.community != community:
        raise ClerkError("no_such_patrol", patrol_id=patrol_id)
    return patrol


def _became(session: Session, site: SiteRef) -> Iterator[SiteRef]:
    found = session.get(FoundSite, site.found_site_id) if site.found_site_id is not None else None
    if found is not None and found.filing_id is not None:
        yield SiteRef(filing_id=found.filing_id)


def _one_of(session: Session, patrol_id: int, sites: tuple[SiteRef, ...]) -> Patrol:
    patrol = session.get(Patrol, patrol_id)
    if patrol is None or SiteRef(filing_id=patrol.filing_id, found_site_id=patrol.found_site_id) not in sites:
        raise ClerkError("no_such_patrol", patrol_id=patrol_id)
    return patrol
