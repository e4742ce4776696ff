"""Other stations whose packages are taken or to whom ours go, and the check code to know them by (核对码)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.checked import half_width
from desktop.domain.package import StationCard

_GROUP: Final = 4
_LENGTH: Final = 40
_BETWEEN: Final = str.maketrans("", "", " \t\r\n-–—·　")


class StationRole(StrEnum):
    """How another station stands to this one; each value is stored."""

    BELOW = "below"  # it reports to us
    ABOVE = "above"  # we report to it


class PeriodKind(StrEnum):
    """How often a package is expected of a station; each value is stored."""

    NONE = ""
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStationRow:
    """One known station as lists show it."""

    id: int
    card: StationCard
    role: StationRole
    period_kind: PeriodKind
    confirmed_at: datetime
    confirmed_by: str
    blocked_at: datetime | None
    note: str

    @property
    def groups(self) -> tuple[str, ...]:
        """Give its fingerprint in groups to be read aloud."""
        return fingerprint_groups(self.card.fingerprint)

    @property
    def is_blocked(self) -> bool:
        """Say whether nothing is taken from it nor made for it."""
        return self.blocked_at is not None


def fingerprint_groups(fingerprint: str) -> tuple[str, ...]:
    """Give a fingerprint in ten groups of four, in capitals, as it is printed and read aloud."""
    capitals = fingerprint.upper()
    return tuple(capitals[at : at + _GROUP] for at in range(0, len(capitals), _GROUP))


def wrong_groups(typed: str, fingerprint: str) -> tuple[int, ...]:
    """Give the numbers from 1 of the groups in which a typed or scanned fingerprint differs; none when it is the same.

    Room, hyphens, full width and case do not count.
    """
    read = half_width(typed).translate(_BETWEEN).upper()
    groups = fingerprint_groups(fingerprint)
    same = [read[at * _GROUP : (at + 1) * _GROUP] == group for at, group in enumerate(groups)]
    if len(read) > _LENGTH:
        same[-1] = False
    return tuple(number for number, is_same in enumerate(same, 1) if not is_same)
