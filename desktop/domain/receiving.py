"""What taking in a package (上报包) comes to, before and after: outcomes, conflicts, who sent what.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.acts import Change
from desktop.domain.package import Manifest, Outcome, PackageKind, RecordKind


class SenderTrust(StrEnum):
    """How the station that signed a package is known here."""

    CONFIRMED = "confirmed"  # somebody compared its fingerprint with the printed one
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    OWN = "own"  # this ledger's own package, come back


class Decision(StrEnum):
    """Which side of a conflict stays; each value is stored."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRecord:
    """One record of a package that is not the same as what lies here, in words; ``reason`` says why it is refused."""

    kind: RecordKind
    uid: str
    label: str  # its number and its name
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingPlan:
    """What taking a package would do; nothing is written for it.

    ``listed`` are the first of the records that are not the same, ``listed_count`` how many there are.
    """

    manifest: Manifest
    trust: SenderTrust
    station_name: str  # as it is known here; as the package says where it is unknown
    fingerprint: str
    received_at: datetime | None  # when this very package was taken before
    counts: Mapping[RecordKind, Mapping[Outcome, int]]
    listed: tuple[ListedRecord, ...]
    listed_count: int

    def total(self, outcome: Outcome) -> int:
        """Give how many records come to one outcome."""
        return sum(of_kind.get(outcome, 0) for of_kind in self.counts.values())

    @property
    def may_be_taken(self) -> bool:
        """Say whether the package is of a station whose packages are taken and was not taken before."""
        return self.received_at is None and self.trust is SenderTrust.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What taking a package did; one taken before changes nothing."""

    package_id: str
    station_name: str
    outcome: Mapping[Outcome, int]
    refused: tuple[ListedRecord, ...]
    was_known: bool = False
    changes: frozenset[Change] = field(default_factory=frozenset)

    @property
    def changed_nothing(self) -> bool:
        """Say whether the ledger is as it was before."""
        return self.was_known or not (self.outcome.get(Outcome.NEW) or self.outcome.get(Outcome.CHANGED))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """A conflict in the list: which record, from whom, since when, and what was decided."""

    id: int
    kind: RecordKind
    label: str
    station: str
    found_at: datetime
    decision: Decision | None
    reason: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPair:
    """One field of a record on both sides, in words; numbers of persons are covered."""

    label: str
    ours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Say whether the two sides say different things."""
        return self.ours != self.theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFile:
    """A conflict whole, side by side; ``pairs`` are the fields that differ, those both agree on are counted."""

    row: ConflictRow
    pairs: tuple[FieldPair, ...]
    agreed: int


class SenderState(StrEnum):
    """How far the packages of a station reach into a period."""

    SENT = "sent"  # to its end
    PARTLY = "partly"  # into it
    MISSING = "missing"  # nothing, and a package is expected
    NOT_EXPECTED = "not_expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRow:
    """One package taken in."""

    package_id: str
    kind: PackageKind
    period: tuple[date, date] | None
    made_at: datetime
    received_at: datetime
    received_by: str
    outcome: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderStanding:
    """One station that reports here: what it sent for a period, and whether a package before lacks."""

    station_id: int
    name: str
    code: str
    fingerprint: str
    period_kind: str  # month, quarter; empty where none is expected
    state: SenderState
    packages: tuple[ReceivedRow, ...]  # for the period, newest first
    last_made_at: datetime | None  # of all it ever sent
    has_gap: bool  # a package between two that came is lacking


def reaches(row: ReceivedRow, first: date, last: date, made_on: date) -> SenderState:
    """Say how far one package, made on a day of the receiver's clock, reaches into a period.

    One without a period tells of everything up to the moment it was made.
    """
    begin, end = row.period if row.period is not None else (date.min, made_on)
    if begin > last or end < first:
        return SenderState.MISSING
    return SenderState.SENT if end >= last and begin <= first else SenderState.PARTLY


def state_of(reached: list[SenderState], *, is_expected: bool) -> SenderState:
    """Give how far all packages of a station reach into a period."""
    for state in (SenderState.SENT, SenderState.PARTLY):
        if state in reached:
            return state
    return SenderState.MISSING if is_expected else SenderState.NOT_EXPECTED


def has_gap(spans: list[tuple[int, int]]) -> bool:
    """Say whether spans of a trail, each after one event up to another, leave something out before the last."""
    reached = 0
    for after, up_to in sorted(spans):
        if after > reached:
            return True
        reached = max(reached, up_to)
    return False
