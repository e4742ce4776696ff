"""A high-risk site from registration to close-out, and an escalated one beside it: by keyboard throughout."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest

from desktop.domain.acts import Act, DecisionRequest, Status
from desktop.domain.hazard import HazardState
from desktop.domain.patrol_kinds import PatrolKind
from desktop.domain.register_number import Series, parse_number
from desktop.domain.registration_life import LifeState
from desktop.domain.transfer import TransferState
from desktop.domain.worklist import TaskKind, Urgency
from desktop.models.ledger_key import Unlock
from desktop.services.ledger_check import verify_folder
from desktop.views.patrol.details_dialogs import FirstCheckDialog
from desktop.views.patrol.hazard_dialog import HazardDialog
from desktop.views.patrol.step_dialog import StepDialog
from desktop.views.patrol.transfer_dialog import TransferDialog
from desktop.views.patrol.transfer_step_dialog import TransferStepDialog
from tests import factories
from tests.journeys import people
from tests.journeys.conftest import Journey
from tests.journeys.on_site import (
    begins_patrol,
    carries_out,
    does,
    entry_of,
    kinds_on_worklist,
    life_dialog,
    looks_at,
    meanwhile,
    on_worklist,
    patrol_page,
    text_of,
    the_hazard,
    the_letter,
    to_check,
    to_hazard,
    typing,
)

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HIGH, SMALL = "PA-DJ-2026-000001", "PA-DJ-2026-000002"
OWNER = "深圳市和顺餐饮管理有限公司"
# The last paper of each kind: its number, and words that only this course of things puts there.
PAPERS = {
    "receipt": (HIGH, "高风险小型工程：起重吊装工程", "有效期至2026年9月2日"),
    "rectification_notice": ("PA-ZG-2026-000001", "吊装区域未警戒", "2026年3月7日", HIGH),
    "escalation_notice": ("PA-TG-2026-000001", "提级参照高风险小型工程管理", SMALL),
    "handed_over": ("PA-YJ-2026-000001", "坪安街道综合行政执法队", "拒不整改", "已制止吊装，当面督促整改", HIGH),
    "recheck_record": ("PA-YH-2026-000001", "PA-ZG-2026-000001", "现场复查，警戒和指挥到位"),
    "extension_application": ("PA-YQ-2026-000001", "设备到货推迟", HIGH),
    "extension_receipt": ("PA-YQ-2026-000001", "有效期延至2027年3月2日", HIGH),
    "closeout_application": ("PA-ZX-2026-000001", "2026年9月25日", "拆除渣土", "3立方米", "林知远", HIGH),
    "closeout_check": ("PA-ZX-2026-000001", "现场已清场", HIGH),
    "closeout_receipt": ("PA-ZX-2026-000001", "注销日期：2026年9月29日", HIGH),
}
SERIES = {
    Series.REGISTRATION,
    Series.HAZARD,
    Series.RECTIFICATION,
    Series.ESCALATION,
    Series.TRANSFER,
    Series.EXTENSION,
    Series.CLOSEOUT,
}


@pytest.mark.requirement("LG-32-1", "LG-30-2a", "LG-30-2b", "LG-30-7", "LG-30-H", "LG-34-2")
@pytest.mark.requirement("LG-21-6", "LG-36-1", "LG-25-2b", "LG-33-1", "LG-33-2", "LG-33-3")
def test_a_high_risk_site_from_registration_to_close_out(journey: Journey) -> None:
    registers_the_high_risk_site(journey)
    registers_the_small_site(journey)

    journey.day = date(2026, 3, 4)
    fails_the_first_check(journey)
    escalates_the_small_site(journey)

    journey.day = date(2026, 3, 9)
    finds_the_term_run_out(journey)
    is_refused(journey)
    hands_it_on(journey)

    journey.day = date(2026, 3, 18)
    takes_the_reply(journey)
    clears_the_hazard(journey)

    journey.day = date(2026, 8, 20)
    extends(journey)

    journey.day = date(2026, 9, 28)
    completes_and_applies(journey)
    journey.day = date(2026, 9, 29)
    verifies_and_closes(journey)

    left_its_papers(journey)
    is_sound(journey)


# --- what happens, day by day ---


def registers_the_high_risk_site(journey: Journey) -> None:
    """Somebody brings a shop with hoisting to the counter; it is accepted there."""
    journey.keys("{Ctrl+N}")
    journey.fill(
        *people.shop(),
        *people.NO_RISKS,
        ("facts.hoisting", "Y"),
        *people.owner_company(),
        *people.BUILDER,
        ("owner_safety_manager.name", "林知远"),
        ("owner_safety_manager.phone", "13800003344"),
        ("contractor_safety_manager.name", "许安"),
        ("contractor_safety_manager.phone", "13800007788"),
        ("workers.0.name", "何平"),
        ("planned_start_on", "2026-3-9"),
        ("planned_end_on", "2026-10-30"),
        ("signed", "{Space}"),
    )
    journey.judge("{Shift+Space}")
    assert journey.decide("{F9}") == HIGH
    assert journey.file(HIGH).row.high_risk


def registers_the_small_site(journey: Journey) -> None:
    """A small work of the same owner that is not high-risk, registered before this journey begins."""
    desk = journey.desk
    matter = factories.all_in_order(
        factories.walk_in(project_name="坪安路20号商铺装修", owner=factories.company(OWNER)), desk.intake.pack()
    )
    desk.intake.decide(DecisionRequest(act_id="small", act=Act.ACCEPT, walk_in=matter, signed=True))
    assert journey.file(SMALL).row.high_risk is False


def fails_the_first_check(journey: Journey) -> None:
    """The worklist leads to the entry of the first check, which finds the hoisting unguarded."""
    does(journey, TaskKind.FIRST_CHECK, HIGH)
    entry = entry_of(journey)
    assert entry.form.chooser.site is not None, "the task brings its site"
    assert entry.form.visit.visit().kind is PatrolKind.FIRST_CHECK
    journey.fill(("patrol.patrollers", "陈巡、何查"), ("patrol.organisation", "坪安社区工作站"))
    answers = ("plan", "N"), ("is_sealed", "Y"), ("approved_by", "建设单位"), ("is_briefed_in_writing", "N")
    meanwhile(journey, "{F5}", FirstCheckDialog, typing(*answers))
    to_check(journey, "吊装")
    journey.keys("2", "{F9}")
    looks_at(journey, "整改通知 PA-ZG-2026-000001")
    hazard = the_hazard(journey, HIGH)
    assert (hazard.state, hazard.due_on) == (HazardState.RECTIFYING, date(2026, 3, 7))
    assert TaskKind.FIRST_CHECK not in kinds_on_worklist(journey)
    assert "首次现场检查已完成" in entry.banner.text


def escalates_the_small_site(journey: Journey) -> None:
    """A patrol of the other work finds a major hazard: managed as high-risk from now on, and checked as such."""
    begins_patrol(journey, SMALL, "定期")
    words = ("finding", "重大{Enter}"), ("description", "{Ctrl+A}拆改部位有坍塌危险"), ("level", "重大{Enter}")
    meanwhile(journey, "{F6}", HazardDialog, typing(*words))
    journey.keys("{F9}")
    looks_at(journey, "整改通知 PA-ZG-2026-000002")
    hazard = the_hazard(journey, SMALL)
    assert hazard.report_by == journey.day, "a major one is reported on the day"

    to_hazard(journey, SMALL)
    meanwhile(journey, "{Ctrl+E}", StepDialog, typing(("text", "存在重大事故隐患")))
    looks_at(journey, "提级")
    assert journey.desk.life.of(journey.file(SMALL).row.id).registration.escalated_on == journey.day

    does(journey, TaskKind.ESCALATION_CHECK, SMALL)
    entry = entry_of(journey)
    assert entry.form.visit.visit().kind is PatrolKind.FIRST_CHECK
    journey.keys("{Ctrl+Enter}")
    journey.see(lambda: "已记" in entry.banner.text, "the check recorded")
    assert TaskKind.ESCALATION_CHECK not in kinds_on_worklist(journey)


def finds_the_term_run_out(journey: Journey) -> None:
    """The term of the notice has passed: the worklist says so without anybody having written it down."""
    task = on_worklist(journey, TaskKind.RECTIFICATION, HIGH)
    assert task.by == date(2026, 3, 7)
    assert task.urgency(journey.day) is Urgency.OVERDUE
    assert TaskKind.SAME_DAY_HAZARD in kinds_on_worklist(journey, HIGH), "enforcement is to know today"
    on_worklist(journey, TaskKind.RECTIFICATION, HIGH)
    journey.keys("{F9}")
    page = patrol_page(journey)
    assert page.tabs.currentWidget() is page.hazards
    journey.settle()
    assert page.hazards.table.chosen_id() == the_hazard(journey, HIGH).id
    assert "已逾期 2 天" in page.hazards.page.text


def is_refused(journey: Journey) -> None:
    """Who has to put it right refuses; enforcement should have known on the day after the term, which passed."""
    meanwhile(journey, "{F8}", StepDialog, typing(("text", "施工负责人当场拒绝整改")))
    hazard = the_hazard(journey, HIGH)
    assert hazard.state is HazardState.REFUSED
    assert hazard.due_on is not None
    task = on_worklist(journey, TaskKind.SAME_DAY_HAZARD, HIGH)
    assert task.by == hazard.due_on + timedelta(days=1)


def hands_it_on(journey: Journey) -> None:
    """The matter goes to enforcement by letter, and no report is due any more."""
    journey.keys("{F9}")
    journey.settle()
    meanwhile(journey, "{F5}", TransferDialog, typing(("measures", "{Ctrl+A}已制止吊装，当面督促整改")))
    sent = the_letter(journey)
    looks_at(journey, sent.number)
    assert (sent.state, sent.sent_on) == (TransferState.SENT, journey.day)
    assert TaskKind.SAME_DAY_HAZARD not in kinds_on_worklist(journey, HIGH)


def takes_the_reply(journey: Journey) -> None:
    """The reply of enforcement is typed in with its penalty; nobody waits for it any more."""
    does(journey, TaskKind.REPLY, the_letter(journey).site_number)
    page = patrol_page(journey)
    assert page.tabs.currentWidget() is page.transfers
    reply = (
        ("who", "郑执"),
        ("text", "已立案查处，责令停止违法行为"),
        ("penalty", "罚款{Enter}"),
        ("penalty.amount_yuan", "5000"),
        ("penalty.document", "坪执罚字〔2026〕0001号"),
    )
    meanwhile(journey, "{F9}", TransferStepDialog, typing(*reply))
    assert the_letter(journey).state is TransferState.REPLIED
    assert TaskKind.REPLY not in kinds_on_worklist(journey)


def clears_the_hazard(journey: Journey) -> None:
    """It is said to be put right; a recheck first finds it not so, then so."""
    to_hazard(journey, HIGH)
    meanwhile(journey, "{F2}", StepDialog, typing(("text", "已设警戒区，配专人指挥")))
    does(journey, TaskKind.RECHECK, HIGH)
    meanwhile(journey, "{F6}", StepDialog, typing(("text", "警戒区已被挪开")))
    looks_at(journey, "复查")
    assert the_hazard(journey, HIGH).state is HazardState.REFUSED, "who refused and has not done it still refuses"
    meanwhile(journey, "{F2}", StepDialog, typing(("text", "重新围挡，专人看守")))
    does(journey, TaskKind.RECHECK, HIGH)
    meanwhile(journey, "{F4}", StepDialog, typing(("text", "现场复查，警戒和指挥到位")))
    looks_at(journey, "复查")
    assert the_hazard(journey, HIGH).state is HazardState.CLEARED


def extends(journey: Journey) -> None:
    """The owner asks for more time within the window."""
    does(journey, TaskKind.EXTENSION, HIGH)
    dialog = life_dialog(journey)
    journey.keys("设备到货推迟")
    assert "2026-09-02 延至 2027-03-02" in dialog.effect.text()
    carries_out(journey)
    assert journey.file(HIGH).valid_until == date(2027, 3, 2)


def completes_and_applies(journey: Journey) -> None:
    """The work is finished; its owner applies for close-out, the waste with it."""
    journey.find(HIGH)
    journey.open_found()
    journey.keys("{Shift+F4}")
    life_dialog(journey)
    journey.fill(("completed_on", "{Ctrl+A}2026-9-25"), ("note", "业主来电告知"))
    carries_out(journey, has_papers=False)
    assert journey.filing.life.life is not None
    assert journey.filing.life.life.state is LifeState.COMPLETED

    does(journey, TaskKind.CLOSE_OUT, HIGH)
    life_dialog(journey)
    journey.fill(
        ("applicant", "林知远"),
        ("kind", "拆除渣土"),
        ("amount", "3 立方米"),
        ("hauler", "深圳市清源运输有限公司"),
        ("taken_on", "2026-9-24"),
        ("site", "{Ctrl+A}坪安建筑废弃物综合利用场"),
    )
    carries_out(journey)
    assert journey.file(HIGH).row.status is Status.AWAITING_CLOSEOUT


def verifies_and_closes(journey: Journey) -> None:
    """Somebody looks on site; the registration ends."""
    begins_patrol(journey, HIGH, "注销")
    journey.fill(("patrol.result", "完工{Enter}"))
    journey.keys("{F9}")
    journey.see(lambda: "已记" in entry_of(journey).banner.text, "the visit recorded")
    assert [row.number for row in journey.desk.patrols.of_day(journey.day)] == [HIGH], "a visit of today"

    does(journey, TaskKind.CLOSE_OUT_CHECK, HIGH)
    life_dialog(journey)
    journey.fill(("verdict", "已经{Enter}"), ("text", "现场已清场"), ("patrol", "{Down}{Enter}"))
    carries_out(journey)
    file = journey.file(HIGH)
    assert file.row.status is Status.CLOSED
    assert "只供查看" in journey.filing.life.words()
    assert TaskKind.CLOSE_OUT_CHECK not in kinds_on_worklist(journey)


def left_its_papers(journey: Journey) -> None:
    """Every act left its paper, and its words are those of the act."""
    papers = {paper.code: paper for number in (SMALL, HIGH) for paper in journey.file(number).papers}
    for code, (number, *words) in PAPERS.items():
        assert papers[code].number == number, code
        text = text_of(journey, papers[code])
        assert [each for each in (number, *words) if each not in text] == [], code


def is_sound(journey: Journey) -> None:
    """Chain, rows and papers are as they should be; the numbers of every series run from one without a gap."""
    verdict = journey.desk.ledger_check.verify()
    assert verdict.is_sound, verdict.findings
    papers = (paper.number for each in (HIGH, SMALL) for paper in journey.file(each).papers)
    others = (the_hazard(journey, HIGH).number, the_hazard(journey, SMALL).number, the_letter(journey).number)
    runs: dict[Series, set[int]] = defaultdict(set)
    for written in (*papers, *others):
        number = parse_number(written)
        assert number is not None
        runs[number.series].add(number.serial)
    assert set(runs) >= SERIES
    assert all(run == set(range(1, len(run) + 1)) for run in runs.values()), runs
    journey.leave()
    assert verify_folder(journey.folder, unlock=Unlock()).is_sound
