"""How far a right reaches: whether who is signed in may do something with one stored filing, site, paper or photo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from desktop.domain.access import Actor, Right
from desktop.domain.errors import ClerkError
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
    if not is_in_area(actor, right, community):
        actor.require_for(right, community, ())


def is_in_area(actor: Actor, right: Right, community: str) -> bool:
    """Say whether a right reaches a community, whatever the trade."""
    return any(grant.areas is None or community in grant.areas for grant in actor.grants_for(right))


def require_any_in_area(actor: Actor, rights: Sequence[Right], community: str) -> None:
    """Raise as ``require_in_area`` unless one of the rights reaches the community."""
    require_any(actor, rights, lambda right: require_in_area(actor, right, community))


def require_any(actor: Actor, rights: Sequence[Right], require: Callable[[Right], None]) -> None:
    """Raise what ``require`` raises for the last right that is held, unless it lets one of them pass."""
    actor.require(*rights)
    held = [right for right in rights if actor.may(right)]
    for right in held[:-1]:
        try:
            require(right)
        except ClerkError as refused:
            if refused.code != "outside_scope":
                raise
        else:
            return
    require(held[-1])
