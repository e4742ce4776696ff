"""Earlier filings that resemble the one being typed, and parties to take over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.acts import SimilarFiling, Status
from desktop.domain.search_keys import normalise
from desktop.models.filing import Filing
from desktop.models.known_party import KnownParty

# A shorter address is a street with half the district behind it.
_SHORTEST_ADDRESS: Final = 5
_PAST_THE_LAST: Final = "\U0010ffff"


def similar_filings(
    session: Session, *, place_key: str, owner_key: str, contractor_key: str, limit: int
) -> tuple[SimilarFiling, ...]:
    """List filings at the address, of the owner, of the contractor, newest first of each, none twice."""
    found: dict[int, SimilarFiling] = {}
    for why, condition in _conditions(place_key, owner_key, contractor_key):
        asked = select(Filing).where(condition).order_by(Filing.filed_on.desc(), Filing.id.desc()).limit(limit)
        for filing in session.scalars(asked):
            found.setdefault(filing.id, _similar(filing, why))
    return tuple(found.values())[:limit]


def parties_like(session: Session, role: str, typed: str, *, limit: int) -> tuple[dict[str, Any], ...]:
    """List parties as last typed whose name, number or initials hold the text; the last used first."""
    key = normalise(typed)
    if not key:
        return ()
    is_like = or_(
        func.instr(KnownParty.name_key, key) > 0,
        func.instr(KnownParty.initials, key) > 0,
        func.instr(KnownParty.identity, key) > 0,
    )
    asked = select(KnownParty.typed).where(KnownParty.role == role, is_like)
    return tuple(session.scalars(asked.order_by(KnownParty.used_at.desc()).limit(limit)))


def _conditions(place_key: str, owner_key: str, contractor_key: str) -> Iterator[tuple[str, ColumnElement[bool]]]:
    if len(place_key) >= _SHORTEST_ADDRESS:
        yield "address", Filing.place_key.between(place_key, place_key + _PAST_THE_LAST)
    if owner_key:
        yield "owner", Filing.owner_key == owner_key
    if contractor_key:
        yield "contractor", Filing.contractor_key == contractor_key


def _similar(filing: Filing, why: str) -> SimilarFiling:
    return SimilarFiling(
        filing_id=filing.id,
        number=filing.number,
        project_name=filing.project_name,
        place=filing.place,
        owner_name=filing.owner_name,
        contractor_name=filing.contractor_name,
        status=Status(filing.status),
        filed_on=filing.filed_on,
        why=why,
    )
