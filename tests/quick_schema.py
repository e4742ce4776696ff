"""A fresh ledger for a test: the schema as the migrations made it once, written again without running them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from desktop.models.database import Database
from desktop.models.migrating import HEAD, migrate, revision_of


class QuickSchema:
    """Stands in for ``migrate`` where a ledger is empty; every other ledger is migrated as it is in the program."""

    def __init__(self) -> None:
        self._statements: tuple[str, ...] = ()

    def __call__(
        self, database: Database, *, then: Callable[[Connection, str], None], back_up: Callable[[], Path], **more: Any
    ) -> Path | None:
        """Bring the file to the newest schema."""
        with database.reading() as session:
            found = revision_of(session.connection())
        if found is not None or more or not self._statements:
            copy = migrate(database, then=then, back_up=back_up, **more)
            if found is None:
                self._remember(database)
            return copy
        with database.connection() as connection:
            for statement in self._statements:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"INSERT INTO alembic_version (version_num) VALUES ('{HEAD}')")
        return None

    def _remember(self, database: Database) -> None:
        with database.connection() as connection:
            made = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
                " ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, rowid"
            ).all()
        virtual = [name for name, sql in made if sql.startswith("CREATE VIRTUAL")]
        self._statements = tuple(
            sql
            for name, sql in made
            # The tables inside a full-text index come with it.
            if not any(name.startswith(f"{index}_") for index in virtual) and not name.startswith("sqlite_")
        )
