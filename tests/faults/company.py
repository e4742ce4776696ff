"""Two programs on one data folder, and a clock that is set back."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from desktop.domain.errors import ClerkError
from desktop.services.desk import open_desk
from tests import factories
from tests.faults.forked import answer_of
from tests.faults.ledger_checks import faults_of, opened
from tests.faults.operations import register_one

_RIGHT: Final = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
_MOMENTS: Final = (_RIGHT, _RIGHT - timedelta(days=366), _RIGHT - timedelta(hours=3), _RIGHT)


def survive_two_programs(data: Path) -> Counter[str]:
    """Open a folder that another process has open; the second must be refused and the first work on."""

    def second() -> str:
        try:
            open_desk(data, effort=factories.LIGHT).close()
        except ClerkError as error:
            return error.code
        return "opened"

    desk = opened(data)
    answer = answer_of(second)
    acknowledged = [register_one(desk, "first")]
    desk.close()
    counts = Counter({"refused" if answer == "already_open" else f"FAULT {answer}": 1})
    counts.update(f"FAULT {fault}" for fault in faults_of(data, acknowledged))
    return counts


def survive_clock_set_back(data: Path) -> Counter[str]:
    """Register with the clock right, a year back, hours back, and right again."""
    acknowledged = []
    for ordinal, moment in enumerate(_MOMENTS):
        desk = open_desk(data, now=partial(_at, moment), today=partial(_on, moment), effort=factories.LIGHT)
        if desk.office.office() is None:
            desk.office.set_up(factories.office())
        acknowledged.append(register_one(desk, f"clock {ordinal}"))
        desk.close()
    counts = Counter({"registered": len(acknowledged)})
    counts.update(f"FAULT {fault}" for fault in faults_of(data, acknowledged))
    return counts


def _at(moment: datetime) -> datetime:
    return moment


def _on(moment: datetime) -> date:
    return moment.date()
