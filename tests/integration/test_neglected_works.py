"""What three inspections found again and again: registered and never looked at, found and never put right."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from desktop.domain.access import Role
from desktop.domain.acts import Act, Status
from desktop.domain.hazard import HazardDraft
from desktop.domain.ledger import NEGLECTS, LedgerCriteria, LedgerException
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import Place
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.hazard_desk import PATROLLER, asked, draft
from tests.integration.outward import days_later
from tests.integration.site_rows import change, put

HOME, AWAY = "坪安社区", "新禾社区"
UNPATROLLED, OPEN_HAZARD = LedgerException.UNPATROLLED, LedgerException.OPEN_HAZARD
pytestmark = pytest.mark.requirement("SJ-3p")


def registered(desk: Desk, decide: Decide, community: str = HOME, act: Act = Act.ACCEPT, **more: Any) -> int:
    """Register a work, each at a place of its own."""
    place = Place(community=community, estate=f"和宁巷{len(desk.ledger.ids(LedgerCriteria())) + 1}号")
    matter = factories.walk_in(place=place)
    return decide(factories.all_in_order(matter, desk.office.pack()), act, **more).filing_id


def those(desk: Desk, neglect: LedgerException, **more: Any) -> set[int]:
    return set(desk.ledger.ids(LedgerCriteria(exception=neglect, as_of=desk.office.today(), **more)))


def test_a_work_is_unpatrolled_until_anybody_was_there(desk: Desk, decide: Decide) -> None:
    visited, forgotten, over = (registered(desk, decide) for _ in range(3))
    registered(desk, decide, act=Act.NOT_APPLICABLE, reason="业主当场撤回")
    put(desk, Patrol, filing_id=visited)
    put(desk, Patrol, road="坪安路")
    change(desk, Filing, over, status=Status.CLOSED.value)
    assert those(desk, UNPATROLLED) == {forgotten}


def test_a_hazard_is_open_until_it_is_cleared_whatever_became_of_the_registration(
    desk: Desk, decide: Decide, clock: Clock
) -> None:
    cleared, refused, closed, _none = (registered(desk, decide) for _ in range(4))
    hazard = put(desk, Hazard, filing_id=cleared, state="awaiting_recheck")
    put(desk, Hazard, filing_id=cleared, state="withdrawn")
    put(desk, Hazard, filing_id=refused, state="refused")
    put(desk, Hazard, filing_id=closed)
    put(desk, Hazard, state="found")
    change(desk, Filing, closed, status=Status.CLOSED.value)
    assert those(desk, OPEN_HAZARD) == {cleared, refused, closed}
    change(desk, Hazard, hazard, state="cleared", cleared_on=days_later(clock, 1))
    assert those(desk, OPEN_HAZARD) == {refused, closed}


def test_what_a_patroller_records_takes_a_work_off_the_one_list_and_onto_the_other(desk: Desk, decide: Decide) -> None:
    site = SiteRef(filing_id=registered(desk, decide))
    work_as(desk, PATROLLER)
    at_once: HazardDraft = draft(is_on_the_spot=True, due_on=None)
    desk.hazards.record(asked(site, at_once))
    assert those(desk, OPEN_HAZARD) == set(), "put right on the spot: the chain is closed"
    desk.hazards.record(asked(site, act_id="visit-2"))
    assert those(desk, OPEN_HAZARD) == {site.filing_id}


def test_each_is_counted_over_the_other_filters_and_inside_the_own_scope(desk: Desk, decide: Decide) -> None:
    here, visited = registered(desk, decide), registered(desk, decide)
    registered(desk, decide, AWAY)
    put(desk, Patrol, filing_id=visited)
    put(desk, Hazard, filing_id=visited)
    assert desk.ledger.facets(LedgerCriteria()).by_neglect == {UNPATROLLED: 2, OPEN_HAZARD: 1}
    narrowed = LedgerCriteria(community=HOME, exception=UNPATROLLED, as_of=desk.office.today())
    assert desk.ledger.facets(narrowed).by_neglect == {UNPATROLLED: 1, OPEN_HAZARD: 1}
    assert desk.ledger.facets(LedgerCriteria(text="没有这个")).by_neglect == {}
    work_as(desk, person(31, "许辖", Role.MANAGER, areas=frozenset({HOME})))
    assert those(desk, UNPATROLLED) == {here}
    assert desk.ledger.facets(LedgerCriteria()).by_neglect == {UNPATROLLED: 1, OPEN_HAZARD: 1}


@pytest.mark.parametrize("neglect", NEGLECTS)
def test_neither_patrols_nor_hazards_are_read_from_end_to_end(
    desk: Desk, decide: Decide, neglect: LedgerException
) -> None:
    registered(desk, decide)
    seen: list[tuple[str, Any]] = []

    def listen(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.lstrip().startswith("SELECT") and ("patrol" in statement or "hazard" in statement):
            seen.append((statement, parameters))

    event.listen(desk.database._engine, "before_cursor_execute", listen)
    those(desk, neglect)
    desk.ledger.facets(LedgerCriteria())
    event.remove(desk.database._engine, "before_cursor_execute", listen)
    assert len(seen) >= 2
    with desk.database.reading() as session:
        for statement, parameters in seen:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            steps = [str(row[3]) for row in plan]
            assert not any(step in ("SCAN patrol", "SCAN hazard") for step in steps), (statement, steps)
