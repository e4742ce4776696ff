"""Finds Chinese labels by part of the label or by pinyin initials."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from desktop.domain.search_keys import normalise

_MOST_CHARACTERS: Final = 60


def is_match(label: str, typed: str) -> bool:
    """Say whether a typed text is part of the label, or initials of characters that stand together in it."""
    wanted = normalise(typed)
    if not wanted:
        return True
    folded = normalise(label)
    if wanted in folded:
        return True
    if not wanted.isascii() or not wanted.isalnum():
        return False
    initials = _initials(folded)
    return any(_stands_at(wanted, initials, start) for start in range(len(initials) - len(wanted) + 1))


def begins(label: str, typed: str) -> bool:
    """Say whether a label begins with a typed text, or with characters of these initials."""
    wanted = normalise(typed)
    folded = normalise(label)
    if not wanted or folded.startswith(wanted):
        return bool(wanted)
    if not wanted.isascii() or not wanted.isalnum() or len(wanted) > len(folded):
        return False
    return _stands_at(wanted, _initials(folded), 0)


def _stands_at(wanted: str, initials: tuple[frozenset[str], ...], start: int) -> bool:
    return len(wanted) <= len(initials) - start and all(
        letter in initials[start + step] for step, letter in enumerate(wanted)
    )


@lru_cache(maxsize=4096)
def _initials(text: str) -> tuple[frozenset[str], ...]:
    # Loaded with the first Latin letter typed, not with the window: it costs a tenth of a second.
    from pypinyin import Style, pinyin

    found = []
    for char in text[:_MOST_CHARACTERS]:
        readings = pinyin(char, style=Style.FIRST_LETTER, heteronym=True)
        found.append(frozenset(reading[:1].lower() for reading in readings[0]) | {char})
    return tuple(found)
