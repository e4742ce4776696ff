"""Figures of sites and registers over any generated ledger equal a slow, obvious recount."""

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
from desktop.domain.measures import MEASURES
from desktop.domain.period import Period, span
from desktop.models import schema  # noqa: F401
from desktop.models.base import Base
from desktop.queries.statistics.rows import counted_rows, row_count
from desktop.queries.statistics.tally import ALL_COUNTS, tally
from tests.integration.statistics.plain_ledger import DAYS, FIRST, moment
from tests.integration.statistics.plain_site_life import PlainLife, invented_life
from tests.integration.statistics.recount import RECOUNTS, cells
from tests.integration.statistics.recount_books import RECOUNTS_OF_BOOKS
from tests.integration.statistics.recount_site_life import RECOUNTS_OF_SITES
from tests.integration.statistics.stored_site_life import store_life

ANY = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ALL_RECOUNTS = {**RECOUNTS_OF_SITES, **RECOUNTS_OF_BOOKS}
PAIRS = (
    (Breakdown.COMMUNITY, Breakdown.HAZARD_GROUP),
    (Breakdown.MONTH, Breakdown.COMMUNITY),
    (Breakdown.ACCIDENT_TYPE, Breakdown.YEAR),
    (Breakdown.WORKS_AND_TYPE, Breakdown.YEAR),
    (Breakdown.KIND, Breakdown.RISK),
)
PARTED = [(None, None), *((by, None) for by in Breakdown), *PAIRS]
days = st.integers(min_value=-5, max_value=DAYS + 60)
lives = st.builds(invented_life, st.integers(min_value=0, max_value=2**32), st.integers(min_value=0, max_value=12))
periods = st.tuples(days, days).map(
    lambda pair: span(FIRST + timedelta(days=min(pair)), FIRST + timedelta(days=max(pair)))
)
moments = st.none() | days.map(lambda day: moment(FIRST + timedelta(days=day), 5))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An empty file with every table; ledgers take each other's place in it."""
    path: Path = tmp_path_factory.mktemp("recount_life") / "ledger.sqlite3"
    made = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.mark.requirement("LG-21-2d", "LG-14-5", "LG-15-9", "LG-16-3", "JS-N1", "YC-3a", "HL-2c", "HL-2d", "SJ-5.6a")
@ANY
@given(life=lives, period=periods, known_by=moments, parted=st.lists(st.sampled_from(PARTED), min_size=4, max_size=4))
def test_figures_of_sites_and_registers_equal_a_recount_by_hand(
    engine: Engine,
    life: PlainLife,
    period: Period,
    known_by: datetime | None,
    parted: list[tuple[Breakdown | None, Breakdown | None]],
) -> None:
    store_life(engine, life)
    with Session(engine) as session:
        for by, across in [(None, None), *parted]:
            keys = [
                key for key in ALL_RECOUNTS if all(ALL_COUNTS[key].can_be_parted(part) for part in (by, across) if part)
            ]
            told = tally(session, keys, period, by=by, across=across, known_by=known_by)
            for key in keys:
                figures = {codes: cell[key] for codes, cell in told.items() if cell[key]}
                assert figures == cells(ALL_RECOUNTS[key](life, period, known_by), by, across), (key, by, across)


@pytest.mark.requirement("LG-21-2d", "SJ-5.3a")
@ANY
@given(life=lives, period=periods, known_by=moments)
def test_a_figure_of_sites_and_registers_opens_rows_that_add_up_to_it(
    engine: Engine, life: PlainLife, period: Period, known_by: datetime | None
) -> None:
    store_life(engine, life)
    plain = [key for key in ALL_RECOUNTS if ALL_COUNTS[key].distinct is None]
    with Session(engine) as session:
        told = tally(session, plain, period, known_by=known_by)["", ""]
        for key in plain:
            asked = RowsAsked(measure=key, period=period)
            rows = counted_rows(session, asked, known_by=known_by)
            assert len(rows) == row_count(session, asked, known_by=known_by)
            assert sum(row.amount for row in rows) == told[key], key


@pytest.mark.requirement("LG-21-2d")
def test_every_measure_is_counted_or_a_ratio_of_two_that_are_and_has_its_recount() -> None:
    for key, measure in MEASURES.items():
        assert measure.key == key
        assert measure.definition.endswith(("。", "；"))
        if measure.is_ratio:
            assert {measure.numerator, measure.denominator} <= set(ALL_COUNTS), key
        else:
            assert ALL_COUNTS[key].source.row_kind is measure.rows, key
            assert ALL_COUNTS[key].is_stock == measure.is_stock, key
    assert set(ALL_COUNTS) == set(RECOUNTS) | set(ALL_RECOUNTS)
