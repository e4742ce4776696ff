"""A short run of the fuzzing harness (``make fuzz``): mutated packages, sheets, answers and cards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="the harness forks as POSIX systems do")
@pytest.mark.requirement("LG-P1", "LG-23-1c", "SJ-5.6b")
def test_no_mutated_file_crashes_hangs_or_is_taken_in_part() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--little", "--cases", "80", "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)
    assert (done.returncode, done.stderr) == (0, "")
    assert "package signed: taken" in done.stdout
    assert "package bytes: refused: package_damaged" in done.stdout
    assert done.stdout.endswith("faults: 0\n")
