"""Patrols through the services on a real ledger: entering, finding sites by code, lists, totals, photos."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from desktop.domain.access import FOUNDER, Role
from desktop.domain.acts import Change
from desktop.domain.attachments import AttachedTo, Moment
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.patrol import (
    CheckAnswer,
    CheckVerdict,
    PatrolCriteria,
    PatrolKind,
    PatrolLevel,
    PatrolRequest,
    PatrolResult,
    PatrolSource,
)
from desktop.domain.patrol_details import FirstCheckDetails, SchemeCheck, SiteManager, StandbyDetails
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide, count_of
from tests.scans import photo

HOME, AWAY = "坪安社区", "新禾社区"
PATROLLER = person(21, "何巡", Role.PATROLLER, areas=frozenset({HOME}))
Register = Callable[..., SiteRef]


@pytest.fixture
def register(desk: Desk, decide: Decide) -> Register:
    """Register a work and give its site."""

    def run(facts: Facts | None = None, *, community: str = HOME, **changes: Any) -> SiteRef:
        matter = factories.all_in_order(factories.walk_in(facts, **changes), desk.intake.pack())
        placed: WalkIn = replace(matter, place=replace(matter.place, community=community))
        return SiteRef(filing_id=decide(placed).filing_id)

    return run


def visit(site: SiteRef, act_id: str = "p1", **more: Any) -> PatrolRequest:
    asked: dict[str, Any] = {
        "act_id": act_id,
        "site": site,
        "visited_on": factories.FILED_ON,
        "patrollers": ("何巡", "罗旁"),
        "organisation": "坪安社区工作站",
        "level": PatrolLevel.COMMUNITY,
    }
    return PatrolRequest(**{**asked, **more})


def found_site(desk: Desk, number: str = "PA-FX-2026-000001", place: str = "坪安路88号") -> SiteRef:
    """Put a work found without registration into the ledger."""
    with desk.database.writing() as session:
        row = FoundSite(
            act_id=number,
            number=number,
            community=HOME,
            grid="",
            place=place,
            place_key=place,
            work="铺面改造",
            kind="",
            owner_name="",
            owner_phone="",
            contractor_name="",
            found_on=factories.FILED_ON,
            found_by="何巡",
            source="patrol",
            campaign="",
            state="found",
            state_on=factories.FILED_ON,
            state_reason="",
            recorded_at=desk.patrols._station.now(),
            recorded_by="何巡",
        )
        session.add(row)
        session.flush()
        return SiteRef(found_site_id=row.id)


def high_risk_facts() -> Facts:
    return factories.small_work_facts(hoisting=True)


# --- entering ---


@pytest.mark.requirement("LG-30-0", "LG-29-2", "LG-21-3a", "LG-34-0", "HL-4b")
def test_a_visit_is_kept_whole_and_goes_on_record(desk: Desk, register: Register) -> None:
    site = register()
    done = desk.patrols.record(
        visit(
            site,
            visited_time="09:30",
            check_list="small_work",
            result=PatrolResult.FINDINGS,
            answers=(
                CheckAnswer(item="gear", verdict=CheckVerdict.FAILED, remark="两人"),
                CheckAnswer(item="hot_work", verdict=CheckVerdict.NOT_APPLICABLE),
            ),
            grid="03网格",
            remark="已当场提醒",
            gave_publicity=True,
            source=PatrolSource.SCANNED,
        )
    )
    assert done.changes == {Change.ON_SITE}
    assert [(each.finding, each.entry) for each in done.suggestions] == [
        ("below_safety_standard", "no_protective_gear")
    ]
    (row,) = desk.patrols.recent(site)
    assert (row.number, row.community, row.visited_time, row.patrollers) == (
        "PA-DJ-2026-000001",
        HOME,
        "09:30",
        ("何巡", "罗旁"),
    )
    assert (row.level, row.grid, row.failed, row.gave_publicity) == (PatrolLevel.COMMUNITY, "03网格", 1, True)
    with desk.database.reading() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.act, [kind for kind, *_ in last.touched]) == ("patrol", ["patrol"])
    assert "定期巡查：PA-DJ-2026-000001" in last.summary


@pytest.mark.requirement("LG-30-0")
def test_the_same_act_twice_counts_once_and_says_the_same(desk: Desk, register: Register) -> None:
    asked = visit(register(), kind=PatrolKind.SPECIAL)
    first = desk.patrols.record(asked)
    second = desk.patrols.record(asked)
    assert (second.patrol_id, second.changes) == (first.patrol_id, frozenset())
    assert count_of(desk, "patrol") == 1


@pytest.mark.requirement("SJ-3g", "SJ-5.2b")
def test_a_road_is_patrolled_without_a_site(desk: Desk) -> None:
    asked = visit(SiteRef(), kind=PatrolKind.SWEEP, road="坪安路至新禾路", community=HOME, check_list="sweep")
    desk.patrols.record(asked)
    (row,) = desk.patrols.of_day(factories.FILED_ON)
    assert (row.ref, row.place, row.community, row.number) == (SiteRef(), "坪安路至新禾路", HOME, "")


@pytest.mark.requirement("LG-30-0")
def test_what_cannot_stand_is_refused_with_the_field_and_nothing_is_kept(desk: Desk, register: Register) -> None:
    with pytest.raises(ClerkError, match="patrol_unfit") as caught:
        desk.patrols.record(visit(register(), patrollers=(), visited_on=date(2026, 3, 9)))
    assert caught.value.details["field"] == "visited_on"
    assert "还没有到" in str(caught.value.details["why"])
    assert count_of(desk, "patrol") == 0


@pytest.mark.requirement("LG-21-5b", "LG-23-3")
def test_a_stand_by_says_who_stood_there_from_when_to_when(desk: Desk, register: Register) -> None:
    site = register(factories.minor_facts())
    details = StandbyDetails(watcher="罗旁", begins="09:00", ends="11:30", work="外墙清洗", gear_worn=True)
    for place, level in enumerate((PatrolLevel.PROPERTY, PatrolLevel.COMMUNITY)):
        desk.patrols.record(
            visit(
                site,
                f"s{place}",
                kind=PatrolKind.STANDBY,
                level=level,
                organisation="同心物业" if level is PatrolLevel.PROPERTY else "坪安社区工作站",
                details=details,
            )
        )
    month = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}
    (row,) = desk.patrols.property_ledger("同心", **month)
    assert (row.details, row.organisation) == (details, "同心物业")
    assert desk.patrols.property_ledger("别家物业", **month) == ()


@pytest.mark.requirement("LG-32-1", "LG-32-3a", "LG-32-3b", "LG-32-4", "LG-32-2", "LG-30-7")
def test_the_first_check_of_high_risk_works_is_awaited_until_it_was_made(desk: Desk, register: Register) -> None:
    site = register(high_risk_facts())
    assert desk.patrols.site(site).awaits_first_check
    assert not desk.patrols.record(visit(site, "ordinary")).is_first_check
    details = FirstCheckDetails(
        scheme=SchemeCheck(plan=True, signed_by="吴技"),
        contractor_manager=SiteManager(name="吴安", is_present=True),
        is_briefed_in_writing=True,
    )
    asked = visit(site, "first", kind=PatrolKind.FIRST_CHECK, check_list="first_check", details=details)
    assert desk.patrols.record(asked).is_first_check
    assert not desk.patrols.site(site).awaits_first_check
    assert not desk.patrols.record(replace(asked, act_id="again")).is_first_check
    assert desk.patrols.recent(site)[0].details == details


@pytest.mark.requirement("LG-30-7")
def test_an_escalation_asks_for_a_first_check_of_its_own(desk: Desk, register: Register, clock: Clock) -> None:
    site = register()
    assert not desk.patrols.site(site).awaits_first_check
    desk.patrols.record(visit(site, "before", kind=PatrolKind.FIRST_CHECK))
    clock.day += timedelta(days=10)
    with desk.database.writing() as session:
        session.execute(update(Filing).where(Filing.id == site.filing_id).values(escalated_on=clock.day))
    assert desk.patrols.site(site).awaits_first_check
    assert desk.patrols.site(site).check_list == "high_risk"
    desk.patrols.record(visit(site, "after", kind=PatrolKind.FIRST_CHECK, visited_on=clock.day))
    assert not desk.patrols.site(site).awaits_first_check


@pytest.mark.requirement("LG-34-0", "LG-22-2a")
def test_a_patroller_records_in_the_own_community_and_nowhere_else(desk: Desk, register: Register) -> None:
    ours, theirs = register(), register(community=AWAY)
    away = desk.patrols.record(visit(theirs, "theirs"))
    work_as(desk, PATROLLER)
    assert desk.patrols.record(visit(ours, "ours")).patrol_id
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.patrols.record(visit(theirs, "other"))
    with pytest.raises(ClerkError, match="outside_scope"):
        desk.patrols.record(visit(SiteRef(), "road", road="新禾路", community=AWAY))
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.patrols.record(visit(ours, "theirs"))
    with pytest.raises(ClerkError, match="no_such_patrol"):
        desk.patrols.set_platform_number(away.patrol_id, "P-1")
    assert [row.community for row in desk.patrols.page(desk.patrols.ids(PatrolCriteria()))] == [HOME]
    work_as(desk, person(22, "林晓", Role.WINDOW_CLERK))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.patrols.record(visit(ours, "clerk"))


@pytest.mark.requirement("LG-30-0")
def test_the_next_entry_begins_as_the_same_person_entered_the_last_one(desk: Desk, register: Register) -> None:
    site = register()
    work_as(desk, PATROLLER)
    assert desk.patrols.last_entry().patrollers == ()
    desk.patrols.record(visit(site, "a", level=PatrolLevel.GRID, grid="03网格"))
    work_as(desk, person(23, "周巡", Role.PATROLLER))
    desk.patrols.record(visit(site, "b", patrollers=("周巡",)))
    work_as(desk, PATROLLER)
    last = desk.patrols.last_entry()
    assert (last.patrollers, last.level, last.grid) == (("何巡", "罗旁"), PatrolLevel.GRID, "03网格")


# --- finding the site ---


@pytest.mark.requirement("LG-30-0", "LG-34-1")
@pytest.mark.parametrize(
    "typed",
    [
        "PA-DJ-2026-000002",
        "pa-dj-2026-000002\r\n",
        "ＰＡ－ＤＪ－２０２６－０００００２",
        "PADJ2026000002",
        "000002",
        "2",
        "乙号铺",
    ],
)
def test_a_scanned_or_typed_code_leads_to_the_site(desk: Desk, register: Register, typed: str) -> None:
    register(project_name="甲号铺面装修")
    site = register(project_name="乙号铺面装修")
    found = desk.patrols.site_by_code(typed)
    assert (found.is_exact, [each.ref for each in found.sites]) == (True, [site])


@pytest.mark.requirement("LG-30-0")
def test_a_word_of_several_sites_lists_them_and_a_foreign_code_none(desk: Desk, register: Register) -> None:
    first, second = register(project_name="甲号铺面装修"), register(project_name="乙号铺面装修")
    loose = found_site(desk, place="铺面街8号")
    found = desk.patrols.site_by_code("铺面")
    assert not found.is_exact
    assert {each.ref for each in found.sites} == {first, second, loose}
    for typed in ("", "PA-DJ-2026-999999", "https://example.invalid/x", "'; DROP"):
        assert desk.patrols.site_by_code(typed).sites == (), typed


@pytest.mark.requirement("LG-30-3a")
def test_a_work_found_unregistered_is_patrolled_by_its_own_number(desk: Desk) -> None:
    ref = found_site(desk)
    (site,) = desk.patrols.site_by_code("PA-FX-2026-000001").sites
    assert (site.ref, site.status, site.last_visited_on) == (ref, "", None)
    desk.patrols.record(visit(ref))
    assert desk.patrols.site(ref).last_visited_on == factories.FILED_ON
    assert desk.patrols.recent(ref)[0].project_name == "铺面改造"


# --- lists and counts ---


@pytest.mark.requirement("LG-21-3a", "LG-22-2a", "LG-29-2", "SJ-5.3b")
def test_the_ledger_is_asked_by_place_time_kind_people_and_result(desk: Desk, register: Register, clock: Clock) -> None:
    home, away = register(), register(community=AWAY)
    clock.day = date(2026, 4, 30)
    visits = (
        visit(home, "1", visited_on=date(2026, 3, 5)),
        visit(home, "2", visited_on=date(2026, 4, 2), kind=PatrolKind.SPECIAL, patrollers=("吴技",)),
        visit(away, "3", visited_on=date(2026, 4, 3), level=PatrolLevel.THIRD_PARTY, result=PatrolResult.FINDINGS),
        visit(away, "4", visited_on=date(2026, 4, 9), level=PatrolLevel.THIRD_PARTY, campaign="春季排摸"),
    )
    ids = [desk.patrols.record(each).patrol_id for each in visits]

    def asked(**criteria: Any) -> list[int]:
        return [ids.index(each) + 1 for each in desk.patrols.ids(PatrolCriteria(**criteria))]

    assert asked() == [4, 3, 2, 1]
    assert asked(is_descending=False) == [1, 2, 3, 4]
    assert asked(community=AWAY) == [4, 3]
    assert asked(first=date(2026, 4, 1), last=date(2026, 4, 3)) == [3, 2]
    assert asked(kind=PatrolKind.SPECIAL) == [2]
    assert asked(level=PatrolLevel.THIRD_PARTY, result=PatrolResult.FINDINGS) == [3]
    assert asked(patroller="吴") == [2]
    assert asked(patroller="%") == []
    assert asked(organisation="坪安") == [4, 3, 2, 1]
    assert asked(campaign="春季排摸") == [4]
    counted = {
        (each.month, each.level): (each.count, each.with_findings) for each in desk.patrols.totals(PatrolCriteria())
    }
    assert counted == {
        ("2026-03", PatrolLevel.COMMUNITY): (1, 0),
        ("2026-04", PatrolLevel.COMMUNITY): (1, 0),
        ("2026-04", PatrolLevel.THIRD_PARTY): (2, 1),
    }
    months = desk.patrols.community_months(AWAY, first=date(2026, 1, 1), last=date(2026, 12, 31))
    assert [(each.month, each.registered, each.patrols, each.closed) for each in months] == [
        ("2026-03", 1, 0, 0),
        ("2026-04", 0, 2, 0),
    ]


@pytest.mark.requirement("LG-34-1")
def test_what_the_platform_has_is_noted_once_and_can_be_put_right(desk: Desk, register: Register) -> None:
    patrol_id = desk.patrols.record(visit(register())).patrol_id
    assert desk.patrols.ids(PatrolCriteria(awaits_platform=True)) == (patrol_id,)
    assert desk.patrols.set_platform_number(patrol_id, " XC-778 ") == {Change.ON_SITE}
    assert desk.patrols.set_platform_number(patrol_id, "XC-778") == frozenset()
    assert desk.patrols.set_platform_number(patrol_id, "XC-779") == {Change.ON_SITE}
    assert desk.patrols.ids(PatrolCriteria(awaits_platform=True)) == ()
    assert desk.patrols.page([patrol_id])[0].platform_number == "XC-779"
    with pytest.raises(ClerkError, match="platform_number_unfit"):
        desk.patrols.set_platform_number(patrol_id, "  ")
    assert desk.ledger_check.verify().findings == ()


# --- photos ---


@pytest.mark.requirement("LG-30-0", "LG-13-1b", "LG-30-H")
def test_photos_hang_on_the_visit_and_on_the_filing_of_its_site(desk: Desk, register: Register) -> None:
    site = register()
    patrol_id = desk.patrols.record(visit(site)).patrol_id
    kept = desk.patrols.add_photo(patrol_id, photo(), act_id="f1")
    again = desk.patrols.add_photo(patrol_id, photo("green"), act_id="f1")
    assert (kept.id, kept.subject, kept.subject_id, kept.filing_id) == (
        again.id,
        AttachedTo.PATROL,
        patrol_id,
        site.filing_id,
    )
    assert desk.patrols.photos(patrol_id) == (kept,)
    assert site.filing_id is not None
    assert desk.attachments.of_filing(site.filing_id) == (kept,)
    assert desk.attachments.content(kept.id).data == photo()
    assert desk.ledger_check.verify().findings == ()


@pytest.mark.requirement("LG-30-3a", "LG-30-H")
def test_photos_of_what_has_no_registration_belong_to_its_community(desk: Desk) -> None:
    ref = found_site(desk)
    patrol_id = desk.patrols.record(visit(ref)).patrol_id
    kept = desk.attachments.add_to(AttachedTo.PATROL, patrol_id, photo(), act_id="f1", moment=Moment.BEFORE)
    assert (kept.filing_id, kept.moment) == (None, Moment.BEFORE)
    work_as(desk, person(24, "别处", Role.PATROLLER, areas=frozenset({AWAY})))
    assert desk.patrols.photos(patrol_id) == ()
    with pytest.raises(ClerkError, match="no_such_subject"):
        desk.patrols.add_photo(patrol_id, photo(), act_id="f2")
    with pytest.raises(ClerkError, match="no_such_attachment"):
        desk.attachments.content(kept.id)
    work_as(desk, FOUNDER)
    # The site itself was put into the ledger by hand.
    assert not [each for each in desk.ledger_check.verify().findings if "未登记" not in each.about]
