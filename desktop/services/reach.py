"""How far a right reaches: whether who is signed in may do something with one stored filing, site, paper or photo."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.domain.access import Actor, Right
from desktop.models.attachment import Attachment
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.issued_document import IssuedDocument
from desktop.models.on_site import OnSite
from desktop.queries.filing_file import departments_of, stored_filing

Hanging = Attachment | IssuedDocument | OnSite | FoundSite


def require_for_filing(session: Session, actor: Actor, right: Right, filing: Filing) -> None:
    """Raise ``ClerkError``: not_permitted, or outside_scope when the right does not reach the filing."""
    actor.require_for(right, filing.community, departments_of(session, filing.id))


def require_for_row(session: Session, actor: Actor, right: Right, row: Hanging) -> None:
    """Raise as ``require_for_filing`` for what hangs on a filing, or on none and then on a community."""
    if row.filing_id is not None:
        require_for_filing(session, actor, right, stored_filing(session, row.filing_id))
        return
    require_in_area(actor, right, row.community or "")


def require_in_area(actor: Actor, right: Right, community: str) -> None:
    """Raise as ``require_for_filing`` for what is of no trade yet, so that only the area counts."""
    actor.require(right)
    if not any(grant.areas is None or community in grant.areas for grant in actor.grants_for(right)):
        actor.require_for(right, community, ())
