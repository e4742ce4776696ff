"""Codes that decide a matter must be codes that the pack knows: an invented one is a fault, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from desktop.domain.errors import Fault
from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack

# Facts whose list in the pack is closed.  The other lists (sector, owner_kind, property_ownership, special operations,
# dangerous works, closed places) only offer words: declared data may say the thing in words of their own.
_CLOSED: Final = frozenset(
    {
        "art4_kind",
        "contractor_kind",
        "dangerous_operations",
        "funding",
        "illegal_acts",
        "municipal_kind",
        "place_kind",
        "risk_kinds",
        "work_natures",
    }
)


def unknown_codes(facts: Facts, pack: PolicyPack, *, where: str) -> Iterator[Fault]:
    """Name every code that the pack does not know, with its key and the codes there are."""
    for key, known in _lists(pack).items():
        if not known:
            continue
        for code in _codes(facts, key):
            if code not in known:
                what = "unknown category" if key == "category" else "unknown code"
                yield Fault(f"{where}.{key}", f"{what} of pack {pack.id}: {code!r}; it has {', '.join(known)}")


def _lists(pack: PolicyPack) -> Mapping[str, tuple[str, ...]]:
    """Give the known codes of every closed list; a pack without a list of its own closes nothing."""
    lists = {
        "category": [category.code for category in pack.categories],
        "provided_materials": [rule.code for rule in pack.materials],
        "patrol_finding": [rule.code for rule in pack.findings],
        "finding": [rule.code for rule in pack.revocations],
        "violation_kind": [rule.code for rule in pack.transfers],
    }
    lists |= {key: [choice.code for choice in pack.choices.get(key, ())] for key in _CLOSED}
    return {key: tuple(dict.fromkeys(codes)) for key, codes in lists.items()}


def _codes(facts: Facts, key: str) -> tuple[str, ...]:
    single = facts.text(key)
    return facts.texts(key) if single is None else (single,)
