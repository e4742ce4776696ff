"""Letting a filing be found by one more number that a paper about it bears."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing, FilingNumber
from desktop.models.search_index import index_filing
from desktop.queries.decisions import numbers_of
from desktop.services.filing_keys import search_texts


def add_number(session: Session, filing: Filing, number: str) -> None:
    """Add a number to a filing in an open writing transaction, and index the filing anew."""
    session.add(FilingNumber(number=number, filing_id=filing.id))
    session.flush()
    index_filing(session, filing.id, search_texts(walk_in_from_plain(filing.walk_in), numbers_of(session, filing.id)))
