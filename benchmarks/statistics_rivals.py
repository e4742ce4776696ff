"""pandas and DuckDB beside the program: the same rows, the same breakdowns of a year, the same figures."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from desktop.domain.measure import Breakdown
from desktop.domain.period import Period
from desktop.domain.report import ReportDefinition, ReportKind, TableSpec
from desktop.services.desk import Desk

Answers = Mapping[tuple[str, Breakdown], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the ledger: the measure that counts its rows, their day, and the column of each breakdown."""

    measure: str
    name: str
    day: str
    columns: Mapping[Breakdown, str]


TABLES: Final = (
    Table(
        "registered",
        "filing",
        "accepted_on",
        {
            Breakdown.COMMUNITY: "community",
            Breakdown.KIND: "kind",
            Breakdown.CATEGORY: "category",
            Breakdown.FUNDING: "funding",
            Breakdown.GRID: "grid",
            Breakdown.CONTRACTOR: "contractor_key",
        },
    ),
    Table(
        "patrols",
        "patrol",
        "visited_on",
        {
            Breakdown.COMMUNITY: "community",
            Breakdown.PATROL_KIND: "kind",
            Breakdown.PATROL_LEVEL: "level",
            Breakdown.PATROL_ORGANISATION: "organisation",
            Breakdown.GRID: "grid",
        },
    ),
    Table(
        "hazards_found",
        "hazard",
        "found_on",
        {Breakdown.COMMUNITY: "community", Breakdown.HAZARD_LEVEL: "level"},
    ),
)


@dataclass(frozen=True, slots=True)
class Course:
    """How long it took until the rows were there, and then until they were counted, in seconds."""

    name: str
    loading: float
    counting: float


def definition(period: Period) -> ReportDefinition:
    """Give a report of these breakdowns."""
    specs = tuple(
        TableSpec(key=f"{table.measure}_{by}", title=by.label, measures=(table.measure,), by=by)
        for table in TABLES
        for by in table.columns
    )
    return ReportDefinition(kind=ReportKind.PERIOD, name="bench", period_kind=period.kind, tables=specs)


def by_program(desk: Desk, period: Period) -> tuple[Course, Answers]:
    """Let the program count; it reads no rows beforehand."""
    asked = definition(period)
    desk.statistics.report(asked, period)
    began = time.perf_counter()
    report = desk.statistics.report(asked, period)
    taken = time.perf_counter() - began
    found = {
        (table.spec.measures[0], table.spec.by): {
            row.member.code: int(row.figures[0].value) for row in table.rows if row.figures[0].value
        }
        for table in report.tables
        if table.spec.by is not None
    }
    return Course("the program", 0.0, taken), found


def by_rivals(file: Path, period: Period, ours: Answers) -> list[Course]:
    """Let pandas and DuckDB read and count; raises ``AssertionError`` where a figure differs from the program's."""
    began = time.perf_counter()
    frames = _read(file)
    reading = time.perf_counter() - began
    with duckdb.connect() as connection:
        began = time.perf_counter()
        for name, frame in frames.items():
            connection.register("frame", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
        loading = time.perf_counter() - began
        pandas_s = _checked(lambda: _by_pandas(frames, period), ours)
        duck_s = _checked(lambda: _by_duckdb(connection, period), ours)
    return [Course("pandas", reading, pandas_s), Course("DuckDB", reading + loading, duck_s)]


def _checked(count: Callable[[], Answers], ours: Answers) -> float:
    count()
    began = time.perf_counter()
    found = count()
    taken = time.perf_counter() - began
    for key, figures in ours.items():
        assert found[key] == figures, key
    return taken


def _read(file: Path) -> dict[str, Any]:
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    frames = {}
    for table in TABLES:
        columns = ", ".join((table.day, *table.columns.values()))
        frames[table.name] = pd.read_sql_query(f"SELECT {columns} FROM {table.name}", connection)
    connection.close()
    return frames


def _by_pandas(frames: Mapping[str, Any], period: Period) -> Answers:
    found = {}
    for table in TABLES:
        frame = frames[table.name]
        of_year = frame[frame[table.day].between(period.first_on.isoformat(), period.last_on.isoformat())]
        for by, column in table.columns.items():
            found[table.measure, by] = {code: int(n) for code, n in of_year[column].fillna("").value_counts().items()}
    return found


def _by_duckdb(connection: duckdb.DuckDBPyConnection, period: Period) -> Answers:
    found = {}
    days = [period.first_on.isoformat(), period.last_on.isoformat()]
    for table in TABLES:
        for by, column in table.columns.items():
            counted = f"SELECT coalesce({column}, ''), count(*) FROM {table.name}"
            asked = f"{counted} WHERE {table.day} BETWEEN ? AND ? GROUP BY 1"
            found[table.measure, by] = dict(connection.execute(asked, days).fetchall())
    return found
