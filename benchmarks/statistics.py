"""Managers' statistics on the reference ledger and on one of ten times its rows: ``python -m benchmarks.statistics``.

The report of a year with all its breakdowns: on screen, as paper, as a workbook; every question that it asks beside the
same SQL in plain sqlite3; the same breakdowns by pandas and DuckDB over the same rows.
"""

from __future__ import annotations

import gc
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import headline
from benchmarks.measure import print_seconds
from benchmarks.reference_ledger import OFFICE, fill
from benchmarks.reference_life import LAST_DAY
from benchmarks.reference_papers import Pattern
from benchmarks.statistics_questions import Key, Listening, in_plain_sqlite
from benchmarks.statistics_rivals import Course, by_program, by_rivals
from benchmarks.tenfold import multiply
from desktop.domain.period import PeriodKind
from desktop.domain.report import Report, ReportKind
from desktop.services.desk import LEDGER_NAME, Desk, open_desk

TIMES: Final = 10
YEAR: Final = headline.year_of(LAST_DAY.year - 1)
ROUNDS: Final = 5
ROUNDS_OF_LARGE: Final = 1
_AIM: Final = 1.5
# A question that misses the aim by less than this is one that nobody can feel: what each statement costs in any case.
_FELT_MS: Final = 5.0
_NOTHING_MS: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What came out on one ledger, in seconds, and each question in ms: the program, plain sqlite3."""

    whole: dict[str, float]
    questions: dict[Key, tuple[float, float]]
    rivals: list[Course]


def measure(folder: Path) -> None:
    """Measure on the reference ledger of a folder, and on a copy of ten times its rows beside it; print both."""
    desk = _open(folder)
    headline.show(desk)
    desk.close()
    once = _measured(folder, ROUNDS)
    print_seconds(f"Statistics of {YEAR.code}, all breakdowns", once.whole.items())
    large = folder.with_name(f"{folder.name}-tenfold")
    shutil.copytree(folder, large)
    began = time.perf_counter()
    multiply(large / LEDGER_NAME, TIMES)
    print(f"\nA ledger of {TIMES} times the rows: {(large / LEDGER_NAME).stat().st_size / 1e6:,.0f} MB,", end=" ")
    print(f"made in {time.perf_counter() - began:.0f} s", flush=True)
    tenfold = _measured(large, ROUNDS_OF_LARGE)
    shutil.rmtree(large)
    _print_whole(once, tenfold)
    _print_questions(once, tenfold)
    _print_rivals(once, tenfold)


def _open(folder: Path) -> Desk:
    return open_desk(folder, today=lambda: LAST_DAY)


def _measured(folder: Path, rounds: int) -> Measured:
    desk, listening = _open(folder), Listening()
    definition = desk.statistics.standard(ReportKind.PERIOD, PeriodKind.YEAR)

    def made() -> Report:
        return desk.statistics.report(definition, YEAR)

    report = made()
    with listening.on():
        whole = {"the year's report on screen": _seconds(made, rounds)}
    whole["its paper, besides"] = _seconds(lambda: desk.statistics.draft_pdf(report, texts={}), rounds)
    file = folder / "report.xlsx"
    whole["its workbook, besides"] = _seconds(lambda: desk.statistics.save_workbook(report, file), rounds)
    whole["the dashboard of the year"] = _seconds(lambda: desk.statistics.dashboard(YEAR), rounds)
    ours, answers = by_program(desk, YEAR)
    desk.close()
    gc.collect()
    plain = in_plain_sqlite(folder / LEDGER_NAME, listening.questions, rounds)
    questions = {key: (asked.program_ms, plain[key]) for key, asked in listening.questions.items()}
    rivals = [ours, *by_rivals(folder / LEDGER_NAME, YEAR, answers)]
    return Measured(whole=whole, questions=questions, rivals=rivals)


def _seconds(call: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _print_whole(once: Measured, tenfold: Measured) -> None:
    print(f"\n{'Growth':34}{'s':>14}{f'{TIMES} x rows, s':>16}{'growth':>10}")
    for name, seconds in once.whole.items():
        print(f"{name:34}{seconds:14.2f}{tenfold.whole[name]:16.2f}{tenfold.whole[name] / seconds:10.1f}")


def _print_questions(once: Measured, tenfold: Measured) -> None:
    print(f"\nEach question of it, ms{'program':>29}{'sqlite3':>10}{'factor':>8}", end="")
    print(f"{f'{TIMES} x: program':>16}{'sqlite3':>10}{'factor':>8}{'growth':>8}")
    for key, (program, plain) in sorted(once.questions.items()):
        large, floor = tenfold.questions[key]
        name = " ".join(part or "whole" for part in key[:2]) + f" {key[2]}"
        print(f"{name:42}{program:10.2f}{plain:10.2f}{_factor(program, plain):>8}", end="")
        print(f"{large:16.2f}{floor:10.2f}{_factor(large, floor):>8}{large / program:8.1f}")
    sums = [sum(each[place] for each in some.questions.values()) for some in (once, tenfold) for place in (0, 1)]
    print(f"{'all together':42}{sums[0]:10.1f}{sums[1]:10.1f}{sums[0] / sums[1]:8.2f}", end="")
    print(f"{sums[2]:16.1f}{sums[3]:10.1f}{sums[2] / sums[3]:8.2f}{sums[2] / sums[0]:8.1f}")
    for name, some in (("these rows", once), (f"{TIMES} x", tenfold)):
        slow = [program - plain for program, plain in some.questions.values() if program > plain * _AIM]
        felt = sum(lost > _FELT_MS for lost in slow)
        print(f"Beyond {_AIM} x the same SQL, {name}: {len(slow)} of {len(some.questions)},", end=" ")
        print(f"{felt} of them by more than {_FELT_MS:.0f} ms")


def _factor(program: float, plain: float) -> str:
    """Divide; a question rolled up from what another one read asks nothing of the ledger."""
    return f"{program / plain:.2f}" if plain > _NOTHING_MS else "–"


def _print_rivals(once: Measured, tenfold: Measured) -> None:
    print(f"\nThe same breakdowns, s{'reading':>24}{'counting':>10}{f'{TIMES} x: reading':>16}{'counting':>10}")
    for course, large in zip(once.rivals, tenfold.rivals, strict=True):
        print(f"{course.name:36}{course.loading:10.2f}{course.counting:10.3f}", end="")
        print(f"{large.loading:16.2f}{large.counting:10.3f}")


def main() -> None:
    """Build the reference ledger alone and measure."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "plain"
        desk = open_desk(folder)
        fill(desk, desk.database, Pattern.of(OFFICE))
        desk.close()
        measure(folder)


if __name__ == "__main__":
    main()
