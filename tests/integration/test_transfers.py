"""Matters handed to other bodies: proposed by the rules, sent with a number, followed to the reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.acts import Decided
from desktop.domain.bodies import BodyLevel, TransferKind
from desktop.domain.conduct import MeasureKind
from desktop.domain.errors import ClerkError
from desktop.domain.firms import FirmDraft
from desktop.domain.hazard import HazardDraft, HazardRequest, Measure, StepKind, StepRequest
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.site import SiteRef
from desktop.domain.transfer import (
    Penalty,
    PenaltyKind,
    TransferCriteria,
    TransferMatter,
    TransferMove,
    TransferRequest,
    TransferState,
    TransferStepDraft,
)
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests.factories import FILED_ON, OTHER_COMPANY_CODE, all_in_order, minor_facts, walk_in
from tests.integration.conftest import Clock, Decide
from tests.integration.outward import report, words_of

NINE = {
    "区工业和信息化部门",
    "区住房建设部门",
    "区教育部门",
    "区卫生健康部门",
    "区水务部门",
    "区文化广电旅游体育部门",
    "区城管和综合执法部门",
    "区交通运输管理部门",
    "区生态环境管理部门",
}
Refuse = Callable[..., int]


@pytest.fixture
def small(decide: Decide, complete: WalkIn) -> Decided:
    """A registered small work."""
    return decide(complete)


@pytest.fixture
def minor(desk: Desk, decide: Decide) -> Decided:
    """A registered minor operation."""
    return decide(all_in_order(walk_in(minor_facts(), project_name="坪安路招牌安装"), desk.intake.pack()))


@pytest.fixture
def refused(desk: Desk) -> Refuse:
    """Record a hazard on a site whose rectification is refused, and give its id."""

    def run(filing_id: int, finding: str = "below_safety_standard") -> int:
        draft = HazardDraft(
            finding=finding,
            description="高处作业未系安全带",
            spot="二层外墙",
            measures=(Measure.HALT, Measure.URGE),
            due_on=date(2026, 3, 4),
        )
        site = SiteRef(filing_id=filing_id)
        request = HazardRequest(act_id=f"h-{filing_id}", site=site, hazards=(draft,), found_on=FILED_ON)
        hazard_id = desk.hazards.record(request).ids[0]
        step = StepRequest(
            act_id=f"r-{filing_id}", hazard_id=hazard_id, kind=StepKind.REFUSED, on=FILED_ON, text="现场拒绝整改"
        )
        desk.hazards.step(step)
        return hazard_id

    return run


def of(decided: Decided, **more: Any) -> TransferMatter:
    """A matter about a registered site."""
    return TransferMatter(site=SiteRef(filing_id=decided.filing_id), **more)


def letter(decided: Decided, **changes: Any) -> TransferRequest:
    """A letter as a patroller would fill it in."""
    values: dict[str, Any] = {
        "act_id": "t-1",
        "site": SiteRef(filing_id=decided.filing_id),
        "to_body": "街道综合执法机构",
        "article": "第三十六条(一)",
        "violation": "work_safety",
        "facts": "2026年3月2日现场检查发现高处作业未系安全带，拒不整改",
        "evidence": ("现场照片 2 件", "整改通知书"),
        "grounds": ("第三十六条(一)",),
        "request": "请依法查处",
        "reply_by": date(2026, 3, 16),
    }
    return TransferRequest(**{**values, **changes})


def reply(**changes: Any) -> TransferStepDraft:
    """The other body's reply with a fine."""
    values: dict[str, Any] = {
        "act_id": "s-9",
        "move": TransferMove.REPLIED,
        "on": FILED_ON,
        "who": "秦督",
        "text": "责令改正并罚款",
        "penalty": Penalty(
            kind=PenaltyKind.FINE, amount_yuan=Decimal(20000), document="坪安执罚〔2026〕1号", decided_on=FILED_ON
        ),
        "documents": ("行政处罚决定书",),
    }
    return TransferStepDraft(**{**values, **changes})


@pytest.mark.requirement("LG-36-0", "LG-36-1", "LG-35")
def test_refused_safety_of_a_small_work_goes_to_the_streets_comprehensive_enforcement(
    desk: Desk, small: Decided
) -> None:
    proposal = desk.transfers.propose(of(small))
    assert (proposal.to_body, proposal.article) == ("街道综合执法机构", "第三十六条(一)")
    assert (proposal.kind, proposal.is_same_day) == (TransferKind.TRANSFER, False)
    assert proposal.bodies[0].name == "街道综合执法机构"


