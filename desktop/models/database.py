"""The ledger's database file: how sessions are opened, and what SQLite's troubles mean to a clerk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Condition
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.models.gate import SeenBy, see_as

BUSY_TIMEOUT_MS: Final = 5_000
_PRAGMAS: Final = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32768",
)
_PAGES_A_STEP: Final = 2_000
_PATIENCE_S: Final = 30
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
    """One database file.  Sessions may be opened from any thread; each writing session is one transaction.

    ``key`` is the raw key of an encrypted ledger, None for one that is not.  ``seen_by`` is asked at the opening of
    every session what its owner may see (``desktop.models.gate``); until it is set a session sees everything.
    ``committed`` is told of every writing session that is committed.
    """

    def __init__(self, file: Path, *, key: bytes | None = None) -> None:
        self.file = file
        self.key = key
        self.seen_by: Callable[[], SeenBy] | None = None
        self.committed: Callable[[Session], None] | None = None
        self._engine = _engine(file, key)
        self._at_rest = Condition()
        self._uses = 0

    @contextmanager
    def reading(self, *, is_whole: bool = False) -> Iterator[Session]:
        """Open a session on one steady view of the data; raises ``ClerkError`` for known trouble.

        ``is_whole`` opens the gate, for what the program itself must see whoever is signed in.
        """
        with self._session("BEGIN", is_whole) as session:
            yield session

    @contextmanager
    def writing(self, *, is_whole: bool = False) -> Iterator[Session]:
        """Open the one writing transaction, committed at the end of the block or not at all.

        Raises ``ClerkError``: database_locked, disk_full, read_only, not_a_database, disk_trouble.
        """
        with self._session("BEGIN IMMEDIATE", is_whole) as session:
            # Takes the lock now: what the block then reads cannot change before it writes.
            session.connection()
            yield session
            session.commit()
            if self.committed is not None:
                self.committed(session)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Open a writing transaction below the tables, for migrations."""
        with self._used(), told_to_clerks(self.file), self._beginning("BEGIN IMMEDIATE").begin() as connection:
            yield connection

    def copy_to(self, target: Path, progress: Progress = SILENT) -> None:
        """Copy the whole database, whatever still stands in its write-ahead log; the copy has the same key."""
        with (
            self._used(),
            told_to_clerks(self.file),
            closing(dbapi2.connect(self.file)) as source,
            closing(dbapi2.connect(target)) as copy,
        ):
            unlock(source, self.key)
            unlock(copy, self.key)
            # Held while copying: a change in between would make the copy begin again.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(copy, pages=_PAGES_A_STEP, progress=partial(_tell, progress))

    def close(self) -> None:
        """Close all connections; the write-ahead log is folded into the file."""
        self._engine.dispose()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Close all connections and keep every other thread out, so that the file and ``key`` can be exchanged.

        Raises ``ClerkError("database_locked")`` when work of other threads does not end in time.
        """
        with self._at_rest:
            if not self._at_rest.wait_for(lambda: not self._uses, timeout=_PATIENCE_S):
                raise ClerkError("database_locked", path=str(self.file), why="sessions are open")
            self._engine.dispose()
            try:
                yield
            finally:
                self._engine = _engine(self.file, self.key)

    @contextmanager
    def _used(self) -> Iterator[None]:
        with self._at_rest:
            self._uses += 1
        try:
            yield
        finally:
            with self._at_rest:
                self._uses -= 1
                self._at_rest.notify_all()

    def _beginning(self, begin: str) -> Engine:
        return self._engine.execution_options(begin=begin)

    @contextmanager
    def _session(self, begin: str, is_whole: bool) -> Iterator[Session]:
        with (
            self._used(),
            told_to_clerks(self.file),
            Session(self._beginning(begin), expire_on_commit=False) as session,
        ):
            if self.seen_by is not None and not is_whole:
                see_as(session, self.seen_by())
            yield session


@contextmanager
def told_to_clerks(file: Path) -> Iterator[None]:
    """Turn SQLite's known troubles into ``ClerkError``; every other error goes on as the bug it is."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = _TROUBLES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise ClerkError(code, path=str(file), why=str(cause)) from error


def _tell(progress: Progress, _status: int, remaining: int, total: int) -> None:
    progress.step(total - remaining, total)


def _engine(file: Path, key: bytes | None) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        module=dbapi2,
        # Escapes keep lone surrogates of broken input out of the file's UTF-8.
        json_serializer=partial(json.dumps, separators=(",", ":")),
        # An error that reaches the log must not carry names and numbers with it.
        hide_parameters=True,
    )
    event.listen(engine, "connect", partial(_on_connect, key))
    event.listen(engine, "begin", _on_begin)
    return engine


def unlock(connection: Any, key: bytes | None) -> None:
    """Give a fresh connection its key, before anything else is asked of it."""
    # What goes wrong is told by exceptions; nobody reads the library's own lines on standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _on_connect(key: bytes | None, connection: Any, _record: object) -> None:
    # Without this the driver would begin by itself, and only before the first change.
    connection.isolation_level = None
    unlock(connection, key)
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
