"""How often which class of works is patrolled: due visits follow class and last visit, by the indexes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.patrol import PatrolCriteria
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.models.patrol import Patrol
from desktop.services.desk import Desk
from desktop.services.patrol_plan import OwnFrequency
from tests import factories
from tests.integration.at_work import work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.test_patrols import AWAY, HOME, PATROLLER, Register, found_site, high_risk_facts, visit


@pytest.fixture
def register(desk: Desk, decide: Decide) -> Register:
    """Register a work and give its site."""

    def run(facts: Facts | None = None, *, community: str = HOME, **changes: Any) -> SiteRef:
        matter = factories.all_in_order(factories.walk_in(facts, **changes), desk.intake.pack())
        placed: WalkIn = replace(matter, place=replace(matter.place, community=community))
        return SiteRef(filing_id=decide(placed).filing_id)

    return run


@pytest.mark.requirement("LG-29-1")
def test_nothing_is_due_until_the_office_sets_a_frequency(desk: Desk, register: Register, clock: Clock) -> None:
    register()
    clock.day = date(2027, 1, 1)
    assert desk.patrol_plan.due() == ()


@pytest.mark.requirement("LG-29-1", "LG-G2", "JS-3.3a")
def test_the_plan_follows_class_and_last_visit(desk: Desk, register: Register, clock: Clock) -> None:
    risky, plain, minor = register(high_risk_facts()), register(), register(factories.minor_facts(), community=AWAY)
    loose = found_site(desk)
    every = {PlanClass.HIGH_RISK: 7, PlanClass.ORDINARY: 30, PlanClass.FOUND: 3, PlanClass.EXPIRED: 10}
    desk.patrol_plan.keep({each: OwnFrequency(every_days=days) for each, days in every.items()})
    clock.day = date(2026, 3, 12)
    assert [(each.ref, each.due_on) for each in desk.patrol_plan.due()] == [
        (loose, date(2026, 3, 5)),
        (risky, date(2026, 3, 9)),
    ]
    desk.patrols.record(visit(risky, visited_on=clock.day))
    ahead = desk.patrol_plan.due(date(2026, 4, 1))
    assert [(each.ref, each.due_on, each.last_visited_on) for each in ahead][1:] == [
        (risky, date(2026, 3, 19), date(2026, 3, 12)),
        (plain, date(2026, 4, 1), None),
    ]
    assert all("第二十九条" in each.article for each in ahead)
    clock.day = date(2026, 9, 30)
    late = {each.ref: each.plan_class for each in desk.patrol_plan.due()}
    assert late == {
        loose: PlanClass.FOUND,
        risky: PlanClass.HIGH_RISK,
        plain: PlanClass.EXPIRED,
        minor: PlanClass.EXPIRED,
    }
    assert {each.ref for each in desk.patrol_plan.due(community=AWAY)} == {minor}


@pytest.mark.requirement("LG-29-1")
def test_own_frequencies_are_kept_on_record_and_checked(desk: Desk, register: Register, clock: Clock) -> None:
    site = register()
    own = {PlanClass.ORDINARY: OwnFrequency(is_monthly=True), PlanClass.MINOR: OwnFrequency(every_days=0)}
    assert desk.patrol_plan.keep(own) == {Change.SETTINGS, Change.ON_SITE}
    again = type(desk.patrol_plan)(desk.database, desk.patrols._station, calendar=desk.calendar, duties=desk.duties)
    assert again.own() == own
    clock.day = date(2026, 3, 31)
    assert [(each.ref, each.due_on) for each in again.due()] == [(site, date(2026, 3, 31))]
    with pytest.raises(ClerkError, match="patrol_plan_unfit"):
        desk.patrol_plan.keep({PlanClass.MINOR: OwnFrequency(every_days=367)})
    work_as(desk, PATROLLER)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.patrol_plan.keep({})


@pytest.mark.requirement("LG-29-1")
def test_the_questions_of_every_day_are_answered_by_the_indexes(desk: Desk, register: Register) -> None:
    site = register()
    desk.patrol_plan.keep({PlanClass.ORDINARY: OwnFrequency(every_days=7)})
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    asked: list[tuple[str, Any]] = []

    def listen(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if "patrol" in statement and statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(desk.database._engine, "before_cursor_execute", listen)
    desk.patrols.ids(PatrolCriteria(community=HOME, first=first, last=last))
    desk.patrols.ids(PatrolCriteria(patroller="何", first=first, last=last))
    desk.patrols.of_day(factories.FILED_ON)
    desk.patrols.site(site)
    desk.patrols.recent(site)
    desk.patrol_plan.due(date(2026, 12, 31))
    event.remove(desk.database._engine, "before_cursor_execute", listen)
    assert len(asked) > 5
    with desk.database.reading() as session:
        for statement, parameters in asked:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            steps = [str(row[3]) for row in plan]
            assert not any(step == f"SCAN {Patrol.__tablename__}" for step in steps), (statement, steps)
