"""What a station sent up and what it has not yet sent (未上报), by age.  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.package import Outcome, PackageKind, RecordKind


class AgeBand(StrEnum):
    """How long something has been waiting to go up, by the local day of its first change that did not."""

    TODAY = "today"
    WEEK = "week"  # within 7 days
    MONTH = "month"  # within 30 days
    OLDER = "older"


def age_band(since: date, on: date) -> AgeBand:
    """Say how old on a day is what waits since another; what is dated ahead counts as of today."""
    days = (on - since).days
    if days < 1:
        return AgeBand.TODAY
    if days <= 7:
        return AgeBand.WEEK
    return AgeBand.MONTH if days <= 30 else AgeBand.OLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many records of a kind are not yet up, by age."""

    kind: RecordKind
    by_age: Mapping[AgeBand, int]
    oldest_at: datetime | None

    @property
    def count(self) -> int:
        """Give how many there are."""
        return sum(self.by_age.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A record that the receiver did not take; it goes up again with the next package."""

    kind: RecordKind
    subject_id: int
    name: str  # number of the register, or uid where it has none
    reason: str
    package_id: str
    refused_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One package that was made; acknowledged or not."""

    id: int
    package_id: str
    kind: PackageKind
    from_event: int
    to_event: int
    period: tuple[date, date] | None
    is_masked: bool
    has_attachments: bool
    receiver_id: int | None
    counts: Mapping[RecordKind, int]
    file_name: str
    file_sha256: str
    made_at: datetime
    made_by: str
    acknowledged_at: datetime | None
    acknowledged_by: str
    outcome: Mapping[Outcome, int]

    @property
    def count(self) -> int:
        """Give how many records it carries."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingUp:
    """What is up and what is not: the last event that a receiver acknowledged, what waits, what was refused."""

    settled_event: int
    waiting: tuple[Waiting, ...]
    refused: tuple[Refused, ...]
    last_sent: Sent | None
    last_acknowledged: Sent | None

    @property
    def count(self) -> int:
        """Give how many records wait."""
        return sum(each.count for each in self.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What an acknowledgement told of a package; ``is_repeated`` when it was applied before."""

    sent: Sent
    refused: int
    is_repeated: bool


def settled_event(ranges: Iterable[tuple[int, int]]) -> int:
    """Give up to which event everything is up, by the events (after, up to) of the acknowledged packages.

    Only what joins on without a gap counts: a package that was lost leaves all after it unsettled until one that
    covers it is acknowledged.
    """
    settled = 0
    for after, up_to in sorted(ranges):
        if after > settled:
            break
        settled = max(settled, up_to)
    return settled
