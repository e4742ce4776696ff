"""One thing a key does, as the tables of keys hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ANYWHERE: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing a key does.

    ``page`` is the key of the page it belongs to, empty for everywhere; ``part`` the part of the page where the key
    means this, empty for the whole page; ``also`` other keys that do the same.
    """

    key: str
    text: str
    shortcut: str
    page: str = ANYWHERE
    part: str = ""
    also: tuple[str, ...] = ()
