"""A registration whose last day is a rest day: no list calls it expired before the next working day is over."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import ExtensionRequest, LapseRequest
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.registration_life import LifeAct, LifeState
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.domain.worklist import Task, TaskKind
from desktop.models.patrol import Patrol
from desktop.services.desk import Desk
from desktop.services.patrol_plan import OwnFrequency
from tests.integration.at_work import MANAGER, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.site_rows import change_filing, put

SATURDAY, MONDAY, TUESDAY = date(2026, 9, 5), date(2026, 9, 7), date(2026, 9, 8)


@pytest.fixture
def filed(desk: Desk, decide: Decide, complete: WalkIn) -> Decided:
    """A registration that ends on a Saturday."""
    decided = decide(complete)
    change_filing(desk, decided.filing_id, valid_until=SATURDAY, extension_first=date(2026, 8, 21))
    return decided


def tasks(desk: Desk, kind: TaskKind) -> tuple[Task, ...]:
    """Give the tasks of one kind."""
    return tuple(task for group in desk.worklist.worklist().groups if group.kind is kind for task in group.tasks)


def extension(filed: Decided, act_id: str = "extension-1") -> ExtensionRequest:
    """An application of the owner."""
    return ExtensionRequest(act_id=act_id, filing_id=filed.filing_id, reason="材料到货推迟")


@pytest.mark.requirement("LG-25-2a", "LG-25-2b")
def test_on_monday_it_is_extended_by_the_counter_without_an_exception(desk: Desk, filed: Decided, clock: Clock) -> None:
    clock.day = MONDAY

    desk.life.extend(extension(filed))

    life = desk.life.of(filed.filing_id)
    assert life.registration.valid_until == date(2027, 3, 5)
    assert all(name != "例外理由" for name, _text in life.entries[0].lines)


@pytest.mark.requirement("LG-25-2b", "LG-G2")
def test_worklist_tab_and_site_call_it_expired_from_tuesday_only(desk: Desk, filed: Decided, clock: Clock) -> None:
    site = SiteRef(filing_id=filed.filing_id)
    desk.patrol_plan.keep({PlanClass.EXPIRED: OwnFrequency(every_days=1)})

    clock.day = MONDAY
    [task] = tasks(desk, TaskKind.EXTENSION)
    assert (task.by, tasks(desk, TaskKind.EXPIRED), desk.patrol_plan.due()) == (MONDAY, (), ())
    assert "有效期至 2026-09-05（休息日，2026-09-07 前（含）仍算按期）" in task.remark
    life = desk.life.of(filed.filing_id)
    assert (life.state, life.in_time_until) == (LifeState.EXTENDABLE, MONDAY)
    assert LifeAct.CLOSE_LAPSED not in life.may
    assert life.due[0].by == MONDAY
    assert not life.due[0].is_late
    assert (desk.patrols.site(site).is_expired, desk.patrols.site(site).plan_class) == (False, PlanClass.ORDINARY)
    assert not tasks(desk, TaskKind.PATROL)

    clock.day = TUESDAY
    assert [task.by for task in tasks(desk, TaskKind.EXPIRED)] == [SATURDAY]
    assert not tasks(desk, TaskKind.EXTENSION)
    assert desk.life.of(filed.filing_id).state is LifeState.OVERDUE
    assert (desk.patrols.site(site).is_expired, desk.patrols.site(site).plan_class) == (True, PlanClass.EXPIRED)
    assert [visit.ref for visit in desk.patrol_plan.due()] == [site]
    assert [task.site for task in tasks(desk, TaskKind.PATROL)] == [site]


@pytest.mark.requirement("LG-33-4", "LG-G2")
def test_nobody_is_lost_before_the_working_day_is_over(desk: Desk, filed: Decided, clock: Clock) -> None:
    clock.day = MONDAY
    early = put(desk, Patrol, filing_id=filed.filing_id, visited_on=MONDAY)
    lapse = LapseRequest(act_id="lapse-1", filing_id=filed.filing_id, patrol_id=early, reason="业主失联")
    work_as(desk, MANAGER)
    with pytest.raises(ClerkError, match="not_overdue"):
        desk.life.close_lapsed(lapse)
    clock.day = TUESDAY
    with pytest.raises(ClerkError, match="patrol_before_end"):
        desk.life.close_lapsed(lapse)


@pytest.mark.requirement("LG-25-2c", "LG-G2")
def test_the_task_names_a_new_registration_when_the_extensions_are_used_up(
    desk: Desk, filed: Decided, clock: Clock
) -> None:
    clock.day = date(2026, 9, 1)
    assert "可申请延期" in tasks(desk, TaskKind.EXTENSION)[0].remark
    desk.life.extend(extension(filed))
    clock.day = date(2027, 3, 1)

    [task] = tasks(desk, TaskKind.EXTENSION)

    assert "可申请延期" not in task.remark
    assert "已延期 1 次，次数已用完：到期后还要施工的，请建设单位（业主）重新登记" in task.remark
    assert desk.ledger.file(filed.filing_id).extensions == 1


@pytest.mark.requirement("LG-25-2b", "LG-33-1")
def test_a_finished_work_is_neither_offered_an_extension_nor_extended(desk: Desk, filed: Decided, clock: Clock) -> None:
    clock.day = date(2026, 9, 1)
    assert LifeAct.EXTEND in desk.life.of(filed.filing_id).may
    change_filing(desk, filed.filing_id, completed_on=date(2026, 8, 31))

    assert LifeAct.EXTEND not in desk.life.of(filed.filing_id).may
    with pytest.raises(ClerkError, match="not_extendable"):
        desk.life.extend(extension(filed))
