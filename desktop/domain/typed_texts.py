"""Every name and free text of a matter, with its word and how long it may be, checked for the papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.local_rules import local
from desktop.domain.unprintable import unprintable_fault
from desktop.domain.walk_in import Certificate, IdKind, Party, SiteManager, WalkIn

TEXT_FAULT: Final = "text_unfit"
LONGEST_NAME: Final = 100
LONGEST_WORD: Final = 60
LONGEST_TEXT: Final = 1000

# The path of a field, its word, what was typed, and how many characters it may have.
_Text = tuple[str, str, str, int]


def text_faults(walk_in: WalkIn) -> tuple[FieldFault, ...]:
    """List the texts that cannot stand on a paper, each with what is wrong and how to put it right."""
    return tuple(
        FieldFault(field=path, code=TEXT_FAULT, message=f"{word}：{fault}。")
        for path, word, text, longest in _texts(walk_in)
        if (fault := unprintable_fault(text, longest=longest))
    )


def _texts(walk_in: WalkIn) -> Iterator[_Text]:
    place = walk_in.place
    yield "project_name", "工程（作业）名称", walk_in.project_name, LONGEST_NAME
    yield "content", "工程（作业）内容", walk_in.content, LONGEST_TEXT
    yield "place.sub_area", "片区", place.sub_area, LONGEST_WORD
    yield "place.community", "社区", place.community, LONGEST_WORD
    yield "place.grid", "网格", place.grid, LONGEST_WORD
    yield "place.estate", "小区/路段", place.estate, LONGEST_NAME
    yield "place.building", "栋", place.building, LONGEST_WORD
    yield "place.room", "房号", place.room, LONGEST_WORD
    yield "place.detail", "补充位置", place.detail, LONGEST_NAME
    yield from _people(walk_in)
    yield "property_company", "物业服务企业", walk_in.property_company, LONGEST_NAME
    yield "waste_site", "拟消纳场所", walk_in.waste_site, LONGEST_NAME
    yield "remark", "备注", walk_in.remark, LONGEST_TEXT
    yield "batch.name", "一揽子名称", walk_in.batch.name, LONGEST_NAME
    yield from _lists(walk_in)
    for fact, value in walk_in.facts.stated.items():
        if isinstance(value, str):
            yield f"facts.{fact}", "申报事实", value, LONGEST_NAME


def _people(walk_in: WalkIn) -> Iterator[_Text]:
    contractor = walk_in.contractor
    parties: list[tuple[str, str, Party | None]] = [
        ("owner", local("建设单位（业主）"), walk_in.owner),
        ("agent", "受委托人", walk_in.agent),
        ("property_owner", "房屋产权人", walk_in.property_owner),
        ("contractor.party", local("生产经营单位"), contractor.party),
        ("designer", "设计单位", walk_in.designer),
        ("supervisor", "监理单位", walk_in.supervisor),
    ]
    for path, word, party in parties:
        if party is not None:
            yield from _party(path, word, party)
    yield from _certificate("contractor.qualification", "资质证书", contractor.qualification)
    yield from _certificate("contractor.safety_licence", "安全生产许可证", contractor.safety_licence)
    managers: list[tuple[str, str, SiteManager]] = [
        ("owner_safety_manager", local("建设单位安全管理人员"), walk_in.owner_safety_manager),
        ("contractor_safety_manager", "施工单位安全管理人员", walk_in.contractor_safety_manager),
        ("contractor.project_manager", "项目负责人", contractor.project_manager),
    ]
    for path, word, manager in managers:
        yield f"{path}.name", f"{word}姓名", manager.name, LONGEST_NAME
        yield from _certificate(f"{path}.certificate", f"{word}证件", manager.certificate)
    for index, worker in enumerate(walk_in.workers):
        path = f"workers.{index}"
        yield f"{path}.name", "作业人员姓名", worker.name, LONGEST_NAME
        yield f"{path}.trade", "工种", worker.trade, LONGEST_WORD
        yield from _certificate(f"{path}.certificate", "特种作业操作证", worker.certificate)


def _party(path: str, word: str, party: Party) -> Iterator[_Text]:
    yield f"{path}.name", f"{word}名称", party.name, LONGEST_NAME
    yield f"{path}.contact_name", f"{word}联系人", party.contact_name, LONGEST_NAME
    yield f"{path}.address", f"{word}地址", party.address, LONGEST_NAME
    if party.id_kind is IdKind.OTHER:
        # No other check looks at such a number.
        yield f"{path}.id_number", f"{word}证件号码", party.id_number, LONGEST_WORD


def _certificate(path: str, word: str, certificate: Certificate) -> Iterator[_Text]:
    yield f"{path}.kind", f"{word}种类", certificate.kind, LONGEST_NAME
    yield f"{path}.number", f"{word}编号", certificate.number, LONGEST_WORD
    yield f"{path}.grade", f"{word}等级", certificate.grade, LONGEST_WORD


def _lists(walk_in: WalkIn) -> Iterator[_Text]:
    for index, insurance in enumerate(walk_in.insurances):
        path = f"insurances.{index}"
        yield f"{path}.kind", "保险种类", insurance.kind, LONGEST_WORD
        yield f"{path}.insurer", "保险公司", insurance.insurer, LONGEST_NAME
        yield f"{path}.policy_number", "保单号", insurance.policy_number, LONGEST_WORD
    for check in walk_in.materials:
        yield f"materials.{check.code}.remark", "材料核对说明", check.remark, LONGEST_TEXT
    for index, correction in enumerate(walk_in.corrections):
        yield f"corrections.{index}.item", "需更正的信息", correction.item, LONGEST_NAME
        yield f"corrections.{index}.asked", "更正要求", correction.asked, LONGEST_TEXT
