"""Figures of sites and registers by example: what the rules ask for, counted from a few rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from desktop.domain.local_rules import LocalRules, work_by
from desktop.domain.measure import Breakdown, Number
from desktop.domain.measures import MEASURES
from desktop.domain.period import parse_period
from desktop.models import schema  # noqa: F401
from desktop.models.base import Base
from desktop.models.book_entry import BookEntry
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.patrol import Patrol
from desktop.models.random_draw import DrawnFiling, RandomDraw
from desktop.queries.statistics.tally import Cells, tally
from tests.integration.statistics.plain_ledger import moment
from tests.integration.statistics.stored_ledger import row


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An empty ledger file."""
    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def put(session: Session, entity: type[Base], **values: Any) -> None:
    session.add(row(entity, **values))
    session.flush()


def register(session: Session, key: int, accepted_on: date, **values: Any) -> None:
    matter: dict[str, Any] = {"place": {}, "insurances": []}
    known = {"status": "registered", "number": f"PA-DJ-{key}", "first_number": f"PA-DJ-{key}", "walk_in": matter}
    put(session, Filing, id=key, accepted_on=accepted_on, filed_on=accepted_on, **{**known, **values})


def enter(session: Session, kind: str, on: date, /, **values: Any) -> None:
    put(session, BookEntry, kind=kind, happened_on=on, recorded_at=moment(on), values=values)


def figures(session: Session, code: str, *keys: str, **more: Any) -> list[Number]:
    period = parse_period(code)
    assert period is not None
    cell = tally(session, keys, period, **more)["", ""]
    return [cell[key] for key in keys]


def parted(session: Session, code: str, key: str, *parts: Breakdown) -> Cells:
    period = parse_period(code)
    assert period is not None
    return tally(session, [key], period, by=parts[0], across=parts[1] if len(parts) > 1 else None)


@pytest.mark.requirement("JS-N1", "JS-4.2")
def test_a_key_work_is_to_be_checked_in_each_month_of_building(session: Session) -> None:
    keys = ("key_site_months", "key_site_months_checked")
    register(session, 1, date(2026, 1, 10), high_risk=True, closed_on=date(2026, 4, 2), status="closed")
    register(session, 2, date(2026, 1, 10), high_risk=False)
    register(session, 3, date(2026, 1, 10), high_risk=False, escalated_on=date(2026, 3, 30))
    put(session, Patrol, filing_id=1, visited_on=date(2026, 1, 20), result="in_order")
    put(session, Patrol, filing_id=1, visited_on=date(2026, 1, 28), result="findings")
    put(session, Patrol, filing_id=1, visited_on=date(2026, 3, 5), result="no_access")
    put(session, Patrol, filing_id=3, visited_on=date(2026, 3, 2), result="in_order")
    assert figures(session, "2026-Q1", *keys) == [4, 2]  # work 1: January to March; work 3: March
    assert figures(session, "2026-04", *keys) == [2, 0]
    assert figures(session, "2026-05", *keys) == [1, 0]
    assert figures(session, "2026-02", *keys) == [1, 0]
    by_month = tally(session, keys, parse_period("2026-Q1"), by=Breakdown.MONTH)  # type: ignore[arg-type]
    assert {code: tuple(cell.values()) for (code, _none), cell in by_month.items()} == {
        "2026-01": (1, 1),
        "2026-02": (1, 0),
        "2026-03": (2, 1),
    }
    assert MEASURES["monthly_check_rate"].target is None, "what the rules of the place do not ask for is no target"
    work_by(LocalRules(articles={"measure.monthly_check_rate_target": "二（四）"}))
    assert MEASURES["monthly_check_rate"].target == 100


@pytest.mark.requirement("JS-N1")
def test_the_share_drawn_counts_each_registration_once_and_only_draws_until_the_last_day(session: Session) -> None:
    for key in range(1, 21):
        register(session, key, date(2026, 2, 1))
    for draw, on in ((1, date(2026, 2, 20)), (2, date(2026, 3, 20)), (3, date(2026, 5, 1))):
        put(session, RandomDraw, id=draw, drawn_on=on, drawn_at=moment(on))
        put(session, DrawnFiling, draw_id=draw, filing_id=1, ordinal=1, result="in_order", inspected_on=on)
    put(session, DrawnFiling, draw_id=3, filing_id=2, ordinal=2, result="")
    keys = ("drawable", "drawn", "drawn_inspected")
    assert figures(session, "2026-Q1", *keys) == [20, 1, 1]
    assert figures(session, "2026-H1", *keys) == [20, 2, 1]
    work_by(LocalRules(articles={"measure.draw_share_target": "二（四）"}))
    assert (MEASURES["draw_share"].target, MEASURES["draw_share"].target_article) == (Decimal(5), "二（四）")


