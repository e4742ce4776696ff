"""What the overview of a filing says, heading by heading; numbers are covered already unless asked for whole.  Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.acts import Status
from desktop.domain.facts import MINOR_OPERATION, NOT_APPLICABLE, UNKNOWN, FactValue
from desktop.domain.insured import InsuranceWarning
from desktop.domain.ledger import FilingFile
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.registration_life import extension_count
from desktop.domain.sentences import plain_number
from desktop.domain.walk_in import Certificate, Party, SiteManager, WalkIn
from desktop.views.wording import kind_word, word

# The materials have their own tab.
_OF_MATERIALS: Final = frozenset({"required_materials", "optional_materials", "undetermined_materials"})

Lines = tuple[tuple[str, str], ...]


def overview(
    file: FilingFile, pack: PolicyPack, *, insurance: InsuranceWarning | None = None
) -> tuple[tuple[str, Lines], ...]:
    """Give the groups of the overview, each a heading with its lines, each line once; empty ones are left out.

    ``insurance`` says what is wanting in the 安责险 of a small work under way.
    """
    matter = file.walk_in
    groups = (
        ("工程（作业）", _work(file, matter)),
        (local("建设单位 / 业主"), _parties(matter)),
        (local("生产经营单位"), _contractor(matter)),
        ("作业人员", tuple(_workers(matter))),
        ("保险", tuple(_insurances(matter, insurance))),
        ("申报情形", tuple(_answers(matter, pack))),
        ("时限", _dates(file, pack)),
    )
    kept = ((heading, tuple(line for line in dict.fromkeys(lines) if line[1])) for heading, lines in groups)
    return tuple((heading, lines) for heading, lines in kept if lines)


def reasons(file: FilingFile) -> Lines:
    """Give the judgement's reasons, each once: article and sentence."""
    listed = file.assessment.get("reasons")
    if not isinstance(listed, list | tuple):
        return ()
    found = [
        (str(reason.get("article", "")), str(reason.get("because", "")))
        for reason in listed
        if isinstance(reason, dict) and reason.get("because") and reason.get("decides") not in _OF_MATERIALS
    ]
    return tuple(dict.fromkeys(found))


def override_words(overrides: Sequence[str]) -> str:
    """Give the reasons for which this was decided otherwise than the rules propose, each once."""
    return "　".join(dict.fromkeys(each.removeprefix("理由：") for each in overrides))


def _work(file: FilingFile, matter: WalkIn) -> Lines:
    is_minor = file.row.kind == MINOR_OPERATION
    return (
        ("名称", matter.project_name),
        ("类型", f"{kind_word(file.row.kind)}　{file.row.category_label}".strip()),
        ("地点", matter.place.text),
        ("所属", matter.place.belongs_to),
        ("受理点", file.acceptance_point),
        ("内容", matter.content),
        # A minor operation is not asked for them.
        ("合同金额", "" if is_minor else _amount(matter.facts["contract_amount_yuan"])),
        ("施工面积", "" if is_minor else _area(matter.facts["floor_area_m2"])),
        ("计划时间", _period(matter.planned_start_on, matter.planned_end_on)),
        ("建筑废弃物去向", matter.waste_site),
        ("备注", matter.remark),
    )


def _parties(matter: WalkIn) -> Lines:
    return (
        *_party("", matter.owner),
        ("现场安全管理人员", _manager(matter.owner_safety_manager)),
        *(_party("受委托人", matter.agent) if matter.agent else ()),
        *(_party("房屋产权人", matter.property_owner) if matter.property_owner else ()),
        *(_party("设计单位", matter.designer) if matter.designer else ()),
        *(_party("监理单位", matter.supervisor) if matter.supervisor else ()),
        ("物业服务企业", matter.property_company),
    )


def _contractor(matter: WalkIn) -> Lines:
    contractor = matter.contractor
    return (
        *_party("", contractor.party),
        ("资质证书", _certificate(contractor.qualification)),
        ("安全生产许可证", _certificate(contractor.safety_licence)),
        ("项目负责人", _manager(contractor.project_manager)),
        ("现场安全管理人员", _manager(matter.contractor_safety_manager)),
    )


