"""Some hundred cases one after the other on two copied ledgers, in a process of their own."""

from __future__ import annotations

import resource
import shutil
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.exchange.signing import Purpose
from desktop.models.ledger_key import Unlock
from desktop.services.desk import open_desk
from desktop.services.ledger_check import verify_folder
from tests.factories import LIGHT
from tests.fuzz.ground import Ground
from tests.fuzz.package_cases import PackageCase, package_cases, signed_file, signed_file_cases
from tests.fuzz.sheet_cases import SheetCase, sheet_cases
from tests.fuzz.striking import SHEETS, Street, read_card, take_answer, take_package

# How many of each kind stand in a batch: most of those that reach farthest.
SHARES: Final = {
    ("package", "signed"): 60,
    ("package", "manifest"): 8,
    ("package", "bytes"): 16,
    ("package", "sealed"): 8,
    ("package", "structure"): 12,
    ("sheet", "xml"): 50,
    ("sheet", "bytes"): 12,
    ("sheet", "csv"): 16,
    ("sheet", "disguise"): 4,
    ("answer", "json"): 6,
    ("answer", "bytes"): 2,
    ("card", "json"): 4,
    ("card", "bytes"): 2,
}
BATCH: Final = sum(SHARES.values())
_CASES: Final[Mapping[str, Mapping[str, st.SearchStrategy[Any]]]] = {
    "package": package_cases(),
    "sheet": sheet_cases(),
    "answer": signed_file_cases(),
    "card": signed_file_cases(),
}
_MOST_MB: Final = 600
_MOST_ADDRESSES: Final = 6 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Which cases to run; the same batch of the same seed holds the same."""

    seed: int
    number: int
    cases: int
    looks: bool = False


def struck(ground: Ground, batch: Batch, folder: Path) -> dict[str, Any]:
    """Run a batch; gives counts, what was told of faults, and the most memory held in megabytes."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESSES, _MOST_ADDRESSES))
    told, counts = list[str](), Counter[str]()
    streets = []
    for place, source in enumerate(ground.streets):
        data, files = folder / f"street-{place}", folder / f"files-{place}"
        shutil.copytree(source, data)
        files.mkdir()
        desk = open_desk(data, effort=LIGHT)
        streets.append(Street(desk, files, told=told.append, looks=batch.looks))
    struck_at = _Striking(ground, tuple(streets), batch, counts)
    struck_at.run()
    for place, street in enumerate(streets):
        counts.update([word] if "FAULT" in (word := street.look(f"the end of {batch}")) else [])
        street.close()
        verdict = verify_folder(folder / f"street-{place}", unlock=Unlock())
        if not verdict.is_sound:
            counts["FAULT unsound"] += 1
            told.append(f"street {place} of {batch} does not verify: {verdict}")
    peak = _peak_mb()
    if peak > _MOST_MB:
        counts["FAULT memory"] += 1
        told.append(f"{batch} held {peak:.0f} MB")
    shutil.rmtree(folder)
    return {"counts": dict(counts), "told": told, "peak_mb": peak}


class _Striking:
    """Makes the files of the cases and strikes with them."""

    def __init__(self, ground: Ground, streets: tuple[Street, ...], batch: Batch, counts: Counter[str]) -> None:
        self._ground, self._streets, self._batch, self._counts = ground, streets, batch, counts
        self._done = 0

    def run(self) -> None:
        """Strike with every kind; Hypothesis ends a kind earlier where it runs out of new cases."""
        for at, ((kind, variety), share) in enumerate(SHARES.items()):
            count = max(1, round(share * self._batch.cases / BATCH))
            self._strike_with(kind, _CASES[kind][variety], count, seed=self._batch.number * len(SHARES) + at)

    def _strike_with(self, kind: str, made: st.SearchStrategy[Any], count: int, *, seed: int) -> None:
        left = count

        @hypothesis.seed(self._batch.seed * 1_000_003 + seed)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=made)
        def strike(case: PackageCase | SheetCase) -> None:
            nonlocal left
            if left:
                left -= 1
                self._strike(kind, case)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            strike()

    def _strike(self, kind: str, case: PackageCase | SheetCase) -> None:
        self._done += 1
        number = self._batch.number * BATCH + self._done
        # Answers are to a package that only the street that has taken one has sent.
        street, act_id = self._streets[1 if kind == "answer" else number % 2], f"case-{number}"
        ground = self._ground
        if isinstance(case, SheetCase):
            pattern = ground.sheets[int(case.pattern * len(ground.sheets))]
            content = case.made(pattern.workbook, pattern.text)
            word = street.strike(content, case.suffix, SHEETS[pattern.target], act_id=act_id, case=case)
            self._counts[f"sheet {case.kind}, {pattern.target}: {word}"] += 1
            return
        case = replace(case, number=number)
        if kind == "package":
            word = street.strike(ground.package.made(case), ".swpkg", take_package, act_id=act_id, case=case)
        elif kind == "answer":
            content = signed_file(Purpose.ACKNOWLEDGEMENT, ground.answer, case, ground.answerer)
            word = street.strike(content, ".swack", take_answer, act_id=act_id, case=case)
        else:
            content = signed_file(Purpose.CARD, ground.card, case, ground.package.signer)
            word = street.strike(content, ".swcard", read_card, act_id=act_id, case=case)
        self._counts[f"{kind} {case.kind}: {word}"] += 1


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
