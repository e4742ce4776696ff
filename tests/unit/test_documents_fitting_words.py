"""Each paper says what fits its matter: its class, its foot, its duties, its reasons, and whom it speaks to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.documents.blocks import NumberedItems, Paper, Signatures, texts_of
from desktop.documents.pdf import page_count, render
from desktop.documents.registry import blank, bundle
from desktop.domain.acts import Act
from desktop.domain.one_time_notice import Deficiency
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Certificate, MaterialCheck, PaperForm, PartyKind, Verdict, WalkIn
from tests import factories
from tests.paper_desk import NOT_ACCEPTED, Desk

_POSTED = ("receipt", "owner_commitment", "contractor_commitment", "risk_notice", "posting")
_HOME = "新禾社区安居里9号602"
_TOLD = "安全生产信息登记为告知性登记"
_GAP = Deficiency(code="28-4", label="合同", problem="未提交", cure="带合同。", article="第二十八条(四)")


def _said(paper: Paper) -> str:
    return "\n".join(texts_of(paper))


def _small(**facts: Any) -> WalkIn:
    return factories.walk_in(factories.small_work_facts(**facts))


def _minor(**changes: Any) -> WalkIn:
    facts = factories.minor_facts(special_operations=("high_work",), work_height_m=Decimal(6))
    return factories.walk_in(facts, owner=factories.person(address=_HOME), **changes)


def _above(**facts: Any) -> WalkIn:
    return _small(contract_amount_yuan=Decimal(1500000), floor_area_m2=Decimal(800), **facts)


def _taken_in() -> WalkIn:
    """A work above the limits that 第四条(一) has registered all the same."""
    return _above(category="illegal_legacy_building_redecoration", property_ownership="illegal_legacy")


def _articles(paper: Paper) -> Iterator[str]:
    for block in paper.blocks:
        if isinstance(block, NumberedItems):
            yield from (item.article for item in block.items)


# --- 23: the word for the class ---------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-4-0", "LG-T0")
@pytest.mark.parametrize("code", ["receipt", "registration_form", *_POSTED[1:], "safety_guide", "papers_received"])
def test_a_work_above_the_limits_is_never_called_below_them(desk: Desk, code: str) -> None:
    said = _said(desk.paper(Act.ACCEPT, code, _taken_in()))
    assert "限额以下" not in said.replace("龙岗区限额以下小型工程和零星作业安全生产纳管实施细则", "")


@pytest.mark.requirement("LG-4-0", "LG-T0")
def test_a_work_of_article_four_bears_its_own_class_and_article(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "receipt", _taken_in()))
    assert "下列参照小型工程纳管工程已于" in said
    assert "参照小型工程纳管工程：历史遗留违法建筑二次装修（第四条(一)）" in said
    assert "按照高风险小型工程管理：" in said
    assert "参照小型工程纳管工程" in _said(desk.paper(Act.ACCEPT, "owner_commitment", _taken_in()))


@pytest.mark.requirement("LG-27-3d")
def test_the_permit_notice_calls_the_work_above_the_limits(desk: Desk) -> None:
    paper = desk.paper(Act.INFORM_PERMIT, "permit_notice", _above(), **NOT_ACCEPTED)
    facts = "\n".join(text for block in paper.blocks for text in texts_of(replace(paper, blocks=(block,), foot=())))
    assert "限额以上工程：非住宅房屋装饰装修" in facts
    assert "限额以下" not in facts


def test_an_ordinary_work_keeps_its_class(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "receipt", factories.walk_in()))
    assert "限额以下小型工程：非住宅房屋装饰装修（第二条(二)）" in said


# --- 24: the foot -----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-8-1")
@pytest.mark.parametrize(
    ("act", "code", "begins"),
    [
        (Act.ONE_TIME_NOTICE, "one_time_notice", "本告知依据第二十七条(三)作出，所申报事项尚未登记"),
        (Act.INFORM_PERMIT, "permit_notice", "本告知依据第二十七条(三)作出，所申报工程没有登记"),
        (Act.MUST_NOT_START, "must_not_start", "本告知依据第二十七条(三)作出，所申报事项没有登记"),
        (Act.MUST_NOT_START, "transfer_sheet", "本件依据第二十七条(三)转办，所申报事项没有登记"),
        (Act.NOT_APPLICABLE, "not_applicable", "本告知依据第六条(三)作出，所申报事项没有登记"),
        (Act.TO_STREET_OFFICE, "to_street_office", "本告知依据第二十六条(二)作出，所申报事项尚未登记"),
    ],
)
def test_the_foot_of_a_notice_says_on_what_it_rests_and_that_nothing_is_registered(
    desk: Desk, act: Act, code: str, begins: str
) -> None:
    matters = {
        Act.INFORM_PERMIT: _above(),
        Act.MUST_NOT_START: _small(illegal_acts=("add_storey",)),
        Act.NOT_APPLICABLE: _small(emergency_relief=True),
        Act.TO_STREET_OFFICE: _small(hoisting=True),
    }
    matter = matters.get(act, factories.walk_in())
    foot = desk.paper(act, code, matter, deficiencies=(_GAP,), **NOT_ACCEPTED).foot
    assert foot[0].startswith(f"{begins}；{_TOLD}")
    assert "本登记" not in "".join(foot)
    assert "征求意见" in foot[1]


@pytest.mark.requirement("LG-8-1")
def test_papers_of_a_registration_say_so_of_it_and_blank_forms_in_general(desk: Desk) -> None:
    assert desk.paper(Act.ACCEPT, "receipt", factories.walk_in()).foot[0].startswith("本登记为告知性登记")
    form = blank("power_of_attorney", office=factories.office(), pack=desk.pack)
    assert form.foot[0].startswith(_TOLD)


# --- 25: how to cure --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-10-1b", "LG-27-3c1")
def test_the_cure_for_a_missing_contract_does_not_let_high_risk_work_be_done_oneself(pack: PolicyPack) -> None:
    cure = pack.material("28-4").cure
    assert "自行施工" not in cure or "不能自行施工" in cure


# --- 26: what was received --------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-27-3a")
def test_papers_judged_before_the_matter_changed_kind_are_not_listed(desk: Desk) -> None:
    work = factories.in_order(factories.walk_in(), ("28-1", "28-3", "28-4"))
    now_minor = replace(work, facts=factories.minor_facts())
    now_minor = now_minor.with_check(MaterialCheck(code="28-L-time", verdict=Verdict.IN_ORDER))
    said = _said(desk.paper(Act.ACCEPT, "papers_received", now_minor))
    assert "作业时间" in said
    assert "工程委托合同或者协议书" not in said


@pytest.mark.requirement("LG-27-3a")
def test_a_paper_beyond_the_list_is_listed_where_its_form_was_noted(desk: Desk) -> None:
    plain = MaterialCheck(code="28-7b-gas-opinion", verdict=Verdict.IN_ORDER)
    label = desk.pack.material(plain.code).label
    lists = [
        _said(desk.paper(Act.ACCEPT, "papers_received", factories.walk_in().with_check(check)))
        for check in (plain, replace(plain, form=PaperForm.COPY))
    ]
    assert [label in said for said in lists] == [False, True]


# --- 27, 28: what is posted -------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-10-3b")
def test_only_the_owner_of_a_small_work_is_told_to_post(desk: Desk) -> None:
    assert "（第十条(三)）" in _said(desk.paper(Act.ACCEPT, "posting", factories.walk_in()))
    for code in _POSTED:
        said = _said(desk.paper(Act.ACCEPT, code, _minor()))
        assert "第十条(" not in said.replace("第三十条(", ""), code
    assert "自愿张贴" in _said(desk.paper(Act.ACCEPT, "posting", _minor()))


@pytest.mark.requirement("LG-10-3b", "LG-P1")
@pytest.mark.parametrize("code", _POSTED)
def test_nothing_posted_shows_a_natural_persons_number_phone_or_home(desk: Desk, code: str) -> None:
    own_certificate = Certificate(kind="高处作业", number=f"T{factories.OTHER_PERSON_ID}")
    owner = factories.person(address=_HOME)
    mason = factories.person("许望", id_number=factories.OTHER_PERSON_ID, phone="13800008812", address=_HOME)
    agent = factories.person("王二小", phone="13800009913")
    for matter in (_minor(), factories.walk_in(owner=owner)):
        matter = replace(
            matter,
            agent=agent,
            contractor=factories.contractor(party=mason, qualification=own_certificate),
            workers=(factories.worker("何平安"),),
        )
        said = _said(desk.paper(Act.ACCEPT, code, matter))
        phones = ("13800002719", "13800008812", "13800009913", "13800003344", "13800007788", "13800005566")
        for private in (factories.PERSON_ID, factories.OTHER_PERSON_ID, _HOME, *phones):
            assert private not in said


@pytest.mark.requirement("LG-10-3b", "LG-P1")
def test_a_person_filed_as_an_organisation_under_an_identity_card_is_covered_too(desk: Desk) -> None:
    owner = factories.person(kind=PartyKind.ORGANISATION)
    for code in _POSTED:
        said = _said(desk.paper(Act.ACCEPT, code, factories.walk_in(owner=owner)))
        assert owner.id_number not in said
        assert owner.phone not in said


@pytest.mark.requirement("LG-10-3b")
def test_the_board_names_trade_certificate_and_last_day_but_no_number(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "posting", _minor()))
    for part in ("何＊", "安装工", "高处作业", "2028年1月1日", "陈＊＊", "林知远"):
        assert part in said
    assert "110" not in said
    assert "操作证号" not in said


# --- 29: only what fires ----------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-10-6a", "LG-3-0")
def test_a_change_of_structure_alone_says_nothing_of_loads_uses_and_appraisals(desk: Desk) -> None:
    work = _small(structural_change=True, design_scheme_available=True)
    for paper in bundle(Act.ACCEPT, desk.context(work)):
        said = _said(paper)
        for other in ("荷载", "改变功能", "改变使用功能", "鉴定"):
            assert other not in said, (paper.code, other)
    assert "变动建筑主体和承重结构（第三条(二)）" in _said(desk.paper(Act.ACCEPT, "receipt", work))


@pytest.mark.requirement("LG-10-6a", "LG-3-0")
def test_an_increase_of_load_asks_for_the_appraisal_before_and_after(desk: Desk) -> None:
    work = _small(load_increase=True, affects_house_safety=True)
    for code in ("owner_commitment", "risk_notice"):
        said = _said(desk.paper(Act.ACCEPT, code, work))
        assert "施工前后" in said
        assert "鉴定" in said
    assert "结构安全：变动建筑主体" not in _said(desk.paper(Act.ACCEPT, "risk_notice", work))


# --- 30: the reason and what follows from it --------------------------------------------------------------------------


@pytest.mark.requirement("LG-6-1", "LG-6-2", "LG-6-3")
@pytest.mark.parametrize(
    ("matter", "article", "word"),
    [
        (_small(emergency_relief=True), "第六条(三)", "抢险救灾"),
        (_small(temporary_building=True), "第六条(二)", "临时建筑"),
        (_small(construction_permit_obtained=True), "第二条", "许可机关"),
        (_small(category="residential_decoration", completion_accepted=False), "第二条(一)", "竣工验收合格以后"),
        (
            factories.walk_in(factories.minor_facts(in_public_area=False, inside_residence=True)),
            "第六条(一)",
            "涉及公共区域的",
        ),
    ],
)
def test_the_next_steps_follow_from_the_article_the_refusal_rests_on(
    desk: Desk, matter: WalkIn, article: str, word: str
) -> None:
    paper = desk.paper(Act.NOT_APPLICABLE, "not_applicable", matter, reason="当面核实", **NOT_ACCEPTED)
    assert list(_articles(paper)) == [article, article]
    assert "不免除你方的安全责任" in _said(paper)
    assert word in _said(paper)


@pytest.mark.requirement("LG-6-3")
def test_against_the_rules_only_the_clerks_reason_is_printed(desk: Desk) -> None:
    reason = "只更换一张柜台，不是装修。"
    paper = desk.paper(Act.NOT_APPLICABLE, "not_applicable", factories.walk_in(), reason=reason, **NOT_ACCEPTED)
    said = _said(paper)
    assert reason in said
    assert "限额以内" not in said
    assert not any(_articles(paper))
    assert paper.foot[0].startswith("本告知按所载理由作出")


@pytest.mark.requirement("LG-10-11")
def test_a_permit_notice_for_works_parted_gives_the_clerks_reason_alone(desk: Desk) -> None:
    parted = _small(
        split_contracts_same_site=True,
        total_contract_amount_yuan=Decimal(1900000),
        total_floor_area_m2=Decimal(900),
    )
    said = _said(desk.paper(Act.INFORM_PERMIT, "permit_notice", parted, reason="合计超过限额。", **NOT_ACCEPTED))
    assert "合计超过限额。" in said
    assert "须写明理由" not in said
    assert "限额以下小型工程：" not in said


@pytest.mark.requirement("LG-26-2a")
def test_who_is_sent_on_for_the_clerks_reason_is_not_told_that_this_counter_accepts(desk: Desk) -> None:
    matter = factories.walk_in()
    slip = desk.paper(Act.TO_STREET_OFFICE, "to_street_office", matter, reason="不在物业区域内。", **NOT_ACCEPTED)
    assert "不在物业区域内。" in _said(slip)
    assert "受理点受理" not in _said(slip)


# --- 31: whom a paper speaks to ---------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-27-3e")
def test_who_must_not_start_is_spoken_to_and_reads_no_instruction_for_clerks(desk: Desk) -> None:
    work = _small(illegal_acts=("add_storey",))
    said = _said(desk.paper(Act.MUST_NOT_START, "must_not_start", work, **NOT_ACCEPTED))
    assert "你方不得开工建设和生产作业" in said
    assert "本受理点已将情况转坪安街道综合行政执法队" in said
    for meant_for_clerks in ("应告知", "并转", "管理人员", "须写明"):
        assert meant_for_clerks not in said


@pytest.mark.requirement("LG-4-4")
def test_the_receipt_of_other_works_above_the_limits_does_not_remind_of_the_manager(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "receipt", _above(art4_kind="other_outside_permit_scope"), reason="已确认"))
    assert "第四条(四)" in said
    assert "须管理人员" not in said


@pytest.mark.requirement("LG-28-1")
def test_the_form_names_the_safety_licence_once(desk: Desk) -> None:
    said = _said(desk.paper(Act.ACCEPT, "registration_form", factories.walk_in()))
    assert said.count("安全生产许可证") == 1


@pytest.mark.requirement("LG-27-4a")
@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (PartyKind.ORGANISATION, "法定代表人（签名）："),
        (PartyKind.PARTNERSHIP, "执行事务合伙人（签名）："),
        (PartyKind.SOLE_TRADER, "经营者（签名）："),
        (PartyKind.PERSON, ""),
    ],
)
def test_whoever_stands_for_a_party_signs_under_the_right_word(desk: Desk, kind: PartyKind, word: str) -> None:
    matter = factories.walk_in(owner=factories.company(kind=kind))
    paper = desk.paper(Act.ACCEPT, "owner_commitment", matter)
    lines = next(block.lines for block in paper.blocks if isinstance(block, Signatures))
    assert [line for line in lines if line.startswith(("法定", "执行", "经营"))] == ([word] if word else [])


@pytest.mark.requirement("LG-32-7b", "LG-13-7", "LG-13-8")
def test_the_contractor_promises_what_hot_work_and_gas_lines_ask(desk: Desk) -> None:
    hot = _small(crowded_place_hot_work=True, gas_line_change=True)
    letter = desk.paper(Act.ACCEPT, "contractor_commitment", hot)
    promised = [item for block in letter.blocks if isinstance(block, NumberedItems) for item in block.items]
    assert any(item.article == "第三十二条(七)" and "动火" in item.text for item in promised)
    assert any(item.article == "第十三条(七)" and "人员密集场所" in item.text for item in promised)
    assert any(item.article == "第十三条(八)" and "油气管线" in item.text for item in promised)
    cold = _said(desk.paper(Act.ACCEPT, "contractor_commitment", _small(hoisting=True)))
    assert "实施动火作业的" not in cold
    assert "第十三条(八)" not in cold


@pytest.mark.requirement("LG-27-4d")
def test_no_danger_of_a_small_work_rests_on_an_article_of_minor_operations(desk: Desk) -> None:
    work = _small(
        risk_kinds=("fall", "shock", "struck", "collapse", "suffocation"),
        confined_space=True,
        dangerous_operations=("high_work",),
    )
    for article in _articles(desk.paper(Act.ACCEPT, "risk_notice", work)):
        assert not article.startswith(("第五条", "第十一条"))


# --- the length -------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("LG-D1")
@pytest.mark.parametrize(
    "matter",
    [
        factories.walk_in(),
        _minor(),
        _taken_in(),
        _small(
            crowded_place_hot_work=True,
            hot_work=True,
            earthwork=True,
            gas_line_change=True,
            structural_change=True,
            design_scheme_available=True,
        ),
    ],
    ids=["shop", "signboard", "article four", "high risk"],
)
def test_every_paper_of_an_acceptance_takes_one_page_and_the_board_two(
    desk: Desk, pack: PolicyPack, matter: WalkIn
) -> None:
    for paper in bundle(Act.ACCEPT, desk.context(factories.all_in_order(matter, pack))):
        assert page_count(render(paper)) == (2 if paper.code == "posting" else 1), paper.code
