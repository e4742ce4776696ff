"""Reports as workbooks, each on record."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.report import Report
from desktop.exchange.report_workbook import write_report
from desktop.models.database import Database
from desktop.services.audit import record_event
from desktop.services.file_writing import written_file
from desktop.services.station import Station
from desktop.services.statistics_issuing import ReportIssuing
from desktop.services.statistics_reading import StatisticsReading
from desktop.services.statistics_scope import is_inside


class ReportFiles:
    """Writes workbooks for who may take out what the report counts."""

    def __init__(
        self, database: Database, station: Station, *, issuing: ReportIssuing, reading: StatisticsReading
    ) -> None:
        self._database, self._station = database, station
        self._issuing, self._reading = issuing, reading

    def save(self, report: Report, file: Path, *, number: str = "") -> None:
        """Write a report as a workbook; what is on record has left."""
        actor = self._station.actor
        actor.require(Right.EXPORT)
        if not is_inside(self._reading.grants(), actor.grants_for(Right.EXPORT)):
            raise ClerkError("outside_scope", right=Right.EXPORT.value, user=actor.user_name)
        with written_file(file) as fresh:
            write_report(fresh, report, number=number)
            self._record(report, number)

    def save_issued(self, issued_id: int, file: Path) -> None:
        """Write a printed report as it was."""
        issued = self._issuing.listed(issued_id)
        self.save(self._issuing.stored(issued_id), file, number=issued.number)

    def _record(self, report: Report, number: str) -> None:
        named = f"《{report.definition.name}》{report.period.label}"
        with self._database.writing() as session:
            record_event(
                session,
                self._station,
                act="report_out",
                summary=f"导出{named}{f'（{number}）' if number else ''}",
                changes=[("report.scope", None, report.scope), ("report.fingerprint", None, report.fingerprint)],
            )
