"""Bringing a ledger to the schema this program knows: copy first, then every step in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from desktop.domain.errors import ClerkError
from desktop.models.database import Database

HEAD: Final = "0006"
FOLDER: Final = Path(__file__).parent / "migrations"


def migrate(
    database: Database,
    *,
    head: str = HEAD,
    folder: Path = FOLDER,
    then: Callable[[Connection, str], None] | None = None,
    back_up: Callable[[], Path] | None = None,
) -> Path | None:
    """Bring the file to ``head``; gives the copy made of an older ledger, None when there was nothing to copy.

    ``back_up`` makes that copy; without it the database alone is copied beside itself.

    Raises ``ClerkError``: newer_schema when another version of the program wrote the file, not_a_database, disk_full.
    When a step fails the file stays as it was.  ``then`` is called at the end of the same transaction with the schema
    that an older ledger had.
    """
    with database.reading() as session:
        found = revision_of(session.connection())
    if found == head:
        return None
    if found is not None and found > head:
        raise ClerkError("newer_schema", found=found, known=head, path=str(database.file))
    copy = None if found is None else back_up() if back_up is not None else _copy(database, found)
    with database.connection() as connection:
        _upgrade(connection, head, folder)
        if then is not None and found is not None:
            then(connection, found)
    return copy


def revision_of(connection: Connection) -> str | None:
    """Read the schema's number, None of an empty file; raises ``ClerkError("not_a_database")`` for other tables.

    Without Alembic, whose import alone takes longer than opening the ledger.
    """
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'").scalars().all()
    if "alembic_version" not in tables:
        if tables:
            raise ClerkError("not_a_database", why="the file holds other tables")
        return None
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def _copy(database: Database, revision: str) -> Path:
    """Copy the whole database beside itself, whatever still stands in its write-ahead log."""
    file = database.file
    copy = file.with_name(f"{file.stem}-before-{revision}{file.suffix}")
    copy.unlink(missing_ok=True)
    database.copy_to(copy)
    return copy


def _upgrade(connection: Connection, head: str, folder: Path) -> None:
    # Loaded only when there is something to do.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, head)
