"""What a filing is sorted and found by: pinyin, initials, folded texts, last four of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from desktop.domain.search_keys import last_four, normalise, spaced
from desktop.domain.walk_in import Party, WalkIn

# Beyond this nobody looks for initials, and pinyin of ten thousand characters takes long.
_MOST_CHARACTERS: Final = 120
# A ledger taken in names the same places and firms over and over.
_MOST_KNOWN: Final = 4096


def storable(text: str) -> str:
    """Give a text that a UTF-8 file can hold: lone halves of surrogate pairs become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@lru_cache(_MOST_KNOWN)
def initials(text: str) -> str:
    """Give the pinyin initials of a text, Latin letters and digits as they are."""
    from pypinyin import Style, lazy_pinyin

    return "".join(str(letter) for letter in lazy_pinyin(_readable(text), style=Style.FIRST_LETTER))


@lru_cache(_MOST_KNOWN)
def sort_key(text: str) -> str:
    """Give the text by which Chinese words are put in the order of their pinyin."""
    # Loaded with the first decision, not with the window: its word list takes a quarter of a second.
    from pypinyin import lazy_pinyin

    return " ".join(str(syllable) for syllable in lazy_pinyin(_readable(text)))


def place_key(walk_in: WalkIn) -> str:
    """Give the folded address; empty while nothing but the community is known."""
    place = walk_in.place
    if not (place.estate or place.building or place.room or place.detail):
        return ""
    return normalise(storable(place.text))


def party_key(party: Party) -> str:
    """Give what makes a party the same again: its number, else its name."""
    return normalise(storable(party.id_number)) or normalise(storable(party.name))


def search_texts(walk_in: WalkIn, numbers: Iterable[str]) -> Mapping[str, str]:
    """Give what a filing is found by, for each column of the full-text index."""
    named = {
        "project": storable(walk_in.project_name),
        "place": storable(walk_in.place.text),
        "owner": storable(walk_in.owner.name),
        "contractor": storable(walk_in.contractor.party.name),
    }
    return {
        "numbers": " ".join(spaced(number) for number in numbers),
        **{name: spaced(text) for name, text in named.items()},
        **{f"{name}_initials": spaced(initials(text)) for name, text in named.items()},
        "id_tails": _tails(_id_numbers(walk_in)),
        "phone_tails": _tails(_phones(walk_in)),
    }


def _tails(numbers: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(tail for tail in (last_four(storable(number)) for number in numbers) if tail))


def _parties(walk_in: WalkIn) -> list[Party]:
    return [
        party
        for party in (walk_in.owner, walk_in.agent, walk_in.property_owner, walk_in.contractor.party)
        if party is not None
    ]


def _id_numbers(walk_in: WalkIn) -> list[str]:
    return [party.id_number for party in _parties(walk_in)] + [worker.id_number for worker in walk_in.workers]


def _phones(walk_in: WalkIn) -> list[str]:
    managers = (walk_in.owner_safety_manager, walk_in.contractor_safety_manager, walk_in.contractor.project_manager)
    return [party.phone for party in _parties(walk_in)] + [manager.phone for manager in managers]


def _readable(text: str) -> str:
    return normalise(storable(text))[:_MOST_CHARACTERS]
