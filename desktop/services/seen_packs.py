"""Versions of the rules read before: a pack is a matter of its text alone, so the same text is not read twice."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from desktop.domain.errors import FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Standing
from desktop.policy.loader import pack_of
from desktop.policy.pack_text import hash_of, tree_of

_MOST_PACKS: Final = 16  # about 1 MB each
_MOST_GLANCES: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What the list of versions says of a text; ``standing`` is None for one that does not read."""

    title: str
    standing: Standing | None
    gaps: int


class SeenPacks:
    """Keeps the packs read last and, for longer, what the list says of each; by the hash of the text itself."""

    def __init__(self) -> None:
        self._packs: OrderedDict[str, PolicyPack] = OrderedDict()
        self._glances: OrderedDict[str, Glance] = OrderedDict()
        self._lock = Lock()  # lists are read off the GUI thread

    def pack(self, rules: str, papers: str) -> PolicyPack:
        """Give the pack of a text; raises ``FaultyInput``, and ``ValueError`` for what is not TOML."""
        key = hash_of(rules, papers)
        with self._lock:
            known = self._packs.get(key)
            if known is not None:
                self._packs.move_to_end(key)
                return known
        read = pack_of(tree_of(rules, papers))
        glance = Glance(title=read.title, standing=read.standing, gaps=len(read.gaps()))
        with self._lock:
            _put(self._packs, key, read, most=_MOST_PACKS)
            _put(self._glances, key, glance, most=_MOST_GLANCES)
        return read

    def glance(self, rules: str, papers: str) -> Glance:
        """Say of a text what the list says, also of a draft that does not read yet."""
        key = hash_of(rules, papers)
        with self._lock:
            known = self._glances.get(key)
            if known is not None:
                self._glances.move_to_end(key)
                return known
        try:
            read = self.pack(rules, papers)
        except (FaultyInput, ValueError):
            # A draft need not read yet; its faults are shown where it is edited.
            glance = Glance(title=_title(rules, papers), standing=None, gaps=0)
        else:
            return Glance(title=read.title, standing=read.standing, gaps=len(read.gaps()))
        with self._lock:
            _put(self._glances, key, glance, most=_MOST_GLANCES)
        return glance


def _put(kept: OrderedDict[str, Any], key: str, value: object, *, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)


def _title(rules: str, papers: str) -> str:
    try:
        head = tree_of(rules, papers).rules.get("pack")
    except ValueError:
        head = None
    title = head.get("title") if isinstance(head, dict) else ""
    return title if isinstance(title, str) else ""
