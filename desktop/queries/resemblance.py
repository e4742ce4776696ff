"""Earlier filings that resemble the one being typed, and parties to take over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.acts import SimilarFiling, Status
from desktop.domain.building import building_key
from desktop.domain.facts import SMALL_WORK
from desktop.domain.search_keys import normalise
from desktop.domain.splitting import EarlierWork
from desktop.domain.walk_in import Batch
from desktop.models.filing import Filing
from desktop.models.known_party import KnownParty, KnownPartyUse

# A shorter address is a street with half the district behind it.
_SHORTEST_ADDRESS: Final = 5
_PAST_THE_LAST: Final = "\U0010ffff"
# What was refused, referred or found not applicable never came to be a registered work.
_STILL_COUNTING: Final = tuple(
    status.value
    for status in (
        Status.REGISTERED,
        Status.AWAITING_CORRECTION,
        Status.AWAITING_REVIEW,
        Status.RETURNED,
        Status.AWAITING_CLOSEOUT,
        Status.CLOSED,
    )
)
_MOST_WORKS: Final = 200
_MOST_USES: Final = 5
_PLACES_OF_PARTIES: Final = ("owner", "agent", "property_owner", "contractor")
_STREET: Final = 4  # the beginning that two addresses of one building surely share
_WORK: Final = (
    Filing.id,
    Filing.number,
    Filing.place_key,
    Filing.owner_key,
    Filing.contractor_key,
    Filing.category,
    Filing.filed_on,
    Filing.first_number,
)
_READ: Final = (
    *(f"$.facts.stated.{fact}.number" for fact in ("contract_amount_yuan", "floor_area_m2")),
    "$.batch.name",
    "$.batch.began_with",
)


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


def earlier_works(
    session: Session, *, place_key: str, owner_key: str, contractor_key: str, first: date, last: date
) -> tuple[EarlierWork, ...]:
    """List small works filed from ``first`` to ``last`` at the place, of the owner or by the contractor.

    The newest of each; of the contractor's only those in the same building.
    """
    wanted: set[int] = set()
    for column, key in ((Filing.place_key, place_key), (Filing.owner_key, owner_key)):
        if key:
            newest = (
                select(Filing.id)
                .where(column == key, _looked_at(Filing.status).in_(_STILL_COUNTING))
                .where(_looked_at(Filing.kind) == SMALL_WORK, Filing.filed_on.between(first, last))
                .order_by(Filing.filed_on.desc(), Filing.id.desc())
            )
            wanted.update(session.scalars(newest.limit(_MOST_WORKS)))
    if contractor_key and place_key:
        wanted.update(_in_the_building(session, place_key, contractor_key, first=first, last=last))
    # The measures lie in the stored matter, which is read for these few only, and once for both.
    measures = func.json_extract(Filing.walk_in, *_READ, type_=String())
    asked = select(*_WORK, measures).where(Filing.id.in_(wanted))
    return tuple(_work(row) for row in session.execute(asked))


def every_work(session: Session, *, at_once: int) -> Iterator[tuple[EarlierWork, ...]]:
    """Give all small works that still count, some at a time, in the order of their ids."""
    measures = func.json_extract(Filing.walk_in, *_READ, type_=String())
    asked = select(*_WORK, measures).where(_still_counts()).order_by(Filing.id).limit(at_once)
    last = 0
    while found := session.execute(asked.where(Filing.id > last)).all():
        last = found[-1][0]
        yield tuple(_work(row) for row in found)


def count_works(session: Session) -> int:
    """Count the small works that still count."""
    return session.scalar(select(func.count(Filing.id)).where(_still_counts())) or 0


def _still_counts() -> ColumnElement[bool]:
    return and_(Filing.kind == SMALL_WORK, Filing.status.in_(_STILL_COUNTING))


def _in_the_building(
    session: Session, place_key: str, contractor_key: str, *, first: date, last: date
) -> Iterator[int]:
    building = building_key(place_key)
    of_contractor = (
        select(Filing.id, Filing.place_key)
        .where(Filing.contractor_key == contractor_key, Filing.status.in_(_STILL_COUNTING))
        .where(_looked_at(Filing.kind) == SMALL_WORK, Filing.filed_on.between(first, last))
        .where(Filing.place_key.startswith(place_key[:_STREET], autoescape=True))
        .order_by(Filing.id.desc())
    )
    for filing_id, place in session.execute(of_contractor.limit(_MOST_WORKS)):
        if building_key(place) == building:
            yield filing_id


def _work(row: Any) -> EarlierWork:
    filing_id, number, place, owner, contractor, category, filed_on, first_number, plain = row
    amount, area, mall, began_with = json.loads(plain)
    return EarlierWork(
        filing_id=filing_id,
        number=number,
        place_key=place,
        owner_key=owner,
        amount_yuan=_decimal(amount),
        area_m2=_decimal(area),
        filed_on=filed_on,
        contractor_key=contractor,
        category=category,
        first_number=first_number,
        batch=Batch(name=mall or "", began_with=began_with or "") if mall else Batch(),
    )


def _looked_at(column: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Compare a column without its index: few filings share a place or owner, nearly all a status and kind."""
    return column.concat("")


def _decimal(text: str | None) -> Decimal | None:
    """Read a stored number; one typed as unknown or not applicable has none."""
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def parties_like(session: Session, role: str, typed: str, *, limit: int, sees_all: bool) -> tuple[dict[str, Any], ...]:
    """List parties whose name, number or initials hold the text, the last used first.

    Who does not see all filings gets each as it stands in the newest filing that is seen: what was typed elsewhere
    since then is not theirs to read.
    """
    key = normalise(typed)
    if not key:
        return ()
    is_like = or_(
        func.instr(KnownParty.name_key, key) > 0,
        func.instr(KnownParty.initials, key) > 0,
        func.instr(KnownParty.identity, key) > 0,
    )
    asked = select(KnownParty).where(KnownParty.role == role, is_like)
    known = session.scalars(asked.order_by(KnownParty.used_at.desc()).limit(limit)).all()
    found = (party.typed if sees_all else _as_seen(session, party) for party in known)
    return tuple(plain for plain in found if plain is not None)


def _as_seen(session: Session, party: KnownParty) -> dict[str, Any] | None:
    """Give a party as the newest filing that is seen has it, None when a later visit there named another."""
    used = (KnownPartyUse.role == party.role, KnownPartyUse.identity == party.identity)
    newest = select(Filing.walk_in).join(KnownPartyUse, KnownPartyUse.filing_id == Filing.id).where(*used)
    for walk_in in session.scalars(newest.order_by(Filing.id.desc()).limit(_MOST_USES)):
        for place in _PLACES_OF_PARTIES:
            plain = walk_in.get(place)
            if plain and _identity(plain.get("party", plain)) == party.identity:
                return dict(plain)
    return None


def _identity(party: dict[str, Any]) -> str:
    return f"{normalise(party.get('name', ''))} {normalise(party.get('id_number', ''))}"


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