@pytest.mark.requirement("LG-36-2")
def test_refused_safety_of_a_minor_operation_goes_to_the_body_with_industry_safety_duty(
    desk: Desk, minor: Decided
) -> None:
    proposal = desk.transfers.propose(of(minor))
    assert (proposal.to_body, proposal.article) == ("负有行业安全监管职责的机构", "第三十六条(二)")


@pytest.mark.requirement("LG-19-14")
def test_hot_work_of_a_minor_operation_goes_to_the_fire_body_and_beyond_it_to_fire_and_rescue(
    desk: Desk, minor: Decided
) -> None:
    within = desk.transfers.propose(of(minor, violation="fire"))
    assert within.to_body == "街道消防监管机构"
    assert "第十九条(十四)" in within.article
    beyond = desk.transfers.propose(of(minor, violation="fire", is_within_power=False))
    assert (beyond.to_body, beyond.article) == ("消防救援机构", "第十九条(十四)")


@pytest.mark.requirement("LG-36-3a")
@pytest.mark.parametrize("violation", ["environment", "housing", "other"])
def test_other_violations_go_to_the_streets_industry_department(desk: Desk, small: Decided, violation: str) -> None:
    proposal = desk.transfers.propose(of(small, violation=violation))
    assert (proposal.to_body, proposal.article) == ("街道相关行业管理部门", "第三十六条(三)")


@pytest.mark.requirement("LG-36-3b", "JS-3.2a", "LG-21-6")
def test_beyond_the_streets_power_the_matter_is_reported_to_one_of_nine_district_bodies(
    desk: Desk, small: Decided
) -> None:
    asked = desk.transfers.propose(of(small, violation="environment"))
    assert asked.question is not None
    assert "授权范围" in asked.question.text
    beyond = desk.transfers.propose(of(small, violation="environment", is_within_power=False))
    assert (beyond.kind, beyond.to_body) == (TransferKind.REPORT, "区生态环境管理部门")
    offered = {body.name for body in beyond.bodies if body.level is BodyLevel.DISTRICT}
    assert offered >= NINE
    assert {body.article.partition("、")[0] for body in beyond.bodies if body.name in NINE} == {"第三十六条(三)"}


@pytest.mark.requirement("LG-36-4")
def test_land_and_planning_goes_to_enforcement_that_the_district_coordinates(desk: Desk, small: Decided) -> None:
    proposal = desk.transfers.propose(of(small, violation="land_planning"))
    assert proposal.to_body == "区城管和综合执法部门统筹的街道综合执法机构"
    assert proposal.article == "第三十六条(四)"


@pytest.mark.requirement("LG-36-0")
def test_what_is_not_refused_is_sent_nowhere_by_the_rules(desk: Desk, small: Decided) -> None:
    assert desk.transfers.propose(of(small, violation="work_safety", is_refused=False)).to_body == ""


@pytest.mark.requirement("LG-36-0", "LG-36-1", "JS-2.3e")
def test_one_call_after_a_refusal_gives_the_filled_letter_and_sending_it_leaves_traces(
    desk: Desk, small: Decided, refused: Refuse
) -> None:
    hazard_id = refused(small.filing_id)
    filled = desk.transfers.after_refusal(hazard_id)
    assert (filled.to_body, filled.article) == ("街道综合执法机构", "第三十六条(一)")
    for said in ("高处作业未系安全带", "二层外墙", "拒不整改", "2026年3月2日"):
        assert said in filled.facts, said
    assert "立即制止" in filled.measures
    assert any(line.startswith("隐患记录 PA-YH-2026-") for line in filled.evidence)
    sent = desk.transfers.send(replace(filled, act_id="t-1"))
    file = desk.hazards.file(hazard_id)
    assert [step.kind for step in file.steps][-1] is StepKind.TRANSFERRED
    assert sent.number in file.steps[-1].text


@pytest.mark.requirement("LG-36-0", "LG-30-3c")
def test_what_must_be_told_the_same_day_goes_out_as_a_report_and_the_hazard_knows(
    desk: Desk, small: Decided, refused: Refuse
) -> None:
    hazard_id = refused(small.filing_id, "out_of_scope")
    filled = desk.transfers.after_refusal(hazard_id)
    assert (filled.kind, filled.is_same_day) == (TransferKind.REPORT, True)
    assert (filled.to_body, filled.article) == ("街道相关执法机构", "第三十条(四)")
    sent = desk.transfers.send(replace(filled, act_id="t-1"))
    assert "当日上报" in words_of(desk, sent.paper_id)
    assert desk.hazards.file(hazard_id).row.reported_on == FILED_ON


