"""Counting reports for who is signed in: within which grants, as of which moment, by which packs it was judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.access import Grant, Right
from desktop.domain.agreement import funding_warning
from desktop.domain.data_quality import DataQuality, quality_definition, quality_of
from desktop.domain.errors import ClerkError
from desktop.domain.measure import Breakdown, RowsAsked
from desktop.domain.measures import MEASURES
from desktop.domain.measures.terms import with_known_only
from desktop.domain.period import Period
from desktop.domain.progress import SILENT, Progress
from desktop.domain.report import Report, ReportDefinition, TableSpec
from desktop.domain.report_json import fingerprint_of_report, sealed
from desktop.models.database import Database
from desktop.models.gate import SeenBy, see_as
from desktop.models.record import AuditEvent
from desktop.queries.statistics.agreement import agreements, funding_counts
from desktop.queries.statistics.tally import ALL_COUNTS
from desktop.services.station import Station
from desktop.services.statistics_reckoning import Reckoning, Within, clipped, known_measures, measures_of
from desktop.services.statistics_scope import scope_words
from desktop.services.statistics_standing import notes_of, packs_of
from desktop.services.statistics_words import MemberWords

_RIGHTS = frozenset({Right.SEE, Right.STATISTICS})
_MOST_REMEMBERED: Final = 8
_LATEST: Final = select(func.max(AuditEvent.at))


@dataclass(frozen=True, slots=True)
class _TrailEnd:
    """Where the audit trail ended: its last event, and the latest moment that any event has."""

    event_id: int | None
    latest_at: datetime | None


class StatisticsReading:
    """Opens the ledger within the grants that let statistics be made, and counts there."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station
        # What the last reports were counted on, so that one need not be counted again to be printed.
        self._counted_on: dict[tuple[str, tuple[Grant, ...]], _TrailEnd] = {}

    def grants(self) -> tuple[Grant, ...]:
        """Give the grants within which is counted; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.STATISTICS)
        return tuple(grant for grant in self._station.actor.grants if grant.rights >= _RIGHTS)

    @contextmanager
    def session(self, grants: Sequence[Grant] | None = None) -> Iterator[Session]:
        """Open the ledger to be counted, within some grants or all that count; raises as ``grants``."""
        seen = self.grants() if grants is None else tuple(grants)
        with self._database.reading() as session:
            see_as(session, SeenBy(seen, self._station.actor.account_id, sees_trail=False))
            yield session

    def communities(self, grants: Sequence[Grant] | None = None) -> tuple[str, ...]:
        """Name the office's communities that some grants reach, or all that count; raises as ``grants``."""
        seen, office = self.grants() if grants is None else grants, self._station.office
        named = office.communities if office is not None else ()
        return tuple(each for each in named if any(grant.areas is None or each in grant.areas for grant in seen))

    def words(self, session: Session, grants: Sequence[Grant], within: Within) -> MemberWords:
        """Give the words for the members of breakdowns; a report of one community lists no other."""
        only = [code for by, code in within if by is Breakdown.COMMUNITY]
        office = self._station.office
        return MemberWords(
            session,
            pack=self._station.pack(),
            communities=only or self.communities(grants),
            stations={office.code: office.station_name} if office is not None else {},
        )

    def reckoning(
        self,
        session: Session,
        period: Period,
        *,
        grants: Sequence[Grant],
        within: Within = (),
        known_by: datetime | None = None,
        progress: Progress = SILENT,
    ) -> Reckoning:
        """Give what counts one period."""
        return Reckoning(
            session=session,
            period=period,
            until=self.counted_to(known_by),
            within=within,
            known_by=known_by,
            words=self.words(session, grants, within),
            progress=progress,
        )

    def report(
        self,
        definition: ReportDefinition,
        period: Period,
        *,
        as_of: datetime | None = None,
        grants: Sequence[Grant] | None = None,
        progress: Progress = SILENT,
    ) -> Report:
        """Count a report; ``grants`` are those of an earlier one, where it is counted again.

        Raises ``ClerkError``: not_permitted, report_empty, as_of_in_future; ``Cancelled``.
        """
        now = self._station.now()
        if as_of is not None and as_of > now:
            raise ClerkError("as_of_in_future", at=as_of)
        specs = with_known_only(_usable(definition.tables), self._station.pack())
        if not specs:
            raise ClerkError("report_empty")
        seen = self.grants() if grants is None else grants
        # Before the ledger is opened: what is written in between shows as written since.
        end = self._trail_end()
        with self.session(seen) as session:
            counted = self.reckoning(
                session, period, grants=seen, within=definition.within, known_by=as_of, progress=progress
            )
            tables = counted.tables(specs)
            packs = packs_of(session, period, self._station.packs, within=definition.within)
            words = self.words(session, seen, definition.within)
            limits = [(by, words.member(by, code).label) for by, code in definition.within]
            notes = notes_of(session, definition, period, tables, counted_on=self.counted_to(as_of))
        office = self._station.office
        report = sealed(
            Report(
                definition=replace(definition, tables=specs),
                period=period,
                as_of=(as_of or now).astimezone(UTC),
                scope=scope_words(seen, limits),
                office=" ".join(dict.fromkeys((office.street_name, office.station_name))) if office else "",
                packs=packs,
                measures=measures_of(specs),
                tables=tables,
                notes=notes,
            )
        )
        self._counted_on[report.fingerprint, tuple(seen)] = end
        while len(self._counted_on) > _MOST_REMEMBERED:
            self._counted_on.pop(next(iter(self._counted_on)))
        return report

    def is_unchanged(self, report: Report) -> bool:
        """Say that this program counted exactly this report and that nothing was recorded since, or after its moment.

        Whatever changes a figure is recorded; a clock that runs ahead elsewhere may have given a later moment.
        """
        counted_on = self._counted_on.get((fingerprint_of_report(report), self.grants()))
        if counted_on is None or counted_on != self._trail_end():
            return False
        return counted_on.latest_at is None or counted_on.latest_at <= report.as_of

    def _trail_end(self) -> _TrailEnd:
        with self._database.reading(is_whole=True) as session:
            # Two questions, each answered by the end of an index.
            return _TrailEnd(session.scalar(select(func.max(AuditEvent.id))), session.scalar(_LATEST))

    def quality(self, period: Period, *, progress: Progress = SILENT) -> DataQuality:
        """Look through the ledger as it is now; raises ``ClerkError("not_permitted")``, ``Cancelled``."""
        grants = self.grants()
        report = self.report(quality_definition(period.kind), period, grants=grants, progress=progress)
        with self.session(grants) as session:
            ended = clipped(period, self.counted_to(None))
            return quality_of(report, agreements(session, ended), funding_warning(funding_counts(session, ended)))

    def counted_to(self, as_of: datetime | None) -> date:
        """Give the day that is counted up to: that of a moment, or today."""
        return self._station.today() if as_of is None else as_of.astimezone().date()

    def countable(self, asked: RowsAsked, as_of: datetime | None = None) -> RowsAsked:
        """Give what is counted of a figure, no further than is counted: of a ratio its numerator.

        Raises ``ClerkError``: not_permitted, no_such_measure.
        """
        self._station.actor.require(Right.STATISTICS)
        measure = MEASURES.get(asked.measure)
        key = (measure.numerator or measure.key) if measure is not None else ""
        count = ALL_COUNTS.get(key)
        if count is None or not all(count.can_be_parted(by) for by, _code in asked.within):
            raise ClerkError("no_such_measure", measure=asked.measure)
        return replace(asked, measure=key, period=clipped(asked.period, self.counted_to(as_of)))


def _usable(specs: Sequence[TableSpec]) -> tuple[TableSpec, ...]:
    """Give the tables with what this version knows: a definition may have been saved by a newer one."""
    cut = (replace(spec, measures=known_measures(spec)) for spec in specs)
    return tuple(spec for spec in cut if spec.measures)
