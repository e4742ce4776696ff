"""The known name that a misspelt one was probably meant to be, for the sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

# Longer words are no slip of the fingers, and comparing them takes long.
_LONGEST: Final = 60
_MOST_NAMED: Final = 12


def nearest(name: object, known: Iterable[str]) -> str:
    """Give the known name nearest to one that is none; empty when nothing is near."""
    if not isinstance(name, str) or len(name) > _LONGEST:
        return ""
    return next(iter(get_close_matches(name, tuple(known), n=1, cutoff=0.6)), "")


def meant(name: object, known: Iterable[str]) -> str:
    """Say what to write instead: the nearest name, else the known ones, else nothing."""
    names = tuple(dict.fromkeys(known))
    if near := nearest(name, names):
        return f"，是不是 {near}？"
    if not names:
        return ""
    more = " 等" if len(names) > _MOST_NAMED else ""
    return f"，可用：{'、'.join(names[:_MOST_NAMED])}{more}"
