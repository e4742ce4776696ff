"""Catalogues whose entries are said in the words of the place, with its articles, whenever they are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from desktop.domain.local_rules import at_work

K = TypeVar("K")
V = TypeVar("V")


class LocalCatalogue(Mapping[K, V]):
    """Entries as the program words them; ``say`` gives one as the place calls it.

    The rules of the place are known only after modules are loaded: what is looked up is said then, and kept until others come.
    """

    def __init__(self, entries: Mapping[K, V], say: Callable[[V], V]) -> None:
        """Keep the entries, in their order."""
        self._entries = MappingProxyType(dict(entries))
        self._say = say
        self._said: dict[K, V] = {}
        self._said_by = at_work()

    def __getitem__(self, key: K) -> V:
        """Give an entry as the place calls it; raises ``KeyError``."""
        if self._said_by is not at_work():
            self._said_by, self._said = at_work(), {}
        if key not in self._said:
            self._said[key] = self._say(self._entries[key])
        return self._said[key]

    def __iter__(self) -> Iterator[K]:
        """Go through the keys in their order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)
