"""Ending a registration: the check on site of an application, or the lapse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers import close_out as papers
from desktop.documents.papers.close_out import CloseOutWords
from desktop.domain.acts import Status
from desktop.domain.closing_out import settled
from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import (
    CloseOutKind,
    CloseOutState,
    LapseRequest,
    LifeDone,
    NeedProof,
    OpenMatters,
    SiteVerification,
)
from desktop.domain.local_rules import local
from desktop.domain.register_number import Series
from desktop.domain.registration_life import RIGHTS_OF_LIFE, STATUS_AFTER_FAILED_CHECK, LifeAct
from desktop.domain.site import SiteRef
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.models.registration_life import CloseOut
from desktop.queries.registration_life import last_closeout, needs_of, open_matters, waste_of
from desktop.services.close_out import ClosingOut
from desktop.services.life_base import fit_texts, move
from desktop.services.numbered_act import Written
from desktop.services.review_steps import name_at_work
from desktop.services.visits import visit_to


class CheckingCloseOuts(ClosingOut):
    """Checks on site and lapses, with the receipt that ends a registration."""

    def verify_closeout(self, check: SiteVerification) -> LifeDone:
        """Note the check on site: the registration is closed with its receipt, or goes on as registered.

        The same check again gives what it gave.  Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope,
        not_in_this_state, closeout_days, life_incomplete, closeout_needs_wanting (with their texts), open_matters
        (with their numbers; only the manager goes on, with a reason), no_such_patrol, database_locked, disk_full,
        read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.VERIFY_CLOSEOUT])
        fit = fit_texts(**{"text_" if check.is_complete else "text": check.text}, reason_=check.exception_reason)
        with self._database.writing() as session:
            if (before := self._checked_before(session, check, fit)) is not None:
                return before
            filing, _registration = self._filing(session, LifeAct.VERIFY_CLOSEOUT, check.filing_id)
            row = last_closeout(session, filing.id)
            assert row is not None
            if not row.applied_on <= check.checked_on <= self._station.today():
                raise ClerkError("closeout_days", applied_on=row.applied_on, checked_on=check.checked_on)
            if check.patrol_id is not None:
                visit_to(session, check.patrol_id, SiteRef(filing_id=filing.id))
            left = self._still_open(session, filing, fit["reason"]) if check.is_complete else OpenMatters()
            self._note_check(row, check, fit, has_exception=bool(left))
            issued = self._issue_check(session, filing, row, left)
            return self._result(session, filing.id, row.number, codes=lambda code: code in issued)

    def close_lapsed(self, request: LapseRequest) -> LifeDone:
        """Close a registration past its end whose owner is not to be found, after a patrol looked (逾期失联).

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_in_this_state, not_overdue,
        no_such_patrol, patrol_before_end, life_incomplete, act_id_used, missing_characters, office_not_set_up,
        database_locked, disk_full, read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.CLOSE_LAPSED])
        reason = fit_texts(reason=request.reason)["reason"]

        def compose(session: Session, number: str) -> Sequence[Paper]:
            filing = self._lapsed(session, request)
            left = open_matters(session, filing.id)
            numbers = (*left.hazards, *left.transfers)
            words = CloseOutWords(kind=CloseOutKind.LAPSED, exception_reason=reason, open_numbers=numbers)
            return (papers.closeout_receipt(self._context(session, filing, number), words),)

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[LifeDone, Written]:
            filing = self._lapsed(session, request)
            paper_id = self._keep(session, filing, number, documents)
            row = self._closeout_row(request.act_id, filing, number=number, paper_id=paper_id)
            row.kind, row.state = CloseOutKind.LAPSED.value, CloseOutState.VERIFIED.value
            row.applied_on, row.patrol_id, row.exception_reason = self._station.today(), request.patrol_id, reason
            session.add(row)
            before = filing.status
            self._end(filing, LifeAct.CLOSE_LAPSED)
            session.flush()
            written = Written(
                act="closeout_lapsed",
                summary=local(f"逾期失联注销，编号 {number}：有效期至 {filing.valid_until}"),
                filing_id=filing.id,
                reason=reason,
                changes=(("status", before, filing.status),),
            )
            return self._result(session, filing.id, number), written

        told = {"filing_id": request.filing_id, "patrol_id": request.patrol_id, "exception_reason": reason}
        return self._acts.carry_out(
            Series.CLOSEOUT,
            done=lambda session: self._done(session, CloseOut, request.act_id, **told),
            compose=compose,
            write=write,
        )

    def _checked_before(self, session: Session, check: SiteVerification, fit: dict[str, str]) -> LifeDone | None:
        """Give what the same check gave before: a check has no row of its own that could hold its act id."""
        row = last_closeout(session, check.filing_id)
        if row is None or row.state == CloseOutState.AWAITING_CHECK.value or row.kind != CloseOutKind.COMPLETED.value:
            return None
        was_complete = row.state == CloseOutState.VERIFIED.value
        told = (check.is_complete, check.checked_on, fit["text"], name_at_work(self._station))
        if (was_complete, row.checked_on, row.check_text, row.checked_by) != told:
            return None
        issued = _papers_of_check(is_complete=was_complete)
        return self._result(session, check.filing_id, row.number, codes=lambda code: code in issued)

    def _note_check(self, row: CloseOut, check: SiteVerification, fit: dict[str, str], *, has_exception: bool) -> None:
        needs = settled(needs_of(row), waste=waste_of(row), papers=check.settled, is_checked=check.is_complete)
        wanting = tuple(need.text for need in needs if not need.is_there and need.proof is not NeedProof.CHECK)
        if check.is_complete and wanting:
            raise ClerkError("closeout_needs_wanting", needs=wanting)
        row.needs = [{**asdict(need), "proof": need.proof.value} for need in needs]
        row.state = (CloseOutState.VERIFIED if check.is_complete else CloseOutState.NOT_COMPLETE).value
        row.checked_on, row.checked_by = check.checked_on, name_at_work(self._station)
        row.check_text, row.patrol_id = fit["text"], check.patrol_id
        row.exception_reason = fit["reason"] if has_exception else ""

    def _issue_check(self, session: Session, filing: Filing, row: CloseOut, left: OpenMatters) -> tuple[str, ...]:
        """Issue the record of the check and, of a finished work, the receipt; gives the codes of what was issued."""
        is_complete = row.state == CloseOutState.VERIFIED.value
        before = filing.status
        words = self._words(filing, row, left)
        context = self._context(session, filing, row.number)
        if is_complete:
            self._end(filing, LifeAct.VERIFY_CLOSEOUT)
        else:
            filing.status, filing.completed_on = STATUS_AFTER_FAILED_CHECK.value, None
        session.flush()
        said = "已经完工" if is_complete else "尚未完工，退回在建"
        self._acts.issue(
            session,
            papers.closeout_check(context, words),
            Written(
                act="closeout_checked",
                summary=local(f"注销现场核实（{row.number}）：{said}"),
                filing_id=filing.id,
                reason=row.check_text,
                changes=(("status", before, filing.status),),
            ),
        )
        if is_complete:
            self._acts.issue(
                session,
                papers.closeout_receipt(context, words),
                Written(
                    act="closeout",
                    summary=local(f"注销，编号 {row.number}"),
                    filing_id=filing.id,
                    reason=row.exception_reason,
                ),
            )
        return _papers_of_check(is_complete=is_complete)

    def _words(self, filing: Filing, row: CloseOut, left: OpenMatters) -> CloseOutWords:
        assert row.completed_on is not None
        return CloseOutWords(
            completed_on=row.completed_on,
            applied_on=row.applied_on,
            apply_by=row.apply_by,
            days_late=self._ahead(filing, row.completed_on, row.applied_on).days_late,
            applicant=row.applicant,
            waste=waste_of(row),
            needs=needs_of(row),
            is_complete=row.state == CloseOutState.VERIFIED.value,
            checked_on=row.checked_on,
            checked_by=row.checked_by,
            check_text=row.check_text,
            exception_reason=row.exception_reason,
            open_numbers=(*left.hazards, *left.transfers),
        )

    def _still_open(self, session: Session, filing: Filing, reason: str) -> OpenMatters:
        """Give what is left open by the manager's reason; raises ``ClerkError("open_matters")`` without one."""
        left = open_matters(session, filing.id)
        may_except = self._may_except(session, filing)
        if left and not (may_except and reason):
            raise ClerkError("open_matters", numbers=(*left.hazards, *left.transfers), may_except=may_except)
        return left

    def _lapsed(self, session: Session, request: LapseRequest) -> Filing:
        filing, registration = self._filing(session, LifeAct.CLOSE_LAPSED, request.filing_id)
        until = self._in_time_until(filing)
        if until is None or until >= self._station.today():
            raise ClerkError("not_overdue", number=registration.number, until=until)
        patrol = visit_to(session, request.patrol_id, SiteRef(filing_id=filing.id))
        if patrol.visited_on <= until:
            # Nobody is lost who was only looked for while the registration ran.
            raise ClerkError("patrol_before_end", visited_on=patrol.visited_on, until=until)
        return filing

    def _end(self, filing: Filing, act: LifeAct) -> None:
        move(filing, act)
        assert filing.status == Status.CLOSED.value
        filing.closed_on = self._station.today()


def _papers_of_check(*, is_complete: bool) -> tuple[str, ...]:
    return (papers.CHECK, papers.RECEIPT) if is_complete else (papers.CHECK,)
