"""Which rows make up a record of a package, and what in them means something in one ledger only.

A package carries rows as the file holds them.  The number of a row, a reference to another row and an account mean
nothing elsewhere: numbers become the place of the row in its table within the record, references become uids, accounts
are left out (the names of people stay).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import Table

from desktop.domain.package import RecordKind
from desktop.services.stored_form import names_of
from desktop.services.touched import ROWS_OF, Rows

_NAMESPACE: Final = UUID("8b0d7f52-6a3e-4c0f-9d51-0c7c2f6f2a11")
PAPER: Final = "issued_document"  # what a document_id refers to: a paper of a filing, or one of its own

# Columns by which a row of a record of another kind is meant, wherever they stand.
_OUTER: Final[Mapping[str, RecordKind]] = {
    "filing_id": RecordKind.FILING,
    "follows_id": RecordKind.FILING,
    "found_site_id": RecordKind.FOUND_SITE,
    "patrol_id": RecordKind.PATROL,
    "hazard_id": RecordKind.HAZARD,
    "report_id": RecordKind.REPORT,
    "draw_id": RecordKind.DRAW,
}
# What stands in other lists of the one ledger; what it says is said by other columns too.
_OF_ONE_LEDGER: Final = frozenset({"firm_id", "import_id"})
# The table at the head of a record: the one row whose number is that of the subject.
HEAD_OF: Final[Mapping[RecordKind, str]] = {
    RecordKind.FILING: "filing",
    RecordKind.REPORT: "public_report",
    RecordKind.DRAW: "random_draw",
    RecordKind.FOUND_SITE: "found_site",
    RecordKind.PATROL: "patrol",
    RecordKind.HAZARD: "hazard",
    RecordKind.TRANSFER: "transfer",
    RecordKind.BOOK_ENTRY: "book_entry",
    RecordKind.LOOSE_PAPER: "issued_document",
    RecordKind.LOOSE_ATTACHMENT: "attachment",
}
_PARENT_COLUMN: Final[Mapping[RecordKind, str]] = {
    RecordKind.FILING: "filing_id",
    RecordKind.REPORT: "report_id",
    RecordKind.DRAW: "draw_id",
    RecordKind.HAZARD: "hazard_id",
    RecordKind.TRANSFER: "transfer_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """One table within a record.

    ``carried`` are the columns that travel as they are.  ``inner`` names columns that mean a row of another table of
    the same record, ``outer`` those that mean another record, ``paper`` the column that means an issued paper.
    ``parent`` means the head of the record itself and does not travel.
    """

    table: Table
    rows: Rows
    carried: tuple[str, ...]
    parent: str | None
    inner: Mapping[str, str] = field(default_factory=dict)
    outer: Mapping[str, RecordKind] = field(default_factory=dict)
    paper: str | None = None
    has_own_number: bool = True  # an integer key "id" that is given anew where the row arrives

    @property
    def is_attachment(self) -> bool:
        """Say whether rows mean what they show by ``subject`` (a kind of record) and ``subject_id``."""
        return self.table.name == "attachment"


def _shape(kind: RecordKind, rows: Rows) -> TableShape:
    table, parent = rows.table, _PARENT_COLUMN.get(kind)
    is_head = table.name == HEAD_OF[kind]
    members = {each.table.name for each in ROWS_OF[kind.value]}
    inner: dict[str, str] = {}
    outer: dict[str, RecordKind] = {}
    carried: list[str] = []
    paper: str | None = None
    for name in names_of(table):
        if name == "id" or name.endswith("_by_id") or (name == "subject_id" and table.name == "attachment"):
            continue
        if name in _OF_ONE_LEDGER or (name == parent and not is_head):
            continue
        if name == "visit_id" or (name == "document_id" and table.name == "reprint"):
            if kind is not RecordKind.LOOSE_PAPER or name == "document_id":
                inner[name] = "visit" if name == "visit_id" else PAPER
        elif name == "document_id":
            paper = name
        elif name in _OUTER:
            if kind not in (RecordKind.LOOSE_PAPER, RecordKind.LOOSE_ATTACHMENT):
                outer[name] = _OUTER[name]
        else:
            carried.append(name)
    assert set(inner.values()) <= members
    return TableShape(
        table=table,
        rows=rows,
        carried=tuple(carried),
        parent=parent if parent is not None and not is_head and parent in table.c else None,
        inner=inner,
        outer=outer,
        paper=paper,
        has_own_number="id" in table.c,
    )


# The head comes first, then each table after those it refers to within the record.
_ORDER: Final = ("filing", "public_report", "random_draw", "hazard", "transfer", "visit", PAPER)


def _rank(rows: Rows, kind: RecordKind) -> tuple[int, str]:
    name = rows.table.name
    if name == HEAD_OF[kind]:
        return -1, name
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER)), name


def _shapes(kind: RecordKind) -> tuple[TableShape, ...]:
    ordered = sorted(ROWS_OF[kind.value], key=lambda rows: _rank(rows, kind))
    return tuple(_shape(kind, rows) for rows in ordered)


SHAPES: Final[Mapping[RecordKind, tuple[TableShape, ...]]] = {kind: _shapes(kind) for kind in RecordKind}


def filing_uid(first_number: str) -> str:
    """Give the uid of a filing: the same in every ledger, made from the number of its first act."""
    return str(uuid5(_NAMESPACE, f"filing/{first_number}"))


def paper_uid(*, code: str, number: str, sha256: str) -> str:
    """Give the uid of an issued paper that belongs to no filing."""
    return str(uuid5(_NAMESPACE, f"paper/{code}/{number}/{sha256}"))
