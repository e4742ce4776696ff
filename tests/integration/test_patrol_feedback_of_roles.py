"""Patrol feedback is a right of every role of 宜昌 annex 4: seen and answered inside the role's own scope alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import delete

from desktop.domain.access import BY_INDUSTRY, Actor, Grant, Right, Role
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardState, StepKind
from desktop.domain.hazard_rows import HazardCriteria
from desktop.domain.patrol import PatrolCriteria, PatrolLevel, PatrolRequest
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import Place
from desktop.models.filing import FilingDepartment
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import work_as
from tests.integration.conftest import Decide
from tests.integration.hazard_desk import asked, step

YICHANG = (
    Role.CITY_GOVERNMENT_USER,
    Role.CITY_GOVERNMENT_ADMIN,
    Role.CITY_DEPARTMENT_USER,
    Role.CITY_DEPARTMENT_ADMIN,
    Role.DISTRICT_GOVERNMENT_USER,
    Role.DISTRICT_GOVERNMENT_ADMIN,
    Role.DISTRICT_DEPARTMENT_USER,
    Role.DISTRICT_DEPARTMENT_ADMIN,
)
HOME, AWAY = "坪安社区", "新禾社区"
OWN_TRADE, OTHER_TRADE = "住建", "水务"


@dataclass(frozen=True, slots=True)
class Visited:
    """A registered work that was visited, with the hazard found there."""

    site: SiteRef
    patrol_id: int
    hazard_id: int


def visit(site: SiteRef, act_id: str) -> PatrolRequest:
    values: dict[str, Any] = {"act_id": act_id, "site": site, "visited_on": factories.FILED_ON}
    return PatrolRequest(**values, patrollers=("何巡",), organisation="坪安街道应急办", level=PatrolLevel.STREET)


@pytest.fixture
def visited(desk: Desk, decide: Decide) -> tuple[Visited, Visited]:
    """Two works: one of the own community and trade, one of neither."""
    return _visited(desk, decide, HOME, OWN_TRADE), _visited(desk, decide, AWAY, OTHER_TRADE)


def _visited(desk: Desk, decide: Decide, community: str, trade: str) -> Visited:
    matter = factories.walk_in(place=Place(community=community, estate="和宁巷3号"))
    filing_id = decide(factories.all_in_order(matter, desk.office.pack())).filing_id
    with desk.database.writing(is_whole=True) as session:
        session.execute(delete(FilingDepartment).where(FilingDepartment.filing_id == filing_id))
        session.add(FilingDepartment(filing_id=filing_id, code=trade, is_lead=True))
    site = SiteRef(filing_id=filing_id)
    found = desk.hazards.record_visit(visit(site, f"visit-{community}"), asked(site, act_id=f"found-{community}"))
    assert found.patrol_id is not None
    return Visited(site, found.patrol_id, found.ids[0])


def _somebody(role: Role) -> Actor:
    is_of_trade = role in BY_INDUSTRY
    grant = Grant(
        role=role,
        areas=None if is_of_trade else frozenset({HOME}),
        departments=frozenset({OWN_TRADE}) if is_of_trade else None,
    )
    return Actor(account_id=41, user_name="zhou", name="周察", grants=(grant,))


@pytest.mark.requirement("YC-A4p")
@pytest.mark.parametrize("role", YICHANG)
def test_each_role_sees_and_answers_the_feedback_of_its_own_scope_and_no_other(
    desk: Desk, visited: tuple[Visited, Visited], role: Role
) -> None:
    own, other = visited
    work_as(desk, _somebody(role))
    assert desk.patrols.ids(PatrolCriteria()) == (own.patrol_id,)
    assert [row.id for row in desk.patrols.page([own.patrol_id, other.patrol_id])] == [own.patrol_id]
    assert desk.hazards.ids(HazardCriteria()) == (own.hazard_id,)
    answered = desk.hazards.step(step(desk, own.hazard_id, StepKind.PASSED))
    assert answered.state is HazardState.CLEARED
    assert desk.patrols.record(visit(own.site, "again")).patrol_id
    with pytest.raises(ClerkError, match="no_such_hazard"):
        desk.hazards.step(step(desk, other.hazard_id, StepKind.PASSED))
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.patrols.record(visit(other.site, "theirs"))
    work_as(desk, Actor(account_id=1, user_name="a", name="全", grants=(Grant(role=Role.MANAGER),)))
    assert desk.hazards.file(other.hazard_id).row.state is HazardState.RECTIFYING
    assert len(desk.patrols.ids(PatrolCriteria())) == 3


@pytest.mark.requirement("YC-A4p")
def test_all_eight_roles_of_annex_4_hold_the_right() -> None:
    assert len(YICHANG) == 8
    assert all(Right.PATROL_FEEDBACK in Grant(role=role).rights for role in YICHANG)
