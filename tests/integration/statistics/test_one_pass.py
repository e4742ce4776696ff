"""Breakdowns that a report rolls up from one reading of the patrols say what each would say by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from desktop.domain.measure import Breakdown
from desktop.domain.period import span
from desktop.models import schema  # noqa: F401
from desktop.models.base import Base
from desktop.queries.statistics.tally import Passes, tally
from tests.integration.statistics.plain_ledger import DAYS, FIRST
from tests.integration.statistics.plain_site_life import invented_life
from tests.integration.statistics.stored_site_life import store_life

KEYS: Final = ("patrols", "patrol_persons", "patrols_with_publicity")
PARTED: Final = (
    (Breakdown.MONTH, None),
    (Breakdown.PATROL_LEVEL, None),
    (Breakdown.PATROL_ORGANISATION, None),
    (Breakdown.PATROL_KIND, None),
    (Breakdown.COMMUNITY, None),
    (Breakdown.COMMUNITY, Breakdown.MONTH),
)
# Neither begins nor ends with a month.
PERIOD: Final = span(FIRST + timedelta(days=3), FIRST + timedelta(days=DAYS - 4))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
    Base.metadata.create_all(made)
    store_life(made, invented_life(7, 40))
    yield made
    made.dispose()


@pytest.mark.requirement("LG-21-2d")
def test_what_is_rolled_up_equals_what_is_asked_for_by_itself(engine: Engine) -> None:
    with Session(engine) as session:
        passes = Passes((PERIOD, parted, KEYS) for parted in PARTED)
        for by, across in PARTED:
            told = tally(session, KEYS, PERIOD, by=by, across=across, passes=passes)
            assert told
            assert told == tally(session, KEYS, PERIOD, by=by, across=across), (by, across)


def test_the_patrols_are_read_once_for_all_breakdowns(engine: Engine) -> None:
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    with Session(engine) as session:
        passes = Passes((PERIOD, parted, KEYS) for parted in PARTED)
        for by, across in PARTED:
            tally(session, KEYS, PERIOD, by=by, across=across, passes=passes)
    assert len(heard) == 1


def test_what_does_not_add_up_is_asked_for_by_itself(engine: Engine) -> None:
    keys = (*KEYS, "patrolled_sites")
    with Session(engine) as session:
        passes = Passes((PERIOD, parted, keys) for parted in PARTED)
        told = tally(session, keys, PERIOD, by=Breakdown.COMMUNITY, passes=passes)
        assert told == tally(session, keys, PERIOD, by=Breakdown.COMMUNITY)
