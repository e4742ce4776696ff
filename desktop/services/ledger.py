"""The ledger (台账): finding filings again and opening their files."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.ledger import FilingFile, LedgerCriteria, LedgerFacets, LedgerRow
from desktop.models.database import Database
from desktop.queries.filing_file import filing_file
from desktop.queries.ledger import count_decided, count_facets, find_ids, rows_of
from desktop.services.station import Station


class LedgerService:
    """Answers the ledger's questions; changes nothing."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def ids(self, criteria: LedgerCriteria) -> tuple[int, ...]:
        """Give the ids of the whole result in the order asked for."""
        with self._database.reading() as session:
            return find_ids(session, criteria)

    def page(self, ids: Sequence[int]) -> tuple[LedgerRow, ...]:
        """Give the rows of some filings in the order of their ids."""
        with self._database.reading() as session:
            return rows_of(session, ids)

    def facets(self, criteria: LedgerCriteria) -> LedgerFacets:
        """Count by status, kind, risk, community and platform, each over the other filters in force."""
        with self._database.reading() as session:
            return count_facets(session, criteria)

    def file(self, filing_id: int) -> FilingFile:
        """Open the file of one filing with its history; raises ``ClerkError("no_such_filing")``."""
        with self._database.reading() as session:
            return filing_file(session, filing_id)

    def decided_today(self) -> int:
        """Count what was decided at this window today."""
        with self._database.reading() as session:
            return count_decided(session, self._station.today())
