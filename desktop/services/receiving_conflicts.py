"""Records that changed on both sides: side by side for a person, and the decision which side stays."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.package import PackageRecord, RecordKind, Versions, merged
from desktop.domain.package_json import record_from
from desktop.domain.receiving import ConflictFile, ConflictRow, Decision
from desktop.models.attachment_store import AttachmentStore
from desktop.models.package import AwaitedFile, ExchangeConflict, ForeignSubject
from desktop.models.station_key import KnownStation
from desktop.services.audit import record_event
from desktop.services.changed_subjects import ChangedSubjects, last_event
from desktop.services.lineage import Lineage
from desktop.services.receiving_keys import KeyCheck
from desktop.services.receiving_sorting import label_of
from desktop.services.receiving_writing import keep_origins
from desktop.services.record_check import check_record, outer_references
from desktop.services.record_compare import compared
from desktop.services.record_locating import Located, SubjectIndex
from desktop.services.record_reading import records_of
from desktop.services.record_versions import RecordVersions
from desktop.services.record_words import KIND_WORDS
from desktop.services.record_writing import RecordWriter
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import CONFLICT

_SAYS = {Decision.OURS: "保留本台账的", Decision.THEIRS: "采用来包的"}


def conflict_rows(session: Session, *, is_open: bool) -> tuple[ConflictRow, ...]:
    """Give the conflicts that are open, or those that are decided, the newest first."""
    decided = ExchangeConflict.decided_at
    asked = select(ExchangeConflict).where(decided.is_(None) if is_open else decided.is_not(None))
    names = _station_names(session)
    return tuple(_row(each, names) for each in session.scalars(asked.order_by(ExchangeConflict.id.desc())))


def conflict_file(session: Session, conflict_id: int, own: Lineage) -> ConflictFile:
    """Give a conflict field by field, an open one as the record lies here now.

    Raises ``ClerkError("no_such_conflict")``.
    """
    row = _stored(session, conflict_id)
    is_open = row.decided_at is None
    ours = _present(session, row, RecordVersions(own, ChangedSubjects(session))) if is_open else record_from(row.ours)
    pairs = compared(ours, record_from(row.theirs))
    return ConflictFile(
        row=_row(row, _station_names(session)),
        pairs=tuple(each for each in pairs if each.differs),
        agreed=sum(not each.differs for each in pairs),
    )


def decide_conflict(
    session: Session,
    station: Station,
    conflict_id: int,
    decision: Decision,
    *,
    reason: str,
    own: Lineage,
    store: AttachmentStore,
) -> bool:
    """Let one side stay in the open transaction; gives whether that is new.

    The record then knows both sides, and the decision is a version of ours on top, so that it goes up and back.
    Raises ``ClerkError``: no_such_conflict, conflict_decided, conflict_unfit.
    """
    row = _stored(session, conflict_id)
    if row.decided_at is not None:
        if row.decision == decision.value:
            return False
        raise ClerkError("conflict_decided", conflict_id=conflict_id)
    kind, record = RecordKind(row.kind), record_from(row.theirs)
    versions = RecordVersions(own, ChangedSubjects(session))
    ours, is_masked = versions.of(session, kind, [row.subject_id])[row.subject_id]
    # What lies here may have changed since the conflict was found; what is overruled stays on record as it was.
    row.ours = _present(session, row, versions).plain()
    if decision is Decision.THEIRS:
        _replace(session, record, row.subject_id)
        _await_files(session, record, row, store, station)
        is_masked = record.is_masked
    row.decision, row.reason, row.decided_at = decision.value, reason, station.now()
    row.decided_by, row.decided_by_id = name_at_work(station), station.actor.account_id
    session.flush()
    record_event(
        session,
        station,
        act="conflict_decided",
        summary=f"{_SAYS[decision]}{KIND_WORDS[kind]} {label_of(record)}",
        reason=reason,
        touched=[(row.kind, row.subject_id), (CONFLICT, row.id)],
    )
    _keep_versions(session, row, merged(record.versions, ours), own, is_masked=is_masked)
    return True


def _present(session: Session, row: ExchangeConflict, versions: RecordVersions) -> PackageRecord:
    return next(records_of(session, RecordKind(row.kind), [row.subject_id], versions=versions, masked=False))


def _replace(session: Session, record: PackageRecord, key: int) -> None:
    why = check_record(record)
    clash = KeyCheck(session).clashes([(record, key)]).get(record.uid)
    if clash is not None:
        why = f"{clash.words} 已为另一条记录所用。"
    located = Located(session, SubjectIndex(session), new={}, new_papers={})
    if not why:
        located.look_up((record,))
        lost = next((kind for kind, uid in outer_references(record) if located.subject(kind, uid) is None), None)
        why = "" if lost is None else f"所关联的{KIND_WORDS[lost]}不在本台账。"
    if why:
        raise ClerkError("conflict_unfit", why=why)
    RecordWriter(session).replace(record, key, located)


def _await_files(
    session: Session, record: PackageRecord, row: ExchangeConflict, store: AttachmentStore, station: Station
) -> None:
    """Note the scans that are told of and whose bytes did not stay: they come with a later package."""
    for each in record.rows.get("attachment", ()):
        if "purged_at" not in each and not store.file_of(each["sha256"]).exists():
            session.merge(AwaitedFile(sha256=each["sha256"], station_id=row.station_id, told_at=station.now()))


def _keep_versions(
    session: Session, row: ExchangeConflict, versions: Versions, own: Lineage, *, is_masked: bool
) -> None:
    event = last_event(session)
    origin = session.scalar(
        select(ForeignSubject.station_id).where(
            ForeignSubject.kind == row.kind, ForeignSubject.subject_id == row.subject_id
        )
    )
    keep_origins(
        session,
        [
            {
                "kind": row.kind,
                "subject_id": row.subject_id,
                "uid": row.uid,
                "station_id": origin if origin is not None else row.station_id,
                "versions": merged(versions, own.versions_at(event)),
                "local_event": event,
                "is_masked": is_masked,
                "first_received_at": None,
                "last_received_at": row.decided_at if row.decision == Decision.THEIRS.value else None,
            }
        ],
    )


def _stored(session: Session, conflict_id: int) -> ExchangeConflict:
    row = session.get(ExchangeConflict, conflict_id)
    if row is None:
        raise ClerkError("no_such_conflict", conflict_id=conflict_id)
    return row


def _station_names(session: Session) -> dict[int, str]:
    return {each.id: each.name for each in session.scalars(select(KnownStation))}


def _row(row: ExchangeConflict, names: dict[int, str]) -> ConflictRow:
    return ConflictRow(
        id=row.id,
        kind=RecordKind(row.kind),
        label=label_of(record_from(row.ours)),
        station=names[row.station_id],
        found_at=row.found_at,
        decision=Decision(row.decision) if row.decision else None,
        reason=row.reason,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
