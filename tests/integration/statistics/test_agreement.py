"""Totals agree over sound rows, one that does not is told of; sources of money that are left out are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.acts import Decided
from desktop.domain.agreement import Agreement, funding_warning
from desktop.domain.period import Period, PeriodKind, period_of, span
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.queries.statistics.agreement import agreements, funding_counts
from desktop.services.desk import Desk
from tests import factories
from tests.integration.site_rows import change, put

Decide = Callable[..., Decided]


def year(desk: Desk) -> Period:
    return period_of(PeriodKind.YEAR, desk.office.today())


def checked(desk: Desk, period: Period) -> dict[str, Agreement]:
    with desk.database.reading() as session:
        return {one.key: one for one in agreements(session, period)}


@pytest.fixture
def working(desk: Desk, decide: Decide) -> int:
    """A registered work that was patrolled, with a hazard open and one cleared."""
    matter = replace(factories.walk_in(factories.small_work_facts()), funding="government")
    decided = decide(factories.all_in_order(matter, desk.office.pack()))
    today = desk.office.today()
    put(desk, Patrol, filing_id=decided.filing_id, visited_on=today)
    put(desk, Hazard, filing_id=decided.filing_id, found_on=today)
    put(desk, Hazard, filing_id=decided.filing_id, found_on=today, cleared_on=today, state="cleared")
    return decided.filing_id


@pytest.mark.requirement("SJ-5.3a")
def test_totals_of_a_sound_ledger_agree_in_every_period(desk: Desk, working: int) -> None:
    today = desk.office.today()
    for period in (year(desk), span(today, today), span(today + timedelta(days=1), today + timedelta(days=40))):
        found = checked(desk, period)
        assert found
        assert [one for one in found.values() if not one.agrees] == []
    assert checked(desk, year(desk))["registered_in_ledger"].first_value == 1
    assert checked(desk, year(desk))["hazards_open_moves"].second_value == 1


@pytest.mark.requirement("SJ-5.3a")
def test_a_total_that_does_not_agree_is_told_of(desk: Desk, working: int) -> None:
    change(desk, Filing, working, visits=5)
    wrong = [one for one in checked(desk, year(desk)).values() if not one.agrees]
    assert [(one.key, one.first_value, one.second_value) for one in wrong] == [("visits_in_ledger", 5, 1)]


@pytest.mark.requirement("SJ-3d2", "SJ-3n")
def test_sources_of_money_that_nothing_is_registered_of_are_named(desk: Desk, working: int) -> None:
    with desk.database.reading() as session:
        counted = funding_counts(session, year(desk))
        before = funding_counts(session, span(date(2020, 1, 1), date(2020, 12, 31)))
    assert counted == {"government": 1}
    assert funding_warning(counted) == "统计期内没有登记过集体投资、社会投资的工程（作业），请核对是否漏管。"
    assert funding_warning({"government": 1, "collective": 2, "social": 3}) == ""
    assert funding_warning(before) == ""
