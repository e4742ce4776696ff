"""The steps of a report: found within reach, done once, written with its event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.papers.report_slip import CODE
from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.public_report import ReportMove, ReportRow, ReportState
from desktop.models.issued_document import IssuedDocument
from desktop.models.public_report import PublicReport, PublicReportStep
from desktop.queries.reports import report_row
from desktop.services.audit import FieldChange, record_event
from desktop.services.once import row_of_act
from desktop.services.reach import require_for_row
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import REPORT

_EVENT_OF = {
    ReportMove.ASSIGNED: "report_assigned",
    ReportMove.VERIFIED: "report_verified",
    ReportMove.LINKED: "report_linked",
    ReportMove.ANSWERED: "report_answered",
    ReportMove.REWARD: "report_reward",
}
_WORDS = {
    ReportMove.ASSIGNED: "交办",
    ReportMove.VERIFIED: "核查",
    ReportMove.LINKED: "关联",
    ReportMove.ANSWERED: "答复",
    ReportMove.REWARD: "奖励",
}


def stored_report(session: Session, report_id: int) -> PublicReport:
    """Find a report; raises ``ClerkError("no_such_report")``."""
    report = session.scalars(select(PublicReport).where(PublicReport.id == report_id)).first()
    if report is None:
        raise ClerkError("no_such_report", report_id=report_id)
    return report


def shown_report(session: Session, report_id: int) -> ReportRow:
    """Give a report as lists show it, with what was just written; raises ``ClerkError("no_such_report")``."""
    session.flush()
    row = report_row(session, report_id)
    if row is None:
        raise ClerkError("no_such_report", report_id=report_id)
    return row


def slip_of(session: Session, report: PublicReport) -> int | None:
    """Give the id of a report's slip."""
    slips = select(IssuedDocument.id).where(IssuedDocument.number == report.number, IssuedDocument.code == CODE)
    return session.scalars(slips).first()


class ReportSteps:
    """Begins, adds and finishes steps in the writing transaction of the service."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def require(self, session: Session, report: PublicReport, right: Right = Right.PATROL_FEEDBACK) -> None:
        """Raise ``ClerkError``: not_permitted, or outside_scope when the right does not reach the report."""
        require_for_row(session, self._station.actor, right, report)

    def begin(
        self,
        session: Session,
        report_id: int,
        act_id: str,
        *,
        move: ReportMove,
        allowed: tuple[ReportState, ...],
        told: Mapping[str, object],
    ) -> PublicReport | None:
        """Find a report to be worked on, None when the same step was done before; ``told`` is what it says now.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_closed (number, state), act_id_used.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
        report = stored_report(session, report_id)
        self.require(session, report)
        same = {"report_id": report_id, "state": move.value, **told}
        if row_of_act(session, PublicReportStep, act_id, same) is not None:
            return None
        if ReportState(report.state) not in allowed:
            raise ClerkError("report_closed", number=report.number, state=report.state)
        return report

    def add(
        self,
        session: Session,
        report: PublicReport,
        move: ReportMove,
        *,
        act_id: str,
        text: str,
        on: date | None = None,
    ) -> None:
        """Add a step; the caller records the event."""
        session.add(
            PublicReportStep(
                report_id=report.id,
                act_id=act_id,
                state=move.value,
                on=on or self._station.today(),
                text=text,
                done_at=self._station.now(),
                done_by=name_at_work(self._station),
                done_by_id=self._station.actor.account_id,
            )
        )

    def finish(
        self,
        session: Session,
        report: PublicReport,
        move: ReportMove,
        *,
        act_id: str,
        text: str,
        state: ReportState | None = None,
        on: date | None = None,
    ) -> None:
        """Add a step, put the report into its state and record the event."""
        changes: list[FieldChange] = []
        if state is not None and report.state != state.value:
            changes.append(("state", report.state, state.value))
            report.state = state.value
        self.add(session, report, move, act_id=act_id, text=text, on=on)
        record_event(
            session,
            self._station,
            act=_EVENT_OF[move],
            summary=f"{_WORDS[move]}：{report.number}",
            changes=changes,
            touched=[(REPORT, report.id)],
        )
