"""The ledger's database file: how sessions are opened, and what SQLite's troubles mean to a clerk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError

BUSY_TIMEOUT_MS: Final = 5_000
_PRAGMAS: Final = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32768",
)
# Primary result codes of SQLite (the low byte of the extended ones).
_TROUBLES: Final = {
    5: "database_locked",
    6: "database_locked",
    8: "read_only",
    10: "disk_trouble",
    11: "not_a_database",
    13: "disk_full",
    14: "folder_unusable",
    26: "not_a_database",
}


class Database:
    """One database file.  Sessions may be opened from any thread; each writing session is one transaction."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._engine = _engine(file)
        self._writer = self._engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session on one steady view of the data; raises ``ClerkError`` for known trouble."""
        with self._session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open the one writing transaction, committed at the end of the block or not at all.

        Raises ``ClerkError``: database_locked, disk_full, read_only, not_a_database, disk_trouble.
        """
        with self._session(self._writer) as session:
            # Takes the lock now: what the block then reads cannot change before it writes.
            session.connection()
            yield session
            session.commit()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Open a writing transaction below the tables, for migrations."""
        with told_to_clerks(self.file), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections; the write-ahead log is folded into the file."""
        self._engine.dispose()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with told_to_clerks(self.file), Session(engine, expire_on_commit=False) as session:
            yield session


@contextmanager
def told_to_clerks(file: Path) -> Iterator[None]:
    """Turn SQLite's known troubles into ``ClerkError``; every other error goes on as the bug it is."""
    try:
        yield
    except DBAPIError as error:
        code = _TROUBLES.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise ClerkError(code, path=str(file), why=str(error.orig)) from error


def _engine(file: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        # Escapes keep lone surrogates of broken input out of the file's UTF-8.
        json_serializer=partial(json.dumps, separators=(",", ":")),
        # An error that reaches the log must not carry names and numbers with it.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    # Without this the driver would begin by itself, and only before the first change.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
