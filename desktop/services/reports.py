"""Reports from the public and of other bodies: from taking down to the answer."""

from __future__ import annotations

from typing import Final

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.found_site import FoundSiteDraft, FoundSource
from desktop.domain.public_report import ReportCriteria, Reporter, ReportFile, ReportRow
from desktop.queries.papers import papers_by_id
from desktop.queries.reports import count_reports, report_steps, reports
from desktop.services.audit import record_event
from desktop.services.report_dealing import DealingWithReports
from desktop.services.report_steps import shown_report, slip_of, stored_report
from desktop.services.report_taking import TakingReports
from desktop.services.revealing import stated_purpose
from desktop.services.review_steps import name_at_work
from desktop.services.touched import REPORT

CHANGED: Final = frozenset({Change.ON_SITE, Change.PAPERS})


class ReportService(TakingReports, DealingWithReports):
    """The register of reports; the person who reported is told to nobody without the right and a purpose."""

    def find(self, criteria: ReportCriteria) -> tuple[ReportRow, ...]:
        """List reports, the last received first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return reports(session, criteria, as_of=self._station.today())

    def count(self, criteria: ReportCriteria) -> int:
        """Count reports, whatever the limit of the list."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return count_reports(session, criteria, as_of=self._station.today())

    def file(self, report_id: int) -> ReportFile:
        """Give one report with its steps and slip; raises ``ClerkError``: not_permitted, no_such_report."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            report = stored_report(session, report_id)
            row = shown_report(session, report_id)
            slip = slip_of(session, report)
            papers = papers_by_id(session, [] if slip is None else [slip])
            return ReportFile(row=row, steps=report_steps(session, report_id), papers=papers)

    def found_site_draft(self, report_id: int) -> FoundSiteDraft:
        """Give what a report says as the beginning of a record of an unregistered work.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report.
        """
        with self._database.reading() as session:
            report = stored_report(session, report_id)
            self._steps.require(session, report)
            return FoundSiteDraft(
                community=report.community,
                place=report.place,
                found_on=report.verified_on or self._station.today(),
                found_by=report.assigned_to or name_at_work(self._station),
                source=FoundSource.REPORT,
                report_id=report.id,
            )

    def reveal(self, report_id: int, purpose: str) -> Reporter:
        """Give who reported whole, and record for what it was asked.

        Raises ``ClerkError``: not_permitted, outside_scope, purpose_required, no_such_report, database_locked.
        """
        actor = self._station.actor
        actor.require(Right.SEE_WHOLE)
        reason = stated_purpose(purpose)
        with self._database.writing() as session:
            report = stored_report(session, report_id)
            self._steps.require(session, report, Right.SEE_WHOLE)
            record_event(
                session,
                self._station,
                act="reporter_seen",
                summary=f"查看举报人信息：{report.number}",
                reason=reason,
                touched=[(REPORT, report.id)],
            )
            return Reporter(name=report.reporter_name, phone=report.reporter_phone)
