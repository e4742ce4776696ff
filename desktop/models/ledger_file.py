"""A ledger file looked at from outside, below the tables: what it holds, whether it is whole, its encrypted twin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select, table
from sqlcipher3 import dbapi2

from desktop.domain.errors import ClerkError
from desktop.models.database import told_to_clerks, unlock

_MOST_FAULTS: Final = 20
_NOT_A_DATABASE: Final = 26  # of an encrypted ledger any torn page is told so, not only the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a ledger holds: schema, rows of every table, where its audit chain ends (0 and empty while it has none)."""

    schema: str
    counts: Mapping[str, int]
    chain_count: int
    chain_mac: str


def contents_of(ledger: Path, key: bytes | None) -> Contents:
    """Count a ledger through; raises ``ClerkError``: not_a_database, disk_trouble."""
    with _opened(ledger, key) as connection:
        names = "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        tables = [str(name) for (name,) in connection.execute(names)]
        counts = {name: _count(connection, name) for name in tables}
        head = _first(connection, "SELECT count, mac FROM audit_head") if "audit_head" in tables else None
        schema = _first(connection, "SELECT version_num FROM alembic_version") if "alembic_version" in tables else None
    count, mac = head or (0, "")
    return Contents(schema=schema[0] if schema else "", counts=counts, chain_count=count, chain_mac=mac)


def faults_of(ledger: Path, key: bytes | None, *, is_quick: bool = False) -> tuple[str, ...]:
    """Check every page of a ledger and, if it is encrypted, its seals; gives what is wrong, nothing when it is whole.

    ``is_quick`` leaves out whether indexes and tables agree, which takes longest, and pages that hold nothing.
    """
    found = _checked(ledger, key, is_quick=is_quick)
    # Every page is opened by its seal when it is read: a second round over the seals only names those that are torn.
    if key is not None and (found or not is_quick):
        found = [*_torn_seals(ledger, key), *found]
    return tuple(found[:_MOST_FAULTS])


def _checked(ledger: Path, key: bytes | None, *, is_quick: bool) -> list[str]:
    found: list[str] = []
    with _opened(ledger, key) as connection:
        try:
            check = "quick_check" if is_quick else "integrity_check"
            told = [str(row[0]) for row in connection.execute(f"PRAGMA {check}({_MOST_FAULTS})")]
            found += [line for line in told if line != "ok"]
            if not is_quick:
                found += [f"foreign key: {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
        except dbapi2.DatabaseError as error:
            if key is None and error.sqlite_errorcode & 0xFF == _NOT_A_DATABASE:
                raise
            found.append(str(error))
    return found


def _torn_seals(ledger: Path, key: bytes) -> list[str]:
    with _opened(ledger, key) as connection:
        return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]


def settle_copy(ledger: Path, key: bytes | None) -> None:
    """Make a copy one single file that needs nothing beside it."""
    with _opened(ledger, key) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()


def export_encrypted(source: Path, target: Path, *, old_key: bytes | None, new_key: bytes) -> None:
    """Write the whole content of a ledger into a new file under a key; raises ``ClerkError``: disk_full and others."""
    with _opened(source, old_key) as connection:
        connection.execute(f"ATTACH DATABASE ? AS twin KEY \"x'{new_key.hex()}'\"", (str(target),))
        connection.execute("SELECT sqlcipher_export('twin')").fetchone()
        connection.execute("DETACH DATABASE twin")


@contextmanager
def _opened(ledger: Path, key: bytes | None) -> Iterator[Any]:
    if not ledger.exists():
        raise ClerkError("not_a_database", path=str(ledger), why="there is no such file")
    with told_to_clerks(ledger), closing(dbapi2.connect(ledger, isolation_level=None)) as connection:
        unlock(connection, key)
        yield connection


def _first(connection: Any, order: str) -> Any:
    return connection.execute(order).fetchone()


def _count(connection: Any, name: str) -> int:
    return int(_first(connection, str(select(func.count()).select_from(table(name))))[0])
