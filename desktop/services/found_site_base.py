"""What every task with an unregistered work stands on: found within reach, its notice, its event."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.found_site_notice import urge_registration
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundSiteDraft, FoundSiteRow
from desktop.domain.site import Site
from desktop.models.database import Database
from desktop.models.found_site import FoundSite
from desktop.models.issued_document import IssuedDocument
from desktop.queries.found_sites import found_site_row
from desktop.services.audit import FieldChange, record_event
from desktop.services.numbered_act import NumberedActs
from desktop.services.reach import require_in_area
from desktop.services.site import stored_found_site
from desktop.services.station import Station
from desktop.services.touched import FOUND_SITE


class FoundSiteBase:
    """Holds what recording unregistered works and dealing with them share."""

    def __init__(self, database: Database, station: Station, *, acts: NumberedActs) -> None:
        self._database, self._station, self._acts = database, station, acts

    def _within_reach(self, session: Session, found_site_id: int, right: Right) -> FoundSite:
        found = stored_found_site(session, found_site_id)
        require_in_area(self._station.actor, right, found.community)
        return found

    def _notice(self, site: Site, draft: FoundSiteDraft) -> Paper:
        assert draft.found_on is not None
        assert draft.register_by is not None
        ctx = SitePaper(
            office=self._station.known_office(),
            pack=self._station.pack(),
            site=site,
            number=site.number,
            issued_on=self._station.today(),
        )
        return urge_registration(ctx, found_on=draft.found_on, found_by=draft.found_by, register_by=draft.register_by)

    def _record(
        self,
        session: Session,
        found: FoundSite,
        act: str,
        what: str,
        *,
        changes: Sequence[FieldChange],
        reason: str = "",
    ) -> None:
        summary, touched = f"{what}：{found.number}", [(FOUND_SITE, found.id)]
        record_event(session, self._station, act=act, summary=summary, reason=reason, changes=changes, touched=touched)


def notices_of_site(number: str) -> Select[int]:
    """Ask for the ids of the notices given out about a work, the first first."""
    return select(IssuedDocument.id).where(IssuedDocument.number == number).order_by(IssuedDocument.id)


def shown_found_site(session: Session, found_site_id: int) -> FoundSiteRow:
    """Give a work as lists show it, with what was just written; raises ``ClerkError("no_such_found_site")``."""
    session.flush()
    row = found_site_row(session, found_site_id)
    if row is None:
        raise ClerkError("no_such_found_site", found_site_id=found_site_id)
    return row