@pytest.mark.requirement("HL-4c", "HL-2e", "YC-3a", "LG-21-9")
def test_accidents_by_type_works_and_year_and_their_share_of_all(session: Session) -> None:
    told = [(2023, "small_work", "fall", 4), (2023, "small_work", "machinery", 1)]
    told += [(2024, "small_work", "fall", 2), (2024, "minor_operation", "fall", 6), (2024, "other", "fire", 1)]
    for year, works, kind, times in told:
        for time in range(times):
            enter(session, "accident", date(year, 5, time + 1), works=works, type=kind, dead=0, injured=1)
    enter(session, "accident_total", date(2024, 1, 1), last_on="2024-12-31", field="全区", accidents=20)
    enter(session, "accident_total", date(2024, 5, 1), last_on="2024-05-31", field="全区", accidents=9)
    small = ((Breakdown.WORKS_KIND, "small_work"),)
    period = parse_period("2023-01-01..2024-12-31")
    assert period is not None
    cells = tally(session, ["accidents"], period, by=Breakdown.ACCIDENT_TYPE, across=Breakdown.YEAR, within=small)
    assert {codes: cell["accidents"] for codes, cell in cells.items()} == {
        ("fall", "2023"): 4,
        ("machinery", "2023"): 1,
        ("fall", "2024"): 2,
    }
    assert parted(session, "2024", "accidents", Breakdown.WORKS_KIND)["minor_operation", ""]["accidents"] == 6
    # A month that the year holds already is not added; what the rules are not about is not compared.
    assert figures(session, "2024", "accidents", "accidents_compared", "accidents_of_all") == [9, 8, 20]
    assert figures(session, "2023", "accidents_compared", "accidents_of_all") == [0, 0]


@pytest.mark.requirement("HL-2b", "HL-2c", "LG-14-5")
def test_money_is_that_of_its_year_and_exact_to_the_cent(session: Session) -> None:
    enter(session, "fund", date(2023, 3, 1), year=2023, amount="6950000.00")
    enter(session, "fund", date(2023, 12, 20), year=2024, amount="7819999.90")
    enter(session, "fund", date(2024, 2, 1), year=2024, amount="0.10")
    assert figures(session, "2023", "funds") == [Decimal("6950000")]
    assert figures(session, "2024-03", "funds") == [Decimal("7820000")]
    by_year = parted(session, "2023-01-01..2024-12-31", "funds", Breakdown.YEAR)
    assert {codes[0]: cell["funds"] for codes, cell in by_year.items()} == {"2023": 6_950_000, "2024": 7_820_000}


@pytest.mark.requirement("HL-3")
def test_who_was_not_asked_whether_they_know_counts_in_no_rate(session: Session) -> None:
    enter(session, "survey", date(2026, 3, 1), kind="questionnaire", asked=100, aware=80, satisfied=60)
    enter(session, "survey", date(2026, 3, 2), kind="visit", asked=50, satisfied=50)
    keys = ("asked", "aware", "asked_if_aware", "satisfied", "asked_if_satisfied")
    assert figures(session, "2026-03", *keys) == [150, 80, 100, 110, 150]
    assert MEASURES["awareness_rate"].denominator == "asked_if_aware"


@pytest.mark.requirement("LG-21-2d", "SJ-5.3a")
def test_a_term_moved_or_an_answer_given_later_leaves_the_month_as_it_was_printed(session: Session) -> None:
    put(session, Hazard, id=1, found_on=date(2026, 3, 1), due_on=date(2026, 4, 20), state="rectifying")
    steps = [("notice", date(2026, 3, 1), date(2026, 3, 10)), ("term", date(2026, 4, 2), date(2026, 4, 20))]
    for kind, on, due_on in [*steps, ("feedback", date(2026, 4, 3), None)]:
        put(session, HazardStep, hazard_id=1, kind=kind, on=on, due_on=due_on, done_at=moment(on))
    assert figures(session, "2026-03", "hazards_open", "hazards_overdue") == [1, 1]
    assert figures(session, "2026-04", "hazards_open", "hazards_overdue") == [1, 0]


@pytest.mark.requirement("LG-21-2d")
def test_an_entry_that_was_put_right_counts_as_it_stood_at_the_moment_asked_for(session: Session) -> None:
    on, corrected = date(2026, 3, 5), moment(date(2026, 4, 8))
    activity = {"kind": "activity", "happened_on": on, "uid": "a"}
    wrong = {"kind": "training", "persons": 110}
    put(session, BookEntry, **activity, recorded_at=moment(on), ended_at=corrected, values=wrong)
    put(session, BookEntry, **activity, recorded_at=corrected, values={"kind": "training", "persons": 1100})
    assert figures(session, "2026-03", "trained_persons") == [1100]
    assert figures(session, "2026-03", "trained_persons", known_by=moment(date(2026, 4, 1))) == [110]
    assert figures(session, "2026-03", "trained_persons", known_by=moment(date(2026, 3, 1))) == [0]


@pytest.mark.requirement("SJ-5.6a", "LG-13-10a")
def test_a_small_work_is_insured_by_its_form_or_by_the_register(session: Session) -> None:
    liability = {"place": {}, "insurances": [{"kind": "工伤保险"}, {"kind": "安全生产责任保险"}]}
    register(session, 1, date(2026, 3, 1), kind="small_work", walk_in=liability)
    for key in (2, 3, 4):
        register(session, key, date(2026, 3, 1), kind="small_work")
    register(session, 5, date(2026, 3, 1), kind="minor_operation", walk_in=liability)
    policy = {"kind": "insurance", "happened_on": date(2026, 3, 2)}
    put(session, BookEntry, **policy, filing_id=2, values={"kind": "liability"})
    put(session, BookEntry, **policy, filing_id=3, values={"kind": "injury"})
    assert figures(session, "2026-03", "small_works_insurable", "liability_insured") == [4, 2]
