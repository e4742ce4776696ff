"""When the next visit is due, and what cannot stand in a patrol as entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.domain.checking import list_of
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import (
    CheckAnswer,
    CheckVerdict,
    PatrolKind,
    PatrolLevel,
    PatrolRequest,
    PatrolResult,
)
from desktop.domain.patrol_details import (
    Entrant,
    EntryDetails,
    FirstCheckDetails,
    PatrolDetails,
    SchemeCheck,
    SiteManager,
    StandbyDetails,
    details_from_plain,
    details_to_plain,
)
from desktop.domain.patrol_faults import patrol_faults
from desktop.domain.patrol_plan import PlanRule, due_on
from desktop.domain.site import SiteRef

TODAY = date(2026, 3, 2)
VISIT = PatrolRequest(
    act_id="a",
    visited_on=TODAY,
    patrollers=("何巡",),
    organisation="坪安社区工作站",
    level=PatrolLevel.COMMUNITY,
    site=SiteRef(filing_id=1),
)
STANDBY = StandbyDetails(watcher="罗旁", begins="09:00", ends="11:30", work="外墙吊篮")


@pytest.mark.requirement("LG-29-1")
@pytest.mark.parametrize(
    ("rule", "last", "begins", "due"),
    [
        (PlanRule(), None, date(2026, 3, 2), None),
        (PlanRule(every_days=7), None, date(2026, 3, 2), date(2026, 3, 9)),
        (PlanRule(every_days=7), date(2026, 3, 20), date(2026, 3, 2), date(2026, 3, 27)),
        # Escalated after the last visit: counted from the escalation.
        (PlanRule(every_days=7), date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 17)),
        (PlanRule(is_monthly=True), None, date(2026, 2, 10), date(2026, 2, 28)),
        (PlanRule(is_monthly=True), date(2026, 1, 31), date(2026, 1, 5), date(2026, 2, 28)),
        (PlanRule(is_monthly=True), date(2026, 12, 1), date(2026, 1, 5), date(2027, 1, 31)),
    ],
)
def test_the_next_visit_follows_the_last_one(rule: PlanRule, last: date | None, begins: date, due: date | None) -> None:
    assert due_on(rule, last=last, begins=begins) == due


@pytest.mark.requirement("LG-30-0", "LG-29-2", "LG-23-3")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visited_on": date(2026, 3, 3)}, "visited_on"),
        ({"visited_time": "9:30"}, "visited_time"),
        ({"patrollers": (" ",)}, "patrollers"),
        ({"patrollers": ("何",) * 13}, "patrollers"),
        ({"organisation": ""}, "organisation"),
        ({"remark": "好" * 501}, "remark"),
        ({"site": SiteRef(), "community": "坪安社区"}, "road"),
        ({"site": SiteRef(), "road": "坪安路"}, "community"),
        ({"site": SiteRef(), "road": "坪安路", "community": "别处社区"}, "community"),
        ({"site": SiteRef(), "kind": PatrolKind.FIRST_CHECK, "road": "坪安路", "community": "坪安社区"}, "site"),
        ({"kind": PatrolKind.STANDBY}, "details"),
        ({"kind": PatrolKind.STANDBY, "details": replace(STANDBY, ends="08:00")}, "details.ends"),
        ({"kind": PatrolKind.STANDBY, "details": replace(STANDBY, begins="")}, "details.begins"),
        ({"kind": PatrolKind.STANDBY, "details": replace(STANDBY, watcher="")}, "details.watcher"),
        ({"details": STANDBY}, "details"),
        ({"check_list": "nowhere"}, "check_list"),
        ({"check_list": "small_work", "answers": (CheckAnswer(item="x", verdict=CheckVerdict.FAILED),)}, "answers.x"),
        ({"check_list": "small_work", "answers": (CheckAnswer(item="gear", verdict=CheckVerdict.FAILED),)}, "result"),
    ],
)
def test_what_cannot_stand_is_told_with_its_field(pack: PolicyPack, changes: dict[str, Any], field: str) -> None:
    request = replace(VISIT, **changes)
    found = patrol_faults(
        request,
        today=TODAY,
        check_list=list_of(pack.check_lists, request.check_list),
        communities=("坪安社区", "新禾社区"),
    )
    assert field in {fault.field for fault in found}
    assert all(fault.message and fault.blocking for fault in found)


@pytest.mark.requirement("SJ-3g", "SJ-5.2b")
@pytest.mark.parametrize("kind", [kind for kind in PatrolKind if kind is not PatrolKind.STANDBY])
def test_a_visit_in_order_has_no_faults(kind: PatrolKind) -> None:
    found = patrol_faults(replace(VISIT, kind=kind), today=TODAY, check_list=None, communities=("坪安社区",))
    assert found == ()
    assert kind.label


def test_refusal_to_let_anybody_in_is_a_result_of_its_own() -> None:
    assert PatrolResult.NO_ACCESS.label == "无法进入"


@pytest.mark.requirement("LG-21-5b", "LG-23-5", "LG-32-2", "LG-32-3b", "LG-32-4", "LG-32-5a", "LG-32-5b", "LG-32-7a")
@pytest.mark.parametrize(
    "details",
    [
        None,
        replace(STANDBY, persons_registered=True, gear_worn=False, warning_signs=None),
        EntryDetails(
            work="空调外机安装",
            entrants=(Entrant(name="何平", trade="高处作业", certificate="T000", is_certified=True),),
            gear_in_order=True,
        ),
        FirstCheckDetails(
            scheme=SchemeCheck(plan=True, signed_by="吴技", signed_on="2026-03-01", is_sealed=True),
            owner_manager=SiteManager(name="甲", phone="13800001000", is_present=True),
            is_briefed_in_writing=True,
            fire_separation=False,
        ),
    ],
)
def test_what_a_kind_of_visit_has_of_its_own_is_read_back_as_it_was(details: PatrolDetails | None) -> None:
    assert details_from_plain(details_to_plain(details)) == details


@pytest.mark.requirement("LG-32-3a", "LG-32-3b")
def test_a_scheme_is_whole_only_with_five_contents_signature_seal_and_approval() -> None:
    whole = SchemeCheck(
        plan=True,
        technique=True,
        safety_measures=True,
        persons=True,
        emergency=True,
        is_sealed=True,
        signed_by="吴技",
        approved_by="陈主",
    )
    assert whole.is_whole
    for field in ("plan", "technique", "safety_measures", "persons", "emergency", "is_sealed"):
        without: dict[str, Any] = {field: None}
        assert not replace(whole, **without).is_whole, field
    assert not replace(whole, approved_by="").is_whole
