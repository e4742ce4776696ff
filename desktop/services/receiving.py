"""Taking in the packages of other stations: looked at first, then whole or not at all.

Taking and deciding need the manager's right (``Right.DECIDE_EXCEPTIONS``), and for the whole area: a package may tell
of any site.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.known_station import KnownStationRow, fingerprint_groups
from desktop.domain.package import Acknowledgement, Manifest, Outcome, StationCard
from desktop.domain.progress import SILENT, Progress
from desktop.domain.receiving import (
    ConflictFile,
    ConflictRow,
    Decision,
    ListedRecord,
    Received,
    ReceivingPlan,
    SenderStanding,
    SenderTrust,
)
from desktop.exchange.package_reader import PackageReader
from desktop.exchange.sealed import Opener
from desktop.models.attachment_store import AttachmentStore
from desktop.models.database import Database
from desktop.models.package import ReceivedPackage
from desktop.queries.attachments import is_needed
from desktop.services.audit import record_event
from desktop.services.lineage import Lineage
from desktop.services.once import row_of_act
from desktop.services.receiving_acts import not_taken_of, outcome_of, received_row, sorted_only, take_package
from desktop.services.receiving_conflicts import conflict_file, conflict_rows, decide_conflict
from desktop.services.receiving_senders import senders_of
from desktop.services.receiving_sorting import MOST_LISTED, Sorting
from desktop.services.receiving_writing import From
from desktop.services.record_words import KIND_WORDS
from desktop.services.revealing import stated_purpose
from desktop.services.station import Station
from desktop.services.touched import RECEIVED_PACKAGE

RECEIVED_CHANGES = frozenset(Change)


class StationKeys(Protocol):
    """What receiving needs of the station's keys and of the stations it knows."""

    def own_card(self) -> StationCard:
        """Give the card of this station."""

    def opener(self) -> Opener:
        """Give what opens packages sealed for this station."""

    def known_by(self, fingerprint: str) -> KnownStationRow | None:
        """Give the known station of a fingerprint, also a blocked one."""

    def write_acknowledgement(self, file: Path, acknowledgement: Acknowledgement) -> None:
        """Save an acknowledgement signed by this station."""


