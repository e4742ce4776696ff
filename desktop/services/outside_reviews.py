"""Reviews that third parties make for the office: who, asked and returned when, what opinion."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change, Status
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.outside_review import (
    LONGEST_OPINION,
    LONGEST_REVIEWER,
    PAPER_WORDS,
    STOPS_CLOCK,
    VERDICT_WORDS,
    OutsideReviewNote,
    OutsideReviewRow,
    OutsideVerdict,
    ReviewedPaper,
    note_fault,
)
from desktop.domain.typed_text import clean_text, text_fault
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.registration_life import OutsideReview
from desktop.queries.filing_file import departments_of, stored_filing
from desktop.services.audit import FieldChange, record_event
from desktop.services.calendar import CalendarService
from desktop.services.once import row_of_act
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station

_RIGHTS = (Right.REGISTER, Right.REVIEW_FILING)
_OVER = (Status.CLOSED, Status.REVOKED)


class OutsideReviewService:
    """Keeps what third parties were asked and answered; a later entry never changes an earlier one."""

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService) -> None:
        self._database, self._station, self._calendar = database, station, calendar

    def of(self, filing_id: int) -> tuple[OutsideReviewRow, ...]:
        """List the reviews of a filing as they stand, those still out first, then the newest first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            asked = select(OutsideReview).where(OutsideReview.filing_id == filing_id).order_by(OutsideReview.id)
            latest = {(row.subject, row.reviewer, row.asked_on): row for row in session.scalars(asked)}
        rows = sorted(latest.values(), key=lambda row: (row.returned_on is not None, -row.id))
        return tuple(_shown(row) for row in rows)

    def record(self, note: OutsideReviewNote) -> frozenset[Change]:
        """Keep one entry in the name of who is at work; the same ``act_id`` twice counts once.

        The term for the answer to the applicant runs on unless the pack's setting says otherwise.  Raises
        ``ClerkError``: not_permitted, outside_scope, no_such_filing, outside_review_unfit (also for a registration
        that is over), act_id_used.
        """
        self._station.actor.require(*_RIGHTS)
        reviewer, opinion = self._fit(note)
        with self._database.writing() as session:
            filing = stored_filing(session, note.filing_id)
            self._require_reach(session, filing)
            if row_of_act(session, OutsideReview, note.act_id) is not None:
                return frozenset()
            if Status(filing.status) in _OVER:
                why = local("登记已经注销或者撤销，不再记录第三方审查。")
                raise ClerkError("outside_review_unfit", fields=("paper",), why=why)
            session.add(self._row(note, reviewer, opinion))
            changes = self._stop_clock(filing, note)
            record_event(
                session,
                self._station,
                act="outside_review",
                summary=_summary(note, reviewer),
                reason=opinion,
                filing_id=filing.id,
                changes=changes,
            )
        return frozenset({Change.FILINGS})

    def _fit(self, note: OutsideReviewNote) -> tuple[str, str]:
        fault = note_fault(note, self._station.today())
        for name, text, longest in (
            ("reviewer", note.reviewer, LONGEST_REVIEWER),
            ("opinion", note.opinion, LONGEST_OPINION),
        ):
            why = text_fault(text.strip(), longest=longest)
            fault = fault or ((name, f"{why}。") if why else None)
        if fault is not None:
            raise ClerkError("outside_review_unfit", fields=(fault[0],), why=fault[1])
        return clean_text(note.reviewer), clean_text(note.opinion)

    def _require_reach(self, session: Session, filing: Filing) -> None:
        actor, departments = self._station.actor, departments_of(session, filing.id)
        if not any(actor.may_for(right, filing.community, departments) for right in _RIGHTS):
            held = next(right for right in _RIGHTS if actor.may(right))
            actor.require_for(held, filing.community, departments)

    def _row(self, note: OutsideReviewNote, reviewer: str, opinion: str) -> OutsideReview:
        return OutsideReview(
            act_id=note.act_id,
            filing_id=note.filing_id,
            subject=note.paper.value,
            reviewer=reviewer,
            asked_on=note.asked_on,
            returned_on=note.returned_on,
            verdict=note.verdict.value if note.verdict else "",
            opinion=opinion,
            noted_at=self._station.now(),
            noted_by=name_at_work(self._station),
            noted_by_id=self._station.actor.account_id,
        )

    def _stop_clock(self, filing: Filing, note: OutsideReviewNote) -> list[FieldChange]:
        """Add the working days that a review took to the term, where the setting says that they do not count."""
        stops = self._station.pack().numbers().get(STOPS_CLOCK, 0) == 1
        before = filing.feedback_by
        if not stops or note.returned_on is None or before is None or filing.accepted_on is not None:
            return []
        calendar = self._calendar.calendar()
        taken = calendar.working_days_between(note.asked_on, note.returned_on)
        filing.feedback_by = calendar.add_working_days(before, taken).day
        return [("feedback_by", before.isoformat(), filing.feedback_by.isoformat())]


def _summary(note: OutsideReviewNote, reviewer: str) -> str:
    paper = PAPER_WORDS[note.paper]
    if note.verdict is None:
        return f"委托第三方审查{paper}：{reviewer}"
    return f"第三方审查{paper}（{reviewer}）：{VERDICT_WORDS[note.verdict]}"


def _shown(row: OutsideReview) -> OutsideReviewRow:
    return OutsideReviewRow(
        paper=ReviewedPaper(row.subject),
        reviewer=cover_numbers(row.reviewer),
        asked_on=row.asked_on,
        returned_on=row.returned_on,
        verdict=OutsideVerdict(row.verdict) if row.verdict else None,
        opinion=cover_numbers(row.opinion),
        noted_at=row.noted_at,
        noted_by=row.noted_by,
    )
