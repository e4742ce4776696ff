"""A property company's own desk: what it may take by entrustment, and what stops when that lapses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.acts import Act, StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.organisations import AcceptanceScope, Entrustment, Level, Organisation, OrganisationKind
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Clock, Decide

TODAY = factories.FILED_ON
LAST = TODAY + timedelta(days=30)
STATION = "新禾花园物业公司"


@pytest.fixture
def property_desk(desk: Desk) -> Desk:
    office = desk.office.office()
    assert office is not None
    desk.office.set_up(replace(office, station_name=STATION, station_kind=StationKind.PROPERTY_COMPANY))
    return desk


def entrust(desk: Desk, scope: AcceptanceScope = AcceptanceScope.NON_HIGH_RISK) -> int:
    made = desk.organisations.add(
        Organisation(
            kind=OrganisationKind.PROPERTY_COMPANY,
            name=STATION,
            level=Level.COMMUNITY,
            scope=AcceptanceScope.NON_HIGH_RISK,
        )
    )
    wanted = Entrustment(organisation_id=made, scope=scope, areas=("新禾花园",), first_on=TODAY, last_on=LAST)
    return desk.entrustments.entrust(wanted)


@pytest.mark.requirement("LG-23-1b", "LG-21-5a")
def test_an_entrusted_point_accepts_until_the_last_day(
    property_desk: Desk, complete: WalkIn, decide: Decide, clock: Clock
) -> None:
    entrust(property_desk)
    clock.day = LAST

    assert decide(complete).number


@pytest.mark.requirement("LG-23-1b")
def test_a_lapsed_entrustment_stops_new_cases_but_not_the_way_to_the_street(
    property_desk: Desk, complete: WalkIn, decide: Decide, clock: Clock
) -> None:
    entrust(property_desk)
    clock.day = LAST + timedelta(days=1)

    with pytest.raises(ClerkError, match="entrustment_lapsed"):
        decide(complete)
    assert decide(complete, Act.TO_STREET_OFFICE, reason="委托已到期").number


@pytest.mark.requirement("LG-23-1b")
def test_an_entrustment_ended_today_stops_new_cases_today(
    property_desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    entrusted = entrust(property_desk)
    property_desk.entrustments.end(entrusted, on=TODAY, reason="合同解除")

    with pytest.raises(ClerkError, match="entrustment_lapsed"):
        decide(complete)


@pytest.mark.requirement("LG-21-5a", "LG-21-4c")
def test_a_point_entrusted_with_minor_operations_takes_no_small_work(
    property_desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    entrust(property_desk, AcceptanceScope.MINOR_OPERATIONS)
    minor = factories.all_in_order(
        replace(factories.walk_in(), facts=factories.minor_facts(property_managed=True)), property_desk.intake.pack()
    )

    with pytest.raises(ClerkError, match="beyond_point_scope"):
        decide(complete)
    assert decide(minor).number


def test_a_station_outside_the_register_is_held_to_no_entrustment(
    property_desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    assert decide(complete).number
