"""Whether an issued paper shows numbers of persons whole, and whether who opens it knows them already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.checked import compact
from desktop.domain.masked_walk_in import RESIDENT_ID, personal_numbers
from desktop.domain.walk_in import IdKind, WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.issued_document import IssuedDocument
from desktop.models.record import AuditEvent
from desktop.queries.filing_file import stored_filing
from desktop.services.station import Station

PAPER_OPENED: Final = "paper_opened"
_GIVEN_AGAIN: Final = (PAPER_OPENED, "reprint", "save_papers")
_LONG: Final = 18
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def states_numbers(session: Session, document: IssuedDocument) -> bool:
    """Say whether a paper shows an identity, telephone or certificate number of the matter, or any identity number.

    The certificates of a firm are as public as its credit code and do not count.  Numbers of earlier visits count too:
    the paper may be of before they were corrected.  Of a paper without a filing
    no numbers are known, so that any mobile phone counts.
    """
    texts = [compact(text) for text in _texts(document.paper)]
    if any(RESIDENT_ID.search(text) for text in texts):
        return True
    if document.filing_id is None:
        return any(_MOBILE.search(text) for text in texts)
    filing = stored_filing(session, document.filing_id)
    walk_in = walk_in_from_plain(filing.walk_in)
    numbers = {*personal_numbers(walk_in), *_earlier_numbers(session, filing.id)} - _public_numbers(walk_in)
    return any(number in text for text in texts for number in numbers)


def is_own_of_today(session: Session, station: Station, document: IssuedDocument) -> bool:
    """Say whether who is at work issued the paper on this very day."""
    return _has_event(session, station, document, AuditEvent.act.not_in(_GIVEN_AGAIN))


def is_opened_today(session: Session, station: Station, document: IssuedDocument) -> bool:
    """Say whether it is on record already that who is at work opened the paper on this very day."""
    return _has_event(session, station, document, AuditEvent.act == PAPER_OPENED)


def _has_event(session: Session, station: Station, document: IssuedDocument, which: ColumnElement[bool]) -> bool:
    begun = datetime.combine(station.today(), time.min).astimezone()
    own = select(AuditEvent.paper_ids).where(
        AuditEvent.filing_id == document.filing_id,
        AuditEvent.at >= begun,
        AuditEvent.account_id == station.actor.account_id,
        which,
    )
    return any(document.id in paper_ids for paper_ids in session.scalars(own))


def _public_numbers(walk_in: WalkIn) -> frozenset[str]:
    """Give the numbers of the certificates that the contractor holds as a firm."""
    contractor = walk_in.contractor
    if contractor.party.id_kind is not IdKind.CREDIT_CODE:
        return frozenset()
    return frozenset(compact(each.number) for each in (contractor.qualification, contractor.safety_licence))


def _earlier_numbers(session: Session, filing_id: int) -> Iterator[str]:
    of_filing = select(AuditEvent.changes).where(AuditEvent.filing_id == filing_id)
    for field, before, _after in (change for changes in session.scalars(of_filing) for change in changes):
        number = compact(before) if isinstance(before, str) else ""
        name = str(field).rpartition(".")[2]
        # Of 18 characters are credit codes, which are public, and identity numbers, which are known by their form.
        if number and (name in ("phone", "number") or (name == "id_number" and len(number) != _LONG)):
            yield number


def _texts(plain: object) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for part in plain.values():
            yield from _texts(part)
    elif isinstance(plain, list):
        for part in plain:
            yield from _texts(part)
