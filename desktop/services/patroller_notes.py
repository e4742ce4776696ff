"""Restricted notes on patrollers: for who decides exceptions alone, and never changed."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from desktop.domain.access import Right
from desktop.domain.acts import Change, FieldFault
from desktop.domain.errors import ClerkError
from desktop.domain.patroller_note import (
    KIND_WORDS,
    NoteKind,
    PatrollerCount,
    PatrollerNoteDraft,
    PatrollerNoteRow,
    note_faults,
)
from desktop.domain.search_keys import normalise
from desktop.domain.typed_text import clean_text
from desktop.models.database import Database
from desktop.models.report_upward import PatrollerNote
from desktop.services.audit import record_event
from desktop.services.filing_keys import storable
from desktop.services.once import row_of_act
from desktop.services.station import Station
from desktop.services.touched import PATROLLER_NOTE

_CHANGED = frozenset({Change.PARTIES})


class PatrollerNoteService:
    """Keeps the notes; every reading of them asks for the same right as writing."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def may_keep(self) -> bool:
        """Say whether who is signed in may read and write such notes."""
        return self._station.actor.may(Right.DECIDE_EXCEPTIONS)

    def faults(self, draft: PatrollerNoteDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a typed note."""
        return note_faults(draft, self._station.today())

    def write(self, draft: PatrollerNoteDraft, *, act_id: str) -> frozenset[Change]:
        """Write a note, which stays as it is; the same ``act_id`` twice counts once.

        The trail tells that there is one, and nothing of what it says.  Raises ``ClerkError``: not_permitted,
        patroller_note_unfit (``field``, ``why``), act_id_used, database_locked.
        """
        actor, office = self._station.actor, self._station.office
        actor.require(Right.DECIDE_EXCEPTIONS)
        for fault in self.faults(draft):
            raise ClerkError("patroller_note_unfit", field=fault.field, why=fault.message)
        assert draft.happened_on is not None
        with self._database.writing() as session:
            if row_of_act(session, PatrollerNote, act_id) is not None:
                return frozenset()
            row = PatrollerNote(
                act_id=act_id,
                patroller=clean_text(draft.patroller),
                organisation=clean_text(draft.organisation),
                kind=draft.kind.value,
                happened_on=draft.happened_on,
                facts=clean_text(draft.facts),
                handling=clean_text(draft.handling),
                decided_by=clean_text(draft.decided_by),
                noted_on=self._station.today(),
                noted_at=self._station.now(),
                noted_by=storable(actor.name or (office.clerk_name if office else "")),
                noted_by_id=actor.account_id,
            )
            session.add(row)
            session.flush()
            record_event(
                session,
                self._station,
                act="patroller_note",
                summary=f"记巡查人员履职情况：{KIND_WORDS[draft.kind]}（内容限管理人员查看）",
                touched=[(PATROLLER_NOTE, row.id)],
            )
        return _CHANGED

    def all(self, patroller: str = "") -> tuple[PatrollerNoteRow, ...]:
        """List the notes, of one person where a name is given; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        wanted = normalise(patroller)
        with self._database.reading() as session:
            asked = select(PatrollerNote).order_by(PatrollerNote.happened_on.desc(), PatrollerNote.id.desc())
            return tuple(
                _row(row) for row in session.scalars(asked) if not wanted or normalise(row.patroller) == wanted
            )

    def counts(self) -> tuple[PatrollerCount, ...]:
        """Count the notes by person and organisation, the most first; raises ``ClerkError("not_permitted")``."""
        by_person: dict[tuple[str, str], list[PatrollerNoteRow]] = defaultdict(list)
        for row in self.all():
            by_person[normalise(row.patroller), normalise(row.organisation)].append(row)
        counted = (
            PatrollerCount(
                patroller=rows[0].patroller,
                organisation=rows[0].organisation,
                duty=sum(row.kind is NoteKind.DUTY for row in rows),
                integrity=sum(row.kind is NoteKind.INTEGRITY for row in rows),
                last_on=max(row.happened_on for row in rows),
            )
            for rows in by_person.values()
        )
        return tuple(sorted(counted, key=lambda one: (-one.duty - one.integrity, one.patroller)))


def _row(row: PatrollerNote) -> PatrollerNoteRow:
    return PatrollerNoteRow(
        id=row.id,
        patroller=row.patroller,
        organisation=row.organisation,
        kind=NoteKind(row.kind),
        happened_on=row.happened_on,
        facts=row.facts,
        handling=row.handling,
        decided_by=row.decided_by,
        noted_on=row.noted_on,
        noted_at=row.noted_at,
        noted_by=row.noted_by,
    )