def _party(role: str, party: Party) -> Lines:
    who = "　".join(part for part in (party.name, word(party.kind) if party.name else "") if part)
    contact = "　".join(part for part in (party.contact_name, party.phone) if part)
    return (
        (role or "名称", who),
        (word(party.id_kind), party.id_number),
        ("联系人", contact),
        ("住址", party.address),
    )


def _manager(manager: SiteManager) -> str:
    parts = (manager.name, manager.phone, _certificate(manager.certificate))
    return "　".join(part for part in parts if part)


def _certificate(certificate: Certificate) -> str:
    until = f"有效期至 {certificate.valid_to}" if certificate.valid_to else ""
    return "　".join(part for part in (certificate.kind, certificate.grade, certificate.number, until) if part)


def _workers(matter: WalkIn) -> Iterator[tuple[str, str]]:
    for place, worker in enumerate(matter.workers, 1):
        parts = (worker.name, worker.trade, worker.id_number, _certificate(worker.certificate))
        yield (f"第 {place} 人", "　".join(part for part in parts if part))


def _insurances(matter: WalkIn, warning: InsuranceWarning | None) -> Iterator[tuple[str, str]]:
    """Give the policies of the form, and what is wanting by them and by the register of policies."""
    for each in matter.insurances:
        days = _period(each.valid_from, each.valid_to)
        yield each.kind, "　".join(part for part in (each.insurer, each.policy_number, days) if part) or "未填"
    if warning is not None:
        until = f"（保到 {warning.insured_to}）" if warning.insured_to else ""
        yield "提醒", f"▲ {warning.lack.label}{until}"


def _answers(matter: WalkIn, pack: PolicyPack) -> Iterator[tuple[str, str]]:
    for question in pack.questions:
        if matter.facts.is_stated(question.fact):
            yield (question.label, _answer(matter.facts[question.fact], question.fact, question.unit, pack))


def _answer(value: FactValue, fact: str, unit: str, pack: PolicyPack) -> str:
    if value is UNKNOWN:
        return "未知"
    if value is NOT_APPLICABLE:
        return "不适用"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{plain_number(value)} {unit}".strip()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(pack.label_of(fact, item) for item in value if isinstance(item, str))
    return pack.label_of(fact, value)


def _dates(file: FilingFile, pack: PolicyPack) -> Lines:
    return (
        ("受理日期", file.accepted_on.isoformat() if file.accepted_on else ""),
        ("有效期至", file.valid_until.isoformat() if file.valid_until else ""),
        _extension(file, pack),
        ("首次现场检查", f"{file.site_check_by} 前" if file.site_check_by else ""),
        ("规则包", f"{file.pack_id} {file.pack_version}"),
    )


def _extension(file: FilingFile, pack: PolicyPack) -> tuple[str, str]:
    """Offer an extension only while the work goes on and one is left."""
    if file.extension_first is None or file.row.status is not Status.REGISTERED or file.completed_on is not None:
        return "可申请延期", ""
    if file.extensions < extension_count(pack):
        return "可申请延期", f"{file.extension_first} 起"
    return "延期", local(f"已延期 {file.extensions} 次，次数已用完：到期后还要施工的，重新登记")


def _amount(value: FactValue) -> str:
    if isinstance(value, Decimal):
        return f"{plain_number(value / 10000)} 万元（{value.normalize():,f} 元）"
    return "不适用" if value is NOT_APPLICABLE else "未填"


def _area(value: FactValue) -> str:
    if isinstance(value, Decimal):
        return f"{plain_number(value)} ㎡"
    return "不适用" if value is NOT_APPLICABLE else "未填"


def _period(start: date | None, end: date | None) -> str:
    if not start and not end:
        return ""
    return f"{start or '未填'} 至 {end or '未填'}"
