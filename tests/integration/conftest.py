"""Desks on real database files: a fixed day, a clock that moves a second at each look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desktop.domain.acts import Act, Decided, DecisionRequest
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.factories import LIGHT

Decide = Callable[..., Decided]


def count_of(desk: Desk, table: str) -> int:
    """Count the rows of a table."""
    with desk.database.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


class Clock:
    """A day and a moment that a test sets; every look at the moment is a second later."""

    def __init__(self) -> None:
        self.day = factories.FILED_ON
        self.moment = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def desk(data_folder: Path, clock: Clock) -> Iterator[Desk]:
    """A desk of a street office, set up and empty."""
    opened = open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT)
    opened.office.set_up(factories.office())
    yield opened
    opened.close()


@pytest.fixture
def complete(desk: Desk) -> WalkIn:
    """An ordinary matter with every paper in order."""
    return factories.all_in_order(factories.walk_in(), desk.intake.pack())


@pytest.fixture
def decide(desk: Desk) -> Decide:
    """Decide a matter; each call is an act of its own unless it names one."""
    count = 0

    def run(walk_in: WalkIn, act: Act = Act.ACCEPT, **more: Any) -> Decided:
        nonlocal count
        count += 1
        return desk.intake.decide(DecisionRequest(**{"act_id": f"act-{count}", "act": act, "walk_in": walk_in, **more}))

    return run
