"""What the window shows and which acts it allows, from facts, papers, counter and earlier visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.acts import Act, AllowedAct, Preview, StationKind
from desktop.domain.changed_facts import fingerprint
from desktop.domain.counter import preview
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, FactValue
from desktop.domain.one_time_notice import PreviousNotice
from desktop.domain.pack import PolicyPack
from desktop.domain.splitting import SplitSuspicion
from desktop.domain.walk_in import Certificate, Correction, MaterialCheck, Place, Verdict, WalkIn, decisive_facts
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import FILED_ON, all_in_order, company, contractor, person, small_work_facts, walk_in

CALENDAR = WorkdayCalendar(known_years=frozenset({2026}))
STREET, COMMUNITY, PROPERTY = StationKind.STREET_OFFICE, StationKind.COMMUNITY_STATION, StationKind.PROPERTY_COMPANY
ABOVE: dict[str, FactValue] = {"contract_amount_yuan": Decimal(2000000), "floor_area_m2": Decimal(900)}


def shown(
    pack: PolicyPack,
    matter: WalkIn,
    station: StationKind = STREET,
    previous: PreviousNotice | None = None,
    before: WalkIn | None = None,
) -> Preview:
    return preview(
        matter,
        pack=pack,
        calendar=CALENDAR,
        filed_on=FILED_ON,
        station_kind=station,
        previous=previous,
        before=before,
    )


def act_of(found: Preview, act: Act) -> AllowedAct:
    return next(allowed for allowed in found.acts if allowed.act is act)


def complete(pack: PolicyPack, **facts: FactValue) -> WalkIn:
    return all_in_order(walk_in(small_work_facts(**facts)), pack)


def one_missing(pack: PolicyPack, code: str = "28-4", **facts: FactValue) -> WalkIn:
    return complete(pack, **facts).with_check(MaterialCheck(code=code, verdict=Verdict.MISSING))


@pytest.mark.requirement("LG-27-3b1", "LG-27-2c")
def test_a_complete_matter_may_be_accepted_and_nothing_else_is_proposed(pack: PolicyPack) -> None:
    found = shown(pack, complete(pack))
    assert [allowed.act for allowed in found.acts if allowed.primary] == [Act.ACCEPT]
    assert act_of(found, Act.ACCEPT).allowed
    assert not act_of(found, Act.ACCEPT).needs_reason
    assert not act_of(found, Act.ONE_TIME_NOTICE).allowed


@pytest.mark.requirement("LG-27-3a", "LG-27-3c1")
def test_nothing_is_decided_while_a_paper_has_no_verdict(pack: PolicyPack) -> None:
    found = shown(pack, walk_in())
    assert set(found.unjudged) == set(found.assessment.required_materials)
    assert not act_of(found, Act.ACCEPT).allowed
    notice = act_of(found, Act.ONE_TIME_NOTICE)
    assert not notice.allowed
    assert f"{len(found.unjudged)} 项未核对" in notice.why


@pytest.mark.requirement("LG-27-3b1", "LG-27-3c1")
def test_a_gap_closes_acceptance_and_opens_the_notice(pack: PolicyPack) -> None:
    found = shown(pack, one_missing(pack))
    assert not act_of(found, Act.ACCEPT).allowed
    assert act_of(found, Act.ONE_TIME_NOTICE).primary
    assert [gap.code for gap in found.deficiencies] == ["28-4"]


@pytest.mark.requirement("LG-27-3h", "LG-27-3d", "LG-27-3e", "YC-4c")
@pytest.mark.parametrize(
    ("facts", "act"),
    [
        pytest.param(ABOVE, Act.INFORM_PERMIT, id="permit"),
        pytest.param({"illegal_acts": ("add_storey",)}, Act.MUST_NOT_START, id="must-not-start"),
        pytest.param({"temporary_building": True}, Act.NOT_APPLICABLE, id="not-applicable"),
    ],
)
@pytest.mark.parametrize("station", [STREET, COMMUNITY])
def test_what_the_rules_end_cannot_be_accepted_by_a_clerk(
    pack: PolicyPack, facts: dict[str, FactValue], act: Act, station: StationKind
) -> None:
    found = shown(pack, complete(pack, **facts), station)
    assert [allowed.act for allowed in found.acts if allowed.allowed] == [act]
    assert act_of(found, act).primary
    assert all(allowed.why for allowed in found.acts if not allowed.allowed)


@pytest.mark.requirement("LG-26-2a", "LG-21-4b", "LG-23-1a")
@pytest.mark.parametrize("station", [COMMUNITY, PROPERTY])
def test_a_high_risk_work_at_another_counter_goes_to_the_street_office(pack: PolicyPack, station: StationKind) -> None:
    found = shown(pack, complete(pack, hoisting=True), station)
    assert act_of(found, Act.TO_STREET_OFFICE).primary
    assert not act_of(found, Act.ACCEPT).allowed
    assert not act_of(found, Act.ONE_TIME_NOTICE).allowed


@pytest.mark.requirement("LG-26-2b", "LG-22-1")
def test_an_ordinary_work_is_accepted_at_every_counter(pack: PolicyPack) -> None:
    for station in (STREET, COMMUNITY, PROPERTY):
        assert act_of(shown(pack, complete(pack), station), Act.ACCEPT).primary
    assert not act_of(shown(pack, complete(pack)), Act.TO_STREET_OFFICE).allowed
    assert act_of(shown(pack, complete(pack), COMMUNITY), Act.TO_STREET_OFFICE).needs_reason


@pytest.mark.requirement("LG-2-6", "LG-19-18")
def test_where_the_rules_refer_a_decision_needs_a_reason(pack: PolicyPack) -> None:
    found = shown(pack, complete(pack, closed_management_place="airport"))
    for act in (Act.ACCEPT, Act.NOT_APPLICABLE, Act.INFORM_PERMIT):
        assert act_of(found, act).allowed
        assert act_of(found, act).needs_reason


@pytest.mark.requirement("LG-4-4")
def test_another_kind_outside_the_permit_scope_needs_the_managers_word(pack: PolicyPack) -> None:
    found = shown(pack, complete(pack, art4_kind="other_outside_permit_scope", **ABOVE))
    assert act_of(found, Act.ACCEPT).primary
    assert act_of(found, Act.ACCEPT).needs_reason
    listed = shown(pack, complete(pack, art4_kind="bottle_to_pipe", **ABOVE))
    assert not act_of(listed, Act.ACCEPT).needs_reason


@pytest.mark.requirement("LG-2-0a")
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"contract_amount_yuan": UNKNOWN, "floor_area_m2": UNKNOWN}, id="limits"),
        pytest.param({"hoisting": UNKNOWN}, id="risk"),
        pytest.param({"gas_line_change": UNKNOWN}, id="materials"),
    ],
)
def test_an_open_question_closes_acceptance_and_notice(pack: PolicyPack, facts: dict[str, FactValue]) -> None:
    found = shown(pack, complete(pack, **facts))
    assert not act_of(found, Act.ACCEPT).allowed
    assert not act_of(found, Act.ONE_TIME_NOTICE).allowed


@pytest.mark.requirement("LG-2-0a")
@pytest.mark.parametrize("station", [STREET, COMMUNITY])
def test_a_work_without_area_above_the_amount_is_left_to_the_manager(pack: PolicyPack, station: StationKind) -> None:
    matter = complete(
        pack,
        category="municipal_infrastructure",
        municipal_kind="water",
        contract_amount_yuan=Decimal(1500000),
        floor_area_m2=NOT_APPLICABLE,
    )
    found = shown(pack, matter, station)
    assert found.assessment.outcome == "undetermined"
    allowed = {act.act for act in found.acts if act.allowed}
    assert allowed - {Act.TO_STREET_OFFICE} == {Act.INFORM_PERMIT, Act.NOT_APPLICABLE}
    assert (Act.TO_STREET_OFFICE in allowed) is (station is COMMUNITY)
    assert all(act.needs_reason for act in found.acts if act.allowed)


@pytest.mark.requirement("LG-6-1")
def test_closing_a_registrable_matter_as_not_applicable_needs_a_reason(pack: PolicyPack) -> None:
    act = act_of(shown(pack, complete(pack)), Act.NOT_APPLICABLE)
    assert (act.allowed, act.needs_reason, act.primary) == (True, True, False)


@pytest.mark.requirement("LG-28-2.1", "LG-28-2a")
def test_a_wrong_number_closes_acceptance_with_its_reason(pack: PolicyPack) -> None:
    matter = all_in_order(walk_in(owner=company(id_number="91350100M000100Y44")), pack)
    found = shown(pack, matter)
    assert [fault.field for fault in found.invalid if fault.blocking] == ["owner.id_number"]
    accept = act_of(found, Act.ACCEPT)
    assert not accept.allowed
    assert accept.why == next(fault.message for fault in found.invalid)


@pytest.mark.requirement("LG-28-6a")
def test_a_line_tells_that_its_certificate_has_lapsed(pack: PolicyPack) -> None:
    facts = small_work_facts(hoisting=True)
    builder = contractor(qualification=Certificate(kind="建筑装修装饰", valid_to=date(2026, 3, 1)))
    matter = all_in_order(walk_in(facts, contractor=builder, workers=(), planned_end_on=None), pack)
    found = shown(pack, matter)
    line = next(line for line in found.lines if line.code == "28-6-qualification")
    assert "已过有效期" in line.problem
    assert [gap.code for gap in found.deficiencies] == ["28-6-qualification"]


@pytest.mark.requirement("LG-27-3a", "LG-21-4a")
def test_the_lines_are_the_papers_of_this_matter(pack: PolicyPack) -> None:
    found = shown(pack, walk_in(small_work_facts(gas_line_change=UNKNOWN, voluntary_supervision=True)))
    kinds = {line.code: (line.required, line.undetermined) for line in found.lines}
    assert kinds["28-1"] == (True, False)
    assert kinds["28-7b-gas-opinion"] == (False, True)
    assert kinds["28-7f-supervision"] == (False, False)
    assert "28-L-time" not in kinds
    assert all(line.label and line.article and line.help for line in found.lines)


def _after_notice(pack: PolicyPack, items: tuple[str, ...], **facts: FactValue) -> PreviousNotice:
    told = decisive_facts(walk_in(small_work_facts(**facts)), filed_on=FILED_ON, channel="walk_in_street_office")
    settled = tuple(rule.code for rule in pack.materials if rule.code not in items)
    return PreviousNotice(items=items, settled=settled, facts_fingerprint=fingerprint(told))


@pytest.mark.requirement("LG-27-3c4")
def test_on_the_second_visit_only_the_open_items_are_asked(pack: PolicyPack) -> None:
    found = shown(pack, complete(pack), previous=_after_notice(pack, ("28-4",)))
    assert [line.code for line in found.lines if line.required and not line.settled] == ["28-4"]
    assert act_of(found, Act.ACCEPT).primary


@pytest.mark.requirement("LG-27-3c4")
def test_when_a_fact_changed_the_papers_that_hang_on_it_are_asked_again(pack: PolicyPack) -> None:
    found = shown(pack, complete(pack, hoisting=True), previous=_after_notice(pack, ("28-4",)))
    settled = {line.code: line.settled for line in found.lines}
    assert not settled["28-6-qualification"]
    assert not settled["28-5-special-scheme"]
    assert settled["28-1"]


@pytest.mark.requirement("LG-27-3c2")
@pytest.mark.parametrize(
    ("facts", "named", "needs_reason"),
    [
        pytest.param({}, ("28-4",), False, id="named-before"),
        pytest.param({}, ("28-2.2-title",), True, id="forgotten-before"),
        pytest.param({"self_performed": False}, ("28-2.2-title",), False, id="its-facts-changed"),
        pytest.param({"property_managed": True}, ("28-2.2-title",), True, id="other-facts-changed"),
    ],
)
def test_a_new_item_in_a_second_notice_needs_a_reason(
    pack: PolicyPack, facts: dict[str, Any], named: tuple[str, ...], needs_reason: bool
) -> None:
    found = shown(pack, one_missing(pack, **facts), previous=_after_notice(pack, named))
    notice = act_of(found, Act.ONE_TIME_NOTICE)
    assert (notice.allowed, notice.needs_reason) == (True, needs_reason)
    assert ("一次性告知不到位" in notice.why) is needs_reason


def _suspicion(*, same_place: bool = True) -> SplitSuspicion:
    return SplitSuspicion(
        works=(),
        total_amount_yuan=Decimal(1200000),
        total_area_m2=Decimal(600),
        over_amount=True,
        over_area=True,
        article="第十条(十一)",
        because="同一地点 12 个月内连同本件共 2 件。",
        same_place=same_place,
    )


def _with_suspicion(pack: PolicyPack, suspicion: SplitSuspicion) -> AllowedAct:
    found = preview(
        complete(pack),
        pack=pack,
        calendar=CALENDAR,
        filed_on=FILED_ON,
        station_kind=STREET,
        suspicion=suspicion,
    )
    return act_of(found, Act.ACCEPT)


@pytest.mark.requirement("LG-10-11", "JS-2.1d")
def test_works_that_look_parted_at_one_place_are_accepted_only_with_a_reason(pack: PolicyPack) -> None:
    accept = _with_suspicion(pack, _suspicion())
    assert (accept.allowed, accept.needs_reason, accept.primary) == (True, True, True)
    assert "第十条(十一)" in accept.why
    assert "共 2 件" in accept.why


@pytest.mark.requirement("LG-10-11")
def test_works_of_one_owner_elsewhere_are_a_hint_and_no_more(pack: PolicyPack) -> None:
    accept = _with_suspicion(pack, _suspicion(same_place=False))
    assert (accept.allowed, accept.needs_reason) == (True, False)


@pytest.mark.requirement("LG-27-3a")
def test_a_text_that_no_paper_can_show_closes_every_act(pack: PolicyPack) -> None:
    found = shown(pack, replace(one_missing(pack), project_name="坪安👷"))
    assert not any(allowed.allowed for allowed in found.acts)
    assert "表情符号" in act_of(found, Act.ONE_TIME_NOTICE).why
    assert "1 项不符合" in act_of(found, Act.ACCEPT).why


@pytest.mark.requirement("LG-23-1a", "JS-2.4m")
@pytest.mark.parametrize(
    ("managed", "station", "act"),
    [
        pytest.param(True, PROPERTY, Act.ACCEPT, id="own-area"),
        pytest.param(False, PROPERTY, Act.TO_STREET_OFFICE, id="outside-its-area"),
        pytest.param(False, COMMUNITY, Act.ACCEPT, id="community-takes-all"),
        pytest.param(False, STREET, Act.ACCEPT, id="street-takes-all"),
    ],
)
def test_whether_a_property_company_manages_the_place_decides_the_counter(
    pack: PolicyPack, managed: bool, station: StationKind, act: Act
) -> None:
    found = shown(pack, complete(pack, property_managed=managed), station)
    assert [allowed.act for allowed in found.acts if allowed.primary] == [act]
    if act is Act.TO_STREET_OFFICE:
        assert "物业管理区域" in act_of(found, Act.ACCEPT).why


@pytest.mark.requirement("LG-23-1a")
def test_a_property_counter_sends_nobody_away_before_the_question_is_answered(pack: PolicyPack) -> None:
    assert act_of(shown(pack, complete(pack), PROPERTY), Act.ACCEPT).primary


@pytest.mark.requirement("LG-25-1")
def test_the_streets_communities_reach_the_fields_fault(pack: PolicyPack) -> None:
    found = preview(
        complete(pack),
        pack=pack,
        calendar=CALENDAR,
        filed_on=FILED_ON,
        station_kind=STREET,
        communities=("新禾社区",),
    )
    assert [fault.field for fault in found.invalid] == ["place.community"]
    assert act_of(found, Act.ACCEPT).primary


@pytest.mark.requirement("LG-27-3b1")
def test_a_required_paper_held_not_applicable_needs_a_reason(pack: PolicyPack) -> None:
    matter = complete(pack).with_check(MaterialCheck(code="28-4", verdict=Verdict.NOT_APPLICABLE))
    accept = act_of(shown(pack, matter), Act.ACCEPT)
    assert accept.allowed
    assert accept.needs_reason
    assert "工程委托合同" in accept.why
    assert "第二十八条(四)" in accept.why


@pytest.mark.requirement("LG-27-3c4")
@pytest.mark.parametrize(
    ("changes", "needs_reason"),
    [
        pytest.param({"owner": person("周望")}, False, id="another owner at the same place"),
        pytest.param(
            {"owner": person("周望"), "place": Place(community="新禾社区", estate="石林街9号")}, True, id="both"
        ),
    ],
)
def test_another_matter_under_the_old_filing_needs_a_reason(
    pack: PolicyPack, changes: dict[str, Any], needs_reason: bool
) -> None:
    before = complete(pack)
    found = shown(pack, replace(before, **changes), before=before)
    assert act_of(found, Act.ACCEPT).needs_reason is needs_reason


@pytest.mark.requirement("LG-27-3c3")
def test_a_correction_half_written_closes_every_act(pack: PolicyPack) -> None:
    matter = replace(complete(pack), corrections=(Correction(item="施工面积", asked=""),))
    found = shown(pack, matter)
    assert not any(act.allowed for act in found.acts)
    assert "怎样更正" in act_of(found, Act.ONE_TIME_NOTICE).why


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1900, 1, 1)])
def test_an_absurd_planned_day_is_told_at_its_field(pack: PolicyPack, day: date) -> None:
    found = shown(pack, replace(complete(pack), planned_start_on=day, planned_end_on=day))
    assert {fault.field for fault in found.invalid if fault.code == "day_far_off"} == {
        "planned_start_on",
        "planned_end_on",
    }
    assert not act_of(found, Act.ACCEPT).allowed
