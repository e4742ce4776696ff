"""Due dates that lean on a year without a published calendar: computed anew when the calendar changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.pack_rules import Deadlines
from desktop.domain.workdays import WorkdayCalendar
from desktop.models.filing import Filing
from desktop.queries.decisions import last_visit
from desktop.queries.first_checks import check_begins_on, raised_on
from desktop.services.audit import record_event
from desktop.services.station import Station
from desktop.services.wording import DUE_DATE_WORDS

_WHATS: Final = ("site_check_by", "feedback_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateChange:
    """A provisional due date that moved; what was printed stays as printed."""

    filing_id: int
    number: str
    what: str
    before: date
    after: date


def recompute_provisional(session: Session, calendar: WorkdayCalendar, station: Station) -> tuple[DueDateChange, ...]:
    """Compute the provisional due dates anew in the open transaction, each move with its audit event."""
    moved: list[DueDateChange] = []
    settled: list[int] = []
    for filing in session.scalars(select(Filing).where(Filing.is_provisional)):
        try:
            terms = station.pack_of(filing).deadlines
        except ClerkError:
            # Judged by a version that is not here: its days stay as they are, and provisional.
            continue
        still_provisional = False
        for what in _WHATS:
            before: date | None = getattr(filing, what)
            if before is None:
                continue
            due = calendar.term(*_period(session, what, filing, terms))
            if due is None:
                continue
            still_provisional = still_provisional or due.provisional
            if due.day != before:
                setattr(filing, what, due.day)
                moved.append(
                    DueDateChange(filing_id=filing.id, number=filing.number, what=what, before=before, after=due.day)
                )
        if not still_provisional:
            filing.is_provisional = False
            settled.append(filing.id)
    # Whatever the program writes is on record, else it would pass for an edit by hand.
    for filing_id in sorted({*settled} - {change.filing_id for change in moved}):
        summary = "期限已按公布的节假日核定，日期不变"
        record_event(session, station, act="due_date", summary=summary, filing_id=filing_id)
    for change in moved:
        summary = f"{DUE_DATE_WORDS[change.what]}由 {change.before} 改为 {change.after}（已打印的日期不变）"
        record_event(
            session,
            station,
            act="due_date",
            summary=summary,
            reason="节假日安排公布或者更改",
            filing_id=change.filing_id,
        )
    return tuple(moved)


def _period(session: Session, what: str, filing: Filing, terms: Deadlines) -> tuple[date, int | None]:
    visited_on = last_visit(session, filing.id).visited_on
    if what == "site_check_by":
        raised = raised_on(session, filing.id)
        begins = check_begins_on(session, filing, raised) if raised else filing.accepted_on or visited_on
        return begins, terms.site_check_working_days
    return visited_on, terms.feedback_working_days
