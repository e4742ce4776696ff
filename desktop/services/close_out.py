"""Applying for the close-out of a registration (注销): completion, days, waste, needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers import close_out as papers
from desktop.documents.papers.close_out import CloseOutWords
from desktop.domain.acts import Change
from desktop.domain.closing_out import closeout_ahead, require_days, settled, waste_faults
from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import (
    CloseOutAhead,
    CloseOutKind,
    CloseOutNeed,
    CloseOutRequest,
    CloseOutState,
    CompletionRequest,
    LifeDone,
    WasteRecord,
)
from desktop.domain.life_words import COMPLETION_WORDS
from desktop.domain.local_rules import local
from desktop.domain.register_number import Series
from desktop.domain.registration_life import RIGHTS_OF_LIFE, LifeAct
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.models.registration_life import CloseOut
from desktop.services.audit import record_event
from desktop.services.filing_keys import storable
from desktop.services.life_base import LifeBase, fit_texts, move
from desktop.services.numbered_act import Written
from desktop.services.review_steps import name_at_work


class ClosingOut(LifeBase):
    """Close-outs from the notice of completion to the application."""

    def note_completion(self, request: CompletionRequest) -> frozenset[Change]:
        """Note that the work is finished, as its owner says or as a patrol found (现场已完工未注销).

        The same day again changes nothing.  Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope,
        not_in_this_state, closeout_days, life_incomplete, database_locked, disk_full, read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.NOTE_COMPLETION])
        fit = fit_texts(note_=request.note)
        with self._database.writing() as session:
            filing, registration = self._filing(session, LifeAct.NOTE_COMPLETION, request.filing_id)
            if filing.completed_on == request.completed_on:
                return frozenset()
            require_days(
                accepted_on=registration.accepted_on,
                completed_on=request.completed_on,
                applied_on=None,
                today=self._station.today(),
            )
            before = filing.completed_on
            filing.completed_on = request.completed_on
            record_event(
                session,
                self._station,
                act="completion",
                summary=f"记完工：{request.completed_on}（{COMPLETION_WORDS[request.source]}）",
                reason=fit["note"],
                filing_id=filing.id,
                changes=[("completed_on", before and before.isoformat(), request.completed_on.isoformat())],
            )
        return frozenset({Change.FILINGS})

    def withdraw_completion(self, filing_id: int, *, reason: str) -> frozenset[Change]:
        """Take back a completion noted by mistake, while nobody applied for close-out: the work goes on.

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_in_this_state, life_incomplete
        without a reason, database_locked, disk_full, read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.WITHDRAW_COMPLETION])
        said = fit_texts(reason=reason)["reason"]
        with self._database.writing() as session:
            filing, registration = self._filing(session, LifeAct.WITHDRAW_COMPLETION, filing_id)
            before, filing.completed_on = registration.completed_on, None
            record_event(
                session,
                self._station,
                act="completion_withdrawn",
                summary=f"撤回完工：原记 {before}",
                reason=said,
                filing_id=filing.id,
                changes=[("completed_on", before and before.isoformat(), None)],
            )
        return frozenset({Change.FILINGS})

    def closeout_ahead(self, filing_id: int, completed_on: date, applied_on: date) -> CloseOutAhead:
        """Say until when the close-out was due, by how much the application is late, and what it needs.

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_in_this_state.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.APPLY_CLOSEOUT])
        with self._database.reading() as session:
            filing, _registration = self._filing(session, LifeAct.APPLY_CLOSEOUT, filing_id)
            return self._ahead(filing, completed_on, applied_on)

    def apply_closeout(self, request: CloseOutRequest) -> LifeDone:
        """Take in an application for close-out; the work then waits for the check on site.

        Papers not seen yet stay open until the check.  Raises ``ClerkError``: as ``closeout_ahead``, closeout_days,
        life_incomplete, act_id_used, missing_characters, office_not_set_up, database_locked, disk_full, read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.APPLY_CLOSEOUT])
        applicant = fit_texts(applicant=request.applicant)["applicant"]

        def compose(session: Session, number: str) -> Sequence[Paper]:
            filing, ahead, needs = self._applied(session, request)
            words = CloseOutWords(
                completed_on=request.completed_on,
                applied_on=request.applied_on,
                apply_by=ahead.apply_by,
                days_late=ahead.days_late,
                applicant=applicant,
                waste=request.waste if ahead.needs_waste else None,
                needs=needs,
            )
            return (papers.closeout_application(self._context(session, filing, number), words),)

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[LifeDone, Written]:
            filing, ahead, needs = self._applied(session, request)
            paper_id = self._keep(session, filing, number, documents)
            row = self._closeout_row(request.act_id, filing, number=number, paper_id=paper_id)
            row.completed_on, row.applied_on, row.apply_by = request.completed_on, request.applied_on, ahead.apply_by
            row.is_late = None if ahead.apply_by is None else ahead.days_late > 0
            row.applicant = applicant
            row.waste = _waste_to_plain(request.waste) if ahead.needs_waste else {}
            row.needs = [{**asdict(need), "proof": need.proof.value} for need in needs]
            session.add(row)
            before, filing.completed_on = filing.status, request.completed_on
            move(filing, LifeAct.APPLY_CLOSEOUT)
            session.flush()
            in_time = "" if ahead.apply_by is None else "，按期"
            late = f"，超过 {ahead.days_late} 个工作日" if ahead.days_late else in_time
            written = Written(
                act="closeout_applied",
                summary=local(f"申报注销，编号 {number}：{request.completed_on} 完工，{request.applied_on} 申报{late}"),
                filing_id=filing.id,
                changes=(("status", before, filing.status),),
            )
            return self._result(session, filing.id, number), written

        told = {"filing_id": request.filing_id, "completed_on": request.completed_on, "applied_on": request.applied_on}
        return self._acts.carry_out(
            Series.CLOSEOUT,
            done=lambda session: self._done(session, CloseOut, request.act_id, **told),
            compose=compose,
            write=write,
        )

    def _ahead(self, filing: Filing, completed_on: date, applied_on: date) -> CloseOutAhead:
        facts = walk_in_from_plain(filing.walk_in).facts
        calendar = self._calendar.calendar()
        return closeout_ahead(facts, completed_on, applied_on, pack=self._pack_of(filing), calendar=calendar)

    def _applied(
        self, session: Session, request: CloseOutRequest
    ) -> tuple[Filing, CloseOutAhead, tuple[CloseOutNeed, ...]]:
        filing, registration = self._filing(session, LifeAct.APPLY_CLOSEOUT, request.filing_id)
        require_days(
            accepted_on=registration.accepted_on,
            completed_on=request.completed_on,
            applied_on=request.applied_on,
            today=self._station.today(),
        )
        ahead = self._ahead(filing, request.completed_on, request.applied_on)
        wanting = tuple(waste_faults(request.waste)) if ahead.needs_waste else ()
        if wanting:
            raise ClerkError("life_incomplete", fields=wanting)
        return filing, ahead, settled(ahead.needs, waste=request.waste, papers=request.settled)

    def _closeout_row(self, act_id: str, filing: Filing, *, number: str, paper_id: int | None) -> CloseOut:
        return CloseOut(
            act_id=act_id,
            number=number,
            filing_id=filing.id,
            kind=CloseOutKind.COMPLETED.value,
            completed_on=filing.completed_on,
            apply_by=None,
            is_late=None,
            applicant="",
            waste={},
            needs=[],
            state=CloseOutState.AWAITING_CHECK.value,
            checked_on=None,
            checked_by="",
            check_text="",
            patrol_id=None,
            exception_reason="",
            document_id=paper_id,
            done_at=self._station.now(),
            done_by=name_at_work(self._station),
            done_by_id=self._station.actor.account_id,
        )


def _waste_to_plain(waste: WasteRecord | None) -> dict[str, Any]:
    if waste is None:
        return {}
    if waste.is_none:
        return {"is_none": True}
    taken = waste.taken_on.isoformat() if waste.taken_on else None
    texts = {name: storable(getattr(waste, name).strip()) for name in ("kind", "amount", "hauler", "site")}
    return {"is_none": False, "taken_on": taken, **texts}
