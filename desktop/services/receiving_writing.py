"""A sorted package written into the open transaction: rows, conflicts, scans, numbers, and the trail of it all."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from desktop.domain.package import Outcome, PackageRecord, Precedence, RecordKind, Versions, merged, precedence
from desktop.domain.progress import Progress
from desktop.domain.receiving import Decision
from desktop.domain.register_number import RegisterNumber
from desktop.models.attachment_store import AttachmentStore
from desktop.models.package import AwaitedFile, ExchangeConflict, ForeignSubject
from desktop.models.record import SequenceRow
from desktop.services.audit import record_event
from desktop.services.lineage import Lineage
from desktop.services.receiving_keys import highest_serials, numbers_in
from desktop.services.receiving_sorting import Sorting
from desktop.services.record_locating import Located
from desktop.services.record_reading import VersionLookup, records_of
from desktop.services.record_uids import batches, record_batches
from desktop.services.record_writing import RecordWriter
from desktop.services.station import Station
from desktop.services.touched import CONFLICT, Key, Subject, every_fingerprint, fingerprint_of

# How many subjects one event names; more would make a single row of the trail very long.
SUBJECTS_AN_EVENT: Final = 2_000
# Up to so many of a kind are hashed one by one; beyond, the tables are read once from end to end.
_HASHED_SINGLY: Final = 200
_NOT_YET: Final = 0
OVERTAKEN: Final = "其后收到的版本已经包含两边的改动。"

RecordsOf = Callable[[RecordKind], Iterator[PackageRecord]]


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Where a package came from: the known station, the package, when it is taken."""

    station_id: int
    station_name: str
    package_id: str
    at: datetime


class PackageTaking:
    """Writes the records of one package as they were sorted."""

    def __init__(
        self,
        session: Session,
        *,
        sorting: Sorting,
        writer: RecordWriter,
        located: Located,
        versions: VersionLookup,
        source: From,
    ) -> None:
        self._session, self._sorting, self._writer, self._located = session, sorting, writer, located
        self._versions, self._source = versions, source
        self._written: dict[RecordKind, array[int]] = {kind: array("q") for kind in RecordKind}
        self._numbers: dict[tuple[str, str, int], int] = {}
        self._more_here: list[tuple[RecordKind, int]] = []
        self.conflict_ids: list[int] = []
        self.told_files: set[str] = set()

    def write(self, records_of_kind: RecordsOf, own_codes: frozenset[str], total: int, progress: Progress) -> None:
        """Write what is new or changed and keep the conflicts; raises what reading raises, and ``Cancelled``."""
        done = 0
        for kind in RecordKind:
            if self._sorting.touches(kind):
                for batch in record_batches(records_of_kind(kind)):
                    self._write_batch(kind, batch, own_codes)
                    done += len(batch)
                    progress.step(done, total)
        progress.step(total, total)
        self._raise_sequences()

    def record(self, station: Station, summary: str, touched: list[Subject]) -> None:
        """Put all that was written on record, in as many events as it takes, and note which event was the last."""
        sent = f"{self._source.station_name}：{summary}"
        more = [*touched, *((CONFLICT, key) for key in self.conflict_ids)]
        waiting: list[tuple[str, Key, str]] = []
        for each in self._fingerprints():
            waiting.append(each)
            if len(waiting) == SUBJECTS_AN_EVENT:
                self._event(station, sent, waiting, [])
                waiting = []
        self._event(station, sent, waiting, more)

    def settle_versions(self, last_event: int, own: Lineage) -> None:
        """Note that what was taken in is known up to an event: what changes here later is ours on top.

        So is what happened here and the other side left out: with the same version both would hold different rows.
        """
        for kind, key in self._more_here:
            row = self._session.get_one(ForeignSubject, (kind.value, key))
            row.versions = merged(row.versions, own.versions_at(last_event))
        self._session.flush()
        ours = ForeignSubject.local_event == _NOT_YET
        self._session.execute(
            update(ForeignSubject)
            .where(ours)
            .values(local_event=last_event)
            .execution_options(synchronize_session=False)
        )

    def _write_batch(self, kind: RecordKind, batch: list[PackageRecord], own_codes: frozenset[str]) -> None:
        sorting = self._sorting
        new = [(record, sorting.new[kind][record.uid]) for record in batch if record.uid in sorting.new[kind]]
        if new:
            self._writer.write_new(new, self._located)
        changed = [(r, sorting.changed[kind][r.uid]) for r in batch if r.uid in sorting.changed[kind]]
        for record, key in changed:
            if self._writer.replace(record, key, self._located):
                self._more_here.append((kind, key))
        if changed:
            self._close_conflicts(kind, {key: record.versions for record, key in changed})
        for record in batch:
            key_here = sorting.conflicts[kind].get(record.uid)
            if key_here is not None:
                self._keep_conflict(record, key_here)
        self._keep_origin(new, first_received_at=self._source.at)
        self._keep_origin(changed, first_received_at=None)
        for record, key in (*new, *changed):
            self._written[kind].append(key)
            self.told_files.update(each["sha256"] for each in record.rows.get("attachment", ()) if _is_kept(each))
            self._note_numbers(numbers_in(record), own_codes)

    def _keep_origin(self, written: list[tuple[PackageRecord, int]], *, first_received_at: datetime | None) -> None:
        if not written:
            return
        rows = [
            {
                "kind": record.kind.value,
                "subject_id": key,
                "uid": record.uid,
                "station_id": self._source.station_id,
                "versions": dict(record.versions),
                "local_event": _NOT_YET,
                "is_masked": record.is_masked,
                "first_received_at": first_received_at,
                "last_received_at": self._source.at,
            }
            for record, key in written
        ]
        keep_origins(self._session, rows)

    def _keep_conflict(self, record: PackageRecord, key: int) -> None:
        """Keep both sides; of one that is open already, the side that came is brought up to date."""
        ours = next(
            records_of(self._session, record.kind, [key], versions=self._versions, masked=False),
        ).plain()
        asked = select(ExchangeConflict).where(
            ExchangeConflict.kind == record.kind.value,
            ExchangeConflict.subject_id == key,
            ExchangeConflict.decided_at.is_(None),
        )
        row = self._session.scalars(asked).first()
        if row is not None and row.theirs == record.plain() and row.ours == ours:
            return
        if row is None:
            row = ExchangeConflict(
                kind=record.kind.value,
                subject_id=key,
                uid=record.uid,
                found_at=self._source.at,
                decision="",
                reason="",
                decided_by="",
            )
            self._session.add(row)
        row.package_id, row.station_id = self._source.package_id, self._source.station_id
        row.ours, row.theirs = ours, record.plain()
        self._session.flush()
        self.conflict_ids.append(row.id)

    def _close_conflicts(self, kind: RecordKind, taken: Mapping[int, Versions]) -> None:
        """Settle the conflicts of which both sides are in what was taken; others stay open."""
        asked = select(ExchangeConflict).where(
            ExchangeConflict.kind == kind.value,
            ExchangeConflict.subject_id.in_(taken),
            ExchangeConflict.decided_at.is_(None),
        )
        for row in self._session.scalars(asked).all():
            if precedence(taken[row.subject_id], row.theirs["versions"]) not in (Precedence.LATER, Precedence.EQUAL):
                continue
            row.decision, row.reason, row.decided_at = Decision.THEIRS.value, OVERTAKEN, self._source.at
            self._session.flush()
            self.conflict_ids.append(row.id)

    def _note_numbers(self, numbers: Iterator[RegisterNumber], own_codes: frozenset[str]) -> None:
        for run, serial in highest_serials(numbers, own_codes).items():
            self._numbers[run] = max(self._numbers.get(run, 0), serial)

    def _raise_sequences(self) -> None:
        """Let the own numbers that came back count as taken, so that none is given twice."""
        for run, serial in self._numbers.items():
            row = self._session.get(SequenceRow, run)
            if row is None:
                self._session.add(SequenceRow(station=run[0], series=run[1], year=run[2], last=serial))
            else:
                row.last = max(row.last, serial)
        self._session.flush()

    def _fingerprints(self) -> Iterator[tuple[str, Key, str]]:
        for kind, keys in self._written.items():
            if len(keys) <= _HASHED_SINGLY:
                yield from ((kind.value, key, fingerprint_of(self._session, kind.value, key)) for key in keys)
                continue
            # Both in the order of their ids; a set of half a million would be large.
            waiting = iter(sorted(keys))
            wanted = next(waiting, None)
            for each, fingerprint in every_fingerprint(self._session, kind.value):
                if each == wanted:
                    yield kind.value, each, fingerprint
                    wanted = next(waiting, None)

    def _event(
        self, station: Station, summary: str, hashed: list[tuple[str, Key, str]], touched: list[Subject]
    ) -> None:
        record_event(
            self._session,
            station,
            act="package_received",
            summary=summary,
            at=self._source.at,
            changes=[("package_id", None, self._source.package_id)],
            touched=touched,
            hashed=hashed,
        )
        # Events that name thousands of subjects are not kept in memory; the head of the chain is written first.
        self._session.flush()
        self._session.expunge_all()


