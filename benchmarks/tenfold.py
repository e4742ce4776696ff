"""A ledger with many times the rows: those that statistics read are copied within the file by SQL alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

TABLES: Final = (
    "filing",
    "filing_department",
    "visit",
    "visit_material",
    "extension",
    "close_out",
    "found_site",
    "patrol",
    "hazard",
    "hazard_step",
    "transfer",
    "transfer_step",
    "book_entry",
)
_SETTINGS: Final = (
    "foreign_keys=OFF",
    "journal_mode=OFF",
    "synchronous=OFF",
    "cache_size=-524288",
    "threads=2",
    "analysis_limit=1000",
)


def multiply(file: Path, times: int) -> None:
    """Bring every table that statistics read to so many times its rows; numbers and act ids get a mark at their end.

    The file must not be open elsewhere.  It is a scratch ledger afterwards: trail and papers speak of the first rows.
    """
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    sizes = {table: connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0 for table in TABLES}
    connection.execute("BEGIN")
    # Indexes are made anew at the end: sorting all rows once is far less work than finding each one's place.
    indexes = _taken_away(connection)
    for table in TABLES:
        _copy(connection, table, sizes, times)
    for statement in indexes:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def _taken_away(connection: sqlite3.Connection) -> list[str]:
    """Drop the indexes of the tables and what their triggers do for the search; give the statements of the indexes."""
    asked = "SELECT type, name, sql, tbl_name FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"
    found = [row[:3] for row in connection.execute(asked).fetchall() if row[3] in TABLES]
    for kind, name, _statement in found:
        connection.execute(f'DROP {kind} "{name}"')
    return [statement for kind, _name, statement in found if kind == "index"]


def _copy(connection: sqlite3.Connection, table: str, sizes: dict[str, int], times: int) -> None:
    shifts = {
        row[3]: sizes[row[2]] for row in connection.execute(f"PRAGMA foreign_key_list({table})") if row[2] in sizes
    }
    marked = _unique_texts(connection, table)
    columns, given = [], []
    for _place, name, kind, _must, _default, key, hidden in connection.execute(f"PRAGMA table_xinfo({table})"):
        if hidden:
            continue  # computed
        columns.append(f'"{name}"')
        if name in shifts:
            given.append(f'"{name}" + n * {shifts[name]}')
        elif key and "INT" in kind.upper():
            given.append(f'"{name}" + n * {sizes[table]}')
        else:
            given.append(f"\"{name}\" || '~' || n" if name in marked else f'"{name}"')
    numbers = f"WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < {times - 1})"
    connection.execute(
        f"{numbers} INSERT INTO {table} ({', '.join(columns)})"
        f" SELECT {', '.join(given)} FROM copy CROSS JOIN {table} WHERE {table}.rowid <= {sizes[table]}"
    )


def _unique_texts(connection: sqlite3.Connection, table: str) -> set[str]:
    """Give the columns that must differ from row to row by themselves."""
    found = set()
    for index in connection.execute(f"PRAGMA index_list({table})").fetchall():
        names = [row[2] for row in connection.execute(f'PRAGMA index_info("{index[1]}")')]
        if index[2] and len(names) == 1:
            found.add(names[0])
    return found
