"""What is on the site of a registration: its own rows, and those of the work found there before it was registered."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.transfer import Transfer


def on_whole_site(session: Session, row: type[Hazard | Patrol | Transfer], filing_id: int) -> ColumnElement[bool]:
    """Say whether a row is on a registration, or on what was found unregistered and became it."""
    found = session.scalars(select(FoundSite.id).where(FoundSite.filing_id == filing_id)).all()
    is_own = row.filing_id == filing_id
    return or_(is_own, row.found_site_id.in_(found)) if found else is_own
