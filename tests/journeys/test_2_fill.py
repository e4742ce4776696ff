"""Filling in the form by keyboard alone: everything of a matter, wrong numbers, duplicates, earlier parties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN
from desktop.domain.walk_in import Certificate, IdKind, Insurance, Party, PartyKind, Place, SiteManager, Worker
from tests.journeys import people
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

_WORK = (
    ("facts.kind", "1"),
    ("facts.category", "fzz{Enter}"),  # 非住宅 by its initials
    ("project_name", "坪安路18号一层商铺装修"),
    ("content", "店内吊顶、墙面、灯具安装"),
    ("facts.work_natures", "4"),
    ("place.community", "新禾{Enter}"),
    ("place.grid", "03"),
    ("place.estate", "坪安路18号"),
    ("place.building", "A栋"),
    ("place.room", "101"),
    ("place.detail", "临街一侧"),
    ("facts.contract_amount_yuan", "58.1234"),
    ("facts.floor_area_m2", "120.5"),
    ("facts.investment_yuan", "600000.5元"),
    ("facts.building_area_m2", "{Tab}{Space}"),
    ("facts.place_kind", "商铺{Enter}"),
    ("facts.construction_permit_obtained", "{Ctrl+0}"),
    ("facts.illegal_acts", "{Ctrl+0}"),
    ("facts.earthwork", "Y"),
    ("facts.excavation_depth_m", "0.8"),
    ("facts.structural_change", "{Ctrl+0}"),
    ("facts.property_managed", "Y{Ctrl+0}"),
)
_PARTIES = (
    ("owner.name", "陈小满"),
    ("owner.kind", "自然人{Enter}"),
    ("owner.id_number", people.PERSON_ID),
    ("owner.contact_name", "陈小满"),
    ("owner.phone", "13800002719"),
    ("owner.address", "坪安路20号"),
    ("agent", "{Space}"),
    ("agent.name", "林知远"),
    ("agent.id_number", people.OTHER_ID),
    ("agent.phone", "13800003344"),
    ("property_owner", "{Space}"),
    ("property_owner.name", "许产"),
    ("property_owner.id_kind", "护照{Enter}"),
    ("property_owner.id_number", "E00000000"),
    ("contractor.party.name", "深圳市匠新装饰工程有限公司"),
    ("contractor.party.id_number", people.COMPANY_CODE),
    ("contractor.party.phone", "0755-20000000"),
    ("contractor.qualification.kind", "建筑装修装饰工程专业承包"),
    ("contractor.qualification.grade", "二级"),
    ("contractor.qualification.number", "D3440000000"),
    ("contractor.qualification.valid_to", "2029年5月31日"),
    ("contractor.safety_licence.number", "JZ0000"),
    ("contractor.safety_licence.valid_to", "20290531"),
    ("contractor.project_manager.name", "周望"),
    ("contractor.project_manager.phone", "13800005566"),
)
_PEOPLE_AND_PLAN = (
    ("owner_safety_manager.name", "林知远"),
    ("owner_safety_manager.phone", "13800003344"),
    ("contractor_safety_manager.name", "许安"),
    ("workers.0.name", "何平"),
    ("workers.0.trade", "焊工"),
    ("workers.0.id_number", people.PERSON_ID),
    ("workers.0.certificate.kind", "焊接与热切割作业"),
    ("workers.0.certificate.number", f"T{people.PERSON_ID}"),
    ("workers.0.certificate.valid_to", "2028-1-1{Ctrl+Enter}"),
    ("workers.1.name", "石平"),
    ("planned_start_on", "2026-3-9"),
    ("planned_end_on", "2026-6-30"),
    ("funding", "社会{Enter}"),
    ("waste_site", "坪安建筑废弃物综合利用场"),
    ("insurances.add", "{Ctrl+Enter}"),
    ("insurances.0.kind", "工伤{Enter}"),
    ("insurances.0.insurer", "坪安保险"),
    ("insurances.0.policy_number", "P-1"),
    ("insurances.0.valid_to", "2027-1-1"),
    ("property_company", "坪安物业"),
    ("remark", "周末施工"),
    ("signed", "{Space}"),
)


@pytest.mark.requirement("LG-28-1", "LG-28-2a", "LG-28-2b", "LG-28-2.1", "LG-45-1a", "LG-2-0a", "LG-13-6", "LG-13-2")
def test_a_whole_small_work_is_typed_by_keyboard_alone_and_accepted(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    assert journey.here() == "facts.kind"
    journey.fill(*_WORK, *_PARTIES, *_PEOPLE_AND_PLAN)
    typed, facts = journey.typed(), journey.typed().facts

    assert facts.text("category") == "nonresidential_decoration"
    assert facts.number("contract_amount_yuan") == Decimal("581234")
    assert facts.number("floor_area_m2") == Decimal("120.5")
    assert facts.number("investment_yuan") == Decimal("600000.5")
    assert facts["building_area_m2"] is NOT_APPLICABLE
    assert facts.number("excavation_depth_m") == Decimal("0.8")
    assert facts.texts("work_natures") == ("decoration",)
    assert typed.place == Place(
        community="新禾社区", grid="03", estate="坪安路18号", building="A栋", room="101", detail="临街一侧"
    )
    assert typed.owner == Party(
        kind=PartyKind.PERSON,
        name="陈小满",
        id_kind=IdKind.RESIDENT_ID,
        id_number=people.PERSON_ID,
        contact_name="陈小满",
        phone="13800002719",
        address="坪安路20号",
    )
    assert typed.agent is not None
    assert (typed.agent.name, typed.agent.id_number) == ("林知远", people.OTHER_ID)
    assert typed.property_owner is not None
    assert (typed.property_owner.name, typed.property_owner.id_kind) == ("许产", IdKind.PASSPORT)
    assert typed.contractor.party.kind is PartyKind.ORGANISATION
    assert typed.contractor.qualification == Certificate(
        kind="建筑装修装饰工程专业承包", grade="二级", number="D3440000000", valid_to=date(2029, 5, 31)
    )
    assert typed.contractor.safety_licence == Certificate(number="JZ0000", valid_to=date(2029, 5, 31))
    assert typed.contractor.project_manager == SiteManager(name="周望", phone="13800005566")
    assert typed.owner_safety_manager == SiteManager(name="林知远", phone="13800003344")
    assert typed.contractor_safety_manager == SiteManager(name="许安")
    certificate = Certificate(kind="焊接与热切割作业", number=f"T{people.PERSON_ID}", valid_to=date(2028, 1, 1))
    assert typed.workers == (
        Worker(name="何平", trade="焊工", id_number=people.PERSON_ID, certificate=certificate),
        Worker(name="石平"),
    )
    assert (typed.planned_start_on, typed.planned_end_on) == (date(2026, 3, 9), date(2026, 6, 30))
    assert (typed.funding, typed.waste_site) == ("social", "坪安建筑废弃物综合利用场")
    assert typed.insurances == (
        Insurance(kind="工伤保险", insurer="坪安保险", policy_number="P-1", valid_to=date(2027, 1, 1)),
    )
    assert (typed.property_company, typed.remark) == ("坪安物业", "周末施工")

    journey.judge("{Shift+Space}")
    judged = journey.typed()
    number = journey.decide("{F9}")
    kept = journey.desk.revealing.reveal(journey.file(number).row.id, "核对所录内容")
    assert kept == judged, "what was typed is what the ledger keeps"


@pytest.mark.requirement("LG-2-0a")
def test_an_area_that_is_empty_one_that_does_not_apply_and_nought_are_three_things(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.shop(area=""))
    assert journey.typed().facts["floor_area_m2"] is UNKNOWN
    journey.fill(("facts.floor_area_m2", "0"))
    assert journey.typed().facts["floor_area_m2"] == Decimal(0)
    journey.fill(("facts.floor_area_m2", "{Delete}{Backspace}{Tab}{Space}"))
    assert journey.typed().facts["floor_area_m2"] is NOT_APPLICABLE
    journey.keys("{Space}")
    assert journey.typed().facts["floor_area_m2"] is UNKNOWN


@pytest.mark.requirement("LG-5-0", "LG-45-1a")
def test_what_does_not_concern_the_kind_is_not_there(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    only_small = (
        "facts.contract_amount_yuan",
        "facts.floor_area_m2",
        "facts.work_natures",
        "contractor.qualification.number",
        "contractor.safety_licence.number",
        "contractor.project_manager.name",
        "owner_safety_manager.name",
        "designer.name",
        "facts.structural_change",
    )
    only_minor = ("facts.in_public_area", "facts.work_height_m", "facts.risk_kinds")
    journey.fill(("facts.kind", "1"), ("facts.category", "非住宅{Enter}"))
    journey.fill(("designer", "{Space}"))
    assert [path for path in (*only_small, *only_minor) if journey.is_asked(path)] == list(only_small)
    assert journey.intake.form.owner.heading.text() == "建设单位"
    journey.fill(("facts.kind", "2"), ("facts.category", "门楣{Enter}"))
    assert [path for path in (*only_small, *only_minor) if journey.is_asked(path)] == list(only_minor)
    assert journey.intake.form.owner.heading.text() == "业主"
    with pytest.raises(LookupError):
        journey.typist.walk_to("facts.contract_amount_yuan")


@pytest.mark.requirement("LG-28-2a", "LG-28-2.1", "LG-13-6")
def test_a_wrong_number_or_day_says_its_reason_when_the_field_is_left(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.shop(amount="120.00001"))
    journey.fault("facts.contract_amount_yuan", "最多 4 位小数")
    journey.fill(("owner.name", "陈小满"), ("owner.kind", "自然人{Enter}"), ("owner.id_number", "110105194912310021"))
    journey.typist.pause()
    assert journey.row("owner.id_number").fault == "", "nobody is interrupted while typing"
    journey.keys("{Tab}")
    journey.fault("owner.id_number", "校验码不符：第 18 位应为 X")
    journey.fill(
        ("owner.phone", "1380000271"),
        ("contractor.party.id_number", "91350100M000100Y44"),
        ("contractor.qualification.valid_to", "2026-2-30"),
        ("workers.0.name", "何平"),
        ("workers.0.id_number", people.PERSON_ID),
        ("workers.0.certificate.number", "T110105194912310021"),
        ("planned_start_on", "2026-3-9"),
        ("planned_end_on", "2026-3-1"),
        ("remark", ""),
    )
    journey.fault("owner.phone", "手机号应为 11 位，现有 10 位")
    journey.fault("contractor.party.id_number", "校验码不符：第 18 位应为 3")
    journey.fault("contractor.qualification.valid_to", "2026 年 2 月只有 28 日")
    journey.fault("workers.0.certificate.number", "字母 T 之后应为持证人身份证号")
    journey.fault("planned_end_on", "计划完工早于计划开工")
    journey.fill(("owner.id_number", "{Ctrl+A}" + people.PERSON_ID))
    journey.see(lambda: not journey.row("owner.id_number").fault, "the fault gone as soon as it is put right")


@pytest.mark.requirement("LG-28-2a")
def test_an_act_goes_to_the_number_that_cannot_stand_and_loses_nothing(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop(), ("owner.phone", "{Ctrl+A}138"))
    journey.judge("{Shift+Space}")
    before = journey.typed()
    journey.keys("{F9}")
    assert journey.here() == "owner.phone"
    assert "手机号应为 11 位" in journey.label("act.why").text()
    assert journey.typed() == before
    journey.keys("{Ctrl+A}13800003344")
    assert journey.decide("{F9}").startswith("PA-DJ-2026-")


@pytest.mark.requirement("LG-10-11", "LG-13-2", "LG-10-1c")
def test_earlier_filings_are_offered_and_an_earlier_party_is_taken_over(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    journey.judge("{Shift+Space}")
    first = journey.decide("{F9}")
    journey.keys("{Ctrl+N}")
    similar = journey.intake.form.similar

    journey.fill(*people.shop(name="同一处再装修"))
    journey.see(lambda: "同一地址" in similar.head.text() and similar.isVisible(), "the earlier filing at the address")
    journey.typist.walk_to("contractor.party.name")
    journey.keys("匠新")
    journey.see(lambda: journey.intake.form.contractor.name.offers == 1, "the offer of the earlier contractor")
    journey.keys("{Down}{Enter}")
    taken = journey.typed().contractor
    assert taken.party.name == "深圳市匠新装饰工程有限公司"
    assert (taken.party.id_number, taken.party.phone) == (people.COMPANY_CODE, "13800006612")
    assert taken.qualification.valid_to == date(2029, 5, 31)
    journey.typist.walk_to("owner.name")
    journey.keys("和顺")
    journey.see(lambda: journey.intake.form.owner.name.offers == 1, "the offer of the earlier owner")
    journey.keys("{Down}{Enter}")
    assert journey.typed().owner.phone == "13800003344"
    journey.see(lambda: "同一业主/建设单位" in similar.head.text() or "同一地址" in similar.head.text(), "duplicates")

    journey.keys("{Alt+D}")
    assert journey.here() == "similar.list"
    journey.keys("{Enter}")
    journey.see(lambda: journey.window.page_key == "filing", "the earlier filing")
    assert journey.filing.number.text() == first
    journey.keys("{Esc}")
    assert journey.window.page_key == "intake"
    assert journey.typed().project_name == "同一处再装修", "looking costs nothing typed"


def test_hostile_text_is_taken_as_text_or_refused_in_words(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.signboard())
    paste = QApplication.clipboard()
    paste.setText("字" * 10_000)
    journey.fill(("content", "{Ctrl+A}{Ctrl+V}"))
    assert len(journey.typed().content) == 1000
    assert "没有写入" in journey.row("content").fault
    paste.setText("=1+1|'cmd'\u202e😀\u0007\n招牌")
    journey.fill(("project_name", "{Ctrl+A}{Ctrl+V}"))
    assert journey.typed().project_name == "=1+1|'cmd'😀 招牌"
    journey.fill(("content", "{Ctrl+A}换招牌"), ("planned_start_on", "{Ctrl+A}0000-0-0"), ("remark", ""))
    journey.fault("planned_start_on", "。")
