"""Papers of visits and of the entrance: filled from a patrol, numbered once, reprinted; what is posted, covered."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardDraft, HazardRequest, Measure
from desktop.domain.patrol import CheckAnswer, PatrolRequest
from desktop.domain.patrol_details import (
    Entrant,
    EntryDetails,
    FirstCheckDetails,
    SchemeCheck,
    SiteManager,
    StandbyDetails,
)
from desktop.domain.patrol_kinds import CheckVerdict, PatrolKind, PatrolLevel, PatrolResult
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Decide, count_of

A4 = (595, 842)
A3 = (842, 1191)


def said(pdf: bytes) -> str:
    """Give all words of a PDF without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Give width and height of every page in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(round(page.get_width()), round(page.get_height())) for page in document]
    finally:
        document.close()


def patrolled(desk: Desk, filing_id: int | None, **more: Any) -> int:
    """Record one visit of the community's patrollers."""
    asked: dict[str, Any] = {
        "act_id": uuid4().hex,
        "visited_on": factories.FILED_ON,
        "visited_time": "09:30",
        "patrollers": ("罗平",),
        "organisation": "坪安社区工作站",
        "level": PatrolLevel.COMMUNITY,
        "site": SiteRef(filing_id=filing_id),
    }
    return desk.patrols.record(PatrolRequest(**{**asked, **more})).patrol_id


@pytest.fixture
def accepted(desk: Desk, decide: Decide, complete: WalkIn) -> Decided:
    return decide(complete)


@pytest.mark.requirement("LG-30-0", "SJ-5.4a")
def test_a_patrol_gives_a_numbered_record_with_its_points_findings_and_measures(desk: Desk, accepted: Decided) -> None:
    check_list = desk.patrols.check_list(SiteRef(filing_id=accepted.filing_id), PatrolKind.REGULAR)
    assert check_list is not None
    failed = check_list.items[0]
    answers = (CheckAnswer(item=failed.code, verdict=CheckVerdict.FAILED, remark="未张贴，业主电话13800002719"),)
    patrol_id = patrolled(
        desk,
        accepted.filing_id,
        result=PatrolResult.FINDINGS,
        check_list=check_list.code,
        answers=answers,
        gave_publicity=True,
    )
    draft = HazardDraft(
        finding="below_safety_standard",
        description="临边未设防护栏杆",
        spot="二层楼梯口",
        measures=(Measure.HALT, Measure.URGE),
        due_on=factories.FILED_ON + timedelta(days=3),
    )
    request = HazardRequest(
        act_id="h1",
        site=SiteRef(filing_id=accepted.filing_id),
        hazards=(draft,),
        found_on=factories.FILED_ON,
        patrol_id=patrol_id,
        issues_notice=False,
    )
    number = desk.hazards.record(request).numbers[0]
    paper = desk.site_papers.patrol_paper(patrol_id)
    words = said(desk.issuing.pdf(paper.id))
    assert paper.number == "PA-XC-2026-000001"
    for part in (
        "安全生产巡查记录表",
        paper.number,
        accepted.number,
        "2026年3月2日",
        "09:30",
        "罗平",
        "坪安社区工作站（社区）",
        "发现问题",
        "二层楼梯口：临边未设防护栏杆",
        number,
        "立即制止",
        "督促整改",
        "限期至2026年3月5日",
        "第三十条(二)",
        "不符合：未张贴",
        "安全生产",
        "消防安全",
        "文明施工",
        "工程质量",
    ):
        assert re.sub(r"\s", "", part) in words, part
    assert "13800002719" not in words
    assert not re.search("许可|批准|审批", words.replace("施工许可", ""))


@pytest.mark.requirement("LG-30-0")
def test_the_record_of_a_visit_is_issued_once_and_reprinted(desk: Desk, accepted: Decided) -> None:
    first, second = patrolled(desk, accepted.filing_id), patrolled(desk, accepted.filing_id)
    assert desk.site_papers.patrol_paper_of(first) is None
    paper = desk.site_papers.patrol_paper(first)
    assert desk.site_papers.patrol_paper(first) == paper
    assert desk.site_papers.patrol_paper_of(first) == paper
    assert desk.site_papers.patrol_paper(second).number == "PA-XC-2026-000002"
    assert "补打" in said(desk.issuing.reprint(paper.id, act_id="again"))
    again = desk.site_papers.patrol_paper_of(first)
    assert again is not None
    assert again.reprints == 1
    assert desk.ledger_check.verify().is_sound
    assert [entry.act for entry in desk.ledger.file(accepted.filing_id).timeline].count("patrol_paper") == 2


