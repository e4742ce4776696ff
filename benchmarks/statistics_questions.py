"""What a report asks the ledger: every question timed in the program, and its SQL timed again in plain sqlite3."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from benchmarks.measure import timed
from desktop.domain.measure import Breakdown
from desktop.domain.period import Period
from desktop.queries.statistics.tally import Cells, tally
from desktop.services import statistics_reckoning

Key = tuple[str, str, str]  # period, by, across


@dataclass(slots=True)
class Question:
    """One question: a period parted in one way; its statements, and how long the program took each time, in ms."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)

    @property
    def program_ms(self) -> float:
        """Give the median."""
        return statistics.median(self.taken)


class Listening:
    """Takes note of every question while reports are made."""

    def __init__(self) -> None:
        self.questions: dict[Key, Question] = defaultdict(Question)
        self._statements: list[tuple[str, Any]] = []

    @contextmanager
    def on(self) -> Iterator[None]:
        """Listen within the block."""
        event.listen(Engine, "before_cursor_execute", self._heard)
        try:
            with patch.object(statistics_reckoning, "tally", self._asked):
                yield
        finally:
            event.remove(Engine, "before_cursor_execute", self._heard)

    def _heard(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        # The first question of a session also begins it.
        if statement.startswith(("SELECT", "WITH")):
            self._statements.append((statement, parameters))

    def _asked(
        self,
        session: Session,
        measures: Sequence[str],
        period: Period,
        *,
        by: Breakdown | None = None,
        across: Breakdown | None = None,
        **more: Any,
    ) -> Cells:
        self._statements.clear()
        began = time.perf_counter()
        cells = tally(session, measures, period, by=by, across=across, **more)
        taken = (time.perf_counter() - began) * 1000
        question = self.questions[period.code, by or "", across or ""]
        question.taken.append(taken)
        question.statements = list(self._statements)
        return cells


def in_plain_sqlite(file: Path, questions: dict[Key, Question], rounds: int) -> dict[Key, float]:
    """Ask the same SQL of the same file without the program, in ms; the program must have closed it."""
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA cache_size=-32768")
    found = {
        key: timed([partial(_ask, connection, question)], rounds=rounds).median_ms
        for key, question in questions.items()
    }
    connection.close()
    return found


def _ask(connection: sqlite3.Connection, question: Question) -> None:
    for statement, parameters in question.statements:
        connection.execute(statement, parameters).fetchall()
