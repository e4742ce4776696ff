"""Shops of one mall taken in one after another (商圈一揽子纳管): what they share, and what is each shop's own.

Shared are the place but for the unit, who owns the premises, the property company and how the premises are managed.
Everything about the work and its owner is the shop's own, and so are the papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from desktop.domain.facts import Facts, FactValue
from desktop.domain.splitting import RESIDENTIAL
from desktop.domain.walk_in import Batch, Party, PartyKind, WalkIn

# Facts of the premises, the same in every shop; what is done in a shop is never among them.
SHARED_FACTS: Final = ("property_ownership", "property_managed", "closed_management_place")
_PLACE: Final = ("sub_area", "community", "grid", "estate", "building")
_PARTY: Final = ("name", "kind", "id_kind", "id_number", "contact_name", "phone", "address")
_DWELLING: Final = "dwelling"
# One person's premises are not another's because the shops are neighbours.
_OWNS_A_MALL: Final = (PartyKind.ORGANISATION, PartyKind.PARTNERSHIP)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One mall as the list shows it, by its newest filing."""

    name: str
    place: str
    landlord: str
    property_company: str
    filings: int
    last_filing_id: int
    last_on: date


def mall_name(walk_in: WalkIn) -> str:
    """Give the name of the mall a matter lies in: its own, else the estate, else the address without the unit."""
    place = walk_in.place
    return walk_in.batch.name or place.estate or replace(place, community="", room="").text


def may_be_shop(walk_in: WalkIn) -> bool:
    """Say whether a matter may be one of the shops of a mall: it has a place, and is no dwelling."""
    is_dwelling = walk_in.facts.text("category") == RESIDENTIAL or walk_in.facts.text("place_kind") == _DWELLING
    return bool(walk_in.batch.name) or (bool(mall_name(walk_in)) and not is_dwelling)


def landlord(walk_in: WalkIn) -> Party | None:
    """Give who owns the premises: as declared, else the owner of the work where that is a firm; None if not known."""
    if walk_in.property_owner is not None:
        return walk_in.property_owner
    owner = walk_in.owner
    return owner if owner.name and owner.kind in _OWNS_A_MALL else None


def next_shop(before: WalkIn, batch: Batch) -> WalkIn:
    """Begin the next shop with what it shares with an earlier one, and nothing else."""
    place = replace(before.place, room="", detail="")
    if not (place.estate or place.building):
        place = replace(place, detail=before.place.detail)
    stated = {fact: before.facts.stated[fact] for fact in SHARED_FACTS if fact in before.facts.stated}
    return WalkIn(
        facts=Facts(stated),
        place=place,
        property_owner=landlord(before),
        property_company=before.property_company,
        batch=batch,
    )


def shared_values(walk_in: WalkIn) -> Mapping[str, FactValue]:
    """Give what a matter holds of what shops share, by the path of the field; empty ones are not among it."""
    return {path: value for path, value in _shared(walk_in) if value not in (None, "")}


def _shared(walk_in: WalkIn) -> Iterator[tuple[str, FactValue]]:
    for name in _PLACE:
        yield f"place.{name}", getattr(walk_in.place, name)
    owner = walk_in.property_owner
    if owner is not None and owner.name:
        for name in _PARTY:
            yield f"property_owner.{name}", getattr(owner, name)
    yield "property_company", walk_in.property_company
    for fact in SHARED_FACTS:
        if fact in walk_in.facts.stated:
            yield f"facts.{fact}", walk_in.facts.stated[fact]
