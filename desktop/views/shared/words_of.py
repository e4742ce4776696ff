"""The words of closed lists that have a catalogue of their own elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from desktop.domain.local_catalogue import LocalCatalogue

E = TypeVar("E", bound=Enum)


def words_of(members: type[E], words: Mapping[E, str]) -> Mapping[Enum, str]:
    """Give the words of a closed list, each looked up when it is asked for: with the rules the words may change."""
    entries: dict[Enum, E] = {each: each for each in members}
    return LocalCatalogue(entries, words.__getitem__)