@pytest.mark.requirement("LG-30-0")
def test_a_patrol_along_a_road_has_a_record_without_a_site(desk: Desk) -> None:
    patrol_id = patrolled(
        desk, None, kind=PatrolKind.SWEEP, community="坪安社区", road="坪安路至新禾巷", grid="03", remark="未见施工"
    )
    paper = desk.site_papers.patrol_paper(patrol_id)
    words = said(desk.issuing.pdf(paper.id))
    assert paper.filing_id is None
    assert "坪安路至新禾巷" in words
    assert "扫街" in words
    assert desk.site_papers.patrol_paper(patrol_id) == paper
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("LG-21-5b", "LG-23-3")
def test_a_stand_by_is_recorded_with_who_from_when_to_when_and_what_was_checked(desk: Desk, accepted: Decided) -> None:
    details = StandbyDetails(
        watcher="宁安", begins="09:00", ends="11:30", work="外墙清洗", persons_registered=True, gear_worn=False
    )
    patrol_id = patrolled(
        desk,
        accepted.filing_id,
        kind=PatrolKind.STANDBY,
        level=PatrolLevel.PROPERTY,
        organisation="坪安物业服务有限公司",
        details=details,
    )
    words = said(desk.issuing.pdf(desk.site_papers.patrol_paper(patrol_id).id))
    for part in ("高处作业旁站记录", "宁安", "09:00至11:30", "外墙清洗", "坪安物业服务有限公司（物业）"):
        assert part in words
    assert re.search("资质已经备案.{0,40}是", words)
    assert re.search("佩戴防护用品.{0,20}否", words)
    assert re.search("警示标识.{0,20}未查", words)


@pytest.mark.requirement("LG-23-5")
def test_a_check_at_the_gate_is_recorded_with_persons_and_gear_and_no_number(desk: Desk, accepted: Decided) -> None:
    entrant = Entrant(name="何平", trade="焊工", certificate=f"T{factories.PERSON_ID}", is_certified=True)
    details = EntryDetails(work="店铺装修", entrants=(entrant,), is_registered=True, gear_in_order=False)
    patrol_id = patrolled(desk, accepted.filing_id, kind=PatrolKind.ENTRY_CHECK, details=details)
    words = said(desk.issuing.pdf(desk.site_papers.patrol_paper(patrol_id).id))
    for part in ("进场核查记录", "店铺装修", "何平", "焊工", "第二十三条(五)", "进场核查结论：可以进场作业"):
        assert part in words
    assert factories.PERSON_ID not in words


@pytest.mark.requirement(
    "LG-32-1", "LG-32-2", "LG-32-3a", "LG-32-3b", "LG-32-4", "LG-32-5a", "LG-32-5b", "LG-32-6", "LG-32-7a", "LG-32-7b"
)
def test_the_first_check_records_managers_scheme_briefing_and_separation(desk: Desk, accepted: Decided) -> None:
    scheme = SchemeCheck(plan=True, technique=True, safety_measures=False, signed_by="沈知远", signed_on="2026-02-27")
    details = FirstCheckDetails(
        scheme=scheme,
        owner_manager=SiteManager(name="林知远", phone="13800003344", is_present=True),
        leader=SiteManager(name="周望", certificate="粤2440000000"),
        is_briefed_in_writing=True,
        fire_separation=False,
        licence_in_force=False,
        operators_certified=True,
    )
    patrol_id = patrolled(
        desk,
        accepted.filing_id,
        kind=PatrolKind.FIRST_CHECK,
        level=PatrolLevel.STREET,
        details=details,
    )
    words = said(desk.issuing.pdf(desk.site_papers.patrol_paper(patrol_id).id))
    for part in (
        "首次现场检查记录",
        "建设单位现场安全管理人员林知远",
        "施工计划",
        "工艺技术",
        "安全保证措施",
        "人员保障",
        "应急处置措施",
        "沈知远",
        "书面进行安全技术交底",
        "班前安全生产交底",
        "停止作业、撤离危险区域",
        "划定作业区域",
        "不燃材料进行防火分隔",
        "动火作业遵守有关规定",
    ):
        assert part in words, part
    assert "13800003344" not in words
    assert re.search(r"安全保证措施第三十二条\(三\)否", words)
    assert re.search(r"防火分隔第三十二条\(七\)否", words)
    assert re.search(r"安全生产许可证在有效期内第二十八条\(六\)否", words)
    assert re.search(r"操作证与本人相符，在有效期内第十三条\(六\)是", words)
    assert re.search(r"资质证书与工程相符，在有效期内.{0,20}未查", words)


@pytest.mark.requirement("LG-10-3b", "LG-P1")
def test_who_registers_or_patrols_has_what_is_posted_while_it_is_covered(desk: Desk, accepted: Decided) -> None:
    for role in (Role.PATROLLER, Role.WINDOW_CLERK, Role.CITY_DEPARTMENT_USER):
        grants = (Grant(role=role, areas=None),)
        desk.ledger._station.work_as(Actor(account_id=3, user_name="zhou", name="周", grants=grants))
        assert desk.site_papers.may_post(accepted.filing_id), role
        assert desk.site_papers.posting_set(accepted.filing_id).startswith(b"%PDF")
    grants = (Grant(role=Role.PATROLLER, areas=frozenset({"新禾社区"})),)
    desk.ledger._station.work_as(Actor(account_id=3, user_name="zhou", name="周", grants=grants))
    assert not desk.site_papers.may_post(accepted.filing_id)


