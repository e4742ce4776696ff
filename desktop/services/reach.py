"""How far a right reaches: whether who is signed in may do something with one stored filing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.domain.access import Actor, Right
from desktop.models.filing import Filing
from desktop.queries.filing_file import departments_of


def require_for_filing(session: Session, actor: Actor, right: Right, filing: Filing) -> None:
    """Raise ``ClerkError``: not_permitted, or outside_scope when the right does not reach the filing."""
    actor.require_for(right, filing.community, departments_of(session, filing.id))
