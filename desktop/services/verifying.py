"""Noting who verified which datum of a filing how, and with what result (信息核实)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.typed_text import clean_text, text_fault
from desktop.domain.verification import (
    DATUM_WORDS,
    FINDING_WORDS,
    MANNER_WORDS,
    Datum,
    Finding,
    Manner,
    VerificationRequest,
    Verified,
)
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.verification import Verification
from desktop.queries.filing_file import departments_of, stored_filing
from desktop.services.audit import record_event
from desktop.services.once import row_of_act
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station

LONGEST_NOTE: Final = 300
# Whoever receives, reviews or patrols may find out whether what was declared is so.
_RIGHTS: Final = (Right.REGISTER, Right.REVIEW_FILING, Right.PATROL_FEEDBACK)


class VerifyingService:
    """Keeps what was verified; a later check never changes an earlier one."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def of(self, filing_id: int) -> tuple[Verified, ...]:
        """List what was verified of a filing, the newest first, numbers of persons covered."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            rows = select(Verification).where(Verification.filing_id == filing_id).order_by(Verification.id.desc())
            return tuple(_shown(row) for row in session.scalars(rows))

    def record(self, request: VerificationRequest) -> frozenset[Change]:
        """Note one check in the name of who is at work; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, note_unfit.  What differs or could not be
        verified needs a note.
        """
        self._station.actor.require(*_RIGHTS)
        note = _fit(request)
        with self._database.writing() as session:
            filing = stored_filing(session, request.filing_id)
            self._require_reach(session, filing)
            if row_of_act(session, Verification, request.act_id) is not None:
                return frozenset()
            session.add(self._row(request, note))
            record_event(
                session,
                self._station,
                act="verification",
                summary=_summary(request),
                reason=note,
                filing_id=filing.id,
            )
        return frozenset({Change.FILINGS})

    def _require_reach(self, session: Session, filing: Filing) -> None:
        actor, departments = self._station.actor, departments_of(session, filing.id)
        if not any(actor.may_for(right, filing.community, departments) for right in _RIGHTS):
            held = next(right for right in _RIGHTS if actor.may(right))
            actor.require_for(held, filing.community, departments)

    def _row(self, request: VerificationRequest, note: str) -> Verification:
        return Verification(
            act_id=request.act_id,
            filing_id=request.filing_id,
            datum=request.datum.value,
            how=request.manner.value,
            result=request.finding.value,
            note=note,
            verified_at=self._station.now(),
            verified_by=name_at_work(self._station),
            verified_by_id=self._station.actor.account_id,
        )


def _summary(request: VerificationRequest) -> str:
    datum, manner = DATUM_WORDS[request.datum], MANNER_WORDS[request.manner]
    return f"核实{datum}（{manner}）：{FINDING_WORDS[request.finding]}"


def _fit(request: VerificationRequest) -> str:
    fault = text_fault(request.note.strip(), longest=LONGEST_NOTE)
    note = clean_text(request.note)
    if fault:
        raise ClerkError("note_unfit", why=f"{fault}。")
    if not note and (request.finding is not Finding.TRUE or request.manner is Manner.OTHER):
        raise ClerkError("note_unfit", why="结果不是“属实”，或者方式为“其他”的，请写明情况。")
    return note


def _shown(row: Verification) -> Verified:
    return Verified(
        id=row.id,
        datum=Datum(row.datum),
        manner=Manner(row.how),
        finding=Finding(row.result),
        note=cover_numbers(row.note),
        at=row.verified_at,
        who=row.verified_by,
    )
