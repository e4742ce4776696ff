"""The command line verifies a ledger: status 0 and OK, or 1 with the first broken link and every mismatch."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.trail import grouped
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests.integration.conftest import Decide


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desktop", "verify-ledger", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


@pytest.fixture
def folder(desk: Desk, decide: Decide, complete: WalkIn) -> Path:
    decide(complete)
    desk.close()
    return desk.data_folder


def _listing(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.requirement("LG-P1")
def test_a_sound_ledger_says_ok_and_stays_as_it_was(folder: Path) -> None:
    before = _listing(folder)
    ended = run("--data", str(folder))
    assert (ended.returncode, ended.stdout.splitlines()[-1], ended.stderr) == (0, "OK", "")
    assert ended.stdout.startswith("events 3\n")
    assert _listing(folder) == before


@pytest.mark.requirement("LG-P1")
def test_a_tampered_ledger_names_the_first_broken_link_and_the_rows(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as ledger:
        for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            ledger.execute(f"DROP TRIGGER {name}")
        ledger.execute("UPDATE audit_event SET who='别人' WHERE id=2")
        ledger.execute("UPDATE filing SET place='别处'")
        ledger.commit()
    ended = run("--data", str(folder))
    assert ended.returncode == 1
    assert "first broken link: 审计记录第 2 号" in ended.stdout
    assert "mismatch: 申报件 PA-DJ-2026-000001" in ended.stdout
    assert "OK" not in ended.stdout.splitlines()


@pytest.mark.requirement("LG-P1")
def test_the_head_of_a_closing_sheet_proves_the_chain_or_shows_an_older_ledger(
    desk: Desk, decide: Decide, complete: WalkIn, data_folder: Path
) -> None:
    decide(complete)
    sheet = desk.closing.close_day()
    desk.close()
    printed = grouped(sheet.head_mac).upper()
    assert run("--data", str(data_folder), "--head", printed, "--count", str(sheet.event_count)).returncode == 0
    older = run("--data", str(data_folder), "--head", printed, "--count", str(sheet.event_count + 10))
    assert older.returncode == 1
    assert "更早的备份" in older.stdout
    assert run("--data", str(data_folder), "--head", "12").returncode == 2


def test_a_folder_without_a_ledger_is_an_error_and_stays_empty(tmp_path: Path) -> None:
    ended = run("--data", str(tmp_path))
    assert ended.returncode == 2
    assert list(tmp_path.iterdir()) == []