class ReceivingService:
    """Receives packages, keeps what both sides changed until somebody decides, and answers the senders."""

    def __init__(self, database: Database, station: Station, *, store: AttachmentStore, keys: StationKeys) -> None:
        self._database, self._station, self._store, self._keys = database, station, store, keys

    def may_receive(self) -> bool:
        """Say whether who is signed in may take packages and decide."""
        grants = self._station.actor.grants_for(Right.DECIDE_EXCEPTIONS)
        return any(grant.is_whole for grant in grants)

    def examine(self, file: Path, progress: Progress = SILENT) -> ReceivingPlan:
        """Prove a package whole and say what taking it would do; nothing is written.

        Raises ``ClerkError``: not_permitted, outside_scope, and those of ``PackageReader.open``; ``Cancelled``.
        """
        self._require()
        own = self._keys.own_card().fingerprint
        with self._opened(file, progress) as reader, self._database.reading(is_whole=True) as session:
            lineage = Lineage(session, own)
            sorting = sorted_only(session, self._station, reader, own=lineage, progress=progress)
            known = received_row(session, reader.manifest.package_id)
            return self._plan(reader.manifest, sorting, known, own)

    def take(self, file: Path, *, act_id: str, progress: Progress = SILENT) -> Received:
        """Take a package whole or not at all; one that was taken before changes nothing and is said to be.

        Raises ``ClerkError``: not_permitted, outside_scope, station_unknown, station_blocked, package_is_own,
        act_id_used, database_locked, disk_full, read_only, and those of ``PackageReader.open``; ``Cancelled``.  Then
        nothing was written.
        """
        self._require()
        own = self._keys.own_card().fingerprint
        with self._opened(file, progress) as reader:
            head = reader.manifest
            sender = self._sender(head.station, own)
            stored: list[str] = []
            with self._store.lock:
                try:
                    with self._database.writing(is_whole=True) as session:
                        before = received_row(session, head.package_id) or row_of_act(session, ReceivedPackage, act_id)
                        if before is not None:
                            return _repeated(before, sender.card.name)
                        row, sorting = take_package(
                            session,
                            self._station,
                            self._store,
                            reader,
                            act_id=act_id,
                            source=From(
                                station_id=sender.id,
                                station_name=sender.card.name,
                                package_id=head.package_id,
                                at=self._station.now(),
                            ),
                            own=Lineage(session, own),
                            stored=stored,
                            progress=progress,
                        )
                finally:
                    self._settle(stored)
        return Received(
            package_id=head.package_id,
            station_name=sender.card.name,
            outcome=outcome_of(row),
            refused=tuple(sorting.refused.values())[:MOST_LISTED],
            changes=RECEIVED_CHANGES,
        )

    def conflicts(self, *, is_open: bool = True) -> tuple[ConflictRow, ...]:
        """List the records that changed on both sides, those still open or those decided, the newest first.

        Raises ``ClerkError``: not_permitted, outside_scope.
        """
        self._require()
        with self._database.reading(is_whole=True) as session:
            return conflict_rows(session, is_open=is_open)

    def conflict(self, conflict_id: int) -> ConflictFile:
        """Give both sides of a conflict field by field, numbers of persons covered.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_conflict.
        """
        self._require()
        own = self._keys.own_card().fingerprint
        with self._database.reading(is_whole=True) as session:
            return conflict_file(session, conflict_id, Lineage(session, own))

    def decide(self, conflict_id: int, decision: Decision, *, reason: str) -> frozenset[Change]:
        """Let one side of a conflict stay, on record with the reason; both sides are kept.

        The same decision again changes nothing.  Raises ``ClerkError``: not_permitted, outside_scope,
        purpose_required, no_such_conflict, conflict_decided, conflict_unfit (``why``), database_locked, disk_full.
        """
        self._require()
        said, own = stated_purpose(reason), self._keys.own_card().fingerprint
        with self._database.writing(is_whole=True) as session:
            lineage = Lineage(session, own)
            is_new = decide_conflict(
                session, self._station, conflict_id, decision, reason=said, own=lineage, store=self._store
            )
        return RECEIVED_CHANGES if is_new else frozenset()

    def write_acknowledgement(self, package_id: str, file: Path) -> Acknowledgement:
        """Save the signed answer to the sender of a package: what arrived and what is still to come up.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_package, package_too_large, cannot_save_file,
        disk_full.
        """
        self._require()
        with self._database.reading() as session:
            row = received_row(session, package_id)
        if row is None:
            raise ClerkError("no_such_package", package_id=package_id)
        told = Acknowledgement(
            package_id=package_id,
            receiver=self._keys.own_card(),
            received_at=row.received_at,
            outcome=outcome_of(row),
            not_taken=tuple(not_taken_of(row)),
        )
        self._keys.write_acknowledgement(file, told)
        with self._database.writing() as session:
            record_event(
                session,
                self._station,
                act="acknowledgement_made",
                summary=f"出具上报包接收回执，未收 {len(told.not_taken)} 件",
                changes=[("package_id", None, package_id)],
                touched=[(RECEIVED_PACKAGE, row.id)],
            )
        return told

    def senders(self, first: date, last: date) -> tuple[SenderStanding, ...]:
        """Say which of the stations that report here sent what for a period, and who is missing.

        Raises ``ClerkError``: not_permitted, outside_scope.
        """
        self._require()
        with self._database.reading() as session:
            return senders_of(session, first, last)

    def _require(self) -> None:
        actor = self._station.actor
        actor.require(Right.DECIDE_EXCEPTIONS)
        if not self.may_receive():
            raise ClerkError("outside_scope", right=Right.DECIDE_EXCEPTIONS.value, user=actor.user_name, community="")

    @contextmanager
    def _opened(self, file: Path, progress: Progress) -> Iterator[PackageReader]:
        scratch, opener = self._database.file.parent, self._keys.opener()
        with PackageReader.open(file, scratch=scratch, opener=opener, progress=progress) as reader:
            yield reader

    def _sender(self, card: StationCard, own: str) -> KnownStationRow:
        trust, known = self._trust(card, own)
        if trust is SenderTrust.OWN:
            raise ClerkError("package_is_own")
        if trust is SenderTrust.BLOCKED:
            raise ClerkError("station_blocked", name=card.name)
        if known is None:
            raise ClerkError("station_unknown", name=card.name, groups=fingerprint_groups(card.fingerprint))
        return known

    def _trust(self, card: StationCard, own: str) -> tuple[SenderTrust, KnownStationRow | None]:
        if card.fingerprint == own:
            return SenderTrust.OWN, None
        known = self._keys.known_by(card.fingerprint)
        if known is None:
            return SenderTrust.UNKNOWN, None
        return (SenderTrust.BLOCKED if known.is_blocked else SenderTrust.CONFIRMED), known

    def _plan(self, head: Manifest, sorting: Sorting, before: ReceivedPackage | None, own: str) -> ReceivingPlan:
        trust, known = self._trust(head.station, own)
        listed = (*sorting.refused.values(), *sorting.listed.values())
        return ReceivingPlan(
            manifest=head,
            trust=trust,
            station_name=known.card.name if known is not None else head.station.name,
            fingerprint=head.station.fingerprint,
            received_at=before.received_at if before is not None else None,
            counts={kind: {each: n for each, n in of.items() if n} for kind, of in sorting.counts.items() if of},
            listed=listed[:MOST_LISTED],
            listed_count=sum(sorting.total(each) for each in Outcome if each not in (Outcome.SAME, Outcome.OLDER)),
        )

    def _settle(self, stored: list[str]) -> None:
        if not stored:
            return
        with self._database.reading(is_whole=True) as session:
            for sha256 in stored:
                self._store.settle(sha256, is_needed=is_needed(session, sha256))


def _repeated(row: ReceivedPackage, name: str) -> Received:
    refused = (
        ListedRecord(kind=e.kind, uid=e.uid, label=KIND_WORDS[e.kind], outcome=e.outcome, reason=e.reason)
        for e in not_taken_of(row)
        if e.outcome is Outcome.REJECTED
    )
    return Received(
        package_id=row.package_id,
        station_name=name,
        outcome=outcome_of(row),
        refused=tuple(refused)[:MOST_LISTED],
        was_known=True,
    )
