"""Extending and changing a registration: the window, the manager's exception, old and new, newly needed papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from desktop.domain.access import Role
from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.life_acts import (
    ChangeKind,
    ChangeRequest,
    ChangeSource,
    ExtensionRequest,
)
from desktop.domain.registration_life import LifeAct, LifeState
from desktop.domain.walk_in import MaterialCheck, SiteManager, Verdict, WalkIn
from desktop.domain.worklist import Task, TaskKind, Urgency
from desktop.models.registration_life import RegistrationChange
from desktop.services.desk import Desk
from tests.factories import all_in_order, small_work_facts, walk_in
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide, count_of

END = date(2026, 9, 2)  # six months after the acceptance of 2 March
WINDOW = date(2026, 8, 18)


@pytest.fixture
def filed(decide: Decide, complete: WalkIn) -> Decided:
    """A registration accepted on 2 March."""
    return decide(complete)


def extension(filing_id: int, **changes: Any) -> ExtensionRequest:
    """An application as the owner would make it."""
    values = {"act_id": "extension-1", "filing_id": filing_id, "reason": "材料到货推迟"}
    return ExtensionRequest(**{**values, **changes})


def refused(call: Any) -> ClerkError:
    """Give the trouble that a call raises."""
    with pytest.raises(ClerkError) as caught:
        call()
    return caught.value


@pytest.mark.requirement("LG-25-2a")
@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 3, 2), LifeState.UNDER_WAY),
        (date(2026, 8, 3), LifeState.EXPIRING),
        (WINDOW, LifeState.EXTENDABLE),
        (END, LifeState.EXTENDABLE),
        (date(2026, 9, 3), LifeState.OVERDUE),
    ],
)
def test_the_state_follows_from_the_day_alone(
    desk: Desk, filed: Decided, clock: Clock, day: date, state: LifeState
) -> None:
    clock.day = day

    assert desk.life.of(filed.filing_id).state is state


@pytest.mark.requirement("LG-25-2b", "LG-25-2c")
def test_in_the_window_the_end_moves_on_from_the_old_end_and_a_receipt_says_so(
    desk: Desk, filed: Decided, clock: Clock
) -> None:
    clock.day = WINDOW

    done = desk.life.extend(extension(filed.filing_id))

    assert done.number == "PA-YQ-2026-000001"
    assert [paper.code for paper in done.papers] == ["extension_application", "extension_receipt"]
    life = desk.life.of(filed.filing_id)
    assert life.registration.valid_until == date(2027, 3, 2)
    assert life.registration.extension_first == date(2027, 2, 15)
    assert (life.state, life.registration.extensions) == (LifeState.UNDER_WAY, 1)
    assert life.entries[0].lines == (
        ("有效期", "由 2026-09-02 延至 2027-03-02（6 个月）"),
        ("理由", "材料到货推迟"),
    )
    assert desk.ledger.ids(LedgerCriteria(text=done.number)) == (filed.filing_id,), "found by the extension's number"
    assert desk.ledger.file(filed.filing_id).valid_until == date(2027, 3, 2)


@pytest.mark.requirement("LG-25-2b")
def test_too_early_is_told_when_it_can_be_asked_for(desk: Desk, filed: Decided, clock: Clock) -> None:
    clock.day = date(2026, 8, 17)

    trouble = refused(lambda: desk.life.extend(extension(filed.filing_id)))

    assert (trouble.code, trouble.details["first"], trouble.details["last"]) == ("extension_too_early", WINDOW, END)
    assert count_of(desk, "extension") == 0


@pytest.mark.requirement("LG-25-2b")
def test_late_it_is_registered_anew_or_excepted_by_the_manager_with_a_reason(
    desk: Desk, filed: Decided, clock: Clock
) -> None:
    clock.day = date(2026, 9, 5)
    work_as(desk, person(1, "林晓", Role.WINDOW_CLERK))
    late = extension(filed.filing_id, exception_reason="业主住院")
    assert refused(lambda: desk.life.extend(late)).code == "re_registration_needed"

    work_as(desk, person(2, "高远", Role.MANAGER))
    assert refused(lambda: desk.life.extend(extension(filed.filing_id))).code == "reason_required"
    desk.life.extend(late)

    life = desk.life.of(filed.filing_id)
    assert life.registration.valid_until == date(2027, 3, 2), "counted from the old end, never from today"
    assert ("例外理由", "业主住院") in life.entries[0].lines


@pytest.mark.requirement("LG-25-2c")
def test_reason_length_and_number_are_asked_and_limited_by_the_pack(desk: Desk, filed: Decided, clock: Clock) -> None:
    clock.day = WINDOW
    assert refused(lambda: desk.life.extend(extension(filed.filing_id, reason=" "))).details["fields"] == ("reason",)
    assert refused(lambda: desk.life.extend(extension(filed.filing_id, months=7))).code == "extension_months"
    desk.life.extend(extension(filed.filing_id, months=1))
    clock.day = date(2026, 9, 25)
    work_as(desk, person(1, "林晓", Role.WINDOW_CLERK))

    again = extension(filed.filing_id, act_id="extension-2")
    assert refused(lambda: desk.life.extend(again)).code == "extension_used_up"

    work_as(desk, person(2, "高远", Role.MANAGER))
    desk.life.extend(replace(again, exception_reason="台风停工"))
    assert [entry.number[-1] for entry in desk.life.of(filed.filing_id).entries] == ["2", "1"], "both are kept"


@pytest.mark.requirement("LG-25-2b")
def test_the_same_application_twice_is_one(desk: Desk, filed: Decided, clock: Clock) -> None:
    clock.day = WINDOW

    assert desk.life.extend(extension(filed.filing_id)) == desk.life.extend(extension(filed.filing_id))
    assert refused(lambda: desk.life.extend(extension(filed.filing_id, reason="改为雨季停工"))).code == "act_id_used"
    assert count_of(desk, "extension") == 1


def change(filing_id: int, matter: WalkIn, **changes: Any) -> ChangeRequest:
    """A change as it is asked for."""
    values: dict[str, Any] = {
        "act_id": "change-1",
        "filing_id": filing_id,
        "kind": ChangeKind.PERSONS,
        "source": ChangeSource.PATROL,
        "reason": "项目负责人离职",
        "walk_in": matter,
    }
    return ChangeRequest(**{**values, **changes})


@pytest.mark.requirement("LG-30-1a")
def test_other_persons_stand_with_old_and_new_and_a_new_set_is_posted(
    desk: Desk, filed: Decided, complete: WalkIn
) -> None:
    manager = SiteManager(name="许安", phone="13800009900")
    matter = replace(complete, contractor=replace(complete.contractor, project_manager=manager))

    done = desk.life.change(change(filed.filing_id, matter))

    assert [paper.code for paper in done.papers] == ["change_form", "posting"]
    assert done.number == "PA-BG-2026-000001"
    assert desk.life.change(change(filed.filing_id, matter)) == done, "the same act twice is one"
    other = change(filed.filing_id, matter, reason="另有原因")
    assert refused(lambda: desk.life.change(other)).code == "act_id_used"
    entry = desk.life.of(filed.filing_id).entries[0]
    assert ("项目负责人", "周望 → 许安") in entry.lines
    assert ("变更", "人员（巡查发现与登记不符）") in entry.lines
    assert ("项目负责人联系电话", "138****5566 → 138****9900") in entry.lines
    file = desk.ledger.file(filed.filing_id)
    assert file.walk_in.contractor.project_manager.name == "许安"
    assert (file.registration_number, file.valid_until) == (filed.number, END), "number and end stay"


@pytest.mark.requirement("LG-30-3b")
def test_a_raised_class_asks_only_the_newly_needed_papers_and_a_first_check(
    desk: Desk, filed: Decided, complete: WalkIn, clock: Clock
) -> None:
    clock.day = date(2026, 4, 7)
    matter = replace(complete, facts=complete.facts.with_facts(structural_change=True), materials=())
    ahead = desk.life.change_ahead(filed.filing_id, matter)

    assert ahead.raises_class
    assert ahead.moves_point
    before = set(ahead.before.required_materials)
    assert ahead.needed
    assert not before & {need.code for need in ahead.needed}
    asked = change(filed.filing_id, matter, kind=ChangeKind.SCOPE, source=ChangeSource.APPLICATION)
    assert refused(lambda: desk.life.change(asked)).details["materials"] == tuple(need.label for need in ahead.needed)

    for need in ahead.needed:
        matter = matter.with_check(MaterialCheck(code=need.code, verdict=Verdict.IN_ORDER))
    desk.life.change(replace(asked, walk_in=matter))

    file = desk.ledger.file(filed.filing_id)
    assert file.row.high_risk is True
    assert file.site_check_by == date(2026, 4, 10)


@pytest.mark.requirement("LG-30-3b")
def test_what_a_patrol_found_is_registered_with_papers_still_wanting(
    desk: Desk, filed: Decided, complete: WalkIn
) -> None:
    matter = replace(complete, facts=complete.facts.with_facts(structural_change=True), materials=())
    for need in desk.life.change_ahead(filed.filing_id, matter).needed:
        matter = matter.with_check(MaterialCheck(code=need.code, verdict=Verdict.MISSING))

    desk.life.change(change(filed.filing_id, matter, kind=ChangeKind.SCOPE))

    with desk.database.reading() as session:
        row = session.get_one(RegistrationChange, 1)
    assert {each["verdict"] for each in row.materials} == {"missing"}
    assert row.assessment_after["high_risk"] is True
    assert row.assessment_before["high_risk"] is False


@pytest.fixture
def wanting(desk: Desk, filed: Decided, complete: WalkIn) -> tuple[str, ...]:
    """A registration changed after a patrol, of which every newly needed paper is still to be brought."""
    matter = replace(complete, facts=complete.facts.with_facts(structural_change=True), materials=())
    needed = desk.life.change_ahead(filed.filing_id, matter).needed
    for need in needed:
        matter = matter.with_check(MaterialCheck(code=need.code, verdict=Verdict.MISSING))
    desk.life.change(change(filed.filing_id, matter, kind=ChangeKind.SCOPE))
    return tuple(need.code for need in needed)


def papers_task(desk: Desk) -> tuple[Task, ...]:
    """What the worklist names of papers that a change left to be brought."""
    return desk.worklist.page(TaskKind.CHANGE_PAPERS, Urgency.UNDATED)


@pytest.mark.requirement("LG-30-3b")
def test_papers_still_wanting_are_named_and_taken_in_by_a_change_of_their_own(
    desk: Desk, filed: Decided, wanting: tuple[str, ...]
) -> None:
    matter = desk.life.matter_to_change(filed.filing_id)
    ahead = desk.life.change_ahead(filed.filing_id, matter)
    assert ({need.code for need in ahead.needed}, ahead.fields) == (set(wanting), ())
    assert all(need.is_outstanding for need in ahead.needed)
    labels = {need.code: need.label for need in ahead.needed}
    [due] = [each for each in desk.life.of(filed.filing_id).due if "待补" in each.text]
    assert (due.article, all(label in due.text for label in labels.values())) == ("第三十条(三)", True)
    [task] = papers_task(desk)
    assert (task.site.filing_id, task.why, task.by) == (filed.filing_id, "第三十条(三)", None)
    assert all(label in task.remark for label in labels.values())
    asked = change(filed.filing_id, matter, act_id="papers", source=ChangeSource.APPLICATION, kind=ChangeKind.OTHER)
    assert refused(lambda: desk.life.change(asked)).code == "nothing_changed"

    first, *others = wanting
    some = matter.with_check(MaterialCheck(code=first, verdict=Verdict.IN_ORDER))
    desk.life.change(replace(asked, walk_in=some))

    life = desk.life.of(filed.filing_id)
    assert (labels[first], "待补 → 齐") in life.entries[0].lines
    assert labels[first] not in "".join(each.text for each in life.due)
    [task] = papers_task(desk)
    assert (labels[first] in task.remark, labels[others[0]] in task.remark) == (False, True)

    rest = desk.life.matter_to_change(filed.filing_id)
    for code in others:
        rest = rest.with_check(MaterialCheck(code=code, verdict=Verdict.IN_ORDER))
    desk.life.change(replace(asked, act_id="rest", walk_in=rest))

    assert papers_task(desk) == ()
    assert not any("待补" in each.text for each in desk.life.of(filed.filing_id).due)
    assert desk.life.change_ahead(filed.filing_id, desk.life.matter_to_change(filed.filing_id)).needed == ()


@pytest.mark.requirement("LG-30-3b", "LG-30-1a")
def test_papers_still_wanting_hold_up_no_other_change_and_stay_wanting(
    desk: Desk, filed: Decided, wanting: tuple[str, ...]
) -> None:
    matter = replace(desk.life.matter_to_change(filed.filing_id), materials=())
    other = replace(matter, contractor=replace(matter.contractor, project_manager=SiteManager(name="何平")))
    asked = change(filed.filing_id, other, act_id="other", source=ChangeSource.APPLICATION)

    desk.life.change(asked)

    assert {need.code for need in desk.life.change_ahead(filed.filing_id, matter).needed} == set(wanting)
    assert len(papers_task(desk)) == 1


@pytest.mark.requirement("LG-30-3b")
def test_a_paper_no_longer_required_is_no_longer_wanting(
    desk: Desk, filed: Decided, complete: WalkIn, wanting: tuple[str, ...]
) -> None:
    assert wanting
    desk.life.change(change(filed.filing_id, complete, act_id="back", kind=ChangeKind.SCOPE))

    assert papers_task(desk) == ()
    assert not any("待补" in each.text for each in desk.life.of(filed.filing_id).due)


@pytest.mark.requirement("LG-30-3b")
def test_another_site_or_a_work_above_the_limits_is_no_change(desk: Desk, filed: Decided, complete: WalkIn) -> None:
    elsewhere = replace(complete, place=replace(complete.place, community="新禾社区"))
    above = replace(
        complete,
        facts=small_work_facts(contract_amount_yuan=Decimal(9_000_000), floor_area_m2=Decimal(4_000)),
    )
    for matter, code in (
        (elsewhere, "change_other_site"),
        (above, "change_not_registrable"),
        (complete, "nothing_changed"),
    ):
        asked = change(filed.filing_id, matter)
        assert refused(partial(desk.life.change, asked)).code == code
    assert count_of(desk, "registration_change") == 0


@pytest.mark.requirement("LG-25-2b", "LG-G2")
def test_a_registration_past_its_end_begins_again_linked_to_the_old(
    desk: Desk, filed: Decided, clock: Clock, decide: Decide
) -> None:
    assert refused(lambda: desk.life.begin_again(filed.filing_id)).code == "not_overdue"
    clock.day = date(2026, 9, 20)
    assert LifeAct.BEGIN_AGAIN in desk.life.of(filed.filing_id).may

    matter = desk.life.begin_again(filed.filing_id)
    assert matter.owner.id_number == walk_in().owner.id_number
    assert (matter.materials, matter.planned_end_on) == ((), None)
    planned = replace(matter, planned_start_on=date(2026, 9, 21), planned_end_on=date(2026, 12, 1))
    anew = all_in_order(planned, desk.intake.pack())
    again = decide(anew, follows_id=filed.filing_id)

    assert desk.life.of(again.filing_id).follows == filed.number
    assert desk.life.of(filed.filing_id).followed_by == again.number
