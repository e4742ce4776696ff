"""Printed reports: issued under a number as they were counted, held against the ledger later, printed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper, from_plain
from desktop.documents.papers.report import report_paper
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.period import parse_period
from desktop.domain.progress import SILENT, Progress
from desktop.domain.register_number import Series
from desktop.domain.report import IssuedReportRow, Report, ReportComparison, ReportKind
from desktop.domain.report_comparison import changes_between
from desktop.domain.report_json import fingerprint_of_report, report_from_plain, report_to_plain
from desktop.models.database import Database
from desktop.models.issued_document import IssuedDocument
from desktop.models.issued_report import IssuedReport, ReportDefinitionRow
from desktop.queries.statistics.late import ALTERED, late_entries
from desktop.services.audit import record_event
from desktop.services.filing_keys import storable
from desktop.services.numbered_act import NumberedActs, Written
from desktop.services.once import row_of_act
from desktop.services.press import Press, content_sha256
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.statistics_reading import StatisticsReading
from desktop.services.statistics_scope import grants_from_plain, grants_to_plain, is_inside
from desktop.services.touched import ISSUED_REPORT

_MOST_LISTED: Final = 500


class ReportIssuing:
    """Issues reports and keeps what each said; who does not see the whole ledger finds the own ones (the gate)."""

    def __init__(
        self, database: Database, station: Station, *, acts: NumberedActs, press: Press, reading: StatisticsReading
    ) -> None:
        self._database, self._station = database, station
        self._acts, self._press, self._reading = acts, press, reading

    def issue(
        self, report: Report, *, texts: Mapping[str, str], act_id: str, progress: Progress = SILENT
    ) -> IssuedReportRow:
        """Print a report under the next number, once it comes out the same as known at its moment."""
        self._station.actor.require(Right.STATISTICS)
        written = with_texts(report, texts)
        told = {"fingerprint": report.fingerprint}
        with self._database.reading() as session:
            if (before := row_of_act(session, IssuedReport, act_id, told)) is not None:
                return _listed(before)
        self._require_current(report, progress)

        def done(session: Session) -> IssuedReportRow | None:
            row = row_of_act(session, IssuedReport, act_id, told)
            return None if row is None else _listed(row)

        def compose(_session: Session, number: str) -> Sequence[Paper]:
            return (self._paper_of(written, number),)

        def write(
            session: Session, number: str, documents: Sequence[IssuedDocument]
        ) -> tuple[IssuedReportRow, Written]:
            row = self._write(session, written, number, documents[0], act_id)
            summary = f"打印《{report.definition.name}》{report.period.label}（{number}）"
            changes = [
                ("report.period", None, report.period.code),
                ("report.scope", None, report.scope),
                ("report.fingerprint", None, report.fingerprint),
            ]
            touched = [(ISSUED_REPORT, row.id)]
            return _listed(row), Written(act="report_issued", summary=summary, changes=changes, touched=touched)

        return self._acts.carry_out(Series.STATISTICS, done=done, compose=compose, write=write)

    def all(self) -> tuple[IssuedReportRow, ...]:
        """List the printed reports, the last first."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            asked = select(IssuedReport).order_by(IssuedReport.id.desc()).limit(_MOST_LISTED)
            return tuple(_listed(row) for row in session.scalars(asked))

    def stored(self, issued_id: int) -> Report:
        """Give a printed report as it was."""
        return report_from_plain(self._row(issued_id).report)

    def listed(self, issued_id: int) -> IssuedReportRow:
        """Give the line of one printed report."""
        return _listed(self._row(issued_id))

    def compare(self, issued_id: int, *, progress: Progress = SILENT) -> ReportComparison:
        """Count again as of then and as of now, within the areas that the report counted."""
        row = self._row(issued_id)
        report, grants = report_from_plain(row.report), grants_from_plain(row.grants)
        if not is_inside(grants, self._reading.grants()):
            raise ClerkError("report_scope_differs", number=row.number, scope=row.scope)
        definition, period = report.definition, report.period
        then = self._reading.report(definition, period, as_of=report.as_of, grants=grants, progress=progress)
        now = self._reading.report(definition, period, grants=grants, progress=progress)
        with self._reading.session(grants) as session:
            late = late_entries(session, period, report.as_of)
        return ReportComparison(
            issued=_listed(row),
            same_then=not changes_between(report, then) and fingerprint_of_report(report) == row.fingerprint,
            changes=changes_between(report, now),
            late=late,
            is_altered=any(entry.what == ALTERED for entry in late),
            is_intact=fingerprint_of_report(report) == row.fingerprint,
        )

    def texts_before(self, kind: ReportKind) -> Mapping[str, str]:
        """Give what was last printed under the headings of a kind, or else saved with a definition of it."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            asked = select(IssuedReport.report).where(IssuedReport.kind == kind.value)
            printed = session.scalars(asked.order_by(IssuedReport.id.desc()).limit(1)).first()
            if printed is not None and printed["texts"]:
                return dict(printed["texts"])
            saved = session.scalars(select(ReportDefinitionRow).order_by(ReportDefinitionRow.saved_at.desc()))
            return next((dict(row.texts) for row in saved if row.definition["kind"] == kind.value and row.texts), {})

    def draft(self, report: Report, *, texts: Mapping[str, str]) -> bytes:
        """Give the paper of a report that is not printed yet, marked 草稿."""
        self._station.actor.require(Right.STATISTICS)
        return self._press.draft(self._paper_of(with_texts(report, texts), ""))

    def pdf(self, issued_id: int, *, is_reprint: bool) -> bytes:
        """Give the paper of a printed report; a reprint carries its mark and is put on record."""
        row = self._row(issued_id)
        paper, sha256 = self._paper(row)
        if not is_reprint:
            return self._press.again(paper, sha256)
        pdf = self._press.reprint(paper)
        with self._database.writing() as session:
            summary = f"补打《{paper.title}》（{paper.number}）"
            touched = [(ISSUED_REPORT, row.id)]
            record_event(session, self._station, act="report_reprint", summary=summary, touched=touched)
        return pdf

    def _require_current(self, report: Report, progress: Progress) -> None:
        if self._reading.is_unchanged(report):
            return
        again = self._reading.report(report.definition, report.period, as_of=report.as_of, progress=progress)
        if again.scope != report.scope or changes_between(report, again):
            raise ClerkError("report_not_current")

    def _paper_of(self, report: Report, number: str) -> Paper:
        self._station.known_office()
        made_by = name_at_work(self._station)
        return report_paper(report, number=number, on=self._station.today(), made_by=made_by)

    def _write(
        self, session: Session, report: Report, number: str, document: IssuedDocument, act_id: str
    ) -> IssuedReport:
        document.filing_id = document.community = None  # it belongs to no filing, and never changes once written
        session.add(document)
        session.flush()
        row = IssuedReport(
            act_id=act_id,
            number=number,
            kind=report.definition.kind.value,
            name=report.definition.name,
            period=report.period.code,
            first_on=report.period.first_on,
            last_on=report.period.last_on,
            as_of=report.as_of,
            scope=report.scope,
            grants=grants_to_plain(self._reading.grants()),
            report=report_to_plain(report),
            fingerprint=report.fingerprint,
            document_id=document.id,
            issued_at=self._station.now(),
            issued_by=name_at_work(self._station),
            issued_by_id=self._station.actor.account_id,
        )
        session.add(row)
        session.flush()
        return row

    def _row(self, issued_id: int) -> IssuedReport:
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            row = session.scalars(select(IssuedReport).where(IssuedReport.id == issued_id)).first()
            if row is None:
                raise ClerkError("no_such_statistics")
            session.expunge(row)
            return row

    def _paper(self, row: IssuedReport) -> tuple[Paper, str]:
        """Give the paper of a report that the gate let be read; papers of no community are for who sees all."""
        with self._database.reading(is_whole=True) as session:
            document = session.get(IssuedDocument, row.document_id)
            if document is None:
                raise ClerkError("no_such_paper", number=row.number)
            if content_sha256(document.paper) != document.content_sha256:
                raise ClerkError("paper_changed", paper_id=document.id, number=document.number)
            return from_plain(document.paper), document.sha256


def with_texts(report: Report, texts: Mapping[str, str]) -> Report:
    """Give a report with what the manager wrote; headings with nothing below them are left out."""
    cleaned = {heading: storable(text).strip() for heading, text in texts.items()}
    return replace(report, texts={heading: text for heading, text in cleaned.items() if text})


def _listed(row: IssuedReport) -> IssuedReportRow:
    period = parse_period(row.period)
    assert period is not None
    return IssuedReportRow(
        id=row.id,
        number=row.number,
        kind=ReportKind(row.kind),
        name=row.name,
        period=period,
        as_of=row.as_of,
        scope=row.scope,
        fingerprint=row.fingerprint,
        issued_by=row.issued_by,
        document_id=row.document_id,
    )
