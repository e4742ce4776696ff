"""Strikes the imports with mutated packages and sheets: ``make fuzz``, ``--cases N`` for more or fewer.

Hypothesis makes the cases from a seed; a fault is told with the case that makes it again, and ``--batch N`` runs its
batch alone.  Exit status 1 when anything crashed, hung, took too much memory, or was written though it was refused.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.forked import answer_of
from tests.fuzz.batches import BATCH, Batch, struck
from tests.fuzz.ground import prepared


def main() -> int:
    """Run every batch, each in a process of its own, and print what came of the cases."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--cases", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, help="run this one alone, looking at the whole ledger after each case")
    parser.add_argument("--little", action="store_true", help="begin with a small ledger, which is made sooner")
    chosen = parser.parse_args()
    begun, counts, told, peak = time.monotonic(), Counter[str](), Counter[tuple[str, ...]](), 0.0
    with TemporaryDirectory() as name:
        ground = prepared(Path(name) / "ground", is_little=chosen.little)
        numbers = range(-(-chosen.cases // BATCH)) if chosen.batch is None else (chosen.batch,)
        for number in numbers:
            cases = min(BATCH, chosen.cases - number * BATCH) if chosen.batch is None else BATCH
            batch = Batch(seed=chosen.seed, number=number, cases=cases, looks=chosen.batch is not None)
            folder = Path(name) / f"batch-{number}"
            try:
                answer = answer_of(lambda: struck(ground, batch, folder))  # noqa: B023 - asked at once
            except RuntimeError as error:
                answer = {"counts": {"FAULT process": 1}, "peak_mb": 0, "told": [f"batch {number}: {error}"]}
            counts.update(answer["counts"])
            peak = max(peak, answer["peak_mb"])
            for fault in answer["told"]:
                told[_place(fault)] += 1
                if told[_place(fault)] == 1:
                    print(f"batch {number}: {fault}", file=sys.stderr)
    for place, count in told.items():
        print(f"  {count:6}  times: {' | '.join(place)}", file=sys.stderr)
    return _report(counts, peak, time.monotonic() - begun)


def _place(fault: str) -> tuple[str, ...]:
    """Give what faults with one cause have in common: the kind, the last line of the program, the error."""
    first, *trace = fault.strip().splitlines()
    ours = [line.strip() for line in trace if "/desktop/" in line]
    return (first.partition(":")[0], *ours[-1:], *(trace[-1].split(":")[:1] if ours else ()))


def _report(counts: Counter[str], peak: float, seconds: float) -> int:
    for name, count in sorted(counts.items()):
        print(f"  {count:6}  {name}")
    faults = sum(count for name, count in counts.items() if "FAULT" in name)
    cases = sum(counts.values())
    print(f"{cases} cases ({seconds:.0f} s, {seconds / max(cases, 1) * 1000:.0f} ms each), {peak:.0f} MB at most")
    print(f"faults: {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
