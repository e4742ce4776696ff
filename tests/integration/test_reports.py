"""Reports from the public and of other bodies: taken down, assigned, verified, answered, rewarded; who, covered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundSource
from desktop.domain.hazard import HazardDraft, HazardRequest
from desktop.domain.patrol import PatrolKind, PatrolLevel, PatrolRequest
from desktop.domain.public_report import (
    ReportCriteria,
    ReportMove,
    ReportSource,
    ReportState,
    ReportVerdict,
    RewardDraft,
    VerifyDraft,
)
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from tests.factories import FILED_ON
from tests.integration.at_work import MANAGER, OFFICER, REVIEWER, person, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.outward import (
    HERE,
    PATROLLER,
    PATROLLER_HERE,
    PATROLLER_THERE,
    THERE,
    found_site,
    report,
    report_draft,
    words_of,
)

CLERK_HERE = person(31, "姚窗", Role.WINDOW_CLERK, areas=HERE)
CLERK_HERE_PATROLLER_THERE = Actor(
    account_id=32,
    user_name="user32",
    name="姚兼",
    grants=(Grant(role=Role.PATROLLER, areas=THERE), Grant(role=Role.WINDOW_CLERK, areas=HERE)),
)
VERIFIED = VerifyDraft(act_id="v-1", verdict=ReportVerdict.TRUE, on=FILED_ON, result="现场正在拆除隔墙，无围挡")


@pytest.mark.requirement("LG-21-8", "LG-44-1")
def test_a_report_of_the_hotline_is_taken_down_with_number_term_and_slip(desk: Desk) -> None:
    taken = report(desk)
    assert taken.number == "PA-JB-2026-000001"
    row = desk.reports.file(taken.report_id).row
    assert (row.source, row.state, row.community) == (ReportSource.HOTLINE_12350, ReportState.RECEIVED, "坪安社区")
    assert row.verify_by == date(2026, 3, 9), "5 working days, a setting that is not verified"
    assert desk.intake.pack().parameters["report_verify_working_days"].unverified
    words = words_of(desk, taken.paper_id)
    for said in (taken.number, "12350", "拆承重墙", "2026年3月9日", "第四十四条"):
        assert said in words, said
    assert report(desk) == taken, "the same act twice counts once"


@pytest.mark.requirement("LG-44-1")
def test_the_hotlines_of_the_pack_are_a_source_and_stand_on_the_slip(desk: Desk) -> None:
    assert desk.intake.pack().hotlines == ("12350",)
    for number, source in enumerate(ReportSource):
        report(desk, f"r-{number}", source=source, source_body="区有关单位")
    assert desk.reports.count(ReportCriteria()) == len(ReportSource)
    (row,) = desk.reports.find(ReportCriteria(source=ReportSource.HOTLINE_12345))
    slip = desk.reports.file(row.id).papers[0]
    assert "监督举报电话：12350" in words_of(desk, slip.id)


@pytest.mark.requirement("LG-21-8")
def test_an_anonymous_report_keeps_nobody_and_a_named_one_is_covered_everywhere(desk: Desk) -> None:
    for act_id, content in (("r-1", "夜间施工"), ("r-2", "找 13800008866 可带路")):
        report(desk, act_id, content=content)
    (second, first) = desk.reports.find(ReportCriteria())
    assert (first.reporter_name, first.reporter_phone) == ("温＊＊", "138****8866")
    assert "13800008866" not in second.content
    assert desk.reports.find(ReportCriteria(text="温有光")) == (), "nobody is found by who reported"
    with desk.database.reading(is_whole=True) as session:
        trail = [(event.summary, event.reason, event.changes) for event in session.scalars(select(AuditEvent))]
    assert "温有光" not in str(trail)
    assert "13800008866" not in str(trail)
    for paper in desk.reports.file(first.id).papers:
        words = words_of(desk, paper.id)
        assert "温有光" not in words
        assert "13800008866" not in words
    with pytest.raises(ClerkError) as caught:
        report(desk, "r-3", is_anonymous=True)
    assert caught.value.details["field"] == "reporter_name"
    taken = report(desk, "r-3", is_anonymous=True, reporter_name="", reporter_phone="")
    assert desk.reports.file(taken.report_id).row.is_anonymous


@pytest.mark.requirement("LG-21-8")
def test_who_reported_is_seen_whole_only_by_right_for_a_purpose_and_on_record(desk: Desk) -> None:
    taken = report(desk)
    work_as(desk, PATROLLER)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.reports.reveal(taken.report_id, "回访举报人")
    work_as(desk, OFFICER)
    with pytest.raises(ClerkError, match="purpose_required"):
        desk.reports.reveal(taken.report_id, " ")
    reporter = desk.reports.reveal(taken.report_id, "回访举报人")
    assert (reporter.name, reporter.phone) == ("温有光", "13800008866")
    with desk.database.reading(is_whole=True) as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.act, event.reason, event.who) == ("reporter_seen", "回访举报人", "郑执")


@pytest.mark.requirement("LG-21-8")
def test_a_report_is_assigned_verified_by_a_patrol_and_answered(desk: Desk, clock: Clock) -> None:
    taken = report(desk)
    row = desk.reports.assign(taken.report_id, to="郭巡", act_id="a-1")
    assert (row.state, row.assigned_to, row.assigned_on) == (ReportState.ASSIGNED, "郭巡", FILED_ON)
    visit = desk.patrols.record(
        PatrolRequest(
            act_id="p-1",
            visited_on=FILED_ON,
            patrollers=("郭巡",),
            level=PatrolLevel.COMMUNITY,
            organisation="坪安社区工作站",
            kind=PatrolKind.REPORT_CHECK,
            community="坪安社区",
            road="坪安路",
            report_id=taken.report_id,
        )
    )
    with pytest.raises(ClerkError, match="report_unverified"):
        desk.reports.answer(taken.report_id, "已处理", act_id="x-1")
    row = desk.reports.verify(taken.report_id, replace(VERIFIED, patrol_id=visit.patrol_id))
    assert (row.state, row.verdict, row.verified_on) == (ReportState.VERIFIED, ReportVerdict.TRUE, FILED_ON)
    clock.day = date(2026, 3, 3)
    row = desk.reports.answer(taken.report_id, "已要求停工并设置围挡", act_id="x-1")
    assert (row.state, row.replied_on, row.reply) == (ReportState.ANSWERED, clock.day, "已要求停工并设置围挡")
    moves = [step.move for step in desk.reports.file(taken.report_id).steps]
    assert moves == [ReportMove.RECEIVED, ReportMove.ASSIGNED, ReportMove.VERIFIED, ReportMove.ANSWERED]
    with pytest.raises(ClerkError, match="report_closed"):
        desk.reports.assign(taken.report_id, to="袁巡", act_id="a-2")
    assert desk.reports.answer(taken.report_id, "已要求停工并设置围挡", act_id="x-1").reply == row.reply
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.reports.answer(taken.report_id, "又一次", act_id="x-1")


@pytest.mark.requirement("LG-21-8")
def test_what_is_not_verified_in_time_is_overdue_from_the_day_after(desk: Desk, clock: Clock) -> None:
    taken = report(desk)
    late = ReportCriteria(is_overdue=True)
    clock.day = date(2026, 3, 9)
    assert desk.reports.find(late) == ()
    clock.day = date(2026, 3, 10)
    (row,) = desk.reports.find(late)
    assert row.is_overdue(clock.day)
    desk.reports.verify(taken.report_id, replace(VERIFIED, on=clock.day))
    assert desk.reports.find(late) == ()
    assert desk.reports.count(ReportCriteria(is_open=True)) == 1, "it still wants an answer"


@pytest.mark.requirement("LG-44-2")
def test_only_a_report_that_was_borne_out_is_rewarded_and_stands_in_the_list(desk: Desk, clock: Clock) -> None:
    taken = report(desk)
    with pytest.raises(ClerkError) as caught:
        desk.reports.reward(taken.report_id, RewardDraft(act_id="w-0", deserves=True, yuan=Decimal(500)))
    assert (caught.value.code, caught.value.details["field"]) == ("report_unfit", "deserves")
    desk.reports.verify(taken.report_id, VERIFIED)
    with pytest.raises(ClerkError, match="report_unfit"):
        desk.reports.reward(taken.report_id, RewardDraft(act_id="w-0", deserves=True, rewarded_on=clock.day))
    row = desk.reports.reward(
        taken.report_id,
        RewardDraft(act_id="w-1", deserves=True, yuan=Decimal("500.50"), rewarded_on=clock.day),
    )
    assert (row.deserves_reward, row.reward_yuan, row.rewarded_on) == (True, Decimal("500.50"), clock.day)
    report(desk, "r-2")
    rewarded = desk.reports.find(ReportCriteria(deserves_reward=True))
    assert [one.number for one in rewarded] == [taken.number]


@pytest.mark.requirement("LG-44-2")
def test_a_reward_that_was_paid_was_deserved(desk: Desk, clock: Clock) -> None:
    taken = report(desk)
    desk.reports.verify(taken.report_id, VERIFIED)
    paid = RewardDraft(act_id="w-1", deserves=True, yuan=Decimal(500), rewarded_on=clock.day)
    desk.reports.reward(taken.report_id, paid)
    with pytest.raises(ClerkError) as caught:
        desk.reports.reward(taken.report_id, RewardDraft(act_id="w-2", deserves=False))
    assert (caught.value.code, caught.value.details["field"]) == ("report_unfit", "deserves")
    assert f"奖励已于 {clock.day} 发放" in str(caught.value.details["why"])
    [row] = desk.reports.find(ReportCriteria(deserves_reward=True))
    assert (row.reward_yuan, row.rewarded_on) == (Decimal(500), clock.day)
    # A day of payment entered by mistake is put right first.
    desk.reports.reward(taken.report_id, RewardDraft(act_id="w-3", deserves=True, yuan=Decimal(500)))
    row = desk.reports.reward(taken.report_id, RewardDraft(act_id="w-4", deserves=False))
    assert row.deserves_reward is False


@pytest.mark.requirement("LG-31-1")
def test_feedback_of_a_department_names_it_the_case_a_term_and_is_open_until_answered(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    filing = decide(complete)
    values: dict[str, Any] = {
        "source": ReportSource.SUPERVISION,
        "reporter_name": "",
        "reporter_phone": "",
        "site": SiteRef(filing_id=filing.filing_id),
        "content": "临时用电未按规范敷设",
        "verify_by": date(2026, 3, 4),
    }
    with pytest.raises(ClerkError) as caught:
        report(desk, **values)
    assert caught.value.details["field"] == "source_body"
    taken = report(desk, **values, source_body="区住房建设部门")
    open_feedback = ReportCriteria(source=ReportSource.SUPERVISION, is_open=True)
    (row,) = desk.reports.find(open_feedback)
    assert (row.source_body, row.site_number, row.verify_by) == ("区住房建设部门", filing.number, date(2026, 3, 4))
    desk.reports.verify(taken.report_id, VERIFIED)
    desk.reports.answer(taken.report_id, "已整改，复函", act_id="x-1")
    assert desk.reports.find(open_feedback) == ()


@pytest.mark.requirement("LG-23-6")
def test_a_property_point_gets_a_slip_that_the_street_received_its_report(desk: Desk) -> None:
    taken = report(
        desk, source=ReportSource.PROPERTY, source_body="坪安花园物业服务中心", reporter_name="", reporter_phone=""
    )
    words = words_of(desk, taken.paper_id)
    for said in ("投诉举报（问题上报）收件单", "坪安花园物业服务中心", "物业上报", taken.number, "2026年3月2日"):
        assert said in words, said


@pytest.mark.requirement("JS-2.4h")
def test_an_incoming_letter_is_a_source_with_its_sender_and_state(desk: Desk) -> None:
    taken = report(desk, source=ReportSource.INCOMING_LETTER, source_body="坪安镇人民政府", content="函告违法施工线索")
    (row,) = desk.reports.find(ReportCriteria(source=ReportSource.INCOMING_LETTER, state=ReportState.RECEIVED))
    assert (row.source_body, row.number) == ("坪安镇人民政府", taken.number)


@pytest.mark.requirement("JS-2.4l")
def test_a_department_that_asks_for_an_opinion_is_answered_on_record(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    filing = decide(complete)
    taken = report(
        desk,
        source=ReportSource.INCOMING_LETTER,
        source_body="区市场监督管理局",
        content="征询意见：该处申请办理餐饮许可，商铺装修是否已办理登记",
        site=SiteRef(filing_id=filing.filing_id),
    )
    found = replace(VERIFIED, verdict=ReportVerdict.TRUE, result="已办理登记，在有效期内")
    desk.reports.verify(taken.report_id, found)
    desk.reports.answer(taken.report_id, f"该处已办理登记（{filing.number}），无不同意见", act_id="x-1")
    (row,) = desk.reports.find(ReportCriteria(source=ReportSource.INCOMING_LETTER, state=ReportState.ANSWERED))
    assert (row.source_body, row.site_number) == ("区市场监督管理局", filing.number)
    assert filing.number in row.reply
    assert desk.reports.file(taken.report_id).steps[-1].move is ReportMove.ANSWERED


@pytest.mark.requirement("LG-21-8")
def test_a_verified_report_opens_an_unregistered_work_or_a_hazard_and_is_tied_to_it(desk: Desk) -> None:
    taken = report(desk)
    desk.reports.assign(taken.report_id, to="郭巡", act_id="a-1")
    desk.reports.verify(taken.report_id, VERIFIED)
    begun = desk.reports.found_site_draft(taken.report_id)
    assert (begun.source, begun.place, begun.report_id) == (FoundSource.REPORT, "坪安路30号", taken.report_id)
    site = SiteRef(found_site_id=desk.found_sites.record(replace(begun, work="室内拆改"), act_id="f-1").found_site_id)
    row = desk.reports.link(taken.report_id, site, act_id="l-1")
    assert (row.site, row.site_number) == (site, "PA-FX-2026-000001")
    hazard = HazardDraft(finding="below_safety_standard", description="无围挡", due_on=date(2026, 3, 4))
    request = HazardRequest(act_id="h-1", site=site, hazards=(hazard,), found_on=FILED_ON, report_id=taken.report_id)
    hazard_id = desk.hazards.record(request).ids[0]
    assert desk.hazards.file(hazard_id).row.report_id == taken.report_id


@pytest.mark.requirement("LG-21-8")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"content": " "}, "content"),
        ({"received_on": None}, "received_on"),
        ({"received_on": date(2026, 3, 3)}, "received_on"),
        ({"community": ""}, "community"),
        ({"place": ""}, "place"),
        ({"reporter_phone": "12"}, "reporter_phone"),
        ({"verify_by": date(2026, 3, 1)}, "verify_by"),
    ],
)
def test_a_report_wants_content_day_and_place(desk: Desk, changes: dict[str, Any], field: str) -> None:
    faults = desk.reports.faults(report_draft(**changes))
    assert field in [fault.field for fault in faults]
    if field != "community":
        with pytest.raises(ClerkError, match="report_unfit"):
            report(desk, **changes)
    assert report(desk, "r-2").number.endswith("000001"), "no number was lost"


@pytest.mark.requirement("LG-21-8")
def test_a_window_clerk_takes_down_what_somebody_reports_at_the_window_and_no_more(desk: Desk) -> None:
    work_as(desk, CLERK_HERE)
    taken = report(desk, source=ReportSource.VISIT)
    assert desk.reports.file(taken.report_id).row.state is ReportState.RECEIVED
    at_site = SiteRef(found_site_id=_recorded_by_a_patroller(desk))
    assert report(desk, "r-2", source=ReportSource.VISIT, site=at_site).number != taken.number
    for refused, code in (
        (lambda: report(desk, "r-3", community="新禾社区"), "outside_scope"),
        (lambda: desk.reports.assign(taken.report_id, to="郭巡", act_id="a-1"), "not_permitted"),
        (lambda: desk.reports.verify(taken.report_id, VERIFIED), "not_permitted"),
        (lambda: desk.reports.answer(taken.report_id, "已处理", act_id="x-1"), "not_permitted"),
        (lambda: desk.reports.found_site_draft(taken.report_id), "not_permitted"),
    ):
        with pytest.raises(ClerkError, match=code):
            refused()
    work_as(desk, CLERK_HERE_PATROLLER_THERE)
    assert report(desk, "r-4").number, "by the right that reaches here"
    assert report(desk, "r-5", community="新禾社区").number, "and by the one that reaches there"


def _recorded_by_a_patroller(desk: Desk) -> int:
    work_as(desk, PATROLLER_HERE)
    site_id = found_site(desk).found_site_id
    work_as(desk, CLERK_HERE)
    return site_id


@pytest.mark.requirement("LG-21-8")
def test_who_looks_after_another_community_neither_sees_nor_touches_a_report(desk: Desk) -> None:
    taken = report(desk)
    site = SiteRef(found_site_id=found_site(desk).found_site_id)
    work_as(desk, PATROLLER_THERE)
    assert desk.reports.find(ReportCriteria()) == ()
    for refused in (
        lambda: desk.reports.file(taken.report_id),
        lambda: desk.reports.assign(taken.report_id, to="罗巡", act_id="a-1"),
        lambda: desk.reports.verify(taken.report_id, VERIFIED),
        lambda: desk.reports.answer(taken.report_id, "已处理", act_id="x-1"),
        lambda: desk.reports.reward(taken.report_id, RewardDraft(act_id="w-1", deserves=False)),
        lambda: desk.reports.link(taken.report_id, site, act_id="l-1"),
        lambda: desk.reports.found_site_draft(taken.report_id),
        lambda: desk.reports.reveal(taken.report_id, "回访举报人"),
        lambda: report(desk, "r-2"),
    ):
        with pytest.raises(ClerkError):
            refused()
    with pytest.raises(ClerkError, match="act_id_used"):
        report(desk, community="新禾社区")
    work_as(desk, REVIEWER)
    with pytest.raises(ClerkError, match="not_permitted"):
        report(desk, "r-3")
    work_as(desk, PATROLLER_HERE)
    assert desk.reports.verify(taken.report_id, VERIFIED).state is ReportState.VERIFIED
    work_as(desk, MANAGER)
    assert desk.reports.reveal(taken.report_id, "核实举报").name == "温有光"
