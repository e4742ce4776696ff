"""A disk that fills up at each write in turn: a small file system of its own, filled to the last page but n.

Runs in a mount namespace of its own (``python -m tests.faults.disk_full FOLDER``), which takes the right to mount.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import ClerkError
from desktop.services.desk import Desk
from tests import factories
from tests.faults.ledger_checks import faults_of, opened
from tests.faults.operations import register_one

_DISK_MB: Final = 24
_PAGE: Final = 4096
_BALLAST: Final = "ballast"
# What the program says when there is no room; anything else would be a fault.
_KNOWN: Final = frozenset({"disk_full", "disk_trouble"})


def can_mount() -> bool:
    """Say whether this process may mount a file system of its own."""
    if sys.platform != "linux":
        return False
    probe = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"]
    try:
        return subprocess.run(probe, capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def survive_full_disks(folder: Path, *, steps: int) -> Counter[str]:
    """Fill the disk to each of some sizes and act; gives counts of refusals, of acts done, and of faults."""
    folder.mkdir(parents=True, exist_ok=True)
    script = f'mount -t tmpfs -o size={_DISK_MB}m none "$0" && exec "$1" -m tests.faults.disk_full "$0" "$2"'
    command = ["unshare", "--mount", "sh", "-c", script, str(folder), sys.executable, str(steps)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=900)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return Counter(json.loads(done.stdout))


def _fill(folder: Path, free: int) -> None:
    """Leave so many bytes of the disk."""
    ballast = folder / _BALLAST
    ballast.unlink(missing_ok=True)
    room = os.statvfs(folder)
    size = room.f_bavail * room.f_frsize - free
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)


def _try_all(folder: Path, steps: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    data = folder / "data"
    acknowledged: list[dict[str, Any]] = []
    for name, act in _ACTS:
        desk = opened(data)
        try:
            for step in range(steps):
                _fill(folder, step * _PAGE * 2)
                act_id = f"{name}-{step}"
                try:
                    acknowledged += act(desk, act_id)
                    counts[f"{name}: done"] += 1
                except ClerkError as error:
                    counts[f"{name}: {error.code}" if error.code in _KNOWN else f"FAULT {error.code}"] += 1
                (folder / _BALLAST).unlink()
        finally:
            desk.close()
        for fault in faults_of(data, acknowledged):
            counts[f"FAULT {fault}"] += 1
    return counts


def _register(desk: Desk, act_id: str) -> list[dict[str, Any]]:
    return [register_one(desk, act_id)]


def _type(desk: Desk, act_id: str) -> list[dict[str, Any]]:
    desk.drafts.save(act_id, factories.walk_in(project_name=act_id * 200))
    return []


_ACTS: Final[tuple[tuple[str, Callable[[Desk, str], list[dict[str, Any]]]], ...]] = (
    ("register", _register),
    ("draft", _type),
)

if __name__ == "__main__":
    print(json.dumps(_try_all(Path(sys.argv[1]), int(sys.argv[2]))))
