"""One thing a key does, as the tables of keys hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.local_rules import local

ANYWHERE: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing a key does.

    ``neutral`` says what it does in the neutral words of the code; ``page`` is the key of the page it belongs to,
    empty for everywhere; ``part`` the part of the page where the key means this, empty for the whole page; ``also``
    other keys that do the same.
    """

    key: str
    neutral: str
    shortcut: str
    page: str = ANYWHERE
    part: str = ""
    also: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Say what the key does, in the words of the place."""
        return local(self.neutral)
