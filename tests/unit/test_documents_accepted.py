"""The papers of an accepted matter: receipt, letters of commitment, risk notice, guide, lists and posting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.documents.blocks import PageBreak, Signatures
from desktop.documents.pdf import page_count, render
from desktop.documents.registry import bundle
from desktop.domain.acts import Act
from desktop.domain.walk_in import MaterialCheck, PaperForm, Verdict
from tests import factories
from tests.paper_desk import NUMBER, Desk, high_risk_work, minor_operation, small_work, words_of

_ID = factories.PERSON_ID


@pytest.mark.requirement("LG-D1")
def test_an_acceptance_prints_the_whole_bundle_under_one_number(desk: Desk) -> None:
    papers = bundle(Act.ACCEPT, desk.context(factories.walk_in()))
    assert [paper.code for paper in papers] == [
        "receipt",
        "obligations",
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
    said = words_of(desk.paper(Act.ACCEPT, "receipt", factories.walk_in()))
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


@pytest.mark.requirement("LG-25-3")
def test_the_receipt_says_that_other_formalities_are_the_owners_own(desk: Desk) -> None:
    said = words_of(desk.paper(Act.ACCEPT, "receipt", factories.walk_in()))
    assert "其他依法应当办理的手续，请在施工作业前自行办妥。" in said


@pytest.mark.requirement("LG-3-0", "LG-32-1")
def test_the_receipt_of_a_high_risk_work_names_each_item_and_the_site_check(desk: Desk) -> None:
    said = words_of(desk.paper(Act.ACCEPT, "receipt", high_risk_work()))
    assert "人员密集场所动火作业（第三条(四)）" in said
    assert "最迟2026年3月5日" in said
    assert "第三十二条(一)" in said


def test_a_provisional_day_says_so_on_the_receipt(desk: Desk) -> None:
    said = words_of(desk.paper(Act.ACCEPT, "receipt", high_risk_work(), provisional=True))
    assert "放假安排尚未公布" in said


@pytest.mark.requirement("LG-27-3b2")
@pytest.mark.parametrize("make", [factories.walk_in, high_risk_work, minor_operation])
def test_a_receipt_takes_one_page(desk: Desk, make: Any) -> None:
    assert page_count(render(desk.paper(Act.ACCEPT, "receipt", make()))) == 1


@pytest.mark.requirement("LG-5-9")
def test_reminders_of_the_category_stand_on_the_receipt(desk: Desk) -> None:
    assert "户外广告、招牌的设置另有规定的" in words_of(desk.paper(Act.ACCEPT, "receipt", minor_operation()))


def test_the_reason_for_an_override_stays_visible(desk: Desk) -> None:
    for act, code in ((Act.ACCEPT, "receipt"), (Act.NOT_APPLICABLE, "not_applicable")):
        assert "管理人员已核" in words_of(desk.paper(act, code, factories.walk_in(), reason="管理人员已核"))


@pytest.mark.requirement("LG-27-4a", "LG-10-3c", "LG-10-4", "LG-10-10", "LG-10-13", "LG-40", "LG-28-T")
def test_the_owner_of_a_small_work_promises_the_duties_of_article_ten(desk: Desk) -> None:
    paper = desk.paper(Act.ACCEPT, "owner_commitment", factories.walk_in())
    said = words_of(paper)
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
    paper = desk.paper(Act.ACCEPT, "owner_commitment", minor_operation())
    said = words_of(paper)
    assert paper.title == "业主安全生产承诺书"
    for part in ("第十一条(一)", "第十一条(二)", "第十一条(三)", "第十一条(四)"):
        assert part in said
    assert "第十条(" not in said


@pytest.mark.requirement("LG-27-4a", "LG-10-1b", "LG-32-2")
def test_high_risk_adds_its_duties_to_both_letters(desk: Desk) -> None:
    owner = words_of(desk.paper(Act.ACCEPT, "owner_commitment", high_risk_work()))
    firm = words_of(desk.paper(Act.ACCEPT, "contractor_commitment", high_risk_work()))
    assert "委托给具有相应资质的企业承担" in owner
    assert "第三十二条(二)(四)" in owner
    for part in ("安全生产许可证", "第三十二条(三)", "第三十二条(五)(六)", "第三十二条(七)"):
        assert part in firm


@pytest.mark.requirement("LG-13-1a", "LG-13-3", "LG-13-4", "LG-13-5", "LG-13-8", "LG-13-9", "LG-13-11a", "LG-10-13")
def test_the_contractor_promises_the_duties_of_article_thirteen(desk: Desk) -> None:
    work = small_work(near_metro_or_pipeline=True, hazardous_chemicals=True)
    said = words_of(desk.paper(Act.ACCEPT, "contractor_commitment", work))
    for item in "一二三四五六七八九十":
        assert f"第十三条({item})" in said
    assert "第十三条(十一)" in said
    assert "第十三条(十二)" in said


@pytest.mark.requirement("LG-27-4d", "LG-3-0")
def test_the_risk_notice_is_made_of_the_dangers_declared(desk: Desk) -> None:
    high = words_of(desk.paper(Act.ACCEPT, "risk_notice", high_risk_work()))
    assert "判定为高风险的情形" in high
    assert "火灾：" in high
    assert "燃气泄漏：" in high
    assert "窒息" not in high
    minor = words_of(desk.paper(Act.ACCEPT, "risk_notice", minor_operation()))
    assert "高处坠落：" in minor
    assert "第十一条(二)" in minor
    assert "燃气泄漏：" not in minor


@pytest.mark.requirement("LG-32-6")
def test_the_risk_notice_says_to_stop_and_leave_in_danger_and_whom_to_call(desk: Desk) -> None:
    said = words_of(desk.paper(Act.ACCEPT, "risk_notice", high_risk_work()))
    assert "立即停止作业、撤离危险区域并报告" in said
    assert "火警119，急救120，报警110" in said
    assert "12350" in said


@pytest.mark.requirement("LG-27-4b", "LG-27-4e", "LG-23-2", "LG-7-1")
def test_the_guide_holds_the_prohibitions_and_the_name_of_the_point(desk: Desk) -> None:
    office = factories.office(station_name="坪安物业服务有限公司", window="前台")
    paper = desk.paper(Act.ACCEPT, "safety_guide", factories.walk_in(), office=office)
    said = words_of(paper)
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
    said = words_of(desk.paper(Act.ACCEPT, "papers_received", walk_in))
    for part in ("工程委托合同或者协议书", "复印件（原件已核，退还）", "加盖骑缝章", "共 1 种，2 份"):
        assert part in said
    assert "安全生产承诺书" not in said


@pytest.mark.requirement("LG-10-3b", "LG-P1", "JS-2.2c")
def test_what_is_posted_shows_no_full_number_phone_or_name_of_a_worker(desk: Desk) -> None:
    walk_in = replace(minor_operation(), workers=(factories.worker("何平安"),))
    paper = desk.paper(Act.ACCEPT, "posting", walk_in)
    said = words_of(paper)
    for private in (_ID, "何平安", "陈小满", "13800002719", "13800003344", "13800007788"):
        assert private not in said
    assert "何＊＊" in said
    assert "T110" not in said
    assert any(isinstance(block, PageBreak) for block in paper.blocks)


@pytest.mark.requirement("LG-10-3b", "LG-P1")
def test_the_other_papers_that_are_posted_cover_a_persons_numbers_too(desk: Desk) -> None:
    for code in ("receipt", "owner_commitment", "contractor_commitment", "risk_notice"):
        said = words_of(desk.paper(Act.ACCEPT, code, minor_operation()))
        assert _ID not in said
        assert "13800002719" not in said


@pytest.mark.requirement("LG-28-1", "LG-28-T", "LG-28-La")
def test_the_registration_form_holds_everything_typed_with_whole_numbers(desk: Desk) -> None:
    said = words_of(desk.paper(Act.ACCEPT, "registration_form", minor_operation()))
    for part in (_ID, "13800002719", f"T{_ID}", "2026年3月9日", "对登记信息和材料的真实性负责"):
        assert part in said
