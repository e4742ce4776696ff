"""Times calls and prints the figures side by side."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """Times of one call in milliseconds."""

    median_ms: float
    p95_ms: float

    def __str__(self) -> str:
        return f"{self.median_ms:8.1f} {self.p95_ms:8.1f}"


def timed(calls: Sequence[Callable[[], object]], *, rounds: int = 5) -> Figure:
    """Run each call some rounds over after one warm round; gives median and 95th percentile over all runs."""
    for call in calls:
        call()
    taken: list[float] = []
    for _ in range(rounds):
        for call in calls:
            start = time.perf_counter()
            call()
            taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return Figure(statistics.median(taken), taken[min(len(taken) - 1, int(len(taken) * 0.95))])


def print_table(title: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Figure | None]]]) -> None:
    """Print rows of figures; a missing figure stays a dash."""
    print(f"\n{title}")
    print(f"{'':34}" + "".join(f"{head:>20}" for head in heads))
    print(f"{'':34}" + f"{'median     p95':>20}" * len(heads))
    for name, figures in rows:
        shown = "".join(f"{str(figure) if figure else '–':>20}" for figure in figures)
        print(f"{name:34}{shown}")


def print_seconds(title: str, rows: Iterable[tuple[str, float]]) -> None:
    """Print what is done once in a while, in seconds."""
    print(f"\n{title}")
    for name, seconds in rows:
        print(f"{name:34}{seconds:8.2f} s", flush=True)


def peak_mb() -> float:
    """Give the most memory this process ever held; the kernel's other counter begins with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
