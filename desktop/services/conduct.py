"""Bad records and measures: entered and lifted by those who judge, never deleted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from sqlalchemy import select

from desktop.documents.papers.firm_lists import list_of_bad_records
from desktop.domain.access import Right
from desktop.domain.acts import Change, FieldFault
from desktop.domain.conduct import (
    GROUND_WORDS,
    MEASURE_WORDS,
    BadRecordDraft,
    ConductWarning,
    MeasureDraft,
    measure_faults,
    record_faults,
)
from desktop.domain.errors import ClerkError
from desktop.domain.firm_register import BadRecordRow, MeasureRow
from desktop.domain.typed_text import clean_text
from desktop.domain.walk_in import Party
from desktop.models.database import Database
from desktop.models.firm import BadRecord, FirmMeasure
from desktop.queries.firms import bad_records, measures
from desktop.services.audit import changed_fields, flattened, record_event
from desktop.services.conduct_at_intake import conduct_on_record
from desktop.services.filing_keys import storable
from desktop.services.firms import firm_of, needed_reason
from desktop.services.press import Press
from desktop.services.station import Station
from desktop.services.touched import FIRM

_CHANGED = frozenset({Change.PARTIES})


class ConductService:
    """Enters and lifts bad records, notes measures, prints the list."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database = database
        self._station = station
        self._press = press

    def records(self) -> tuple[BadRecordRow, ...]:
        """List all bad records, the lifted and the ended too, the last decided first."""
        self._station.actor.require(Right.SEE, Right.JUDGE_CONDUCT)
        with self._database.reading() as session:
            return bad_records(session)

    def measures(self) -> tuple[MeasureRow, ...]:
        """List all measures, the last taken first."""
        self._station.actor.require(Right.SEE, Right.JUDGE_CONDUCT)
        with self._database.reading() as session:
            return measures(session)

    def about(self, party: Party) -> ConductWarning | None:
        """Say which bad records in force are about a contractor, None when there is none."""
        self._station.actor.require(Right.REGISTER, Right.SEE)
        with self._database.reading() as session:
            return conduct_on_record(session, party, self._station.today())

    def record_faults(self, draft: BadRecordDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a typed bad record."""
        return record_faults(draft, self._station.today())

    def measure_faults(self, draft: MeasureDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a typed measure."""
        return measure_faults(draft, self._station.today())

    def enter(self, draft: BadRecordDraft, *, act_id: str) -> int:
        """Put a party on record and give the record's id; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, no_such_firm, conduct_unfit (field, why), database_locked, disk_full.
        """
        self._station.actor.require(Right.JUDGE_CONDUCT)
        _refuse_faults(self.record_faults(draft))
        with self._database.writing() as session:
            done = session.scalar(select(BadRecord.id).where(BadRecord.act_id == act_id))
            if done is not None:
                return done
            firm = firm_of(session, draft.firm_id)
            record = BadRecord(
                act_id=act_id,
                firm_id=firm.id,
                ground=draft.ground.value,
                decided_on=_known(draft.decided_on),
                since=_known(draft.since),
                until=draft.until,
                document=clean_text(draft.document),
                decided_by=clean_text(draft.decided_by),
                filing_number=clean_text(draft.filing_number),
                remark=clean_text(draft.remark),
                entered_at=self._station.now(),
                entered_by=self._who(),
                lifted_by="",
                lift_reason="",
            )
            session.add(record)
            record_event(
                session,
                self._station,
                act="bad_record_entered",
                summary=f"列入不良档案：{firm.name}，{GROUND_WORDS[draft.ground]}",
                changes=changed_fields({}, flattened(_plain(draft))),
                touched=[(FIRM, firm.id)],
            )
            return record.id

    def lift(self, record_id: int, reason: str) -> frozenset[Change]:
        """Lift a bad record from today on; it stays in the list with the reason.

        Raises ``ClerkError``: not_permitted, reason_required, no_such_record, record_lifted (on).
        """
        self._station.actor.require(Right.JUDGE_CONDUCT)
        why = needed_reason(reason)
        with self._database.writing() as session:
            record = session.get(BadRecord, record_id)
            if record is None:
                raise ClerkError("no_such_record", record_id=record_id)
            if record.lifted_on is not None:
                raise ClerkError("record_lifted", on=record.lifted_on.isoformat())
            record.lifted_on, record.lifted_by, record.lift_reason = self._station.today(), self._who(), why
            firm = firm_of(session, record.firm_id)
            record_event(
                session,
                self._station,
                act="bad_record_lifted",
                summary=f"解除不良档案：{firm.name}",
                reason=why,
                changes=(("lifted_on", None, record.lifted_on.isoformat()),),
                touched=[(FIRM, firm.id)],
            )
        return _CHANGED

    def note_measure(self, draft: MeasureDraft, *, act_id: str) -> int:
        """Note a measure and give its id; the same ``act_id`` twice counts once.  Raises as ``enter``."""
        self._station.actor.require(Right.JUDGE_CONDUCT)
        _refuse_faults(self.measure_faults(draft))
        with self._database.writing() as session:
            done = session.scalar(select(FirmMeasure.id).where(FirmMeasure.act_id == act_id))
            if done is not None:
                return done
            firm = firm_of(session, draft.firm_id)
            measure = FirmMeasure(
                act_id=act_id,
                firm_id=firm.id,
                kind=draft.kind.value,
                taken_on=_known(draft.taken_on),
                taken_by=clean_text(draft.taken_by),
                document=clean_text(draft.document),
                remark=clean_text(draft.remark),
                entered_at=self._station.now(),
                entered_by=self._who(),
            )
            session.add(measure)
            record_event(
                session,
                self._station,
                act="measure_noted",
                summary=f"{MEASURE_WORDS[draft.kind]}：{firm.name}",
                changes=changed_fields({}, flattened(_plain(draft))),
                touched=[(FIRM, firm.id)],
            )
            return measure.id

    def list_pdf(self) -> bytes:
        """Give the list of bad records in force, numbers of persons covered, and record that it was printed."""
        rows = self.records()
        paper = list_of_bad_records(rows, office=self._station.known_office(), on=self._station.today())
        pdf = self._press.plain(paper)
        with self._database.writing() as session:
            record_event(session, self._station, act="bad_record_list", summary="生成不良档案名单")
        return pdf

    def _who(self) -> str:
        office = self._station.office
        return storable(self._station.actor.name or (office.clerk_name if office else ""))


def _refuse_faults(faults: tuple[FieldFault, ...]) -> None:
    fault = next(iter(faults), None)
    if fault is not None:
        raise ClerkError("conduct_unfit", field=fault.field, why=fault.message)


def _known(day: date | None) -> date:
    if day is None:
        raise ValueError("a day that was checked is missing")
    return day


def _plain(draft: BadRecordDraft | MeasureDraft) -> dict[str, object]:
    plain = asdict(draft)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}
