"""The whole ledger as a package out, looked at and in, each in a process of its own, beside plain floors.

The floors are what nobody can do without: the file copied by sqlite3, and every row as JSON into a ZIP and from there
into bare tables, without versions, hashes, checks, signatures, a trail or an index.  ``python -m benchmarks.packages
LEDGER`` measures on the copy of any ledger.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.measure import peak_mb
from desktop.domain.known_station import StationRole
from desktop.domain.package import PackageKind
from desktop.models.ledger_key import LEDGER_NAME
from desktop.services.desk import Desk, open_desk

_BATCH: Final = 5_000
_TABLES: Final = (
    "SELECT name FROM sqlite_master WHERE type='table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    " AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
)


def measure(ledger: Path) -> None:
    """Print seconds, peak memory and sizes of every step on a copy of a ledger that is closed."""
    print("\nThe ledger as a package")
    with tempfile.TemporaryDirectory(dir=ledger.parent) as name:
        folder = Path(name)
        shutil.copytree(ledger, folder / "below", ignore=shutil.ignore_patterns("backups", "*.lock"))
        _introduce(folder)
        for step in _STEPS:
            ran = subprocess.run(
                [sys.executable, "-m", "benchmarks.packages", str(folder), step],
                check=False,
                capture_output=True,
                text=True,
            )
            if ran.returncode:
                raise RuntimeError(ran.stderr)
            print(f"{step:46}{ran.stdout.strip()}", flush=True)


def _introduce(folder: Path) -> None:
    """Let a street that has nothing know the station that sends."""
    below, above = open_desk(folder / "below"), open_desk(folder / "above")
    office = below.office.office()
    if office is None:
        raise RuntimeError("the ledger is not set up")
    above.office.set_up(replace(office, code="JD", station_name=f"{office.street_name}（街道）"))
    card = below.station_keys.own_card()
    above.station_keys.confirm(card, role=StationRole.BELOW, typed_fingerprint=card.fingerprint, act_id="bench")
    below.close()
    above.close()


def _out(folder: Path) -> str:
    desk = open_desk(folder / "below")
    began = time.perf_counter()
    sent = desk.packing.make(
        PackageKind.ALL, _package(folder), act_id="bench", whole=True, purpose="量测整本台账的上报"
    )
    return _said(began, f"{sent.count:,} records, {_package(folder).stat().st_size / 1e6:.0f} MB", desk)


def _look(folder: Path) -> str:
    desk = open_desk(folder / "above")
    began = time.perf_counter()
    plan = desk.receiving.examine(_package(folder))
    return _said(began, f"{sum(sum(of.values()) for of in plan.counts.values()):,} records", desk)


def _in(folder: Path) -> str:
    desk = open_desk(folder / "above")
    began = time.perf_counter()
    received = desk.receiving.take(_package(folder), act_id="bench")
    told = ", ".join(f"{count:,} {outcome.value}" for outcome, count in received.outcome.items() if count)
    return _said(began, told, desk)


def _again(folder: Path) -> str:
    desk = open_desk(folder / "above")
    began = time.perf_counter()
    if not desk.receiving.take(_package(folder), act_id="again").was_known:
        raise RuntimeError("taken twice")
    return _said(began, "nothing new", desk)


def _copy(folder: Path) -> str:
    began = time.perf_counter()
    source, target = sqlite3.connect(_ledger(folder)), sqlite3.connect(folder / "copy.sqlite3")
    source.backup(target)
    return _said(began, f"{_ledger(folder).stat().st_size / 1e6:.0f} MB")


def _json_out(folder: Path) -> str:
    began = time.perf_counter()
    source, count = sqlite3.connect(_ledger(folder)), 0
    with zipfile.ZipFile(_dump(folder), "w", zipfile.ZIP_DEFLATED) as out:
        for (table,) in source.execute(_TABLES).fetchall():
            rows = source.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in rows.description]
            with out.open(table, "w", force_zip64=True) as part:
                while batch := rows.fetchmany(_BATCH):
                    part.write(b"".join(_line(names, row) for row in batch))
                    count += len(batch)
    return _said(began, f"{count:,} rows, {_dump(folder).stat().st_size / 1e6:.0f} MB")


def _json_in(folder: Path) -> str:
    began = time.perf_counter()
    target, count = sqlite3.connect(folder / "read.sqlite3"), 0
    with zipfile.ZipFile(_dump(folder)) as packed:
        for table in packed.namelist():
            with packed.open(table) as part:
                count += _fill(target, table, (json.loads(line) for line in part))
    target.commit()
    return _said(began, f"{count:,} rows")


def _fill(target: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> int:
    first = next(rows, None)
    if first is None:
        return 0
    names = list(first)
    target.execute(f'CREATE TABLE "{table}" ({", ".join(names)})')
    asked = f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(names))})'
    target.execute(asked, list(first.values()))
    return 1 + target.executemany(asked, (list(row.values()) for row in rows)).rowcount


def _line(names: list[str], row: tuple[object, ...]) -> bytes:
    plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in zip(names, row, strict=True)}
    return json.dumps(plain, ensure_ascii=False).encode() + b"\n"


def _said(began: float, what: str, desk: Desk | None = None) -> str:
    taken = time.perf_counter() - began
    peak = peak_mb()
    if desk is not None:
        desk.close()
    return f"{taken:8.2f} s {peak:8.0f} MB peak   {what}"


def _ledger(folder: Path) -> Path:
    return folder / "below" / LEDGER_NAME


def _package(folder: Path) -> Path:
    return folder / "all.swpkg"


def _dump(folder: Path) -> Path:
    return folder / "dump.zip"


_STEPS: Final[Mapping[str, Callable[[Path], str]]] = {
    "package out": _out,
    "package looked at (dry run)": _look,
    "package in, an empty ledger": _in,
    "the same package once more": _again,
    "floor: the file copied by sqlite3": _copy,
    "floor: every row as JSON into a ZIP": _json_out,
    "floor: that JSON into bare tables": _json_in,
}


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(_STEPS[sys.argv[2]](Path(sys.argv[1])))
    else:
        measure(Path(sys.argv[1]))
