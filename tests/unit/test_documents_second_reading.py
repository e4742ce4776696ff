"""What a second reader of the papers asked for: where to go, what to bring, nobody's phone on the wall, large type."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from desktop.documents.blocks import Decision, Heading, NumberedItems, Paper
from desktop.documents.pdf import Mark, render
from desktop.documents.sheet import FOOT
from desktop.domain.acts import Act, StationKind
from desktop.domain.assess import assess
from desktop.domain.one_time_notice import deficiencies
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import MaterialCheck, PaperForm, Verdict, WalkIn, decisive_facts
from desktop.domain.workdays import WorkdayCalendar
from tests import factories
from tests.paper_desk import (
    NOT_ACCEPTED,
    UNSIGNED_CONTRACT,
    Desk,
    high_risk_work,
    minor_operation,
    small_work,
    words_of,
)

_COMMUNITY = {"station_kind": StationKind.COMMUNITY_STATION, "station_name": "坪安社区工作站"}


def _slip(desk: Desk, matter: WalkIn, **office: object) -> str:
    at = factories.office(**office)
    return words_of(desk.paper(Act.TO_STREET_OFFICE, "to_street_office", matter, office=at, **NOT_ACCEPTED))


def _drawn(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def _largest_type_but_the_title(paper: Paper) -> float:
    """Give the largest size of type below the title in points, as a reader of the PDF measures it."""
    document = pypdfium2.PdfDocument(render(paper))
    try:
        sizes = [thing.get_font_size() for thing in document[0].get_objects(filter=[1])]
    finally:
        document.close()
    return max(float(size) for size in sizes if size < 20)


# --- 6: to the street office ------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-26-2a", "LG-28-1")
def test_the_slip_to_the_street_office_lists_what_to_bring_with_articles(desk: Desk) -> None:
    matter = high_risk_work()
    said = _slip(desk, matter, **_COMMUNITY)
    required = desk.context(matter).assessment.required_materials
    assert len(required) > 8
    for code in required:
        rule = desk.pack.material(code)
        assert rule.label in said
        assert rule.article in said


@pytest.mark.requirement("LG-26-2a")
def test_the_slip_gives_place_phone_and_hours_or_room_to_write_them(desk: Desk) -> None:
    unset = _slip(desk, high_risk_work(), **_COMMUNITY)
    assert unset.count("____") >= 3
    assert "办公时间" in unset
    known = _slip(
        desk, high_risk_work(), street_office_address="坪安路9号", street_office_phone="0755-00009999", **_COMMUNITY
    )
    assert "坪安路9号" in known
    assert "0755-00009999" in known


def test_the_slip_does_not_promise_that_the_street_office_knows_what_was_typed_here(desk: Desk) -> None:
    assert "不必重新填写" not in _slip(desk, high_risk_work())


# --- 8, 13: whose phone, which word -----------------------------------------------------------------------------------


@pytest.mark.requirement("LG-10-3b", "LG-P1")
def test_no_party_s_phone_hangs_at_the_entrance_but_the_office_has_it(desk: Desk) -> None:
    phone = factories.company().phone
    for code in ("receipt", "owner_commitment", "contractor_commitment", "risk_notice", "posting"):
        said = words_of(desk.paper(Act.ACCEPT, code, factories.walk_in()))
        assert phone not in said
        assert "联系电话\n" not in said
    assert phone in words_of(desk.paper(Act.ACCEPT, "registration_form", factories.walk_in()))
    assert phone in words_of(desk.paper(Act.MUST_NOT_START, "transfer_sheet", factories.walk_in(), **NOT_ACCEPTED))


@pytest.mark.requirement("LG-45-1a")
def test_who_has_work_done_at_home_is_called_owner_before_unit(desk: Desk) -> None:
    at_home = factories.walk_in(owner=factories.person())
    notice = desk.paper(
        Act.ONE_TIME_NOTICE, "one_time_notice", at_home, deficiencies=(UNSIGNED_CONTRACT,), **NOT_ACCEPTED
    )
    assert "与业主（建设单位）的关系：" in words_of(notice)
    assert desk.paper(Act.ACCEPT, "owner_commitment", at_home).title == "业主（建设单位）安全生产承诺书"
    assert "业主" not in words_of(desk.paper(Act.ACCEPT, "owner_commitment", factories.walk_in()))
    assert "建设单位" not in desk.paper(Act.ACCEPT, "owner_commitment", minor_operation()).title


# --- 10: the cure fits the problem ------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-27-3c1")
@pytest.mark.parametrize(
    ("verdict", "cure"),
    [
        (Verdict.UNSIGNED, "补签名、盖章后带来"),
        (Verdict.EXPIRED, "带有效期内的"),
        (Verdict.UNREADABLE, "带清晰的原件或者复印件"),
        (Verdict.INCONSISTENT, "更正后带来"),
        (Verdict.MISSING, "双方签字盖章的合同"),
        (Verdict.OTHER, "双方签字盖章的合同"),
    ],
)
def test_how_to_cure_a_paper_follows_from_what_is_wrong_with_it(pack: PolicyPack, verdict: Verdict, cure: str) -> None:
    matter = factories.all_in_order(factories.walk_in(), pack).with_check(MaterialCheck(code="28-4", verdict=verdict))
    facts = decisive_facts(matter, filed_on=factories.FILED_ON, channel="walk_in_street_office")
    (gap,) = deficiencies(matter, assess(facts, pack, WorkdayCalendar()), pack=pack, facts=facts)
    assert cure in gap.cure
    assert ("自行施工" in gap.cure) is (verdict in (Verdict.MISSING, Verdict.OTHER))


@pytest.mark.requirement("LG-27-3c1", "LG-10-1b")
def test_a_paper_found_in_order_is_cured_by_a_valid_one_or_by_another_holder(pack: PolicyPack) -> None:
    checked = factories.all_in_order(high_risk_work(), pack)
    past = MaterialCheck(code="28-6-safety-licence", verdict=Verdict.IN_ORDER, valid_to=date(2026, 1, 1))
    by_person = replace(checked, contractor=factories.contractor(party=factories.person()))
    cures = []
    for matter in (checked.with_check(past), by_person):
        facts = decisive_facts(matter, filed_on=factories.FILED_ON, channel="walk_in_street_office")
        gaps = deficiencies(matter, assess(facts, pack, WorkdayCalendar()), pack=pack, facts=facts)
        cures.append(next(gap.cure for gap in gaps if gap.code == past.code))
    assert cures == ["带有效期内的材料来。", pack.material(past.code).cure]


# --- 11, 12: where to ask, which dangers ------------------------------------------------------------------------------


@pytest.mark.requirement("LG-27-3d")
def test_the_permit_notice_says_whom_to_ask_and_where(desk: Desk) -> None:
    above = {"contract_amount_yuan": Decimal(1500000), "floor_area_m2": Decimal(800)}
    shop = words_of(desk.paper(Act.INFORM_PERMIT, "permit_notice", small_work(**above), **NOT_ACCEPTED))
    assert "区住房建设部门" in shop
    assert "请向本窗口咨询，电话0755-00001234" in shop
    water = small_work(category="municipal_infrastructure", **above)
    assert "区住房建设部门" not in words_of(desk.paper(Act.INFORM_PERMIT, "permit_notice", water, **NOT_ACCEPTED))


@pytest.mark.requirement("LG-27-4d")
def test_a_risk_notice_without_declared_dangers_does_not_claim_some_and_names_the_usual(desk: Desk) -> None:
    shop = words_of(desk.paper(Act.ACCEPT, "risk_notice", factories.walk_in()))
    assert "存在以下安全风险" not in shop
    assert "吊装、动火、临时用电" in shop
    air_conditioner = factories.walk_in(factories.minor_facts(category="facility_install_maintain_remove"))
    assert "高处坠落、触电、物体打击、坍塌、窒息" in words_of(desk.paper(Act.ACCEPT, "risk_notice", air_conditioner))
    for declared in (minor_operation(), high_risk_work()):
        said = words_of(desk.paper(Act.ACCEPT, "risk_notice", declared))
        assert "存在以下安全风险" in said
        assert "没有申报特定" not in said


# --- 13: large type ---------------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-D1")
def test_notices_and_letters_with_room_are_set_in_large_type(desk: Desk) -> None:
    notice = desk.paper(
        Act.ONE_TIME_NOTICE, "one_time_notice", factories.walk_in(), deficiencies=(UNSIGNED_CONTRACT,), **NOT_ACCEPTED
    )
    assert _largest_type_but_the_title(notice) >= 14
    for code in ("owner_commitment", "contractor_commitment", "risk_notice"):
        assert _largest_type_but_the_title(desk.paper(Act.ACCEPT, code, factories.walk_in())) >= 12.5
    assert FOOT.size >= 9


# --- 24: the list of papers received ----------------------------------------------------------------------------------


@pytest.mark.requirement("LG-27-3a")
def test_originals_are_spoken_of_only_where_a_form_was_noted_and_information_is_no_paper(desk: Desk) -> None:
    matter = factories.in_order(minor_operation(), ("28-L-time", "28-L-place", "28-L-cert"))
    plain = words_of(desk.paper(Act.ACCEPT, "papers_received", matter))
    assert "原件" not in plain
    assert "材料共 1 种，1 份；申报信息 2 项。" in plain
    noted = matter.with_check(MaterialCheck(code="28-L-cert", verdict=Verdict.IN_ORDER, form=PaperForm.COPY))
    assert "原件核对后退还，复印件留存。" in words_of(desk.paper(Act.ACCEPT, "papers_received", noted))


# --- 25, 26: drafts and the day of issue ------------------------------------------------------------------------------


@pytest.mark.requirement("LG-27-3b2")
def test_a_draft_receipt_says_that_nothing_is_registered(desk: Desk) -> None:
    paper = desk.paper(Act.ACCEPT, "receipt", factories.walk_in())
    draft = _drawn(render(paper, mark=Mark.DRAFT))
    assert "草稿：尚未登记，不作凭据。" in draft
    assert "拟于2026年3月2日办理" in draft
    assert "已于" not in draft
    decided = _drawn(render(paper))
    assert "已于2026年3月2日办理" in decided
    assert "尚未登记" not in decided


@pytest.mark.requirement("LG-D1")
def test_a_pdf_bears_the_day_of_issue_and_its_issuer_in_one_line(desk: Desk) -> None:
    paper = desk.paper(Act.ACCEPT, "receipt", factories.walk_in(), issued_on=date(2026, 12, 1))
    document = pypdfium2.PdfDocument(render(paper))
    found = document.get_metadata_dict()
    document.close()
    assert found["CreationDate"] == found["ModDate"] == "D:20261201000000+08'00'"
    assert found["Author"] == "坪安街道办事处 受理窗口2"


def test_next_steps_of_the_slip_stand_under_headings(desk: Desk) -> None:
    slip = desk.paper(Act.TO_STREET_OFFICE, "to_street_office", high_risk_work(), **NOT_ACCEPTED)
    headings = [block.text for block in slip.blocks if isinstance(block, Heading)]
    assert headings == ["理由和依据", "接下来怎么办", "请带齐下列材料"]
    assert any(isinstance(block, NumberedItems) and len(block.items) > 8 for block in slip.blocks)
    assert any(isinstance(block, Decision) for block in slip.blocks)


def test_brackets_do_not_stand_within_brackets_beside_a_manager(desk: Desk) -> None:
    at_home = factories.walk_in(owner=factories.person())
    assert "林知远（业主）；许安（施工方）" in words_of(desk.paper(Act.ACCEPT, "receipt", at_home))
