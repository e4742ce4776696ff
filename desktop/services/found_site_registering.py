"""An unregistered work comes to be registered: the form begun from it, and the filing that it is tied to."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.access import Actor, Right
from desktop.domain.found_site import REGISTRABLE, FoundSiteRow, FoundState
from desktop.domain.walk_in import WalkIn
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.queries.filing_file import stored_filing
from desktop.queries.found_sites import found_at
from desktop.services.audit import record_event
from desktop.services.found_site_base import FoundSiteBase, shown_found_site
from desktop.services.found_site_states import begun_walk_in, put_into, require_state, unsuccessful
from desktop.services.reach import require_any, require_any_in_area, require_for_filing
from desktop.services.site import stored_found_site
from desktop.services.station import Station
from desktop.services.touched import FOUND_SITE

KEEPERS: Final = (Right.PATROL_FEEDBACK, Right.REGISTER)


class RegisteringFoundSites(FoundSiteBase):
    """Leads unregistered works to the window."""

    def begin_walk_in(self, found_site_id: int) -> WalkIn:
        """Give what is known of the work as the beginning of a form; the decision that names it ties the two.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, found_site_closed (state).
        """
        actor = self._station.actor
        actor.require(*KEEPERS)
        with self._database.reading() as session:
            found = found_begun_from(session, actor, found_site_id)
            require_state(found, REGISTRABLE)
            return begun_walk_in(found)

    def proposals(self, filing_id: int) -> tuple[FoundSiteRow, ...]:
        """List the unregistered works at the place of a filing, of which it may be the registration.

        Raises ``ClerkError``: not_permitted, no_such_filing.
        """
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            filing = stored_filing(session, filing_id)
            return found_at(session, community=filing.community, place_key=filing.place_key)

    def link(self, found_site_id: int, filing_id: int) -> FoundSiteRow:
        """Tie an unregistered work to the filing in which it came to be registered; once accepted it is registered.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, no_such_filing, found_site_closed.
        """
        actor = self._station.actor
        actor.require(*KEEPERS)
        with self._database.writing() as session:
            found, filing = found_begun_from(session, actor, found_site_id), stored_filing(session, filing_id)
            require_any(actor, KEEPERS, lambda right: require_for_filing(session, actor, right, filing))
            if not (found.state == FoundState.LINKED.value and found.filing_id == filing_id):
                require_state(found, REGISTRABLE | unsuccessful(session, found))
                tie_to_filing(session, self._station, found, filing)
            return shown_found_site(session, found_site_id)


def found_begun_from(session: Session, actor: Actor, found_site_id: int) -> FoundSite:
    """Find the work of a form; raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site."""
    found = stored_found_site(session, found_site_id)
    require_any_in_area(actor, KEEPERS, found.community)
    return found


def tie_decided(session: Session, station: Station, found_site_id: int, filing: Filing) -> None:
    """Tie the work that a form was begun from to the filing that came of it, in the decision's own transaction.

    One that was settled otherwise meanwhile stays as it is: who stands at the window is registered all the same.
    """
    found = stored_found_site(session, found_site_id)
    if FoundState(found.state) in REGISTRABLE | unsuccessful(session, found):
        tie_to_filing(session, station, found, filing)


def tie_to_filing(session: Session, station: Station, found: FoundSite, filing: Filing) -> None:
    """Put a work into the state of having come to the window, with the event of it."""
    changes = (
        *put_into(found, FoundState.LINKED, on=station.today()),
        ("filing_id", found.filing_id, filing.id),
    )
    found.filing_id = filing.id
    record_event(
        session,
        station,
        act="found_site_linked",
        summary=f"已来办理，申报件 {filing.number}：{found.number}",
        changes=changes,
        touched=[(FOUND_SITE, found.id)],
    )
