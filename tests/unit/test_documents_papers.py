"""What each printed paper says: numbers, dates, articles, people; and what none may say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.documents.blocks import Decision, NumberedItems, PageBreak, Paper, Signatures, texts_of
from desktop.documents.pdf import page_count, render
from desktop.documents.registry import BLANKS, PAPERS, blank, bundle
from desktop.domain.acts import Act
from desktop.domain.errors import FaultyInput
from desktop.domain.one_time_notice import Deficiency
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import (
    Correction,
    MaterialCheck,
    PaperForm,
    Verdict,
    WalkIn,
)
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import load_pack
from desktop.services.resources import policies_folder
from tests import factories
from tests.paper_desk import NUMBER, Desk

_ID = factories.PERSON_ID
_GAP = Deficiency(
    code="28-4",
    label="工程委托合同或者协议书",
    problem="未签名或者未盖章",
    cure="带双方签字的合同。",
    article="第二十八条(四)",
)


@pytest.fixture
def desk(pack: PolicyPack, calendar: WorkdayCalendar) -> Desk:
    return Desk(pack, calendar)


def _said(paper: Paper) -> str:
    return "\n".join(texts_of(paper))


def _small(**facts: Any) -> WalkIn:
    return factories.walk_in(factories.small_work_facts(**facts))


def _high() -> WalkIn:
    return _small(crowded_place_hot_work=True, hot_work=True, earthwork=True, gas_line_change=True)


def _minor() -> WalkIn:
    facts = factories.minor_facts(special_operations=("high_work",), work_height_m=Decimal(6))
    return factories.walk_in(facts, owner=factories.person())


def _of_every_act(desk: Desk) -> Iterator[Paper]:
    received = factories.in_order(_high(), ("28-1", "28-3", "28-4"))
    for walk_in in (factories.walk_in(), received, _minor()):
        yield from bundle(Act.ACCEPT, desk.context(walk_in))
    yield from bundle(Act.ONE_TIME_NOTICE, desk.context(factories.walk_in(), deficiencies=(_GAP,)))
    above = _small(contract_amount_yuan=Decimal(1500000), floor_area_m2=Decimal(800))
    yield from bundle(Act.INFORM_PERMIT, desk.context(above))
    yield from bundle(Act.MUST_NOT_START, desk.context(_small(illegal_acts=("add_storey",))))
    yield from bundle(Act.NOT_APPLICABLE, desk.context(_small(emergency_relief=True)))
    yield from bundle(Act.TO_STREET_OFFICE, desk.context(_high()))
    for code in BLANKS:
        yield blank(code, office=factories.office(), pack=desk.pack)


# The permits of others may be named; the words below are theirs.
_OF_OTHERS = re.compile(
    "施工许可证?|安全生产许可证|许可审批|不是对违法建设、违法作业的准许|(?:建设工程|工程)规划许可证|许可机关"
)


@pytest.mark.requirement("LG-8-1", "LG-25-3")
def test_no_paper_speaks_of_permission_for_what_we_do(desk: Desk) -> None:
    for paper in _of_every_act(desk):
        said = _OF_OTHERS.sub("", _said(paper))
        assert not re.search("许可|批准|准予|审批|准许", said), paper.code


@pytest.mark.requirement("LG-8-1", "LG-25-3", "LG-49-1")
def test_every_paper_says_that_it_is_a_notification_under_a_draft(desk: Desk) -> None:
    for paper in _of_every_act(desk):
        foot = "".join(paper.foot)
        assert "告知性登记" in foot
        assert "第八条" in foot
        assert "征求意见" in foot


def test_no_place_in_the_wording_stays_unfilled(desk: Desk) -> None:
    for paper in _of_every_act(desk):
        assert not re.search(r"[{}]|None|undetermined", _said(paper)), paper.code


def test_every_paper_of_the_pack_renders_with_every_block(desk: Desk) -> None:
    seen = set()
    for paper in _of_every_act(desk):
        assert page_count(render(paper)) in (1, 2), paper.code
        seen.add(paper.code)
    assert set(PAPERS) <= seen


@pytest.mark.requirement("LG-D1")
def test_an_acceptance_prints_the_whole_bundle_under_one_number(desk: Desk) -> None:
    papers = bundle(Act.ACCEPT, desk.context(factories.walk_in()))
    assert [paper.code for paper in papers] == [
        "receipt",
        "registration_form",
        "owner_commitment",
        "contractor_commitment",
        "risk_notice",
        "safety_guide",
        "papers_received",
        "posting",
    ]
    assert {paper.number for paper in papers} == {NUMBER}


@pytest.mark.requirement("LG-27-3b2", "LG-25-2a", "LG-25-2b", "LG-44-1", "LG-13-11d", "LG-27-3b1")
def test_the_receipt_names_matter_parties_dates_and_phones(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "receipt", factories.walk_in()))
    for part in (
        NUMBER,
        "坪安路18号一层商铺装修",
        "坪安社区坪安路18号A栋101",
        "300,000元（30万元）",
        "120平方米",
        "深圳市和顺餐饮管理有限公司",
        "深圳市匠新装饰工程有限公司",
        "2026年3月2日",
        "2026年9月2日",
        "2026年8月18日至2026年9月2日",
        "受理窗口2",
        "林晓",
        "0755-00001234",
        "12350",
        "坪安建筑废弃物综合利用场",
        "第二十五条",
    ):
        assert part in said


@pytest.mark.requirement("LG-3-0", "LG-32-1")
def test_the_receipt_of_a_high_risk_work_names_each_item_and_the_site_check(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "receipt", _high()))
    assert "人员密集场所动火作业（第三条(四)）" in said
    assert "最迟2026年3月5日" in said
    assert "第三十二条(一)" in said


def test_a_provisional_day_says_so_on_the_receipt(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "receipt", _high(), provisional=True))
    assert "放假安排尚未公布" in said


@pytest.mark.requirement("LG-27-3b2")
@pytest.mark.parametrize("make", [factories.walk_in, _high, _minor])
def test_a_receipt_takes_one_page(desk: Desk, make: Any) -> None:
    assert page_count(render(desk.paper(Act.ACCEPT, "receipt", make()))) == 1


@pytest.mark.requirement("LG-5-9")
def test_reminders_of_the_category_stand_on_the_receipt(desk: Desk) -> None:
    assert "户外广告、招牌的设置另有规定的" in _said(desk.paper(Act.ACCEPT, "receipt", _minor()))


def test_the_reason_for_an_override_stays_visible(desk: Desk) -> None:
    for act, code in ((Act.ACCEPT, "receipt"), (Act.NOT_APPLICABLE, "not_applicable")):
        assert "管理人员已核" in _said(desk.paper(act, code, factories.walk_in(), reason="管理人员已核"))


@pytest.mark.requirement("LG-27-4a", "LG-10-3c", "LG-10-4", "LG-10-10", "LG-10-13", "LG-40", "LG-28-T")
def test_the_owner_of_a_small_work_promises_the_duties_of_article_ten(desk: Desk) -> None:
    paper = desk.paper(Act.ACCEPT, "owner_commitment", factories.walk_in())
    said = _said(paper)
    assert paper.title == "建设单位安全生产承诺书"
    for part in (
        "第十条(三)",
        "第十条(四)",
        "第十条(十)",
        "第十条(十二)(十三)",
        "不拒绝、不阻碍",
        "第二十八条三款",
        "第七条",
    ):
        assert part in said
    assert "第十一条" not in said
    assert "第三十二条" not in said


@pytest.mark.requirement("LG-27-4a", "LG-11-1", "LG-11-3")
def test_the_owner_of_a_minor_operation_promises_the_duties_of_article_eleven(desk: Desk) -> None:
    paper = desk.paper(Act.ACCEPT, "owner_commitment", _minor())
    said = _said(paper)
    assert paper.title == "业主安全生产承诺书"
    for part in ("第十一条(一)", "第十一条(二)", "第十一条(三)", "第十一条(四)"):
        assert part in said
    assert "第十条(" not in said


@pytest.mark.requirement("LG-27-4a", "LG-10-1b", "LG-32-2")
def test_high_risk_adds_its_duties_to_both_letters(desk: Desk) -> None:
    owner = _said(desk.paper(Act.ACCEPT, "owner_commitment", _high()))
    firm = _said(desk.paper(Act.ACCEPT, "contractor_commitment", _high()))
    assert "委托给具有相应资质的企业承担" in owner
    assert "第三十二条(二)(四)" in owner
    for part in ("安全生产许可证", "第三十二条(三)", "第三十二条(五)(六)", "第三十二条(七)"):
        assert part in firm


@pytest.mark.requirement("LG-13-1a", "LG-13-3", "LG-13-4", "LG-13-5", "LG-13-8", "LG-13-9", "LG-13-11a", "LG-10-13")
def test_the_contractor_promises_the_duties_of_article_thirteen(desk: Desk) -> None:
    work = _small(near_metro_or_pipeline=True, hazardous_chemicals=True)
    said = _said(desk.paper(Act.ACCEPT, "contractor_commitment", work))
    for item in "一二三四五六七八九十":
        assert f"第十三条({item})" in said
    assert "第十三条(十一)" in said
    assert "第十三条(十二)" in said


@pytest.mark.requirement("LG-27-4d", "LG-3-0")
def test_the_risk_notice_is_made_of_the_dangers_declared(desk: Desk) -> None:
    high = _said(desk.paper(Act.ACCEPT, "risk_notice", _high()))
    assert "判定为高风险的情形" in high
    assert "火灾：" in high
    assert "燃气泄漏：" in high
    assert "窒息" not in high
    minor = _said(desk.paper(Act.ACCEPT, "risk_notice", _minor()))
    assert "高处坠落：" in minor
    assert "第十一条(二)" in minor
    assert "燃气泄漏：" not in minor


@pytest.mark.requirement("LG-27-4b", "LG-27-4e", "LG-23-2", "LG-7-1")
def test_the_guide_holds_the_prohibitions_and_the_name_of_the_point(desk: Desk) -> None:
    office = factories.office(station_name="坪安物业服务有限公司", window="前台")
    paper = desk.paper(Act.ACCEPT, "safety_guide", factories.walk_in(), office=office)
    said = _said(paper)
    for part in (
        "擅自变动房屋建筑主体和承重结构",
        "擅自改变房屋和附属设施用途",
        "增加层数",
        "第七条",
        "坪安物业服务有限公司前台",
    ):
        assert part in said
    assert any(isinstance(block, Signatures) for block in paper.blocks)


@pytest.mark.requirement("LG-27-3a")
def test_the_list_of_papers_received_holds_what_was_handed_in_and_nothing_else(desk: Desk) -> None:
    walk_in = factories.walk_in()
    contract = MaterialCheck(
        code="28-4", verdict=Verdict.IN_ORDER, form=PaperForm.ORIGINAL_SEEN, copies=2, pages=7, remark="加盖骑缝章"
    )
    walk_in = walk_in.with_check(contract).with_check(MaterialCheck(code="28-3", verdict=Verdict.MISSING))
    said = _said(desk.paper(Act.ACCEPT, "papers_received", walk_in))
    for part in ("工程委托合同或者协议书", "复印件（原件已核，退还）", "加盖骑缝章", "共 1 种，2 份"):
        assert part in said
    assert "安全生产承诺书" not in said


@pytest.mark.requirement("LG-10-3b", "LG-P1", "JS-2.2c")
def test_what_is_posted_shows_no_full_number_phone_or_name_of_a_worker(desk: Desk) -> None:
    walk_in = replace(_minor(), workers=(factories.worker("何平安"),))
    paper = desk.paper(Act.ACCEPT, "posting", walk_in)
    said = _said(paper)
    for private in (_ID, "何平安", "陈小满", "13800002719", "13800003344", "13800007788"):
        assert private not in said
    assert "何＊＊" in said
    assert "T110" not in said
    assert any(isinstance(block, PageBreak) for block in paper.blocks)


@pytest.mark.requirement("LG-10-3b", "LG-P1")
def test_the_other_papers_that_are_posted_cover_a_persons_numbers_too(desk: Desk) -> None:
    for code in ("receipt", "owner_commitment", "contractor_commitment", "risk_notice"):
        said = _said(desk.paper(Act.ACCEPT, code, _minor()))
        assert _ID not in said
        assert "13800002719" not in said


@pytest.mark.requirement("LG-28-1", "LG-28-T", "LG-28-La")
def test_the_registration_form_holds_everything_typed_with_whole_numbers(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "registration_form", _minor()))
    for part in (_ID, "13800002719", f"T{_ID}", "2026年3月9日", "对登记信息和材料的真实性负责"):
        assert part in said


@pytest.mark.requirement("LG-27-3c1", "LG-27-3c3")
def test_the_one_time_notice_lists_every_gap_with_cure_and_article(desk: Desk) -> None:
    correction = Correction(item="合同金额", asked="合同写38万元。")
    gaps = (
        _GAP,
        replace(
            _GAP, code="28-3", label="安全生产承诺书", problem="未提交", cure="签名后交来。", article="第二十八条(三)"
        ),
        replace(
            _GAP, code="info-1", label=f"登记信息：{correction.item}", cure=correction.asked, article="第二十七条(三)"
        ),
    )
    paper = desk.paper(Act.ONE_TIME_NOTICE, "one_time_notice", factories.walk_in(), deficiencies=gaps)
    said = _said(paper)
    for gap in gaps:
        for part in (gap.label, gap.problem, gap.cure, gap.article):
            assert part in said
    for part in ("共有 3 项", "坪安路1号一楼", "0755-00001234", "9:00–12:00", "签收", "第二十七条(三)"):
        assert part in said


@pytest.mark.requirement("LG-27-3c2", "LG-27-3c4")
def test_a_later_notice_names_the_earlier_and_owns_up_to_what_was_not_told(desk: Desk) -> None:
    late = replace(_GAP, newly_visible=False)
    walk_in = factories.in_order(factories.walk_in(), ("28-1",))
    changes = {"deficiencies": (late,), "visit": 2, "previous_numbers": ("PA-GZ-2026-000001",)}
    said = _said(desk.paper(Act.ONE_TIME_NOTICE, "one_time_notice", walk_in, **changes))
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
    above = _small(contract_amount_yuan=Decimal(1500000), floor_area_m2=Decimal(800))
    said = _said(desk.paper(Act.INFORM_PERMIT, "permit_notice", above))
    for part in ("150万元", "800平方米", "第二条", "第二十七条(三)", "办理施工许可手续"):
        assert part in said


@pytest.mark.requirement("LG-27-3e", "LG-36-1")
def test_who_must_not_start_is_told_and_enforcement_gets_a_sheet_with_a_reply_slip(desk: Desk) -> None:
    walk_in = replace(_small(illegal_acts=("add_storey",)), owner=factories.person())
    context = desk.context(walk_in, transfer_number="PA-ZB-2026-000001")
    notice, sheet = bundle(Act.MUST_NOT_START, context)
    told = next(block.text for block in notice.blocks if isinstance(block, Decision))
    assert told.startswith("不得开工建设和生产作业")
    assert "第七条" in _said(notice)
    said = _said(sheet)
    assert sheet.number == "PA-ZB-2026-000001"
    for part in ("坪安街道综合行政执法队", NUMBER, "回执联", "办理情况", "第二十七条(三)", "第七条", _ID):
        assert part in said


@pytest.mark.requirement("LG-6-3")
def test_what_is_not_registered_is_told_with_the_reason(desk: Desk) -> None:
    said = _said(desk.paper(Act.NOT_APPLICABLE, "not_applicable", _small(emergency_relief=True)))
    assert "抢险救灾" in said
    assert "第六条(三)" in said


@pytest.mark.requirement("LG-26-2a")
def test_the_slip_to_the_street_office_says_where_and_why(desk: Desk) -> None:
    office = factories.office(street_office_address="坪安路9号", street_office_phone="0755-00009999")
    said = _said(desk.paper(Act.TO_STREET_OFFICE, "to_street_office", _high(), office=office))
    for part in ("坪安路9号", "0755-00009999", "第二十六条(二)", "第三条(四)"):
        assert part in said


@pytest.mark.requirement("LG-28-2b", "LG-28-2d", "LG-28-6c", "LG-28-1", "LG-13-3")
def test_blank_forms_can_be_printed_empty_or_with_what_is_known(pack: PolicyPack) -> None:
    for code, title in BLANKS.items():
        assert title
        assert page_count(render(blank(code, office=factories.office(), pack=pack))) in (1, 2)
    known = replace(factories.walk_in(), agent=factories.person("王二小"))
    filled = blank("power_of_attorney", office=factories.office(), pack=pack, walk_in=known)
    assert {"王二小", _ID, "坪安路18号一层商铺装修"} <= set(texts_of(filled))


def test_a_misspelt_place_in_the_wording_is_a_fault_of_the_pack(tmp_path: Path) -> None:
    shipped = policies_folder() / "longgang"
    for file in shipped.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace("{station}", "{statoin}"), encoding="utf-8")
    with pytest.raises(FaultyInput, match="statoin"):
        load_pack(tmp_path / "2025-draft.toml")


def test_a_pack_without_wording_still_prints_facts_and_titles(desk: Desk) -> None:
    bare = replace(desk.pack, papers={})
    paper = desk.paper(Act.ACCEPT, "receipt", factories.walk_in(), pack=bare)
    assert paper.title == "登记回执"
    assert page_count(render(paper)) == 1


def test_an_office_without_phone_leaves_room_to_write_one(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "receipt", factories.walk_in(), office=factories.office(phone="")))
    assert "电话________" in said


@pytest.mark.requirement("LG-27-4a")
def test_every_duty_of_the_letters_ends_with_its_article(desk: Desk) -> None:
    for code in ("owner_commitment", "contractor_commitment", "risk_notice", "safety_guide"):
        for walk_in in (factories.walk_in(), _high(), _minor()):
            lists = [b for b in desk.paper(Act.ACCEPT, code, walk_in).blocks if isinstance(b, NumberedItems)]
            assert lists
            assert all(re.match(r"第.+条|分类表", item.article) for block in lists for item in block.items)


def test_a_day_is_written_as_on_chinese_papers(desk: Desk) -> None:
    paper = desk.paper(Act.ACCEPT, "receipt", factories.walk_in(), issued_on=date(2026, 12, 1))
    assert any(isinstance(block, Signatures) and block.date == "2026年12月1日" for block in paper.blocks)
