"""A short run of the fault harness (``make faults``): kills, full disks, damaged files, two programs, a wrong clock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="the harness forks and kills as POSIX systems do")
@pytest.mark.requirement("LG-P1")
def test_the_ledger_survives_a_short_run_of_every_fault() -> None:
    command = [sys.executable, "-m", "tests.faults", "--kills", "8", "--trials", "1", "--steps", "3", "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)
    assert (done.returncode, done.stderr) == (0, "")
    assert "8  kills\n" in done.stdout
    assert done.stdout.endswith("faults: 0\n")
