"""Catalogues whose entries are said in the words of the place, with its articles, whenever they are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from desktop.domain.local_rules import at_work

K = TypeVar("K")
R = TypeVar("R")
V = TypeVar("V")


class LocalCatalogue(Mapping[K, V]):
    """Entries as the program words them; ``say`` gives one as the place calls it.

    The rules of the place are known only after modules are loaded: an entry is said when it is looked up, and kept
    until other rules come.
    """

    def __init__(self, entries: Mapping[K, R], say: Callable[[R], V]) -> None:
        """Keep the entries, in their order."""
        own = dict(entries)
        self._keys = tuple(own)
        self._say: Callable[[K], V] = lambda key: say(own[key])
        self._said: dict[K, V] = {}
        self._said_by = at_work()

    def __getitem__(self, key: K) -> V:
        """Give an entry as the place calls it; raises ``KeyError``."""
        if self._said_by is not at_work():
            self._said_by, self._said = at_work(), {}
        if key not in self._said:
            self._said[key] = self._say(key)
        return self._said[key]

    def __iter__(self) -> Iterator[K]:
        """Go through the keys in their order."""
        return iter(self._keys)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._keys)
