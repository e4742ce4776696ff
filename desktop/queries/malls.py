"""Malls whose shops are taken in together (一揽子纳管), as far as their filings are seen."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.batch import BatchRow, landlord
from desktop.domain.walk_in import Place, WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing

_MOST = 200


def malls(session: Session) -> tuple[BatchRow, ...]:
    """List the malls, the one of the newest filing first, at most two hundred."""
    newest = func.max(Filing.id)
    asked = select(Filing.batch, newest, func.count()).where(Filing.batch.is_not(None)).group_by(Filing.batch)
    found = session.execute(asked.order_by(newest.desc()).limit(_MOST)).all()
    last = {filing.id: filing for filing in session.scalars(select(Filing).where(Filing.id.in_([r[1] for r in found])))}
    return tuple(_row(last[filing_id], count + _began(session, last[filing_id])) for _name, filing_id, count in found)


def filings_of_mall(session: Session, name: str) -> Iterator[Filing]:
    """Give the filings of a mall, the newest first."""
    return iter(session.scalars(select(Filing).where(Filing.batch == name).order_by(Filing.id.desc())))


def shops_on_record(session: Session, name: str, began_with: str) -> Iterator[tuple[str, str]]:
    """Give owner and unit of every filing of a mall, with the one it began with."""
    is_of_mall = Filing.batch == name
    if began_with:
        is_of_mall = or_(is_of_mall, Filing.first_number == began_with)
    unit = func.json_extract(Filing.walk_in, "$.place.room")
    for owner, room in session.execute(select(Filing.owner_name, unit).where(is_of_mall)):
        yield owner, room or ""


def _began(session: Session, filing: Filing) -> int:
    """Count the filing that the others began with, where it bears no name itself and is seen."""
    number = (filing.walk_in.get("batch") or {}).get("began_with", "")
    if not number:
        return 0
    is_it = (Filing.first_number == number, Filing.batch.is_(None))
    return session.scalar(select(func.count()).select_from(Filing).where(*is_it)) or 0


def _row(filing: Filing, count: int) -> BatchRow:
    walk_in = walk_in_from_plain(filing.walk_in)
    owner = landlord(walk_in)
    return BatchRow(
        name=walk_in.batch.name,
        place=_address(walk_in),
        landlord=owner.name if owner else "",
        property_company=walk_in.property_company,
        filings=count,
        last_filing_id=filing.id,
        last_on=filing.filed_on,
    )


def _address(walk_in: WalkIn) -> str:
    place = walk_in.place
    return Place(community=place.community, estate=place.estate, building=place.building).text
