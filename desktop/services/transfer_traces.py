"""What handing a matter on leaves behind: on the hazard, the unregistered work, the report and the filing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from desktop.domain.bodies import TransferKind
from desktop.domain.found_site import WAITING, FoundState
from desktop.domain.hazard import HazardState, StepKind
from desktop.domain.hazard_course import is_overdue
from desktop.domain.public_report import ReportMove
from desktop.domain.transfer import KIND_WORDS
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.public_report import PublicReport, PublicReportStep
from desktop.models.transfer import Transfer
from desktop.queries.filing_file import stored_filing
from desktop.services.found_site_states import mark_reported
from desktop.services.numbered_filing import add_number
from desktop.services.touched import FOUND_SITE, HAZARD, REPORT, Subject
from desktop.services.transfer_matters import MatterRows

_REPORTABLE = frozenset({state.value for state in WAITING | {FoundState.REFUSED}})


def leave_traces(session: Session, sent: Transfer, *, rows: MatterRows, document_id: int) -> tuple[Subject, ...]:
    """Note in the open transaction that a matter was handed on, and give what was touched.

    Telling enforcement ends the duty of the same day; the filing is found by the letter's number.
    """
    if sent.filing_id is not None:
        add_number(session, stored_filing(session, sent.filing_id), sent.number)
    return tuple(_traces(session, sent, rows, document_id))


def _traces(session: Session, sent: Transfer, rows: MatterRows, document_id: int) -> Iterator[Subject]:
    if rows.hazard is not None:
        _on_hazard(session, rows.hazard, sent, document_id)
        yield HAZARD, rows.hazard.id
    if rows.found is not None and rows.found.state in _REPORTABLE:
        _on_found_site(rows.found, sent)
        yield FOUND_SITE, rows.found.id
    if rows.report is not None:
        _on_report(session, rows.report, sent)
        yield REPORT, rows.report.id


def _on_hazard(session: Session, hazard: Hazard, sent: Transfer, document_id: int) -> None:
    # The duty to report stands by its day, or comes from lateness alone (``hazards_to_report``).
    is_late = is_overdue(HazardState(hazard.state), hazard.due_on, sent.sent_on)
    if (hazard.report_by is not None or is_late) and hazard.reported_on is None:
        hazard.reported_on = sent.sent_on
    kind = StepKind.REPORTED if sent.kind == TransferKind.REPORT.value else StepKind.TRANSFERRED
    session.add(
        HazardStep(
            hazard_id=hazard.id,
            act_id=sent.act_id,
            kind=kind.value,
            on=sent.sent_on,
            text=_said(sent),
            document_id=document_id,
            done_at=sent.sent_at,
            done_by=sent.sent_by,
            done_by_id=sent.sent_by_id,
        )
    )


def _on_found_site(found: FoundSite, sent: Transfer) -> None:
    mark_reported(found, sent.sent_on)


def _on_report(session: Session, report: PublicReport, sent: Transfer) -> None:
    session.add(
        PublicReportStep(
            report_id=report.id,
            act_id=sent.act_id,
            state=ReportMove.PASSED_ON.value,
            on=sent.sent_on,
            text=_said(sent),
            done_at=sent.sent_at,
            done_by=sent.sent_by,
            done_by_id=sent.sent_by_id,
        )
    )


def _said(sent: Transfer) -> str:
    word = KIND_WORDS[TransferKind(sent.kind)]
    return f"{word} {sent.number}，送{sent.to_body}"
