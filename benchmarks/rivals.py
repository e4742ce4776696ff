"""The floor and the rival of every look-up.

The floor is the same question in plain sqlite3 on the same file.  The rival is what registers of this kind usually do:
``LIKE '%…%'`` over every searched column, a count, and ``LIMIT … OFFSET``.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop.domain.ledger import LedgerColumn, LedgerCriteria
from desktop.domain.search_keys import phrase_query

PAGE = 100
COLUMN_OF = {
    LedgerColumn.NUMBER: "number",
    LedgerColumn.FILED_ON: "filed_on",
    LedgerColumn.PROJECT: "project_sort",
    LedgerColumn.PLACE: "place_sort",
    LedgerColumn.COMMUNITY: "community_sort",
    LedgerColumn.OWNER: "owner_sort",
    LedgerColumn.CONTRACTOR: "contractor_sort",
    LedgerColumn.KIND: "kind",
    LedgerColumn.CATEGORY: "category_sort",
    LedgerColumn.RISK: "high_risk",
    LedgerColumn.STATUS: "status",
    LedgerColumn.VALID_UNTIL: "valid_until",
}
_SHOWN = (
    "id, number, filed_on, project_name, place, community, owner_name, contractor_name, kind, category,"
    " category_label, high_risk, status, valid_until, visits, incomplete_notices"
)
_LIKE = ("number", "project_name", "place", "owner_name", "contractor_name")


class PlainSqlite:
    """Asks the ledger's own file without the program."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def floor(self, criteria: LedgerCriteria) -> int:
        """Find the ids of the whole result by the same indexes, and read the first page."""
        where, values = _filters(criteria)
        if criteria.text:
            where.append("id IN (SELECT rowid FROM filing_search WHERE filing_search MATCH ?)")
            values.append(phrase_query(criteria.text))
        ids = [row[0] for row in self._connection.execute(_ordered("id", where, criteria), values)]
        self.page(ids[:PAGE])
        return len(ids)

    def page(self, ids: list[int]) -> int:
        """Read some rows by their ids."""
        marks = ",".join("?" * len(ids))
        return len(self._connection.execute(f"SELECT {_SHOWN} FROM filing WHERE id IN ({marks})", ids).fetchall())

    def rival(self, criteria: LedgerCriteria, *, offset: int = 0) -> int:
        """Count and read one page by wildcards and offsets."""
        where, values = _filters(criteria)
        if criteria.text:
            tests = [f"{column} LIKE ?" for column in _LIKE] + ["walk_in LIKE ?"]
            where.append(f"({' OR '.join(tests)})")
            values += [f"%{criteria.text}%"] * len(tests)
        tail = f" WHERE {' AND '.join(where)}" if where else ""
        count: int = self._connection.execute(f"SELECT count(*) FROM filing{tail}", values).fetchone()[0]
        page = f"{_ordered(_SHOWN, where, criteria)} LIMIT {PAGE} OFFSET {offset}"
        self._connection.execute(page, values).fetchall()
        return count


def _filters(criteria: LedgerCriteria) -> tuple[list[str], list[object]]:
    asked = {
        "kind = ?": criteria.kind,
        "status = ?": criteria.status.value if criteria.status else None,
        "high_risk = ?": criteria.high_risk,
        "community = ?": criteria.community,
        "filed_on >= ?": criteria.filed_from.isoformat() if criteria.filed_from else None,
        "filed_on <= ?": criteria.filed_to.isoformat() if criteria.filed_to else None,
    }
    given = {test: value for test, value in asked.items() if value is not None}
    return list(given), list(given.values())


def _ordered(columns: str, where: list[str], criteria: LedgerCriteria) -> str:
    tail = f" WHERE {' AND '.join(where)}" if where else ""
    way = "DESC" if criteria.descending else "ASC"
    column = COLUMN_OF[criteria.sort_by]
    return f"SELECT {columns} FROM filing{tail} ORDER BY {column} {way}, id {way}"
