"""What the office enters in the district's platform for one filing: label and value in the order of the form.  Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from desktop.domain.facts import MINOR_OPERATION, NOT_APPLICABLE
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.sentences import plain_number
from desktop.domain.walk_in import Certificate, Contractor, Party, SiteManager, WalkIn

Line = tuple[str, str]


def platform_sheet(
    walk_in: WalkIn, *, number: str, pack: PolicyPack, high_risk: bool | None = None
) -> tuple[Line, ...]:
    """Give the lines to enter, those without a value left out; numbers of persons stand whole.

    Units stand in the labels and every label is its own, so that a value can be pasted as it is.
    """
    lines = (
        (local("登记编号"), number),
        *_work(walk_in, pack, high_risk),
        *_parties(walk_in, pack),
        *_workers(walk_in),
    )
    # A line break in a value would end the line of the sheet.
    return tuple((label, " ".join(value.split())) for label, value in lines if value.strip())


def _work(walk_in: WalkIn, pack: PolicyPack, high_risk: bool | None) -> Iterator[Line]:
    facts = walk_in.facts
    word = "作业" if _is_minor(walk_in) else "工程"
    category = pack.category(facts.text("category"))
    yield f"{word}名称", walk_in.project_name
    yield f"{word}地点", walk_in.place.text
    yield "片区", walk_in.place.sub_area
    yield "社区", walk_in.place.community
    yield "网格", walk_in.place.grid
    yield f"{word}内容", walk_in.content
    yield "类别", pack.label_of("kind", facts.text("kind") or "")
    yield "类型", category.label if category else ""
    if high_risk is not None and not _is_minor(walk_in):
        yield "风险等级", pack.labels.get("high_risk", local("高风险")) if high_risk else local("非高风险")
    yield "合同金额（元）", _measure(walk_in, "contract_amount_yuan")
    yield "施工区域建筑面积（㎡）", _measure(walk_in, "floor_area_m2")
    yield "工程投资额（元）", _measure(walk_in, "investment_yuan")
    yield "建筑面积（㎡）", _measure(walk_in, "building_area_m2")
    yield "资金来源", pack.label_of("funding", walk_in.funding)
    yield "拟消纳场所", walk_in.waste_site
    yield f"计划{word}开始日期", _day(walk_in.planned_start_on)
    yield f"计划{word}结束日期", _day(walk_in.planned_end_on)
    for place, each in enumerate(walk_in.insurances, 1):
        yield f"保险{place}", f"{each.kind} {each.insurer} {each.policy_number}"


def _parties(walk_in: WalkIn, pack: PolicyPack) -> Iterator[Line]:
    owner_word = pack.labels.get(f"owner_{'minor_operation' if _is_minor(walk_in) else 'small_work'}", local("业主"))
    contractor_word = pack.labels.get("contractor", "施工单位")
    yield from _party(owner_word, walk_in.owner)
    yield from _party("受委托人", walk_in.agent)
    yield from _party("房屋产权人", walk_in.property_owner)
    yield from _contractor(contractor_word, walk_in.contractor)
    yield from _manager(f"{owner_word}安全管理人员", walk_in.owner_safety_manager)
    yield from _manager(f"{contractor_word}安全管理人员", walk_in.contractor_safety_manager)
    yield from _manager("项目负责人", walk_in.contractor.project_manager)
    yield from _party("设计单位", walk_in.designer)
    yield from _party("监理单位", walk_in.supervisor)
    yield "物业服务企业", walk_in.property_company


def _party(word: str, party: Party | None) -> Iterator[Line]:
    if party is not None:
        yield word, party.name
        yield f"{word}证件号码", party.id_number
        yield f"{word}联系人", party.contact_name
        yield f"{word}联系电话", party.phone
        yield f"{word}地址", party.address


def _contractor(word: str, contractor: Contractor) -> Iterator[Line]:
    yield from _party(word, contractor.party)
    yield from _certificate("资质证书", contractor.qualification)
    yield from _certificate("安全生产许可证", contractor.safety_licence)


def _manager(word: str, manager: SiteManager) -> Iterator[Line]:
    yield word, manager.name
    yield f"{word}联系电话", manager.phone
    yield from _certificate(f"{word}证件", manager.certificate)


def _workers(walk_in: WalkIn) -> Iterator[Line]:
    for place, worker in enumerate(walk_in.workers, 1):
        word = f"作业人员{place}"
        yield word, worker.name
        yield f"{word}工种", worker.trade
        yield f"{word}证件号码", worker.id_number
        yield from _certificate(f"{word}操作证", worker.certificate)


def _certificate(word: str, certificate: Certificate) -> Iterator[Line]:
    yield f"{word}类别", certificate.kind if certificate.kind != word else ""
    yield f"{word}等级", certificate.grade
    yield f"{word}编号", certificate.number
    yield f"{word}有效期至", _day(certificate.valid_to)


def _measure(walk_in: WalkIn, fact: str) -> str:
    value = walk_in.facts[fact]
    if isinstance(value, Decimal):
        return plain_number(value)
    # What does not apply without anybody saying so was not asked.
    return "不适用" if value is NOT_APPLICABLE and walk_in.facts.is_stated(fact) else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _is_minor(walk_in: WalkIn) -> bool:
    return walk_in.facts.text("kind") == MINOR_OPERATION
