"""Managers' statistics: reports over periods, the rows behind each figure, printed reports and saved definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.domain.access import Right
from desktop.domain.dashboard import Dashboard
from desktop.domain.data_quality import DataQuality
from desktop.domain.measure import CountedRow, RowsAsked
from desktop.domain.period import Period, PeriodKind
from desktop.domain.progress import SILENT, Progress
from desktop.domain.report import IssuedReportRow, Report, ReportComparison, ReportDefinition, ReportKind
from desktop.domain.report_kinds import HEADINGS, standard_definition
from desktop.models.database import Database
from desktop.queries.statistics.rows import counted_rows, row_count
from desktop.services.numbered_act import NumberedActs
from desktop.services.press import Press
from desktop.services.station import Station
from desktop.services.statistics_definitions import DefinitionKeeping
from desktop.services.statistics_files import ReportFiles
from desktop.services.statistics_issuing import ReportIssuing
from desktop.services.statistics_overview import Overview
from desktop.services.statistics_reading import StatisticsReading
from desktop.services.worklist import WorklistService

__all__ = ["CountedRows", "StatisticsService"]

_MOST_ROWS: Final = 1000


@dataclass(frozen=True, slots=True)
class CountedRows:
    """Rows behind a figure: how many there are, and those of the page asked for."""

    total: int
    rows: tuple[CountedRow, ...]


class StatisticsService:
    """Counts within the areas of whoever may make statistics; all of it can be asked for as of an earlier moment."""

    def __init__(
        self, database: Database, station: Station, *, acts: NumberedActs, press: Press, worklist: WorklistService
    ) -> None:
        self._station = station
        self._reading = StatisticsReading(database, station)
        self._definitions = DefinitionKeeping(database, station)
        self._issuing = ReportIssuing(database, station, acts=acts, press=press, reading=self._reading)
        self._files = ReportFiles(database, station, issuing=self._issuing, reading=self._reading)
        self._overview = Overview(station, reading=self._reading, worklist=worklist)

    def standard(self, kind: ReportKind, period_kind: PeriodKind) -> ReportDefinition:
        """Give what a kind of report shows where nobody says otherwise."""
        return standard_definition(kind, period_kind)

    def definitions(self) -> tuple[ReportDefinition, ...]:
        """List the saved definitions by name; raises ``ClerkError("not_permitted")``."""
        return self._definitions.all()

    def save_definition(
        self, definition: ReportDefinition, *, texts: Mapping[str, str] | None = None
    ) -> ReportDefinition:
        """Save a definition under its name, in place of the one that it was read from; gives it with its id.

        Raises ``ClerkError``: not_permitted, report_name_missing, report_empty, report_name_taken (``name``),
        no_such_statistics, database_locked, disk_full, read_only.
        """
        return self._definitions.save(definition, texts=texts)

    def forget_definition(self, definition_id: int) -> None:
        """Take a saved definition away, on record; raises ``ClerkError``: not_permitted, no_such_statistics."""
        self._definitions.forget(definition_id)

    def texts_before(self, kind: ReportKind) -> Mapping[str, str]:
        """Give what was last written under the headings of a kind of report; raises not_permitted."""
        return self._issuing.texts_before(kind)

    def report(
        self,
        definition: ReportDefinition,
        period: Period,
        *,
        as_of: datetime | None = None,
        progress: Progress = SILENT,
    ) -> Report:
        """Count everything that a report shows, as the ledger knew it at a moment, now where none is given.

        Raises ``ClerkError``: not_permitted, report_empty, as_of_in_future; ``Cancelled``.
        """
        return self._reading.report(definition, period, as_of=as_of, progress=progress)

    def rows(
        self, asked: RowsAsked, *, offset: int = 0, limit: int = 200, as_of: datetime | None = None
    ) -> CountedRows:
        """Give the rows that one figure counts, of a ratio those of its numerator.

        Raises ``ClerkError``: not_permitted, no_such_measure (``measure``) also where it cannot be parted so.
        """
        base = self._reading.countable(asked, as_of)
        with self._reading.session() as session:
            total = row_count(session, base, known_by=as_of)
            rows = counted_rows(session, base, known_by=as_of, offset=offset, limit=min(limit, _MOST_ROWS))
        return CountedRows(total, rows)

    def issue(
        self, report: Report, *, texts: Mapping[str, str], act_id: str, progress: Progress = SILENT
    ) -> IssuedReportRow:
        """Print a report under a number of its own; ``texts`` is what the manager wrote, by heading.

        Raises ``ClerkError``: not_permitted, act_id_used, report_not_current (it no longer comes out so as of its
        moment), office_not_set_up, missing_characters, database_locked, disk_full, read_only; ``Cancelled``.
        """
        return self._issuing.issue(report, texts=texts, act_id=act_id, progress=progress)

    def issued(self) -> tuple[IssuedReportRow, ...]:
        """List the printed reports, the last first; raises ``ClerkError("not_permitted")``."""
        return self._issuing.all()

    def issued_report(self, issued_id: int) -> Report:
        """Give a printed report as it was; raises ``ClerkError``: not_permitted, no_such_statistics."""
        return self._issuing.stored(issued_id)

    def compare(self, issued_id: int, *, progress: Progress = SILENT) -> ReportComparison:
        """Count a printed report again, as of then and as of now, and list what came to be known since.

        Raises ``ClerkError``: not_permitted, no_such_statistics, report_scope_differs; ``Cancelled``.
        """
        return self._issuing.compare(issued_id, progress=progress)

    def save_workbook(self, report: Report, file: Path) -> None:
        """Write a report as a workbook with the same figures, on record.

        Raises ``ClerkError``: not_permitted, cannot_save_file, disk_full, database_locked, read_only.
        """
        self._files.save(report, file)

    def save_issued_workbook(self, issued_id: int, file: Path) -> None:
        """Write a printed report as a workbook; raises as ``save_workbook``, and no_such_statistics."""
        self._files.save_issued(issued_id, file)

    def draft_pdf(self, report: Report, *, texts: Mapping[str, str]) -> bytes:
        """Give the paper of a report that is not printed yet, with the mark 草稿 and without a number.

        Raises ``ClerkError``: not_permitted, office_not_set_up, missing_characters.
        """
        return self._issuing.draft(report, texts=texts)

    def pdf(self, issued_id: int, *, is_reprint: bool = True) -> bytes:
        """Give the paper of a printed report, again with the mark 补打; raises not_permitted, no_such_statistics."""
        return self._issuing.pdf(issued_id, is_reprint=is_reprint)

    def headings(self, kind: ReportKind) -> tuple[str, ...]:
        """Give the headings under which a manager writes in a kind of report."""
        return HEADINGS[kind]

    def communities(self) -> tuple[str, ...]:
        """Name the office's communities that the caller's statistics reach; raises ``ClerkError("not_permitted")``."""
        return self._reading.communities()

    def quality(self, period: Period, *, progress: Progress = SILENT) -> DataQuality:
        """Say what is missing, double or stale, which totals do not agree, and what may be left out.

        Raises ``ClerkError("not_permitted")``, ``Cancelled``.
        """
        return self._reading.quality(period, progress=progress)

    def dashboard(self, period: Period, *, progress: Progress = SILENT) -> Dashboard:
        """Give the manager's first page over a period; raises ``ClerkError("not_permitted")``, ``Cancelled``."""
        self._station.actor.require(Right.STATISTICS)
        return self._overview.dashboard(period, progress=progress)
