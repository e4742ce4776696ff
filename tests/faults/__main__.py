"""Strikes the program with every fault and prints what came of it: ``make faults``, ``--kills N`` for more or fewer.

Exit status 1 when anything was lost, doubled, left out without a reason, or damaged without being named.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.company import survive_clock_set_back, survive_two_programs
from tests.faults.damage import survive_damage
from tests.faults.disk_full import can_mount, survive_full_disks
from tests.faults.forked import answer_of
from tests.faults.kills import survive_kills, warm_up


def main() -> int:
    """Run every part and print its counts."""
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--trials", type=int, default=12, help="rounds of damage, each in every way")
    parser.add_argument("--steps", type=int, default=40, help="sizes of the full disk, 8 KiB apart")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    faults = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        warm_up(folder / "warm")
        faults += _part(
            "kills at random instants",
            lambda: survive_kills(folder / "kills", kills=chosen.kills, seed=chosen.seed, told=_told),
        )
        if can_mount():
            faults += _part("disk full", lambda: survive_full_disks(folder / "full", steps=chosen.steps))
        else:
            print("disk full: not run, this process may not mount a small file system")
        faults += _part(
            "damaged files",
            lambda: survive_damage(folder / "damage", trials=chosen.trials, seed=chosen.seed, told=_told),
        )
        # Each in a process of its own: later forks must not inherit an open ledger.
        faults += _part("two programs", lambda: Counter(answer_of(lambda: survive_two_programs(folder / "two"))))
        faults += _part("clock set back", lambda: Counter(answer_of(lambda: survive_clock_set_back(folder / "clock"))))
    print(f"faults: {faults}")
    return 1 if faults else 0


def _part(title: str, survive: Callable[[], Counter[str]]) -> int:
    begun = time.monotonic()
    counts = survive()
    print(f"{title} ({time.monotonic() - begun:.0f} s)")
    for name, count in sorted(counts.items()):
        print(f"  {count:6}  {name}")
    return sum(count for name, count in counts.items() if "FAULT" in name)


def _told(fault: str) -> None:
    print(fault, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