@pytest.mark.requirement("LG-21-6", "LG-36-1", "LG-46", "SJ-3f")
def test_a_letter_has_number_facts_evidence_several_grounds_request_and_reply_slip(desk: Desk, small: Decided) -> None:
    grounds = ("第三十六条(一)", "《建设工程安全生产管理条例》", "《中华人民共和国安全生产法》")
    sent = desk.transfers.send(letter(small, grounds=grounds))
    assert sent.number == "PA-YJ-2026-000001"
    words = words_of(desk, sent.paper_id)
    for said in (sent.number, small.number, "未系安全带", "现场照片 2 件", *grounds, "请依法查处", "回执联", "3月16日"):
        assert said in words, said
    assert "坪安街道综合行政执法队" in words, "the office's own name of its enforcement body"
    assert desk.issuing.pdf(sent.paper_id).startswith(b"%PDF")
    assert desk.transfers.file(sent.transfer_id).grounds == grounds
    assert desk.ledger.ids(LedgerCriteria(text=sent.number)) == (small.filing_id,), "found by the letter's number"
    assert desk.ledger.file(small.filing_id).timeline[-1].act == "transfer"


@pytest.mark.requirement("LG-21-6")
def test_sending_twice_sends_one_and_a_letter_that_lacks_anything_takes_no_number(desk: Desk, small: Decided) -> None:
    for changes, field in (
        ({"to_body": " "}, "to_body"),
        ({"facts": ""}, "facts"),
        ({"grounds": ()}, "grounds"),
        ({"request": ""}, "request"),
        ({"reply_by": date(2026, 3, 1)}, "reply_by"),
    ):
        with pytest.raises(ClerkError) as caught:
            desk.transfers.send(letter(small, **changes))
        assert (caught.value.code, caught.value.details["field"]) == ("transfer_unfit", field)
    sent = desk.transfers.send(letter(small))
    assert sent.number.endswith("000001")
    assert desk.transfers.send(letter(small)) == sent
    assert desk.transfers.count(TransferCriteria()) == 1


@pytest.mark.requirement("JS-2.3e", "JS-2.4j", "JS-3.2c")
def test_a_letter_of_notice_goes_to_any_department_under_its_own_series(desk: Desk, small: Decided) -> None:
    sent = desk.transfers.send(letter(small, kind=TransferKind.LETTER, to_body="区城管局"))
    assert sent.number == "PA-HG-2026-000001"
    words = words_of(desk, sent.paper_id)
    assert "函告函" in words
    assert "区城管局" in words
    (row,) = desk.transfers.find(TransferCriteria(to_body="区城管局"))
    assert (row.kind, row.state) == (TransferKind.LETTER, TransferState.SENT)


@pytest.mark.requirement("LG-21-6", "LG-35", "JS-2.4j", "SJ-3f")
def test_a_matter_is_followed_to_the_reply_with_result_and_penalty(desk: Desk, small: Decided, clock: Clock) -> None:
    sent = desk.transfers.send(letter(small))
    clock.day = date(2026, 3, 5)
    step = TransferStepDraft(act_id="s-1", move=TransferMove.RECEIVED, on=date(2026, 3, 3), who="秦督")
    row = desk.transfers.step(sent.transfer_id, step)
    assert (row.state, row.received_on) == (TransferState.RECEIVED, date(2026, 3, 3))
    assert desk.transfers.step(sent.transfer_id, step) == row, "the same step twice counts once"
    for act_id, move, state in (
        ("s-2", TransferMove.IN_PROGRESS, TransferState.IN_PROGRESS),
        ("s-3", TransferMove.REMINDED, TransferState.IN_PROGRESS),
    ):
        row = desk.transfers.step(sent.transfer_id, replace(step, act_id=act_id, move=move, on=clock.day))
        assert row.state is state
    row = desk.transfers.step(sent.transfer_id, reply(on=clock.day))
    assert (row.state, row.replied_on) == (TransferState.REPLIED, clock.day)
    assert row.result == "责令改正并罚款"
    assert row.penalty == "罚款20000元，坪安执罚〔2026〕1号"
    steps = desk.transfers.file(sent.transfer_id).steps
    assert [one.move for one in steps] == [
        TransferMove.RECEIVED,
        TransferMove.IN_PROGRESS,
        TransferMove.REMINDED,
        TransferMove.REPLIED,
    ]
    assert steps[-1].penalty == reply().penalty
    assert steps[-1].documents == ("行政处罚决定书",)
    with pytest.raises(ClerkError, match="transfer_replied"):
        desk.transfers.step(sent.transfer_id, reply(act_id="s-10", on=clock.day))


