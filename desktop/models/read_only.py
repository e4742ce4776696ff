"""Reading a ledger without leaving a trace in it: for verification, also beside the program that has it open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from desktop.domain.errors import ClerkError
from desktop.models.database import BUSY_TIMEOUT_MS, told_to_clerks, unlock

_WAL: Final = "-wal"


@contextmanager
def reading_only(file: Path, *, key: bytes | None) -> Iterator[Session]:
    """Open a session on one steady view of a ledger that is neither changed nor brought up to date.

    Everything is seen, whoever is signed in.  Text that is no UTF-8 is read all the same, so that an edit that
    wrote such text shows instead of stopping the reading.  Raises ``ClerkError``: folder_unusable when there is no
    ledger, not_a_database, database_locked, disk_trouble.
    """
    if not file.is_file():
        raise ClerkError("folder_unusable", path=str(file), why="no ledger")
    engine = create_engine("sqlite://", creator=lambda: _connect(file, key), module=dbapi2, poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        with told_to_clerks(file), Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _connect(file: Path, key: bytes | None) -> Any:
    log = file.with_name(file.name + _WAL)
    # Without a write-ahead log nobody writes: then not even SQLite's passing files are made beside the ledger.
    how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    connection = dbapi2.connect(
        f"file:{quote(str(file.resolve()))}?{how}", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.text_factory = _text
    unlock(connection, key)
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    return connection


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")
