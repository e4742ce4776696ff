"""Keeping passwords: argon2id hashes, and one-time passwords made at random."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Without the letters and digits that are taken for each other when copied by hand.
_READABLE: Final = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"
_ONE_TIME_PARTS: Final = 4
_ONE_TIME_PART: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What one hash costs: rounds, memory in KiB, threads."""

    rounds: int = 3
    memory_kib: int = 65_536
    threads: int = 2


ORDINARY: Final = Effort()


class PasswordKeeper:
    """Hashes and compares; a password itself is never stored and never logged."""

    def __init__(self, effort: Effort) -> None:
        self._hasher = PasswordHasher(
            time_cost=effort.rounds, memory_cost=effort.memory_kib, parallelism=effort.threads
        )

    def hashed(self, password: str) -> str:
        """Give the argon2id hash of a password, with its salt and effort."""
        return self._hasher.hash(password)

    def is_right(self, password: str, stored: str | None) -> bool:
        """Say whether a password is the one that was hashed; None, for nobody's, takes as long."""
        if stored is None:
            # One hash costs what one comparison does: the answer comes neither sooner nor later.
            self._hasher.hash(password)
            return False
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def one_time(self) -> str:
        """Make a first password at random: four groups that can be copied by hand, about 92 bits."""
        parts = ("".join(secrets.choice(_READABLE) for _ in range(_ONE_TIME_PART)) for _ in range(_ONE_TIME_PARTS))
        return "-".join(parts)