@pytest.mark.requirement("JS-3.2b")
def test_joint_removal_of_danger_names_the_bodies_that_took_part(desk: Desk, small: Decided) -> None:
    sent = desk.transfers.send(letter(small))
    joint = TransferStepDraft(act_id="s-1", move=TransferMove.JOINT_REMOVAL, on=FILED_ON, text="会同拆除危险部位")
    with pytest.raises(ClerkError) as caught:
        desk.transfers.step(sent.transfer_id, joint)
    assert caught.value.details["field"] == "bodies"
    row = desk.transfers.step(sent.transfer_id, replace(joint, bodies=("区住房建设部门", "区城管局")))
    assert (row.is_joint, row.state) == (True, TransferState.IN_PROGRESS)
    assert desk.transfers.file(sent.transfer_id).steps[0].bodies == ("区住房建设部门", "区城管局")


@pytest.mark.requirement("LG-21-6")
def test_a_reply_that_does_not_come_is_overdue_from_the_day_after_and_never_stored(
    desk: Desk, small: Decided, clock: Clock
) -> None:
    assert desk.transfers.reply_by() == date(2026, 3, 16), "10 working days, a setting that is not verified"
    assert desk.intake.pack().parameters["transfer_reply_working_days"].unverified
    sent = desk.transfers.send(letter(small))
    late = TransferCriteria(is_overdue=True)
    clock.day = date(2026, 3, 16)
    assert desk.transfers.find(late) == ()
    clock.day = date(2026, 3, 17)
    (row,) = desk.transfers.find(late)
    assert row.is_overdue(clock.day)
    desk.transfers.step(sent.transfer_id, reply(on=clock.day))
    assert desk.transfers.find(late) == ()
    assert desk.transfers.find(TransferCriteria(is_open=True)) == ()


@pytest.mark.requirement("LG-35")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": None}, "on"),
        ({"on": date(2026, 3, 1)}, "on"),
        ({"on": date(2026, 3, 3)}, "on"),
        ({"text": ""}, "text"),
        ({"penalty": Penalty(kind=PenaltyKind.FINE)}, "penalty.amount_yuan"),
        ({"move": TransferMove.RECEIVED}, "penalty"),
    ],
)
def test_a_step_wants_a_day_between_sending_and_today_and_a_reply_its_result(
    desk: Desk, small: Decided, changes: dict[str, Any], field: str
) -> None:
    sent = desk.transfers.send(letter(small))
    with pytest.raises(ClerkError) as caught:
        desk.transfers.step(sent.transfer_id, reply(**changes))
    assert (caught.value.code, caught.value.details["field"]) == ("transfer_unfit", field)


@pytest.mark.requirement("LG-41-1")
def test_a_replied_penalty_becomes_a_measure_in_the_register_of_firms(desk: Desk, small: Decided) -> None:
    sent = desk.transfers.send(letter(small))
    with pytest.raises(ClerkError, match="no_penalty"):
        desk.transfers.measure_of(sent.transfer_id)
    desk.transfers.step(sent.transfer_id, reply())
    unknown = desk.transfers.measure_of(sent.transfer_id)
    assert (unknown.firm_name, unknown.draft) == ("深圳市匠新装饰工程有限公司", None)
    firm = FirmDraft(name=unknown.firm_name, id_number=OTHER_COMPANY_CODE, trade="装饰装修")
    firm_id = desk.firms.add(firm, act_id="f-1")
    proposed = desk.transfers.measure_of(sent.transfer_id)
    assert proposed.draft is not None
    desk.conduct.note_measure(proposed.draft, act_id="m-1")
    (measure,) = desk.conduct.measures()
    assert (measure.firm_id, measure.kind, measure.taken_on) == (firm_id, MeasureKind.PENALTY, FILED_ON)
    assert (measure.taken_by, measure.document) == ("坪安街道综合行政执法队", "坪安执罚〔2026〕1号")


@pytest.mark.requirement("LG-21-6", "JS-3.2c")
def test_a_report_without_a_site_can_be_passed_on_and_says_so(desk: Desk) -> None:
    taken = report(desk)
    filled = desk.transfers.draft(TransferMatter(report_id=taken.report_id, violation="environment"))
    assert "拆承重墙" in filled.facts
    assert "温有光" not in str(filled), "who reported is never told"
    sent = desk.transfers.send(replace(filled, act_id="t-1", to_body="区生态环境管理部门", grounds=("第三十六条(三)",)))
    assert "13800008866" not in words_of(desk, sent.paper_id)
    assert [step.text for step in desk.reports.file(taken.report_id).steps][-1].endswith("送区生态环境管理部门")
