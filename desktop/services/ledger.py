"""The ledger (台账): finding filings again and opening their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.access import Right
from desktop.domain.ledger import FilingFile, LedgerCriteria, LedgerFacets, LedgerRow
from desktop.domain.ledger_line import covered_row
from desktop.domain.masked_walk_in import cover_numbers, masked
from desktop.domain.pack import PolicyPack
from desktop.models.database import Database
from desktop.queries.filing_file import filing_file
from desktop.queries.ledger import count_decided, count_facets, find_ids, rows_of
from desktop.services.revealing import id_shows_area
from desktop.services.station import Station


class LedgerService:
    """Answers the ledger's questions; changes nothing."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def ids(self, criteria: LedgerCriteria) -> tuple[int, ...]:
        """Give the ids of the whole result in the order asked for."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return find_ids(session, criteria)

    def page(self, ids: Sequence[int]) -> tuple[LedgerRow, ...]:
        """Give the rows of some filings in the order of their ids."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return tuple(covered_row(row) for row in rows_of(session, ids))

    def facets(self, criteria: LedgerCriteria) -> LedgerFacets:
        """Count by status, kind, risk, community and platform, each over the other filters in force."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return count_facets(session, criteria)

    def file(self, filing_id: int) -> FilingFile:
        """Open the file of one filing with its history, personal data covered (``desk.revealing`` opens it whole).

        Raises ``ClerkError("no_such_filing")``.
        """
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return _covered_file(filing_file(session, filing_id), shows_area=id_shows_area(session))

    def rules_of(self, file: FilingFile) -> PolicyPack:
        """Give the version that a filing was judged by, to name its answers and papers; those at work without it."""
        return self._station.rules_of(file.pack_id, file.pack_version)

    def decided_today(self) -> int:
        """Count what was decided at this window today."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return count_decided(session, self._station.today())


def _covered_file(file: FilingFile, *, shows_area: bool) -> FilingFile:
    return replace(
        file,
        row=covered_row(file.row),
        walk_in=masked(file.walk_in, shows_area=shows_area),
        overrides=tuple(cover_numbers(reason) for reason in file.overrides),
        timeline=tuple(
            replace(entry, summary=cover_numbers(entry.summary), reason=cover_numbers(entry.reason))
            for entry in file.timeline
        ),
    )
