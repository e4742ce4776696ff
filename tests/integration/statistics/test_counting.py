"""What counting promises beside right figures: definitions, one index, scope, and what was entered late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from desktop.domain.access import Grant, Role
from desktop.domain.measure import Breakdown, RowsAsked
from desktop.domain.measures import MEASURES
from desktop.domain.period import Period, parse_period
from desktop.domain.walk_in import Place, WalkIn
from desktop.models.book_entry import BookEntry
from desktop.models.found_site import FoundSite
from desktop.models.gate import SeenBy, see_as
from desktop.models.hazard import Hazard
from desktop.models.package import ForeignSubject
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.models.station_key import KnownStation
from desktop.models.transfer import Transfer
from desktop.queries.statistics.late import late_entries
from desktop.queries.statistics.rows import counted_rows
from desktop.queries.statistics.tally import ALL_COUNTS, tally
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Clock, Decide
from tests.integration.site_rows import put
from tests.integration.statistics.stored_ledger import row


def period(text: str) -> Period:
    found = parse_period(text)
    assert found is not None
    return found


MARCH = period("2026-03")


def elsewhere(matter: WalkIn) -> WalkIn:
    place = Place(community="云川社区", detail="云川路2号")
    return factories.walk_in(project_name="另一处", place=place, materials=matter.materials)


@pytest.mark.requirement("LG-21-2d", "LG-N1", "LG-N2")
def test_every_measure_is_defined_and_counted_from_rows_or_is_a_ratio_of_two_that_are() -> None:
    ratios = {key for key, measure in MEASURES.items() if measure.is_ratio}
    assert set(MEASURES) - ratios == set(ALL_COUNTS)
    assert all({MEASURES[key].numerator, MEASURES[key].denominator} <= set(ALL_COUNTS) for key in ratios)
    assert all(measure.key == key and measure.definition for key, measure in MEASURES.items())
    assert {key: count.source.row_kind for key, count in ALL_COUNTS.items()} == {
        key: MEASURES[key].rows for key in ALL_COUNTS
    }
    assert {key for key, count in ALL_COUNTS.items() if count.is_stock} == {
        key for key, measure in MEASURES.items() if measure.is_stock
    }


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize("by", [Breakdown.KIND, Breakdown.COMMUNITY, Breakdown.CATEGORY, Breakdown.CONTRACTOR])
@pytest.mark.parametrize(
    ("key", "index"),
    [
        ("registered_high_risk", "COVERING INDEX ix_filing_statistics"),
        ("in_progress", "COVERING INDEX ix_filing_statistics"),
        ("closed", "COVERING INDEX ix_filing_closed_statistics"),
        ("revoked", "INDEX ix_filing_revoked_on"),  # few of many
    ],
)
def test_the_usual_figures_are_read_from_one_index(desk: Desk, key: str, index: str, by: Breakdown) -> None:
    asked: list[tuple[str, Any]] = []
    with desk.database.reading() as session:
        event.listen(
            session.connection(), "before_cursor_execute", lambda *told: asked.append((told[2], told[3])), named=False
        )
        tally(session, [key], MARCH, by=by)
        sql, values = asked[-1]
        plan = [str(step[3]) for step in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any(index in step for step in plan), plan


@pytest.mark.requirement("LG-21-2d")
def test_a_scope_of_one_community_counts_and_lists_nothing_of_another(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    decide(elsewhere(complete))
    put(desk, FoundSite, community="云川社区")
    seen = SeenBy(
        grants=(Grant(role=Role.WINDOW_CLERK, areas=frozenset({"坪安社区"})),), account_id=None, sees_trail=False
    )
    with desk.database.reading() as session:
        whole = tally(session, list(ALL_COUNTS), MARCH)["", ""]
        see_as(session, seen)
        told = tally(session, list(ALL_COUNTS), MARCH)["", ""]
        by_community = tally(session, ["registered", "visits"], MARCH, by=Breakdown.COMMUNITY)
        rows = counted_rows(session, RowsAsked(measure="registered", period=MARCH))
        late = late_entries(session, MARCH, datetime(2026, 1, 1, tzinfo=UTC))
    assert (whole["registered"], whole["visits"], whole["found_unregistered"]) == (2, 2, 1)
    assert (told["registered"], told["visits"], told["found_unregistered"]) == (1, 1, 0)
    assert set(by_community) == {("坪安社区", "")}
    assert [row.community for row in rows] == ["坪安社区"]
    assert len(late) == 2  # one registration and its visit


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize("known_by", [None, datetime(2026, 4, 1, tzinfo=UTC)])
def test_every_question_can_be_asked_within_a_scope_and_tells_nothing_outside_it(
    desk: Desk, complete: WalkIn, decide: Decide, known_by: datetime | None
) -> None:
    filing = decide(complete).filing_id
    found = put(desk, FoundSite)
    for entity in (Patrol, Hazard, Transfer, PublicReport):
        put(desk, entity, filing_id=filing)
        put(desk, entity, found_site_id=found)
    whole, inside, outside = (_asked(desk, area, known_by) for area in (None, "坪安社区", "云川社区"))
    assert any(cells for cells in whole.values())
    assert inside == whole
    assert not any(cells for cells in outside.values())


def _asked(desk: Desk, area: str | None, known_by: datetime | None) -> dict[str, Any]:
    """Ask everything there is, as somebody of one community or as who sees all."""
    answers: dict[str, Any] = {}
    with desk.database.reading() as session:
        if area is not None:
            grants = (Grant(role=Role.WINDOW_CLERK, areas=frozenset({area})),)
            see_as(session, SeenBy(grants=grants, account_id=None, sees_trail=False))
        for key in ALL_COUNTS:
            answers[key] = counted_rows(session, RowsAsked(measure=key, period=MARCH), known_by=known_by)
        # As of a moment the same conditions stand beside more joins: two breakdowns show it.
        for by in Breakdown if known_by is None else (Breakdown.COMMUNITY, Breakdown.KIND):
            keys = [key for key, count in ALL_COUNTS.items() if count.can_be_parted(by)]
            answers[f"by {by}"] = tally(session, keys, MARCH, by=by, known_by=known_by)
    return answers


@pytest.mark.requirement("LG-21-2d")
def test_what_was_entered_after_a_report_is_listed_and_not_counted_as_of_then(
    desk: Desk, complete: WalkIn, decide: Decide, clock: Clock
) -> None:
    decide(complete)
    made_at = clock.now()
    second = decide(elsewhere(complete))
    with desk.database.reading() as session:
        then = tally(session, ["registered", "in_progress", "visits"], MARCH, known_by=made_at)["", ""]
        now = tally(session, ["registered", "in_progress", "visits"], MARCH)["", ""]
        late = late_entries(session, MARCH, made_at)
        earlier = late_entries(session, period("2026-02"), made_at)
    assert set(then.values()) == {1}
    assert set(now.values()) == {2}
    assert {(entry.kind, entry.number, entry.what) for entry in late} == {
        ("登记件", second.number, "补录"),
        ("到场办理", second.number, "补录"),
    }
    assert earlier == ()


@pytest.mark.requirement("LG-21-2d")
def test_what_a_package_brought_later_counts_from_its_receiving_on(
    desk: Desk, complete: WalkIn, decide: Decide, clock: Clock
) -> None:
    done = decide(complete)
    made_at = clock.now()
    came_at = made_at + timedelta(days=3)
    with desk.database.writing(is_whole=True) as session:
        session.add(row(KnownStation, id=1))
        session.flush()
        came = {"first_received_at": came_at, "last_received_at": came_at, "uid": "u", "station_id": 1}
        session.add(row(ForeignSubject, kind="filing", subject_id=done.filing_id, **came))
    with desk.database.reading() as session:
        then = tally(session, ["registered", "in_progress"], MARCH, known_by=made_at)["", ""]
        after = tally(session, ["registered", "in_progress"], MARCH, known_by=came_at)["", ""]
        late = late_entries(session, MARCH, made_at)
    assert set(then.values()) == {0}
    assert set(after.values()) == {1}
    assert {(entry.what, entry.known_at) for entry in late} == {("上报包接收", came_at)}


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize(("withdrawn", "what"), [(True, "撤回"), (False, "更正")])
def test_an_entry_of_a_register_put_right_or_withdrawn_since_is_listed(
    desk: Desk, clock: Clock, withdrawn: bool, what: str
) -> None:
    with desk.database.writing(is_whole=True) as session:
        session.add(row(BookEntry, kind="activity", number="PA-B-1", happened_on=clock.day, recorded_at=clock.now()))
    made_at = clock.now()
    with desk.database.writing(is_whole=True) as session:
        session.execute(update(BookEntry).values(ended_at=clock.now(), is_withdrawn=withdrawn))
    with desk.database.reading() as session:
        late = late_entries(session, MARCH, made_at)
    assert [(entry.number, entry.what) for entry in late] == [("PA-B-1", what)]
