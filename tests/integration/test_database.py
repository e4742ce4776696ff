"""The database file: its lock, its transactions, and its troubles in a clerk's words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import WalkIn
from desktop.models.database import Database
from desktop.services.desk import LEDGER_NAME, Desk, open_desk


def _rows(file: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_the_file_is_kept_safe_against_power_cuts(desk: Desk) -> None:
    with desk.database.reading() as session:
        found = [session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert found == ["wal", 2, 1]


def test_a_failing_block_writes_nothing(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.database.writing() as session:
        session.execute(text("INSERT INTO setting VALUES ('half', '{}')"))
        raise RuntimeError
    assert _rows(desk.database.file, "SELECT * FROM setting WHERE key='half'") == []


def test_writers_take_turns_and_none_sees_an_old_count(desk: Desk) -> None:
    with desk.database.writing() as session:
        session.execute(text("INSERT INTO setting VALUES ('count', '0')"))

    def count() -> None:
        for _ in range(20):
            with desk.database.writing() as session:
                seen = session.execute(text("SELECT value FROM setting WHERE key='count'")).scalar_one()
                session.execute(text("UPDATE setting SET value=:new WHERE key='count'"), {"new": int(seen) + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [(value,)] = _rows(desk.database.file, "SELECT value FROM setting WHERE key='count'")
    assert int(str(value)) == 80


def test_a_second_program_on_the_folder_is_refused(desk: Desk, data_folder: Path) -> None:
    with pytest.raises(ClerkError) as caught:
        open_desk(data_folder)
    assert caught.value.code == "already_open"


def test_a_second_process_on_the_folder_is_refused(desk: Desk, data_folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop.domain.errors import ClerkError\n"
        "from desktop.models.folder_lock import FolderLock\n"
        "try:\n    FolderLock(Path(sys.argv[1]))\n"
        "except ClerkError as error:\n    print(error.code)\n"
    )
    told = subprocess.run([sys.executable, "-c", script, str(data_folder)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "already_open"


def test_a_closed_desk_frees_its_folder(data_folder: Path) -> None:
    open_desk(data_folder).close()
    open_desk(data_folder).close()


def test_a_desk_that_cannot_open_frees_its_folder(data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / LEDGER_NAME).write_bytes(b"not a database at all, but long enough to be looked at" * 50)
    for _ in range(2):
        with pytest.raises(ClerkError) as caught:
            open_desk(data_folder)
        assert caught.value.code == "not_a_database"


def test_a_broken_file_is_left_as_it_was(data_folder: Path) -> None:
    data_folder.mkdir()
    broken = b"SQLite format 3\x00" + b"\xff" * 4096
    (data_folder / LEDGER_NAME).write_bytes(broken)
    with pytest.raises(ClerkError) as caught:
        open_desk(data_folder)
    assert caught.value.code == "not_a_database"
    assert (data_folder / LEDGER_NAME).read_bytes() == broken


def test_a_database_of_another_program_is_refused(data_folder: Path) -> None:
    data_folder.mkdir()
    other = sqlite3.connect(data_folder / LEDGER_NAME)
    other.execute("CREATE TABLE recipes (name)")
    other.close()
    with pytest.raises(ClerkError) as caught:
        open_desk(data_folder)
    assert caught.value.code == "not_a_database"
    assert _rows(data_folder / LEDGER_NAME, "SELECT name FROM sqlite_master") == [("recipes",)]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
def test_nobody_else_on_the_computer_may_read_the_ledger(desk: Desk, complete: WalkIn) -> None:
    desk.drafts.save("one", complete)
    files = [file for file in desk.data_folder.iterdir() if file.name.startswith(LEDGER_NAME)]
    assert len(files) == 3  # with the write-ahead log and its index
    assert [file.stat().st_mode & 0o077 for file in files] == [0, 0, 0]


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ClerkError) as caught:
        open_desk(tmp_path / "data")
    assert caught.value.code == "folder_unusable"


def test_a_locked_file_is_told_as_such(desk: Desk, complete: WalkIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.models.database._PRAGMAS", ("PRAGMA busy_timeout=10",))
    impatient = Database(desk.database.file)
    with desk.database.writing() as session:
        session.execute(text("INSERT INTO setting VALUES ('a', '{}')"))
        with pytest.raises(ClerkError) as caught, impatient.writing():
            pass
    impatient.close()
    assert caught.value.code == "database_locked"


@pytest.mark.parametrize(
    ("pragma", "code"), [("PRAGMA max_page_count=1", "disk_full"), ("PRAGMA query_only=ON", "read_only")]
)
def test_a_full_or_read_only_disk_is_told_and_changes_nothing(
    desk: Desk, complete: WalkIn, pragma: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.database.close()
    monkeypatch.setattr("desktop.models.database._PRAGMAS", (pragma,))
    with pytest.raises(ClerkError) as caught:
        for number in range(200):
            desk.drafts.save(f"draft-{number}", complete)
    desk.database.close()
    monkeypatch.undo()
    assert caught.value.code == code
    assert all(draft.walk_in == complete for draft in desk.drafts.all())
    desk.drafts.save("afterwards", complete)


def test_a_mistake_of_the_program_stays_a_mistake(desk: Desk) -> None:
    with pytest.raises(Exception, match="no such table"), desk.database.reading() as session:
        session.execute(text("SELECT * FROM nowhere"))


def test_an_empty_file_is_no_fresh_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").touch()

    with pytest.raises(ClerkError, match="not_a_database"):
        open_desk(tmp_path)

    assert (tmp_path / "ledger.sqlite3").stat().st_size == 0


@pytest.mark.requirement("LG-P1")
def test_an_error_of_the_database_carries_nothing_typed(desk: Desk) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught, desk.database.writing() as session:
        session.execute(text("INSERT INTO no_such_table VALUES (:name)"), {"name": "陈小满"})

    assert "陈小满" not in str(caught.value)
