"""Old ledgers are copied and brought up to date; newer ones are refused."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop.domain.errors import ClerkError
from desktop.models.migrating import FOLDER, HEAD, migrate
from desktop.models.schema import ledger_tables
from desktop.services.desk import Desk, open_desk

_LATER = f"{int(HEAD) + 1:04}"
_STEP = f'''"""A later schema, for the test."""

from alembic import op

revision = "{_LATER}"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE later (id INTEGER PRIMARY KEY)")
    op.execute("LAST")
'''


def _with_later_step(tmp_path: Path, last: str) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "later.py").write_text(_STEP.replace("LAST", last), encoding="utf-8")
    return folder


def _tables(file: Path) -> set[str]:
    connection = sqlite3.connect(file)
    try:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    finally:
        connection.close()


def test_the_head_in_the_code_is_the_newest_step() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD


def test_the_migrated_file_has_exactly_the_tables_of_the_code(desk: Desk) -> None:
    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and (name or "").startswith(("filing_search", "alembic")))

    with desk.database.connection() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_type": True})
        assert compare_metadata(context, ledger_tables()) == []


def test_an_up_to_date_ledger_is_not_copied(desk: Desk) -> None:
    assert migrate(desk.database) is None


def test_an_older_ledger_is_copied_before_it_changes(desk: Desk, tmp_path: Path) -> None:
    copy = migrate(desk.database, head=_LATER, folder=_with_later_step(tmp_path, "SELECT 1"))
    assert copy is not None
    assert "later" in _tables(desk.database.file)
    assert "later" not in _tables(copy)
    assert "filing" in _tables(copy)


def test_a_failing_step_leaves_the_ledger_as_it_was(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="nowhere"):
        migrate(desk.database, head=_LATER, folder=_with_later_step(tmp_path, "INSERT INTO nowhere VALUES (1)"))
    assert "later" not in _tables(desk.database.file)
    assert migrate(desk.database) is None
    assert desk.office.office() is not None


def test_a_newer_ledger_is_refused_with_both_numbers(desk: Desk, data_folder: Path) -> None:
    desk.close()
    ledger = sqlite3.connect(desk.database.file)
    ledger.execute("UPDATE alembic_version SET version_num='0099'")
    ledger.commit()
    ledger.close()
    before = desk.database.file.read_bytes()
    with pytest.raises(ClerkError) as caught:
        open_desk(data_folder)
    assert caught.value.code == "newer_schema"
    assert (caught.value.details["found"], caught.value.details["known"]) == ("0099", HEAD)
    assert desk.database.file.read_bytes() == before
