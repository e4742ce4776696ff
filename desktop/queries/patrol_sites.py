"""The sites a scanned or typed code leads to: a number whole or in part, else any word of name, place or owner."""

from __future__ import annotations

from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.acts import UNDER_WAY
from desktop.domain.checked import half_width
from desktop.domain.register_number import SERIAL_DIGITS, Series, parse_number
from desktop.domain.search_keys import normalise
from desktop.domain.site import SiteRef
from desktop.models.filing import Filing, FilingNumber
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.search_index import found_by
from desktop.queries.search_expression import search_expression

# A serial is looked for in the numbers of this year and of the one before: an older registration has lapsed.
_YEARS: Final = 2
_UNDER_WAY: Final = tuple(status.value for status in UNDER_WAY)


def sites_named(session: Session, typed: str, *, office_code: str, year: int, most: int) -> tuple[SiteRef, ...]:
    """Give at most ``most`` sites: of the whole number, else of the serial, else what contains the text."""
    number = parse_number(typed)
    if number is not None:
        ref = _numbered(session, str(number))
        return () if ref is None else (ref,)
    # A short number means a serial; only where there is none is it looked for inside of names and places.
    by_serial = _by_serial(session, half_width(typed).strip(), office_code=office_code, year=year)
    return tuple(dict.fromkeys(by_serial or _containing(session, typed, most=most)))[:most]


def _numbered(session: Session, number: str) -> SiteRef | None:
    """Find the site of a number: of a registration or a paper, of a work found unregistered, of a hazard."""
    filing_id = session.scalar(select(FilingNumber.filing_id).where(FilingNumber.number == number))
    if filing_id is not None:
        return SiteRef(filing_id=filing_id)
    found = session.scalars(select(FoundSite).where(FoundSite.number == number)).first()
    if found is not None:
        # Once it is registered the registration is what is visited.
        return SiteRef(filing_id=found.filing_id) if found.filing_id is not None else SiteRef(found_site_id=found.id)
    hazard = session.scalars(select(Hazard).where(Hazard.number == number)).first()
    if hazard is None or (hazard.filing_id is None and hazard.found_site_id is None):
        return None
    return SiteRef(filing_id=hazard.filing_id, found_site_id=hazard.found_site_id)


def _by_serial(session: Session, typed: str, *, office_code: str, year: int) -> tuple[SiteRef, ...]:
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= SERIAL_DIGITS):
        return ()
    parts = (Series.REGISTRATION, Series.FOUND_SITE)
    numbers = [
        f"{office_code}-{series.value}-{each}-{int(typed):0{SERIAL_DIGITS}}"
        for each in range(year, year - _YEARS, -1)
        for series in parts
    ]
    return tuple(ref for ref in (_numbered(session, number) for number in numbers) if ref is not None)


def _containing(session: Session, typed: str, *, most: int) -> tuple[SiteRef, ...]:
    expression, key = search_expression(typed), normalise(typed)
    if not expression or not key:
        return ()
    wanted = (Filing.id.in_(found_by(expression)), Filing.status.in_(_UNDER_WAY))
    filings = select(Filing.id).where(*wanted).order_by(Filing.accepted_on.desc(), Filing.id.desc()).limit(most)
    word = typed.strip()
    named = or_(
        FoundSite.place_key.contains(key, autoescape=True),
        FoundSite.number.contains(half_width(word).upper(), autoescape=True),
        FoundSite.work.contains(word, autoescape=True),
        FoundSite.owner_name.contains(word, autoescape=True),
    )
    found = select(FoundSite.id).where(named, FoundSite.filing_id.is_(None)).order_by(FoundSite.id.desc()).limit(most)
    return (
        *(SiteRef(filing_id=filing_id) for filing_id in session.scalars(filings)),
        *(SiteRef(found_site_id=found_id) for found_id in session.scalars(found)),
    )
