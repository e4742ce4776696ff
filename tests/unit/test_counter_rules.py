"""Who takes a matter in: the counter rules of a pack, in the assessment and at each kind of counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from desktop.domain.acts import CHANNEL_OF, Act, AllowedAct, StationKind
from desktop.domain.assess import assess
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.conditions import All, Always, Compare, Not
from desktop.domain.counter import preview
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK, UNKNOWN, FactValue
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import CounterRule, IntakeResult
from desktop.domain.workdays import WorkdayCalendar
from tests import factories

BOTH: Final = (SMALL_WORK, MINOR_OPERATION)
AT_HOME: Final = Compare("category", "is", "residential_decoration")
MANAGED: Final = Compare("property_managed", "is", True)


@pytest.fixture
def homes_first(pack: PolicyPack) -> PolicyPack:
    """Works at home go to the property company where there is one, to the township where there is none."""
    counters = (
        CounterRule(
            point="property_company",
            channels=("walk_in_property",),
            article="二（四）",
            because="有物业服务企业的，向物业服务企业申报。",
            redirect_because="住宅装饰装修请向物业服务企业申报。",
            kinds=(SMALL_WORK,),
            when=All((AT_HOME, MANAGED)),
        ),
        CounterRule(
            point="street_office",
            channels=("walk_in_street_office", "online"),
            article="二（四）",
            because="无物业服务企业的，向乡镇（街道）申报。",
            redirect_because="没有物业服务企业的，请向乡镇（街道）申报。",
            kinds=(SMALL_WORK,),
            when=All((AT_HOME, Not(MANAGED))),
        ),
    )
    return replace(pack, counters=counters)


def assessed(pack: PolicyPack, calendar: WorkdayCalendar, **facts: FactValue) -> Assessment:
    """Assess a decoration of a home."""
    return assess(factories.small_work_facts(category="residential_decoration", **facts), pack, calendar)


def acts_at(
    station: StationKind, pack: PolicyPack, calendar: WorkdayCalendar, **facts: FactValue
) -> Mapping[Act, AllowedAct]:
    """Give the acts at a counter for a decoration of a home with every paper in order."""
    given = factories.small_work_facts(category="residential_decoration", **facts)
    matter = factories.all_in_order(factories.walk_in(given), pack)
    shown = preview(
        matter,
        pack=pack,
        calendar=calendar,
        filed_on=factories.FILED_ON,
        station_kind=station,
        communities=("坪安社区",),
    )
    return {act.act: act for act in shown.acts}


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
@pytest.mark.parametrize(("managed", "point"), [(True, "property_company"), (False, "street_office")])
def test_the_first_rule_that_holds_says_who_takes_the_matter_in(
    homes_first: PolicyPack, calendar: WorkdayCalendar, managed: bool, point: str
) -> None:
    found = assessed(homes_first, calendar, property_managed=managed)
    assert found.acceptance_point == point
    [reason] = found.reasons_for("acceptance_point")
    assert (reason.article, "property_managed" in reason.facts) == ("二（四）", True)


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
def test_a_rule_in_doubt_leaves_the_counter_open_and_names_what_decides(
    homes_first: PolicyPack, calendar: WorkdayCalendar
) -> None:
    found = assessed(homes_first, calendar, property_managed=UNKNOWN, filing_channel="walk_in_street_office")
    assert (found.acceptance_point, found.intake_result) == (UNDETERMINED, UNDETERMINED)
    assert "property_managed" in found.missing_facts
    accept = acts_at(StationKind.STREET_OFFICE, homes_first, calendar, property_managed=UNKNOWN)[Act.ACCEPT]
    assert (accept.allowed, accept.why) == (False, "由谁受理还不能判定，请先填完决定性的事实。")


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
def test_rules_that_name_no_counter_leave_it_to_every_one(pack: PolicyPack, calendar: WorkdayCalendar) -> None:
    found = assessed(replace(pack, counters=()), calendar, filing_channel="walk_in_community")
    assert found.acceptance_point == "any"
    [reason] = found.reasons_for("acceptance_point")
    assert (reason.because, reason.article) == ("本规则没有规定由谁受理，街道和受理点均可受理。", "")
    assert found.intake_result is not IntakeResult.REDIRECT


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
def test_a_rule_for_the_other_kind_does_not_hold(homes_first: PolicyPack, calendar: WorkdayCalendar) -> None:
    rules = tuple(replace(rule, when=Always()) for rule in homes_first.counters)
    found = assess(factories.minor_facts(), replace(homes_first, counters=rules), calendar)
    assert found.acceptance_point == "any"


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
@pytest.mark.parametrize("station", [StationKind.PROPERTY_COMPANY])
def test_the_counter_of_the_rule_takes_the_matter_in(
    homes_first: PolicyPack, calendar: WorkdayCalendar, station: StationKind
) -> None:
    acts = acts_at(station, homes_first, calendar, property_managed=True)
    assert (acts[Act.ACCEPT].allowed, acts[Act.ACCEPT].primary, acts[Act.ACCEPT].needs_reason) == (True, True, False)


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
def test_what_is_the_streets_is_sent_there_from_any_other_counter(
    homes_first: PolicyPack, calendar: WorkdayCalendar
) -> None:
    acts = acts_at(StationKind.PROPERTY_COMPANY, homes_first, calendar, property_managed=False)
    assert (acts[Act.ACCEPT].allowed, acts[Act.ACCEPT].why) == (
        False,
        "没有物业服务企业的，请向乡镇（街道）申报。〔二（四）〕",
    )
    assert (acts[Act.TO_STREET_OFFICE].allowed, acts[Act.TO_STREET_OFFICE].primary) == (True, True)


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
@pytest.mark.parametrize("station", [StationKind.COMMUNITY_STATION, StationKind.STREET_OFFICE])
def test_what_is_the_property_companys_is_sent_there_from_any_other_counter(
    homes_first: PolicyPack, calendar: WorkdayCalendar, station: StationKind
) -> None:
    acts = acts_at(station, homes_first, calendar, property_managed=True)
    assert not acts[Act.ACCEPT].primary
    redirect = acts[Act.TO_STREET_OFFICE]
    assert (redirect.allowed, redirect.primary, redirect.needs_reason) == (True, True, False)


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
def test_the_street_takes_in_what_is_the_property_companys_only_with_a_reason(
    homes_first: PolicyPack, calendar: WorkdayCalendar
) -> None:
    accept = acts_at(StationKind.STREET_OFFICE, homes_first, calendar, property_managed=True)[Act.ACCEPT]
    assert (accept.allowed, accept.needs_reason, accept.primary) == (True, True, False)
    assert accept.why.startswith("住宅装饰装修请向物业服务企业申报。")


@pytest.mark.requirement("JS-2.4m", "LG-26-2b")
def test_what_is_told_at_the_counter_decides_nothing_in_the_assessment(
    pack: PolicyPack, calendar: WorkdayCalendar
) -> None:
    channel = CHANNEL_OF[StationKind.PROPERTY_COMPANY]
    found = assessed(pack, calendar, property_managed=False, filing_channel=channel)
    assert (found.acceptance_point, found.intake_result == IntakeResult.REDIRECT) == ("community_or_property", False)
    redirect = acts_at(StationKind.PROPERTY_COMPANY, pack, calendar, property_managed=False)[Act.TO_STREET_OFFICE]
    assert (redirect.primary, redirect.needs_reason) == (True, True)
    # Where nobody said so, nobody is sent on.
    assert acts_at(StationKind.PROPERTY_COMPANY, pack, calendar)[Act.ACCEPT].allowed
