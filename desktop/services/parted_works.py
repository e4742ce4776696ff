"""Works that look parted to stay below the limits, looked for in the ledger."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.facts import SMALL_WORK
from desktop.domain.pack import PolicyPack
from desktop.domain.splitting import PresentWork, SplitSuspicion, split_limits, suspected_splitting
from desktop.domain.walk_in import WalkIn
from desktop.queries.resemblance import earlier_works
from desktop.services.filing_keys import party_key, place_key


def parted_works(
    session: Session, walk_in: WalkIn, filing_id: int | None, *, pack: PolicyPack, on: date
) -> SplitSuspicion | None:
    """Say whether the ledger holds works that with this one exceed the limits; None when not.

    ``filing_id`` leaves the matter's own earlier visit out; ``pack`` is the version that the matter is judged by.
    """
    limits = split_limits(pack)
    if limits is None or walk_in.facts.text("kind") != SMALL_WORK:
        return None
    present = PresentWork(
        place_key=place_key(walk_in),
        owner_key=party_key(walk_in.owner),
        amount_yuan=walk_in.facts.number("contract_amount_yuan"),
        area_m2=walk_in.facts.number("floor_area_m2"),
        filed_on=on,
        filing_id=filing_id,
        contractor_key=party_key(walk_in.contractor.party),
        category=walk_in.facts.text("category") or "",
        batch=walk_in.batch,
    )
    first, last = limits.around(on)
    works = earlier_works(
        session,
        place_key=present.place_key,
        owner_key=present.owner_key,
        contractor_key=present.contractor_key,
        first=first,
        last=last,
    )
    return suspected_splitting(present, works, limits=limits)
