"""What a package between stations (上报包) is made of, and which of two versions of a record is the later.  Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

FORMAT: Final = "small-works-package"
FORMAT_VERSION: Final = 1
PACKAGE_VERSION: Final = 2  # of packages alone: entries of registers came with it
PACKAGE_SUFFIX: Final = ".swpkg"
ACKNOWLEDGEMENT_SUFFIX: Final = ".swack"
STATION_CARD_SUFFIX: Final = ".swcard"

Versions = Mapping[str, int]  # fingerprint of a station: its last event that changed the record


class PackageKind(StrEnum):
    """Which part of the ledger a package carries; each value is stored."""

    SINCE_LAST = "since_last"  # new and changed since the last acknowledged package
    PERIOD = "period"  # what happened in a period
    ALL = "all"


class RecordKind(StrEnum):
    """The kinds of record a package carries, in the order in which they can be written; values as in the trail."""

    FILING = "filing"
    REPORT = "public_report"
    DRAW = "random_draw"
    FOUND_SITE = "found_site"
    PATROL = "patrol"
    HAZARD = "hazard"
    TRANSFER = "transfer"
    BOOK_ENTRY = "book_entry"  # one form of an entry of a register
    LOOSE_PAPER = "loose_paper"
    LOOSE_ATTACHMENT = "loose_attachment"


class Outcome(StrEnum):
    """What becomes of a record at the receiver; each value is stored."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"
    CONFLICT = "conflict"
    REJECTED = "rejected"


SETTLED: Final = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.OLDER})


class Precedence(StrEnum):
    """How the version that came stands to the one that lies here."""

    EQUAL = "equal"
    LATER = "later"  # it knows all of ours and more
    EARLIER = "earlier"  # ours knows all of it and more
    APART = "apart"  # each knows what the other does not


def precedence(theirs: Versions, ours: Versions) -> Precedence:
    """Compare the versions of one record; a station that one does not name has changed nothing there."""
    stations = {*theirs, *ours}
    ahead = any(theirs.get(each, 0) > ours.get(each, 0) for each in stations)
    behind = any(theirs.get(each, 0) < ours.get(each, 0) for each in stations)
    if ahead and behind:
        return Precedence.APART
    if ahead:
        return Precedence.LATER
    return Precedence.EARLIER if behind else Precedence.EQUAL


def merged(one: Versions, other: Versions) -> dict[str, int]:
    """Give the versions of a record that knows both."""
    return {each: max(one.get(each, 0), other.get(each, 0)) for each in sorted({*one, *other})}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRecord:
    """One subject with all its rows as stored, free of anything that means something in one ledger only.

    ``rows`` holds the rows of each table.  A reference within the record is the number of the row in its table; one
    to another record is its uid.  Accounts are left out: names stay.
    """

    kind: RecordKind
    uid: str
    community: str
    versions: Versions
    is_masked: bool
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
    size: int = field(default=0, compare=False, repr=False)  # bytes of the line it was read from

    def plain(self) -> dict[str, Any]:
        """Give the record as it stands on its line of a package."""
        return {
            "kind": self.kind.value,
            "uid": self.uid,
            "community": self.community,
            "versions": dict(self.versions),
            "is_masked": self.is_masked,
            "rows": {table: [dict(row) for row in rows] for table, rows in self.rows.items()},
        }

    def content_sha256(self) -> str:
        """Give the SHA-256 of what the record says, whatever its versions."""
        return hashlib.sha256(canonical_json([self.kind.value, self.uid, self.plain()["rows"]])).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class StationCard:
    """Who a station is: its name, its code and the public halves of its keys."""

    name: str
    code: str
    sign_public: str  # Ed25519, hex
    seal_public: str  # X25519, hex

    @property
    def fingerprint(self) -> str:
        """Give the fingerprint over both public keys: 40 hexadecimal digits."""
        return hashlib.sha256(bytes.fromhex(self.sign_public + self.seal_public)).hexdigest()[:40]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePart:
    """One file inside a package: its name, bytes, hash and, for records, how many lines."""

    name: str
    size: int
    sha256: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The head of a package, over which it is signed; the hashes of all parts stand in it."""

    package_id: str
    station: StationCard
    kind: PackageKind
    from_event: int
    to_event: int
    period: tuple[date, date] | None
    is_masked: bool
    has_attachments: bool
    made_at: datetime
    made_by: str
    chain_count: int
    chain_mac: str
    program: str  # version of the program that wrote it
    schema: str  # of its ledger
    counts: Mapping[RecordKind, int]
    parts: tuple[PackagePart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """A record that the receiver neither took nor had: it is still to come up."""

    kind: RecordKind
    uid: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What a receiver tells the sender of one package; signed by the receiver."""

    package_id: str
    receiver: StationCard
    received_at: datetime
    outcome: Mapping[Outcome, int]
    not_taken: tuple[NotTaken, ...]


def canonical_json(value: object) -> bytes:
    """Write plain values so that the same content always gives the same bytes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