@pytest.mark.requirement("LG-10-3b", "LG-P1")
def test_what_is_posted_stays_behind_seeing_whole_where_a_paper_states_a_number(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    name = f"{complete.project_name}，联系 {complete.owner.phone}"
    filing_id = decide(replace(complete, project_name=name)).filing_id
    desk.ledger._station.work_as(
        Actor(account_id=3, user_name="zhou", name="周", grants=(Grant(role=Role.PATROLLER, areas=None),))
    )
    assert not desk.site_papers.may_post(filing_id)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.site_papers.posting_set(filing_id)


@pytest.mark.requirement("LG-30-0", "JS-2.2c", "LG-32-4", "LG-32-5b")
def test_sheets_for_a_site_bear_its_name_and_take_no_number(desk: Desk, accepted: Decided) -> None:
    ref = SiteRef(filing_id=accepted.filing_id)
    for code, title in desk.site_papers.sheets():
        words = said(desk.site_papers.sheet(code, ref))
        assert accepted.number in words, code
        assert "坪安路18号一层商铺装修" in words, title
        assert "13800003344" not in words, title
    assert count_of(desk, "issued_document") == len(accepted.papers)
    with pytest.raises(ClerkError, match="no_such_form"):
        desk.site_papers.sheet("receipt", ref)


@pytest.mark.requirement("JS-2.2c", "LG-P1")
def test_the_board_of_risks_is_a3_across_and_covers_a_natural_person(desk: Desk, decide: Decide) -> None:
    facts = factories.minor_facts(special_operations=("high_work",))
    owned = factories.walk_in(facts, owner=factories.person())
    filing_id = decide(factories.all_in_order(owned, desk.intake.pack())).filing_id
    board = desk.site_papers.sheet("risk_board", SiteRef(filing_id=filing_id))
    words = said(board)
    assert sizes(board) == [(A3[1], A3[0])]
    assert "安全风险公示牌" in words
    assert "高处坠落" in words
    assert "12350" in words
    assert "陈小满" not in words
    assert "13800002719" not in words
    assert "深圳市匠新装饰工程有限公司" in words


@pytest.mark.requirement("LG-10-3b", "LG-P1")
def test_what_is_posted_comes_as_one_set_on_a4_or_a3_with_nobodys_number(desk: Desk, accepted: Decided) -> None:
    small, large = (desk.site_papers.posting_set(accepted.filing_id, is_a3=is_a3) for is_a3 in (False, True))
    assert len(sizes(small)) == len(sizes(large)) >= 5
    assert set(sizes(small)) == {A4}
    assert set(sizes(large)) == {A3}
    for words in (said(small), said(large)):
        for part in ("安全生产信息登记回执", "安全生产承诺书", "安全生产风险告知书", "施工人员信息公示", "何＊"):
            assert part in words, part
        for private in (factories.PERSON_ID, "13800003344", "13800005566", "13800007788"):
            assert private not in words


@pytest.mark.requirement("LG-10-3b")
def test_what_is_posted_is_on_record_once_it_was_printed_and_not_for_a_look(desk: Desk, accepted: Decided) -> None:
    def acts() -> list[str]:
        return [entry.act for entry in desk.ledger.file(accepted.filing_id).timeline]

    looked_at = desk.site_papers.posting_set(accepted.filing_id, is_a3=True)
    assert "posting_out" not in acts()
    assert said(desk.site_papers.posting_out(accepted.filing_id, is_a3=True)) == said(looked_at)
    assert acts().count("posting_out") == 1
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("LG-10-3b")
def test_a_matter_that_was_not_accepted_has_nothing_to_post(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    from desktop.domain.acts import Act

    refused = decide(complete, Act.NOT_APPLICABLE, reason="业主当场撤回")
    with pytest.raises(ClerkError, match="no_such_paper"):
        desk.site_papers.posting_set(refused.filing_id)


@pytest.mark.requirement("LG-P1")
def test_who_looks_after_another_community_gets_no_record(desk: Desk, accepted: Decided) -> None:
    patrol_id = patrolled(desk, accepted.filing_id)
    elsewhere = Grant(role=Role.PATROLLER, areas=frozenset({"新禾社区"}))
    desk.ledger._station.work_as(Actor(account_id=7, user_name="he", name="何", grants=(elsewhere,)))
    for ask in (desk.site_papers.patrol_paper, desk.site_papers.patrol_paper_of):
        with pytest.raises(ClerkError, match="no_such_patrol"):
            ask(patrol_id)
    auditor = Grant(role=Role.AUDITOR)
    desk.ledger._station.work_as(Actor(account_id=8, user_name="wu", name="吴", grants=(auditor,)))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.site_papers.patrol_paper(patrol_id)


def test_a_record_states_the_day_of_the_visit_not_of_the_print(desk: Desk, accepted: Decided, clock: Any) -> None:
    patrol_id = patrolled(desk, accepted.filing_id)
    clock.day = date(2026, 3, 9)
    words = said(desk.issuing.pdf(desk.site_papers.patrol_paper(patrol_id).id))
    assert "2026年3月2日" in words
