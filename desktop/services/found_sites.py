"""Works found unregistered: recorded, urged, refused, registered, passed on; surveys (排摸)."""

from __future__ import annotations

from typing import Final

from desktop.domain.access import Right
from desktop.domain.acts import Change, IssuedPaper
from desktop.domain.found_site import CampaignSummary, FoundSiteCriteria, FoundSiteRow
from desktop.queries.found_sites import campaign_summary, campaigns, count_found_sites, found_sites
from desktop.queries.papers import papers_by_id
from desktop.services.found_site_base import notices_of_site, shown_found_site
from desktop.services.found_site_dealing import DealingWithFoundSites
from desktop.services.found_site_recording import RecordingFoundSites
from desktop.services.found_site_registering import RegisteringFoundSites

CHANGED: Final = frozenset({Change.ON_SITE, Change.PAPERS})


class FoundSiteService(RecordingFoundSites, DealingWithFoundSites, RegisteringFoundSites):
    """The ledger of unregistered works; each belongs to a community and is seen where that is seen."""

    def find(self, criteria: FoundSiteCriteria) -> tuple[FoundSiteRow, ...]:
        """List unregistered works, the last found first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return found_sites(session, criteria, as_of=self._station.today())

    def count(self, criteria: FoundSiteCriteria) -> int:
        """Count unregistered works, whatever the limit of the list."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return count_found_sites(session, criteria, as_of=self._station.today())

    def row(self, found_site_id: int) -> FoundSiteRow:
        """Give one unregistered work; raises ``ClerkError``: not_permitted, no_such_found_site."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return shown_found_site(session, found_site_id)

    def papers(self, found_site_id: int) -> tuple[IssuedPaper, ...]:
        """List the notices given out about a work; raises as ``row``."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            number = shown_found_site(session, found_site_id).number
            return papers_by_id(session, tuple(session.scalars(notices_of_site(number))))

    def campaigns(self) -> tuple[str, ...]:
        """Name the surveys (排摸) there were, the last first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return campaigns(session)

    def campaign_summary(self, campaign: str) -> CampaignSummary:
        """Sum up one survey: where, when, found, registered or not, above the limits."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return campaign_summary(session, campaign)
