"""The register of organisations: its tree, areas, points, gaps, and what is on record of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.errors import ClerkError
from desktop.domain.organisations import (
    LEVEL_OF_KIND,
    AcceptanceScope,
    Entrustment,
    Level,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    ResponsibilityLetter,
    Rotation,
)
from desktop.services.desk import Desk
from desktop.services.touched import ORGANISATION, fingerprint_of
from tests import factories
from tests.integration.conftest import Clock

TODAY = factories.FILED_ON
YEAR = timedelta(days=365)


def organisation(kind: OrganisationKind, name: str, **more: object) -> Organisation:
    values: dict[str, object] = {"kind": kind, "name": name, "level": LEVEL_OF_KIND[kind], **more}
    return Organisation(**values)  # type: ignore[arg-type]


def person(organisation_id: int, name: str, *posts: Post, phone: str = "13800000001", **more: str) -> Person:
    return Person(organisation_id=organisation_id, name=name, phone=phone, posts=frozenset(posts), **more)


def street(desk: Desk) -> int:
    return desk.organisations.add(organisation(OrganisationKind.STREET_OFFICE, "坪安街道办事处"))


def property_company(desk: Desk, **more: object) -> int:
    scope = {"scope": AcceptanceScope.NON_HIGH_RISK, **more}
    return desk.organisations.add(organisation(OrganisationKind.PROPERTY_COMPANY, "新禾花园物业公司", **scope))


def gaps(desk: Desk) -> set[tuple[str, str]]:
    return {(gap.code, gap.what) for gap in desk.organisations.gaps()}


@pytest.mark.requirement("LG-14-2", "HL-2a", "LG-21-0", "LG-22-0")
def test_the_tree_runs_from_district_to_street_to_station(desk: Desk) -> None:
    district = desk.organisations.add(organisation(OrganisationKind.DISTRICT, "坪山区安委办"))
    office = desk.organisations.add(organisation(OrganisationKind.STREET_OFFICE, "坪安街道办事处", parent_id=district))
    desk.organisations.add(organisation(OrganisationKind.STREET_DEPARTMENT, "坪安应急办", parent_id=office))
    desk.organisations.add(organisation(OrganisationKind.COMMUNITY_STATION, "新禾社区工作站", parent_id=office))

    found = [(row.name, row.parent, row.organisation.level) for row in desk.organisations.all()]

    assert found == [
        ("坪山区安委办", "", Level.DISTRICT),
        ("坪安街道办事处", "坪山区安委办", Level.STREET),
        ("坪安应急办", "坪安街道办事处", Level.STREET),
        ("新禾社区工作站", "坪安街道办事处", Level.COMMUNITY),
    ]


@pytest.mark.requirement("LG-14-2")
def test_an_area_has_one_responsible_organisation_and_those_without_are_listed(desk: Desk) -> None:
    office = desk.office.office()
    assert office is not None
    desk.office.set_up(replace(office, communities=("新禾社区", "坪西社区")))
    desk.organisations.add(organisation(OrganisationKind.COMMUNITY_STATION, "新禾社区工作站", areas=("新禾社区",)))

    assert desk.organisations.areas_without_node() == ("坪西社区",)
    assert ("area_without_node", "坪西社区") in gaps(desk)
    with pytest.raises(ClerkError, match="area_taken"):
        desk.organisations.add(organisation(OrganisationKind.PROPERTY_COMPANY, "某物业", areas=(" 新禾社区 ",)))


@pytest.mark.requirement("LG-27-2a", "LG-22-0")
def test_a_point_needs_address_and_hours_and_a_person_at_its_window(desk: Desk) -> None:
    station = organisation(OrganisationKind.COMMUNITY_STATION, "新禾社区工作站", is_point=True)
    with pytest.raises(ClerkError) as refused:
        desk.organisations.add(station)
    assert refused.value.details["fields"] == ("address", "hours")

    made = desk.organisations.add(replace(station, address="新禾路 1 号", hours="工作日 9:00 至 17:00"))
    assert ("no_window_person", "新禾社区工作站") in gaps(desk)
    desk.persons.add(person(made, "陈小满", Post.WINDOW_PERSON))
    assert ("no_window_person", "新禾社区工作站") not in gaps(desk)


@pytest.mark.requirement("LG-21-4c")
def test_no_point_but_the_street_can_be_set_to_take_high_risk_works(desk: Desk) -> None:
    for kind in (OrganisationKind.COMMUNITY_STATION, OrganisationKind.PROPERTY_COMPANY):
        with pytest.raises(ClerkError, match="scope_too_wide"):
            desk.organisations.add(organisation(kind, "某受理点", scope=AcceptanceScope.ALL))


@pytest.mark.requirement("LG-21-5a", "LG-23-1b")
def test_a_property_point_takes_no_more_than_its_setting_and_its_entrustment(desk: Desk) -> None:
    made = property_company(desk)
    assert desk.organisations.scope_of_point(made) is AcceptanceScope.NONE

    entrustment = Entrustment(
        organisation_id=made,
        scope=AcceptanceScope.MINOR_OPERATIONS,
        areas=("新禾花园",),
        first_on=TODAY,
        last_on=TODAY + YEAR,
    )
    desk.entrustments.entrust(entrustment)
    assert desk.organisations.scope_of_point(made) is AcceptanceScope.MINOR_OPERATIONS
    desk.entrustments.entrust(replace(entrustment, scope=AcceptanceScope.NON_HIGH_RISK))
    assert desk.organisations.scope_of_point(made) is AcceptanceScope.NON_HIGH_RISK


@pytest.mark.requirement("LG-29-3", "SJ-3k")
def test_a_third_party_outside_its_contract_is_said_to_lack_one(desk: Desk, clock: Clock) -> None:
    third = organisation(
        OrganisationKind.THIRD_PARTY, "安巡服务公司", contract_first_on=TODAY, contract_last_on=TODAY + YEAR
    )
    desk.organisations.add(third)
    assert ("no_contract", "安巡服务公司") not in gaps(desk)

    clock.day = TODAY + YEAR + timedelta(days=1)
    assert ("no_contract", "安巡服务公司") in gaps(desk)


@pytest.mark.requirement("HL-1.3b", "LG-29-2")
def test_a_third_party_team_is_counted_against_the_norm_of_its_level(desk: Desk) -> None:
    team = desk.organisations.add(organisation(OrganisationKind.THIRD_PARTY, "安巡服务公司"))
    desk.persons.add(person(team, "周望", Post.PATROLLER))
    desk.persons.add(person(team, "林河", Post.HEAD, phone="13800000002"))

    (count,) = desk.organisations.head_counts()

    assert (count.organisation, count.level, count.present, count.norm) == ("安巡服务公司", Level.STREET, 1, 3)
    (patroller,) = desk.persons.patrollers()
    assert (patroller.person.name, patroller.kind) == ("周望", OrganisationKind.THIRD_PARTY)


@pytest.mark.requirement("YC-2d", "JS-2.3f", "JS-2.4k")
def test_an_organisation_without_leader_or_system_administrator_is_listed(desk: Desk) -> None:
    made = street(desk)
    assert gaps(desk) >= {("no_leader", "坪安街道办事处"), ("no_system_admin", "坪安街道办事处")}

    desk.persons.add(person(made, "陈小满", Post.LEADER, Post.SYSTEM_ADMIN))
    assert not gaps(desk) & {("no_leader", "坪安街道办事处"), ("no_system_admin", "坪安街道办事处")}


@pytest.mark.requirement("JS-2.3f", "JS-2.4k", "SJ-2a", "SJ-3a", "LG-24-0", "JS-2.4t", "LG-19-16")
def test_what_only_some_organisations_have_is_kept(desk: Desk) -> None:
    department = organisation(
        OrganisationKind.DEPARTMENT,
        "驻区管理单位",
        tasks="登记由住建科承办",
        carrying_body="质安站",
        lead_department="城建办",
        rules_document="坪安街道小型工程管理办法",
    )
    made = desk.organisations.add(department)
    desk.organisations.add(organisation(OrganisationKind.INSURER, "某财险支公司"))

    assert desk.organisations.all()[0].organisation == department
    desk.organisations.change(made, replace(department, tasks="登记由应急科承办"))
    assert desk.organisations.all()[0].organisation.tasks == "登记由应急科承办"


@pytest.mark.requirement("YC-2a")
def test_an_organisation_is_deactivated_with_its_people_and_never_deleted(desk: Desk) -> None:
    made = street(desk)
    desk.persons.add(person(made, "陈小满", Post.HEAD))
    with pytest.raises(ClerkError, match="reason_required"):
        desk.organisations.deactivate(made, " ")

    desk.organisations.deactivate(made, "机构调整")

    assert desk.organisations.all() == ()
    assert desk.persons.all() == ()
    assert [row.is_active for row in desk.organisations.all(with_inactive=True)] == [False]
    with pytest.raises(Exception, match="never deleted"), desk.database.writing() as session:
        session.execute(text("DELETE FROM organisation"))


def test_an_organisation_cannot_stand_below_itself(desk: Desk) -> None:
    upper = street(desk)
    below = organisation(OrganisationKind.COMMUNITY_STATION, "新禾社区工作站", parent_id=upper)
    lower = desk.organisations.add(below)

    own = organisation(OrganisationKind.STREET_OFFICE, "坪安街道办事处", parent_id=lower)
    with pytest.raises(ClerkError, match="own_parent"):
        desk.organisations.change(upper, own)


@pytest.mark.requirement("YC-2d")
def test_every_change_is_on_record_with_both_values_and_a_covered_telephone(desk: Desk) -> None:
    made = street(desk)
    kept = desk.persons.add(person(made, "陈小满", Post.HEAD, phone="13800002719"))
    desk.persons.change(kept, person(made, "陈小满", Post.HEAD, phone="13900002720"))

    with desk.database.reading(is_whole=True) as session:
        changes = session.execute(text("SELECT changes FROM audit_event ORDER BY id DESC LIMIT 1")).scalar_one()
    assert '"138****2719","139****2720"' in changes
    assert "13800002719" not in changes


def test_who_keeps_no_registers_reads_them_with_covered_telephones_and_changes_nothing(desk: Desk) -> None:
    made = street(desk)
    desk.persons.add(person(made, "陈小满", Post.HEAD, phone="13800002719"))
    clerk = Actor(account_id=1, user_name="clerk", name="周望", grants=(Grant(role=Role.WINDOW_CLERK),))
    desk.organisations._station.work_as(clerk)

    assert [row.person.phone for row in desk.persons.all()] == ["138****2719"]
    for act in (
        lambda: desk.organisations.add(organisation(OrganisationKind.INSURER, "某财险支公司")),
        lambda: desk.persons.deactivate(1, "离岗"),
        lambda: desk.person_lists.lists(),
        lambda: desk.register_papers.pdf("list:1"),
    ):
        with pytest.raises(ClerkError, match="not_permitted"):
            act()


def test_an_auditor_reads_no_register(desk: Desk) -> None:
    auditor = Actor(account_id=1, user_name="auditor", name="周望", grants=(Grant(role=Role.AUDITOR),))
    desk.organisations._station.work_as(auditor)

    with pytest.raises(ClerkError, match="not_permitted"):
        desk.organisations.all()


@pytest.mark.requirement("YC-2d")
def test_there_is_one_main_and_one_deputy_administrator_in_an_organisation(desk: Desk) -> None:
    made = street(desk)
    desk.persons.add(person(made, "陈小满", Post.SYSTEM_ADMIN))
    desk.persons.add(person(made, "周望", Post.DEPUTY_ADMIN, phone="13800000002"))

    for post in (Post.SYSTEM_ADMIN, Post.DEPUTY_ADMIN):
        with pytest.raises(ClerkError, match="post_taken"):
            desk.persons.add(person(made, "林河", post, phone="13800000003"))


@pytest.mark.requirement("YC-2a")
def test_an_enforcement_officer_needs_a_certificate_number_and_everybody_a_telephone(desk: Desk) -> None:
    made = street(desk)
    with pytest.raises(ClerkError) as refused:
        desk.persons.add(person(made, "陈小满", Post.ENFORCEMENT_OFFICER))
    assert refused.value.details["fields"] == ("certificate_number",)
    with pytest.raises(ClerkError, match="phone_unfit"):
        desk.persons.add(person(made, "陈小满", Post.HEAD, phone="1380000"))

    desk.persons.add(person(made, "陈小满", Post.ENFORCEMENT_OFFICER, certificate_number="粤坪0001"))


@pytest.mark.requirement("LG-21-3b")
def test_a_patroller_takes_turns_that_never_overlap(desk: Desk) -> None:
    made = street(desk)
    patroller = desk.persons.add(person(made, "周望", Post.PATROLLER))
    head = desk.persons.add(person(made, "陈小满", Post.HEAD, phone="13800000002"))
    turn = Rotation(person_id=patroller, area="新禾社区", first_on=TODAY, last_on=TODAY + timedelta(days=30))
    desk.persons.rotate(turn)

    with pytest.raises(ClerkError, match="turn_overlaps"):
        desk.persons.rotate(replace(turn, area="坪西社区", first_on=TODAY + timedelta(days=30), last_on=TODAY + YEAR))
    with pytest.raises(ClerkError, match="not_a_patroller"):
        desk.persons.rotate(replace(turn, person_id=head))
    assert [(row.person, row.rotation.area) for row in desk.persons.rotations()] == [("周望", "新禾社区")]


@pytest.mark.requirement("JS-2.3d", "LG-23-1b")
def test_only_property_companies_and_committees_are_entrusted(desk: Desk) -> None:
    wanted = Entrustment(
        organisation_id=street(desk),
        scope=AcceptanceScope.MINOR_OPERATIONS,
        areas=("新禾社区",),
        first_on=TODAY,
        last_on=TODAY + YEAR,
    )
    with pytest.raises(ClerkError, match="not_to_be_entrusted"):
        desk.entrustments.entrust(wanted)

    committee = desk.organisations.add(organisation(OrganisationKind.VILLAGE_COMMITTEE, "新禾村委会"))
    desk.entrustments.entrust(replace(wanted, organisation_id=committee))
    assert [(row.organisation, row.runs_on(TODAY)) for row in desk.entrustments.all()] == [("新禾村委会", True)]


@pytest.mark.requirement("SJ-3h")
def test_letters_running_out_are_listed_until_a_later_one_follows(desk: Desk) -> None:
    park = desk.organisations.add(organisation(OrganisationKind.PARK_BODY, "新禾商圈管委会"))
    letter = ResponsibilityLetter(
        organisation_id=park, area="新禾商圈", signed_on=TODAY - YEAR, first_on=TODAY - YEAR, last_on=date(2026, 3, 20)
    )
    first = desk.entrustments.sign_letter(letter)
    assert [row.id for row in desk.entrustments.lapsing_letters()] == [first]

    desk.entrustments.sign_letter(replace(letter, signed_on=TODAY, first_on=date(2026, 3, 21), last_on=TODAY + YEAR))
    assert desk.entrustments.lapsing_letters() == ()


def test_a_row_changed_with_another_tool_no_longer_fits_its_event(desk: Desk) -> None:
    made = street(desk)
    with desk.database.writing(is_whole=True) as session:
        before = fingerprint_of(session, ORGANISATION, made)
        touched = session.execute(
            text("SELECT touched FROM audit_event WHERE act = 'organisation' ORDER BY id DESC LIMIT 1")
        ).scalar_one()
        session.execute(text("UPDATE organisation SET scope = 'all'"))

        assert before in touched
        assert fingerprint_of(session, ORGANISATION, made) != before
