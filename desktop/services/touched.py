"""What an act left behind, as one hash: every stored row of its subject, so that a later change by hand shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models.account import Account, AccountGrant
from desktop.models.attachment import Attachment
from desktop.models.base import Base
from desktop.models.desk_rows import Setting
from desktop.models.filing import Filing, FilingDepartment, FilingNumber, FilingVisit, VisitMaterial
from desktop.models.issued_document import IssuedDocument, Reprint
from desktop.models.order import Order
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.review import Review

FILING: Final = "filing"
ACCOUNT: Final = "account"
SETTING: Final = "setting"

Key = int | str
Subject = tuple[str, Key]
_RowsOf = Callable[[Key], Select[Any]]


def _of(entity: type[Base], column: str) -> _RowsOf:
    table = entity.__table__
    order = list(table.primary_key)
    return lambda key: select(table).where(table.c[column] == key).order_by(*order)


def _through(entity: type[Base], column: str, parent: type[Base]) -> _RowsOf:
    table, above = entity.__table__, parent.__table__
    order = list(table.primary_key)
    return lambda key: (
        select(table).where(table.c[column].in_(select(above.c.id).where(above.c.filing_id == key))).order_by(*order)
    )


# Kind of subject: the rows that make it up.  A table added later changes no older hash while it holds no row.
ROWS_OF: Final[Mapping[str, tuple[_RowsOf, ...]]] = {
    FILING: (
        _of(Filing, "id"),
        _of(FilingNumber, "filing_id"),
        _of(FilingDepartment, "filing_id"),
        _of(FilingVisit, "filing_id"),
        _through(VisitMaterial, "visit_id", FilingVisit),
        _of(IssuedDocument, "filing_id"),
        _through(Reprint, "document_id", IssuedDocument),
        _of(PlatformEntryRow, "filing_id"),
        _of(Attachment, "filing_id"),
        _of(Review, "filing_id"),
        _of(Order, "filing_id"),
    ),
    ACCOUNT: (_of(Account, "id"), _of(AccountGrant, "account_id")),
    SETTING: (_of(Setting, "key"),),
}


def fingerprint_of(session: Session, kind: str, key: Key) -> str:
    """Give the SHA-256 of every row of a subject; empty when there is none left."""
    rows = list(_rows(session, kind, key))
    return hashlib.sha256(canonical(rows)).hexdigest() if rows else ""


def canonical(value: object) -> bytes:
    """Write plain data, days and moments so that the same content always gives the same bytes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str).encode()


def _rows(session: Session, kind: str, key: Key) -> Iterator[list[object]]:
    for ordinal, rows_of in enumerate(ROWS_OF[kind]):
        for row in session.execute(rows_of(key)):
            # An empty column says nothing, so that one added later changes no older hash.
            yield [ordinal, {name: value for name, value in row._mapping.items() if value is not None}]
