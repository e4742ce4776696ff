"""Closing a registration: completion, application, check on site, what is still open, lapse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.access import Role
from desktop.domain.acts import Decided, Status
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardState
from desktop.domain.life_acts import (
    CloseOutRequest,
    CompletionRequest,
    LapseRequest,
    NeedProof,
    SiteVerification,
    WasteRecord,
)
from desktop.domain.registration_life import CompletionSource, LifeAct, LifeState
from desktop.domain.walk_in import WalkIn
from desktop.models.hazard import Hazard
from desktop.models.issued_document import IssuedDocument
from desktop.models.patrol import Patrol
from desktop.services.desk import Desk
from tests.factories import all_in_order, minor_facts, walk_in
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide, count_of

COMPLETED = date(2026, 6, 26)  # a Friday
PATROLLER = person(11, "何巡", Role.PATROLLER)
MANAGER = person(12, "李管", Role.MANAGER)
CLERK = person(13, "林晓", Role.WINDOW_CLERK)
WASTE = WasteRecord(
    kind="拆除弃料", amount="3 车", hauler="和运清运队", site="坪安建筑废弃物综合利用场", taken_on=date(2026, 6, 25)
)


@pytest.fixture
def filed(decide: Decide, complete: WalkIn, clock: Clock) -> Decided:
    """A registration of 2 March; it is 1 July now, the third working day after the completion."""
    decided = decide(complete)
    clock.day = date(2026, 7, 1)
    return decided


def application(filing_id: int, **changes: Any) -> CloseOutRequest:
    """An application as the owner would make it."""
    values: dict[str, Any] = {
        "act_id": "closeout-1",
        "filing_id": filing_id,
        "completed_on": COMPLETED,
        "applied_on": date(2026, 7, 1),
        "applicant": "林知远",
        "waste": WASTE,
    }
    return CloseOutRequest(**{**values, **changes})


def check(filing_id: int, **changes: Any) -> SiteVerification:
    """A check on site that finds the work finished."""
    values: dict[str, Any] = {
        "act_id": "check-1",
        "filing_id": filing_id,
        "is_complete": True,
        "checked_on": date(2026, 7, 1),
        "text": "现场已清理",
    }
    return SiteVerification(**{**values, **changes})


def refused(call: Callable[[], object]) -> ClerkError:
    """Give the trouble that a call raises."""
    with pytest.raises(ClerkError) as caught:
        call()
    return caught.value


def put_hazard(desk: Desk, filing_id: int) -> None:
    """Leave one hazard open on a site."""
    values: dict[str, Any] = {
        column.key: "" for column in Hazard.__mapper__.column_attrs if column.columns[0].type.python_type is str
    }
    values |= {
        "act_id": "hazard-1",
        "number": "PA-YH-2026-000001",
        "filing_id": filing_id,
        "community": "坪安社区",
        "found_on": date(2026, 6, 20),
        "found_at": datetime(2026, 6, 20, 1, tzinfo=UTC),
        "measures": [],
        "state": HazardState.RECTIFYING.value,
        "is_on_the_spot": False,
    }
    with desk.database.writing() as session:
        session.add(Hazard(**values))


def put_patrol(desk: Desk, filing_id: int) -> int:
    """Leave the record of one visit; gives its id."""
    values: dict[str, Any] = {
        column.key: ""
        for column in Patrol.__mapper__.column_attrs
        if column.columns[0].type.python_type is str and getattr(column.columns[0], "computed", None) is None
    }
    values |= {
        "act_id": "patrol-1",
        "filing_id": filing_id,
        "community": "坪安社区",
        "visited_on": date(2026, 9, 4),
        "patrollers": ["何巡"],
        "answers": [],
        "details": {},
        "gave_publicity": False,
        "recorded_at": datetime(2026, 9, 4, 1, tzinfo=UTC),
    }
    with desk.database.writing() as session:
        patrol = Patrol(**values)
        session.add(patrol)
        session.flush()
        return patrol.id


@pytest.mark.requirement("LG-33-1", "SJ-3b1")
def test_the_application_takes_its_days_and_waits_for_the_check(desk: Desk, filed: Decided) -> None:
    done = desk.life.apply_closeout(application(filed.filing_id))

    assert done.number == "PA-ZX-2026-000001"
    assert [paper.title for paper in done.papers] == ["安全生产信息登记注销申请表"]
    life = desk.life.of(filed.filing_id)
    assert (life.state, life.registration.status) == (LifeState.AWAITING_CLOSEOUT, Status.AWAITING_CLOSEOUT)
    assert life.awaiting is not None
    assert (life.awaiting.completed_on, life.awaiting.is_late) == (COMPLETED, False)


@pytest.mark.requirement("LG-33-1")
@pytest.mark.parametrize(
    ("applied_on", "days_late"),
    [(date(2026, 6, 26), 0), (date(2026, 7, 1), 0), (date(2026, 7, 2), 1), (date(2026, 7, 6), 3)],
)
def test_three_working_days_are_counted_from_the_day_after(
    desk: Desk, filed: Decided, applied_on: date, days_late: int
) -> None:
    ahead = desk.life.closeout_ahead(filed.filing_id, COMPLETED, applied_on)

    assert (ahead.apply_by, ahead.days_late) == (date(2026, 7, 1), days_late)


@pytest.mark.requirement("LG-33-1")
def test_days_that_cannot_follow_each_other_are_refused(desk: Desk, filed: Decided) -> None:
    for days in (
        {"completed_on": date(2026, 3, 1)},
        {"completed_on": date(2026, 7, 2), "applied_on": date(2026, 7, 1)},
        {"applied_on": date(2026, 7, 2)},
    ):
        asked = application(filed.filing_id, **days)
        assert refused(partial(desk.life.apply_closeout, asked)).code == "closeout_days"
    assert count_of(desk, "close_out") == 0


@pytest.mark.requirement("LG-13-11c")
def test_small_works_say_where_the_waste_went_or_that_there_was_none(
    desk: Desk, filed: Decided, decide: Decide
) -> None:
    missing = refused(lambda: desk.life.apply_closeout(application(filed.filing_id, waste=None)))
    half = refused(lambda: desk.life.apply_closeout(application(filed.filing_id, waste=replace(WASTE, hauler=" "))))
    assert (missing.details["fields"], half.details["fields"]) == (("waste",), ("hauler",))

    desk.life.apply_closeout(application(filed.filing_id, waste=WasteRecord(is_none=True)))
    assert ("废弃物", "无") in desk.life.of(filed.filing_id).entries[0].lines

    minor = decide(all_in_order(walk_in(minor_facts(), project_name="广告牌安装"), desk.intake.pack()))
    days = {"completed_on": date(2026, 7, 1), "waste": None, "act_id": "closeout-2"}
    desk.life.apply_closeout(application(minor.filing_id, **days))
    assert desk.life.of(minor.filing_id).state is LifeState.AWAITING_CLOSEOUT


@pytest.mark.requirement("LG-33-2", "LG-33-3")
def test_a_passed_check_closes_with_its_record_and_receipt(desk: Desk, filed: Decided, clock: Clock) -> None:
    desk.life.apply_closeout(application(filed.filing_id))
    work_as(desk, PATROLLER)
    assert desk.life.of(filed.filing_id).may == {LifeAct.VERIFY_CLOSEOUT}

    done = desk.life.verify_closeout(check(filed.filing_id))

    assert [paper.code for paper in done.papers] == ["closeout_check", "closeout_receipt"]
    life = desk.life.of(filed.filing_id)
    assert (life.state, life.registration.closed_on) == (LifeState.CLOSED, date(2026, 7, 1))
    assert life.may == frozenset()
    timeline = desk.ledger.file(filed.filing_id).timeline
    assert [(entry.act, entry.who) for entry in timeline[-2:]] == [("closeout_checked", "何巡"), ("closeout", "何巡")]
    assert desk.life.verify_closeout(check(filed.filing_id)) == done, "the same check again"
    assert count_of(desk, "issued_document") == len(filed.papers) + 3


@pytest.mark.requirement("LG-33-2")
def test_a_work_found_unfinished_goes_on_as_registered_and_applies_again(desk: Desk, filed: Decided) -> None:
    desk.life.apply_closeout(application(filed.filing_id))

    desk.life.verify_closeout(check(filed.filing_id, is_complete=False, text="二层仍在施工"))

    life = desk.life.of(filed.filing_id)
    assert (life.state, life.registration.completed_on) == (LifeState.UNDER_WAY, None)
    again = desk.life.apply_closeout(application(filed.filing_id, act_id="closeout-2"))
    assert desk.life.of(filed.filing_id).state is LifeState.AWAITING_CLOSEOUT
    same = application(filed.filing_id, act_id="closeout-2")
    assert desk.life.apply_closeout(same) == again, "the same act twice is one"
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.life.apply_closeout(replace(same, completed_on=same.completed_on - timedelta(days=1)))


@pytest.mark.parametrize(
    ("facts", "need"),
    [
        pytest.param(
            {"function_change": True, "affects_house_safety": True},
            ("施工后的房屋安全鉴定和建设单位验收", "第十条(六)"),
            marks=pytest.mark.requirement("LG-10-6c"),
        ),
        pytest.param(
            {"gas_line_change": True},
            ("管道燃气企业安全检查合格", "第十条(九)"),
            marks=pytest.mark.requirement("LG-10-9b"),
        ),
    ],
)
def test_appraisal_and_gas_check_are_asked_where_they_concern_the_work(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock, facts: dict[str, bool], need: tuple[str, str]
) -> None:
    filing_id = decide(replace(complete, facts=complete.facts.with_facts(**facts))).filing_id
    clock.day = date(2026, 7, 1)
    ahead = desk.life.closeout_ahead(filing_id, COMPLETED, clock.day)
    assert need in [(each.text, each.article) for each in ahead.needs]
    desk.life.apply_closeout(application(filing_id))

    wanting = refused(lambda: desk.life.verify_closeout(check(filing_id)))
    assert (wanting.code, wanting.details["needs"]) == ("closeout_needs_wanting", (need[0],))

    desk.life.verify_closeout(check(filing_id, settled=(need[0],)))
    assert desk.life.of(filing_id).state is LifeState.CLOSED


@pytest.mark.requirement("LG-33-3")
def test_with_a_hazard_open_only_the_manager_closes_and_only_with_a_reason(desk: Desk, filed: Decided) -> None:
    desk.life.apply_closeout(application(filed.filing_id))
    put_hazard(desk, filed.filing_id)
    work_as(desk, PATROLLER)
    reasoned = check(filed.filing_id, exception_reason="隐患随拆除消失")
    trouble = refused(lambda: desk.life.verify_closeout(reasoned))
    assert (trouble.code, trouble.details["numbers"]) == ("open_matters", ("PA-YH-2026-000001",))

    work_as(desk, MANAGER)
    assert refused(lambda: desk.life.verify_closeout(check(filed.filing_id))).code == "open_matters"
    desk.life.verify_closeout(reasoned)

    with desk.database.reading() as session:
        of_receipt = select(IssuedDocument.paper).where(IssuedDocument.code == "closeout_receipt")
        receipt = str(session.scalars(of_receipt).one())
    assert "PA-YH-2026-000001" in receipt
    assert "隐患随拆除消失" in receipt


@pytest.mark.requirement("LG-33-2", "LG-G1")
def test_a_patroller_notes_a_work_that_is_finished_and_not_closed(desk: Desk, filed: Decided) -> None:
    work_as(desk, PATROLLER)
    note = CompletionRequest(
        act_id="completion-1",
        filing_id=filed.filing_id,
        completed_on=COMPLETED,
        source=CompletionSource.PATROL,
        note="现场已清空",
    )

    assert desk.life.note_completion(note)
    assert not desk.life.note_completion(note), "the same again changes nothing"

    life = desk.life.of(filed.filing_id)
    assert life.state is LifeState.COMPLETED
    assert life.due[0].text == "2026-06-26 完工，2026-07-01 前申报注销"


@pytest.mark.requirement("LG-33-2", "LG-G1")
def test_a_completion_noted_by_mistake_is_taken_back_with_a_reason_until_close_out_is_applied_for(
    desk: Desk, filed: Decided
) -> None:
    filing_id = filed.filing_id
    withdraw = partial(desk.life.withdraw_completion, filing_id, reason="看错了工地")
    assert LifeAct.WITHDRAW_COMPLETION not in desk.life.of(filing_id).may
    assert refused(withdraw).code == "not_in_this_state"
    note = CompletionRequest(
        act_id="completion-1", filing_id=filing_id, completed_on=COMPLETED, source=CompletionSource.PATROL
    )
    desk.life.note_completion(note)
    assert refused(partial(desk.life.withdraw_completion, filing_id, reason=" ")).code == "life_incomplete"

    assert withdraw()

    life = desk.life.of(filing_id)
    assert (life.state, life.registration.completed_on) == (LifeState.UNDER_WAY, None)
    [entry] = [each for each in desk.ledger.file(filing_id).timeline if each.act == "completion_withdrawn"]
    assert (entry.summary, entry.reason) == ("撤回完工：原记 2026-06-26", "看错了工地")
    assert desk.ledger_check.verify().is_sound
    desk.life.note_completion(note)
    desk.life.apply_closeout(application(filing_id))
    assert refused(withdraw).code == "not_in_this_state"


@pytest.mark.requirement("LG-33-4", "LG-G2")
def test_the_manager_closes_a_lapsed_registration_after_a_patrol(desk: Desk, filed: Decided, clock: Clock) -> None:
    patrol_id = put_patrol(desk, filed.filing_id)
    lapse = LapseRequest(act_id="lapse-1", filing_id=filed.filing_id, patrol_id=patrol_id, reason="业主失联")
    assert refused(lambda: desk.life.close_lapsed(lapse)).code == "not_overdue"
    clock.day = date(2026, 9, 10)
    assert desk.life.of(filed.filing_id).state is LifeState.OVERDUE
    work_as(desk, CLERK)
    assert refused(lambda: desk.life.close_lapsed(lapse)).code == "not_permitted"
    work_as(desk, MANAGER)
    assert refused(lambda: desk.life.close_lapsed(replace(lapse, patrol_id=99))).code == "no_such_patrol"

    done = desk.life.close_lapsed(lapse)

    assert [paper.code for paper in done.papers] == ["closeout_receipt"]
    life = desk.life.of(filed.filing_id)
    assert (life.state, life.entries[0].act) == (LifeState.CLOSED, LifeAct.CLOSE_LAPSED)


@pytest.mark.requirement("LG-33-3", "LG-33-4")
def test_the_receipt_of_a_lapse_names_what_is_still_open(desk: Desk, filed: Decided, clock: Clock) -> None:
    clock.day = date(2026, 9, 10)
    patrol_id = put_patrol(desk, filed.filing_id)
    put_hazard(desk, filed.filing_id)
    work_as(desk, MANAGER)
    desk.life.close_lapsed(
        LapseRequest(act_id="lapse-1", filing_id=filed.filing_id, patrol_id=patrol_id, reason="业主失联")
    )
    with desk.database.reading() as session:
        of_receipt = select(IssuedDocument.paper).where(IssuedDocument.code == "closeout_receipt")
        receipt = str(session.scalars(of_receipt).one())
    assert "PA-YH-2026-000001" in receipt


def test_needs_know_by_what_they_are_proved(desk: Desk, filed: Decided) -> None:
    ahead = desk.life.closeout_ahead(filed.filing_id, COMPLETED, COMPLETED)

    assert [need.proof for need in ahead.needs] == [NeedProof.WASTE, NeedProof.CHECK]
