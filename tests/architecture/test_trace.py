"""The requirement rows are whole; those of walk-in, people, sites and registers are proved or say what they await."""

from __future__ import annotations

import subprocess
import sys

from tests.trace import ROWS, requirement_rows


def test_every_requirement_row_stands_once() -> None:
    names = [row["id"] for row in requirement_rows()]

    assert len(names) == len(set(names)) == 466


def test_every_row_of_walk_in_people_sites_and_registers_has_a_test_or_says_what_it_waits_for() -> None:
    command = [sys.executable, "-m", "tests.trace", *"ABCDEFGHIJKLP"]
    traced = subprocess.run(command, cwd=ROWS.parents[1], capture_output=True, text=True, check=False)

    assert traced.returncode == 0, traced.stdout + traced.stderr
