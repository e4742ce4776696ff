"""Every figure over any generated ledger equals a slow, obvious recount, and opens as many rows as it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from desktop.domain.measure import Breakdown, RowsAsked
from desktop.domain.period import Period, span
from desktop.models import schema  # noqa: F401
from desktop.models.base import Base
from desktop.queries.statistics.rows import counted_rows, row_count
from desktop.queries.statistics.tally import ALL_COUNTS, tally
from tests.integration.statistics.plain_ledger import DAYS, FIRST, PlainLedger, invented, moment
from tests.integration.statistics.recount import RECOUNTS, cells
from tests.integration.statistics.stored_ledger import store

ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PAIRS = ((Breakdown.COMMUNITY, Breakdown.KIND), (Breakdown.MONTH, Breakdown.COMMUNITY))
_OF_HAZARDS = (Breakdown.COMMUNITY, Breakdown.MONTH, Breakdown.YEAR)
Parted = tuple[Breakdown | None, Breakdown | None]
PARTED: list[Parted] = [
    *((by, None) for by in Breakdown if any(ALL_COUNTS[key].can_be_parted(by) for key in RECOUNTS)),
    *PAIRS,
]
days = st.integers(min_value=-5, max_value=DAYS + 60)
ledgers = st.builds(invented, st.integers(min_value=0, max_value=2**32), st.integers(min_value=0, max_value=14))
periods = st.tuples(days, days).map(
    lambda pair: span(FIRST + timedelta(days=min(pair)), FIRST + timedelta(days=max(pair)))
)
moments = st.none() | days.map(lambda day: moment(FIRST + timedelta(days=day), 5))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An empty file with every table; ledgers take each other's place in it."""
    path: Path = tmp_path_factory.mktemp("recount") / "ledger.sqlite3"
    made = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.mark.requirement("LG-21-2d", "LG-N1", "LG-N2", "JS-N1", "SJ-5.3a")
@ANY
@given(ledger=ledgers, period=periods, known_by=moments, parted=st.sampled_from(PARTED))
def test_any_figure_over_any_ledger_equals_a_recount_by_hand(
    engine: Engine, ledger: PlainLedger, period: Period, known_by: datetime | None, parted: Parted
) -> None:
    store(engine, ledger)
    with Session(engine) as session:
        for by, across in ((None, None), parted):
            keys = [key for key in RECOUNTS if all(_is_asked(key, part) for part in (by, across) if part)]
            told = tally(session, keys, period, by=by, across=across, known_by=known_by)
            for key in keys:
                figures = {codes: cell[key] for codes, cell in told.items() if cell[key]}
                assert figures == cells(RECOUNTS[key](ledger, period, known_by), by, across), (key, by, across)


def _is_asked(key: str, part: Breakdown) -> bool:
    """Leave out what cannot be parted so, and the parts of hazards of which the small ledgers say nothing."""
    is_said = key not in ("reports_due", "reports_same_day") or part in _OF_HAZARDS
    return is_said and ALL_COUNTS[key].can_be_parted(part)


@pytest.mark.requirement("LG-21-2d", "LG-N1")
@ANY
@given(ledger=ledgers, period=periods, known_by=moments)
def test_a_figure_opens_the_rows_it_counts_and_they_add_up_to_it(
    engine: Engine, ledger: PlainLedger, period: Period, known_by: datetime | None
) -> None:
    store(engine, ledger)
    with Session(engine) as session:
        told = tally(session, list(RECOUNTS), period, known_by=known_by)["", ""]
        for key in RECOUNTS:
            asked = RowsAsked(measure=key, period=period)
            rows = counted_rows(session, asked, known_by=known_by)
            assert len(rows) == row_count(session, asked, known_by=known_by)
            if ALL_COUNTS[key].distinct is None:
                assert sum(row.amount for row in rows) == told[key], key
            else:
                assert len({row.filing_id for row in rows}) == told[key], key


@pytest.mark.requirement("LG-N1")
@ANY
@given(ledger=ledgers, period=periods)
def test_the_rows_within_a_community_are_those_of_its_cell(engine: Engine, ledger: PlainLedger, period: Period) -> None:
    store(engine, ledger)
    with Session(engine) as session:
        told = tally(session, ["registered", "visits"], period, by=Breakdown.COMMUNITY, across=Breakdown.KIND)
        for (community, kind), cell in told.items():
            within = ((Breakdown.COMMUNITY, community), (Breakdown.KIND, kind))
            for key, value in cell.items():
                asked = RowsAsked(measure=key, period=period, within=within)
                rows = counted_rows(session, asked)
                assert len(rows) == value
                assert {row.community for row in rows} <= {community}
                assert tally(session, [key], period, within=within)["", ""][key] == value
