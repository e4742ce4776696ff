"""The full-text index of filings: single characters as words, so that a phrase finds any part of a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ColumnElement, Select, column, delete, insert, select, table
from sqlalchemy.orm import Session

TEXT_COLUMNS: Final = ("numbers", "project", "place", "owner", "contractor")
INITIAL_COLUMNS: Final = ("project_initials", "place_initials", "owner_initials", "contractor_initials")
TAIL_COLUMNS: Final = ("id_tails", "phone_tails")
SEARCH_COLUMNS: Final = (*TEXT_COLUMNS, *INITIAL_COLUMNS, *TAIL_COLUMNS)

FILING_SEARCH: Final = table("filing_search", column("rowid"), *(column(name) for name in SEARCH_COLUMNS))
# FTS5 is asked by the name of its table.
_ANY_COLUMN: Final[ColumnElement[str]] = column("filing_search")


def index_filing(session: Session, filing_id: int, texts: Mapping[str, str]) -> None:
    """Replace what a filing is found by; ``texts`` has a text for every column of ``SEARCH_COLUMNS``."""
    session.execute(delete(FILING_SEARCH).where(FILING_SEARCH.c.rowid == filing_id))
    session.execute(insert(FILING_SEARCH).values(rowid=filing_id, **texts))


def found_by(expression: str) -> Select[int]:
    """Give the ids of what an expression of FTS5 finds; it goes into a condition on filings, which the gate closes."""
    return select(FILING_SEARCH.c.rowid).where(_ANY_COLUMN.op("MATCH")(expression))
