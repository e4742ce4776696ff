"""The papers of a matter that is not accepted: each says why, by which article, and what to do next."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.documents.blocks import Decision
from desktop.documents.registry import bundle
from desktop.domain.acts import Act
from desktop.domain.walk_in import Correction
from tests import factories
from tests.paper_desk import NUMBER, UNSIGNED_CONTRACT, Desk, high_risk_work, small_work, words_of

_ID = factories.PERSON_ID


@pytest.mark.requirement("LG-27-3c1", "LG-27-3c3")
def test_the_one_time_notice_lists_every_gap_with_cure_and_article(desk: Desk) -> None:
    correction = Correction(item="合同金额", asked="合同写38万元。")
    gaps = (
        UNSIGNED_CONTRACT,
        replace(
            UNSIGNED_CONTRACT,
            code="28-3",
            label="安全生产承诺书",
            problem="未提交",
            cure="签名后交来。",
            article="第二十八条(三)",
        ),
        replace(
            UNSIGNED_CONTRACT,
            code="info-1",
            label=f"登记信息：{correction.item}",
            cure=correction.asked,
            article="第二十七条(三)",
        ),
    )
    paper = desk.paper(Act.ONE_TIME_NOTICE, "one_time_notice", factories.walk_in(), deficiencies=gaps)
    said = words_of(paper)
    for gap in gaps:
        for part in (gap.label, gap.problem, gap.cure, gap.article):
            assert part in said
    for part in ("共有 3 项", "坪安路1号一楼", "0755-00001234", "9:00–12:00", "签收", "第二十七条(三)"):
        assert part in said


@pytest.mark.requirement("LG-27-3c2", "LG-27-3c4")
def test_a_later_notice_names_the_earlier_and_owns_up_to_what_was_not_told(desk: Desk) -> None:
    late = replace(UNSIGNED_CONTRACT, newly_visible=False)
    walk_in = factories.in_order(factories.walk_in(), ("28-1",))
    changes = {"deficiencies": (late,), "visit": 2, "previous_numbers": ("PA-GZ-2026-000001",)}
    said = words_of(desk.paper(Act.ONE_TIME_NOTICE, "one_time_notice", walk_in, **changes))
    for part in (
        "（上次未告知）",
        "一次性告知不到位",
        "第 2 次",
        "PA-GZ-2026-000001",
        "不必再交的材料：基本信息登记表",
    ):
        assert part in said


@pytest.mark.requirement("LG-27-3d")
def test_the_permit_notice_gives_both_numbers_and_the_article(desk: Desk) -> None:
    above = small_work(contract_amount_yuan=Decimal(1500000), floor_area_m2=Decimal(800))
    said = words_of(desk.paper(Act.INFORM_PERMIT, "permit_notice", above))
    for part in ("150万元", "800平方米", "第二条", "第二十七条(三)", "办理施工许可手续"):
        assert part in said


@pytest.mark.requirement("LG-27-3e", "LG-36-1")
def test_who_must_not_start_is_told_and_enforcement_gets_a_sheet_with_a_reply_slip(desk: Desk) -> None:
    walk_in = replace(small_work(illegal_acts=("add_storey",)), owner=factories.person())
    context = desk.context(walk_in, transfer_number="PA-ZB-2026-000001")
    notice, sheet = bundle(Act.MUST_NOT_START, context)
    told = next(block.text for block in notice.blocks if isinstance(block, Decision))
    assert told.startswith("不得开工建设和生产作业")
    assert "第七条" in words_of(notice)
    said = words_of(sheet)
    assert sheet.number == "PA-ZB-2026-000001"
    for part in ("坪安街道综合行政执法队", NUMBER, "回执联", "办理情况", "第二十七条(三)", "第七条", _ID):
        assert part in said


@pytest.mark.requirement("LG-6-3")
def test_what_is_not_registered_is_told_with_the_reason(desk: Desk) -> None:
    said = words_of(desk.paper(Act.NOT_APPLICABLE, "not_applicable", small_work(emergency_relief=True)))
    assert "抢险救灾" in said
    assert "第六条(三)" in said


@pytest.mark.requirement("LG-26-2a")
def test_the_slip_to_the_street_office_says_where_and_why(desk: Desk) -> None:
    office = factories.office(street_office_address="坪安路9号", street_office_phone="0755-00009999")
    said = words_of(desk.paper(Act.TO_STREET_OFFICE, "to_street_office", high_risk_work(), office=office))
    for part in ("坪安路9号", "0755-00009999", "第二十六条(二)", "第三条(四)"):
        assert part in said
