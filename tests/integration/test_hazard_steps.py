"""From the notice to clearing: feedback, recheck, refusal, stopping, supervision, escalation, each on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardDraft, HazardLevel, HazardState, StepDone, StepKind
from desktop.domain.hazard_rows import HazardCriteria, HazardRow
from desktop.domain.order import OrderKind, OrderRequest
from desktop.domain.patrol import PatrolKind, PatrolLevel, PatrolRequest
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.models.filing import Filing
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from desktop.services.touched import HAZARD, fingerprint_of
from tests import factories
from tests.integration.at_work import CLERK, MANAGER, OFFICER, work_as
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.hazard_desk import PATROLLER, TODAY, asked, draft, step
from tests.integration.test_hazards import text_of

Found = Callable[..., int]


@pytest.fixture
def site(desk: Desk, decide: Decide, complete: WalkIn) -> SiteRef:
    """A registered small work; the patroller is at work."""
    decided = decide(complete)
    work_as(desk, PATROLLER)
    return SiteRef(filing_id=decided.filing_id)


@pytest.fixture
def found(desk: Desk, site: SiteRef) -> Found:
    """Record one hazard with its notice; gives its id."""

    def record(hazard: HazardDraft | None = None, act_id: str = "visit-1") -> int:
        return desk.hazards.record(asked(site, hazard or draft(), act_id=act_id)).ids[0]

    return record


def take(desk: Desk, hazard_id: int, kind: StepKind, **changes: object) -> StepDone:
    """Take a step of today."""
    return desk.hazards.step(step(desk, hazard_id, kind, **changes))


def row(desk: Desk, hazard_id: int) -> HazardRow:
    """The hazard as lists show it."""
    [shown] = desk.hazards.page([hazard_id])
    return shown


def filing(desk: Desk, site: SiteRef) -> Filing:
    """The stored filing."""
    with desk.database.reading(is_whole=True) as session:
        stored = session.get(Filing, site.filing_id)
        assert stored is not None
        return stored


@pytest.mark.requirement("LG-30-H", "LG-34-2", "SJ-5.2c", "SJ-5.4b")
def test_a_hazard_goes_from_notice_over_feedback_and_recheck_to_cleared(desk: Desk, found: Found, clock: Clock) -> None:
    hazard = found()
    clock.day = date(2026, 3, 4)
    assert take(desk, hazard, StepKind.FEEDBACK, text="已加装防护栏").state is HazardState.AWAITING_RECHECK
    clock.day = date(2026, 3, 5)
    passed = take(desk, hazard, StepKind.PASSED, text="防护栏已装好")
    assert passed.state is HazardState.CLEARED
    assert passed.paper is not None
    words = text_of(desk, passed.paper.id)
    for said in (
        "安全隐患复查记录",
        "复查合格，隐患已整改，予以销项",
        "防护栏已装好",
        "2026年3月4日",
        "PA-ZG-2026-000001",
    ):
        assert said in words, said
    file = desk.hazards.file(hazard)
    assert [day.day for _stage, day in file.chain] == [2, 2, 4, 5]
    assert [shown.kind for shown in file.steps] == [
        StepKind.FOUND,
        StepKind.MEASURES,
        StepKind.NOTICE,
        StepKind.FEEDBACK,
        StepKind.PASSED,
    ]
    assert [paper.code for paper in file.papers] == ["rectification_notice", "recheck_record"]
    assert (file.row.days_open, file.next_steps) == (3, frozenset())
    assert take(desk, hazard, StepKind.PASSED, text="防护栏已装好") == passed, "the same act twice counts once"
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.FEEDBACK, act_id="late")
    assert caught.value.code == "step_not_allowed"


@pytest.mark.requirement("LG-34-2")
def test_feedback_brought_to_the_window_is_taken_down_there_and_verified_by_patrol(desk: Desk, found: Found) -> None:
    hazard = found()
    work_as(desk, CLERK)
    assert take(desk, hazard, StepKind.FEEDBACK).state is HazardState.AWAITING_RECHECK
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.PASSED)
    assert caught.value.code == "not_permitted"


@pytest.mark.requirement("LG-30-4b", "LG-30-2b")
def test_a_recheck_that_fails_past_the_term_must_reach_enforcement_that_day(
    desk: Desk, found: Found, clock: Clock
) -> None:
    hazard = found()
    clock.day = date(2026, 3, 5)
    early = take(desk, hazard, StepKind.FAILED, act_id="early", text="尚未整改")
    assert early.state is HazardState.RECTIFYING
    assert (row(desk, hazard).report_by, row(desk, hazard).is_overdue) == (None, False), "the term runs to its end"
    clock.day = date(2026, 3, 7)
    assert (row(desk, hazard).is_overdue, row(desk, hazard).report_by) == (True, date(2026, 3, 6))
    late = take(desk, hazard, StepKind.FAILED, text="仍未整改", due_on=date(2026, 3, 9))
    shown = row(desk, hazard)
    assert (shown.due_on, shown.is_overdue) == (date(2026, 3, 9), False)
    # 第三十条(四) hangs the day on the term that was missed: a later recheck does not put it off.
    assert (shown.report_by, shown.is_report_overdue) == (date(2026, 3, 6), True)
    assert late.paper is not None
    words = text_of(desk, late.paper.id)
    assert "复查不合格" in words
    assert "不晚于2026年3月9日整改完毕" in words
    assert "未按期整改，应于2026年3月7日上报街道相关执法机构依法查处（第三十条(四)）" in words
    clock.day = date(2026, 3, 8)
    assert row(desk, hazard).is_report_overdue
    take(desk, hazard, StepKind.REPORTED, names=("坪安街道综合行政执法队",))
    assert (row(desk, hazard).reported_on, row(desk, hazard).is_report_overdue) == (clock.day, False)


@pytest.mark.requirement("LG-30-2b", "LG-30-3c")
def test_a_refusal_sets_the_day_of_the_report_and_stays_a_refusal_until_put_right(
    desk: Desk, found: Found, clock: Clock
) -> None:
    hazard = found()
    clock.day = date(2026, 3, 4)
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.REFUSED, text=" ")
    assert (caught.value.code, caught.value.details["fields"]) == ("step_incomplete", ("text",))
    assert take(desk, hazard, StepKind.REFUSED, text="现场负责人拒绝停工").state is HazardState.REFUSED
    assert (row(desk, hazard).report_by, row(desk, hazard).refused_on) == (clock.day, clock.day)
    take(desk, hazard, StepKind.FEEDBACK)
    assert take(desk, hazard, StepKind.FAILED).state is HazardState.REFUSED
    assert take(desk, hazard, StepKind.PASSED).state is HazardState.CLEARED


@pytest.mark.requirement("YC-4d")
def test_work_stopped_with_an_officers_order_goes_on_after_the_recheck(desk: Desk, site: SiteRef, found: Found) -> None:
    hazard, other = found(draft(level=HazardLevel.MAJOR)), found(act_id="visit-2")
    work_as(desk, OFFICER)
    assert site.filing_id is not None
    order = desk.orders.issue(
        OrderRequest(
            act_id="order-1",
            filing_id=site.filing_id,
            kind=OrderKind.STOP,
            clause="beyond_scope",
            facts="现场存在重大安全隐患",
            asked="立即停工整改",
            certificate_number="粤LG00001",
        )
    )
    take(desk, hazard, StepKind.STOPPED, document_id=order.id)
    assert filing(desk, site).stopped_on == TODAY
    assert order.id in {paper.id for paper in desk.hazards.file(hazard).papers}
    take(desk, other, StepKind.STOPPED)
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.RESUMED)
    assert caught.value.code == "step_not_allowed", "not before the recheck"
    for each in (hazard, other):
        assert filing(desk, site).stopped_on == TODAY, "while one of two is stopped the site is"
        take(desk, each, StepKind.PASSED)
        take(desk, each, StepKind.RESUMED, text="复查合格，同意复工检查结果")
    assert filing(desk, site).stopped_on is None
    with pytest.raises(ClerkError) as caught:
        take(desk, found(act_id="visit-3"), StepKind.STOPPED, document_id=999)
    assert caught.value.code == "no_such_paper"


@pytest.mark.requirement("SJ-3e", "SJ-5.4b")
def test_supervision_has_a_level_and_a_date_and_the_term_can_be_moved(desk: Desk, found: Found) -> None:
    hazard = found()
    take(desk, hazard, StepKind.SUPERVISED, names=("区级督办",), text="请每日反馈")
    assert (row(desk, hazard).supervised_level, row(desk, hazard).supervised_on) == ("区级督办", TODAY)
    take(desk, hazard, StepKind.TERM, due_on=date(2026, 3, 9), text="材料未到")
    assert row(desk, hazard).due_on == date(2026, 3, 9)
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.TERM, act_id="back", due_on=date(2026, 3, 1))
    assert caught.value.details["fields"] == ("due_on",)


@pytest.mark.requirement("LG-30-1b")
def test_a_hazard_recorded_without_a_notice_gets_one_later(desk: Desk, site: SiteRef) -> None:
    plain = asked(site, draft(measures=(), due_on=None), issues_notice=False)
    [hazard] = desk.hazards.record(plain).ids
    assert row(desk, hazard).state is HazardState.FOUND
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.NOTICE)
    assert caught.value.details["fields"] == ("due_on",)
    told = take(desk, hazard, StepKind.NOTICE, due_on=date(2026, 3, 6))
    assert told.state is HazardState.RECTIFYING
    assert told.paper is not None
    assert told.paper.number == "PA-ZG-2026-000001"
    assert "2026年3月6日" in text_of(desk, told.paper.id)
    assert desk.hazards.ids(HazardCriteria(text="ZG-2026-000001")) == (hazard,)


@pytest.mark.requirement("LG-30-H")
def test_a_mistaken_entry_is_withdrawn_by_a_manager_with_a_reason_and_stays_on_record(desk: Desk, found: Found) -> None:
    hazard = found()
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.WITHDRAWN)
    assert caught.value.code == "not_permitted"
    work_as(desk, MANAGER)
    assert take(desk, hazard, StepKind.WITHDRAWN, text="记错了工地").state is HazardState.WITHDRAWN
    assert desk.hazards.file(hazard).steps[-1].text == "记错了工地"
    assert desk.hazards.counts(HazardCriteria()).open == 0


@pytest.mark.requirement("LG-30-7", "LG-32-1")
def test_escalation_is_flagged_on_the_filing_told_to_the_owner_and_asks_for_a_first_check(
    desk: Desk, site: SiteRef, found: Found, clock: Clock
) -> None:
    clock.day = date(2026, 3, 5)  # a Thursday
    hazard = found(draft(finding="major_accident_hazard", level=HazardLevel.MAJOR, due_on=date(2026, 3, 6)))
    done = take(desk, hazard, StepKind.ESCALATED, text="三处动火点同时作业")
    assert done.paper is not None
    assert (done.paper.code, done.paper.number) == ("escalation_notice", "PA-TG-2026-000001")
    words = text_of(desk, done.paper.id)
    for said in (
        "提级管理通知书",
        "自2026年3月5日起，参照高风险小型工程管理（第三十条(七)）",
        "三处动火点同时作业",
        "不晚于2026年3月10日组织现场检查，请配合。（第三十二条(一)）",
        "施工、作业专项方案（第二十八条(五)）",
        "原登记继续有效",
        "第三十二条(七)",
    ):
        assert said in words, said
    stored = filing(desk, site)
    assert (stored.escalated_on, stored.high_risk) == (clock.day, False), "the class of the law stays apart"
    assert row(desk, hazard).escalated_on == clock.day
    [check] = desk.hazards.escalation_checks()
    assert (check.due_on, check.article, check.done_on) == (date(2026, 3, 10), "第三十二条(一)", None)
    visit = PatrolRequest(
        act_id="first",
        visited_on=clock.day,
        patrollers=("何巡",),
        level=PatrolLevel.STREET,
        organisation="坪安街道应急办",
        site=site,
        kind=PatrolKind.FIRST_CHECK,
    )
    desk.patrols.record(visit)
    [check] = desk.hazards.escalation_checks()
    assert check.done_on == clock.day
    work_as(desk, CLERK)
    acts = [entry.act for entry in desk.ledger.file(site.filing_id or 0).timeline if entry.act != "patrol"]
    assert acts[-1] == "hazard_step"


@pytest.mark.requirement("LG-30-7")
def test_escalation_is_lifted_by_a_manager_with_a_reason(desk: Desk, site: SiteRef, found: Found) -> None:
    hazard = found(draft(finding="major_accident_hazard"))
    take(desk, hazard, StepKind.ESCALATED)
    assert StepKind.ESCALATED not in desk.hazards.file(found(act_id="visit-2")).next_steps, "once is enough"
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.ESCALATION_LIFTED)
    assert caught.value.code == "not_permitted"
    work_as(desk, MANAGER)
    take(desk, hazard, StepKind.ESCALATION_LIFTED, text="隐患消除，管理改善")
    assert filing(desk, site).escalated_on is None
    assert desk.hazards.escalation_checks() == ()
    assert StepKind.ESCALATED in {shown.kind for shown in desk.hazards.file(hazard).steps}


@pytest.mark.requirement("LG-30-7")
def test_a_minor_operation_is_not_escalated(desk: Desk, decide: Decide) -> None:
    minor = factories.all_in_order(factories.walk_in(factories.minor_facts()), desk.intake.pack())
    decided = decide(minor)
    work_as(desk, PATROLLER)
    [hazard] = desk.hazards.record(asked(SiteRef(filing_id=decided.filing_id))).ids
    with pytest.raises(ClerkError) as caught:
        take(desk, hazard, StepKind.ESCALATED)
    assert caught.value.code == "step_not_allowed"
    assert desk.hazards.record(asked(SiteRef(filing_id=decided.filing_id), act_id="v2")).notice is not None


@pytest.mark.requirement("LG-30-H", "SJ-5.4b")
def test_every_step_is_on_the_trail_and_the_ledger_still_agrees_with_it(desk: Desk, found: Found) -> None:
    hazard = found(draft(finding="major_accident_hazard"))
    for kind, changes in (
        (StepKind.ESCALATED, {}),
        (StepKind.STOPPED, {}),
        (StepKind.FEEDBACK, {}),
        (StepKind.FAILED, {"due_on": date(2026, 3, 9)}),
        (StepKind.PASSED, {}),
        (StepKind.RESUMED, {}),
    ):
        take(desk, hazard, kind, **changes)
    desk.hazards.record(asked(SiteRef(), act_id="road", community="坪安社区"))
    assert count_of(desk, "hazard_step") == 11
    last: dict[tuple[str, int | str], str] = {}
    with desk.database.reading(is_whole=True) as session:
        for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id)):
            last.update({(kind, key): held for kind, key, held in event.touched})
        told = {subject for subject in last if subject[0] == HAZARD}
        assert told == {(HAZARD, hazard), (HAZARD, hazard + 1)}
        for subject, held in last.items():
            assert fingerprint_of(session, *subject) == held, subject