def keep_origins(session: Session, rows: list[dict[str, Any]]) -> None:
    """Note in which versions subjects lie here now; they stay those of the station from which they first came.

    When one was first received is noted where it is new here; one of our own that comes back has no such moment.
    """
    statement = insert(ForeignSubject)
    replaced: dict[str, Any] = {name: statement.excluded[name] for name in ("versions", "local_event", "is_masked")}
    replaced["last_received_at"] = func.coalesce(statement.excluded.last_received_at, ForeignSubject.last_received_at)
    session.execute(statement.on_conflict_do_update(index_elements=["kind", "subject_id"], set_=replaced), rows)


def keep_files(
    session: Session,
    store: AttachmentStore,
    *,
    told: set[str],
    came: Mapping[str, Callable[[], bytes]],
    source: From,
) -> Iterator[str]:
    """Store the scans that came along and note those that did not; gives the hashes stored, to be settled later.

    A scan that an earlier package told of and that comes now is taken too.  Hold the lock of the store.
    """
    awaited = set(session.scalars(select(AwaitedFile.sha256)))
    for sha256 in sorted((told | awaited) & came.keys()):
        yield store.put(came[sha256]())
    here = sorted(each for each in awaited if each in came)
    for some in batches(here):
        session.execute(delete(AwaitedFile).where(AwaitedFile.sha256.in_(some)))
    for sha256 in sorted(told - came.keys() - awaited):
        if not store.file_of(sha256).exists():
            session.add(AwaitedFile(sha256=sha256, station_id=source.station_id, told_at=source.at))
    session.flush()


def summary_of(sorting: Sorting) -> str:
    """Say in words what came of a package."""
    words = {
        Outcome.NEW: "新收",
        Outcome.CHANGED: "更新",
        Outcome.SAME: "相同",
        Outcome.OLDER: "较旧",
        Outcome.CONFLICT: "两边不一致",
        Outcome.REJECTED: "未收",
    }
    said = [f"{word} {sorting.total(outcome)} 件" for outcome, word in words.items() if sorting.total(outcome)]
    return "，".join(said) or "没有记录"


def _is_kept(row: Mapping[str, Any]) -> bool:
    return "purged_at" not in row
