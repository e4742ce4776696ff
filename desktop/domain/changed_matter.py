"""What a change of a registration changes: the fields with old and new, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from desktop.domain.assessment_result import Assessment
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts, FactValue
from desktop.domain.life_acts import ChangeAhead, ChangedField, NeededMaterial
from desktop.domain.life_words import paper_word
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Insurance, Verdict, WalkIn, Worker

_WHO: Final[Mapping[str, str]] = LocalCatalogue(
    {
        "owner": "建设单位（业主）",
        "agent": "受委托人",
        "property_owner": "房屋产权人",
        "contractor.party": "生产经营单位",
        "contractor.qualification": "资质证书",
        "contractor.safety_licence": "安全生产许可证",
        "contractor.project_manager": "项目负责人",
        "owner_safety_manager": "建设单位安全管理人员",
        "contractor_safety_manager": "施工单位安全管理人员",
        "designer": "设计单位",
        "supervisor": "监理单位",
        "place": "地点",
    },
    local,
)
_WHAT: Final[Mapping[str, str]] = {
    "name": "",
    "kind": "性质",
    "id_kind": "证件种类",
    "id_number": "证件号码",
    "contact_name": "联系人",
    "phone": "联系电话",
    "address": "住址",
    "number": "证号",
    "grade": "等级",
    "valid_to": "有效期",
    "review_on": "复审日期",
    "certificate": "证件",
    "sub_area": "片区",
    "community": "社区",
    "grid": "网格",
    "estate": "小区（路段）",
    "building": "栋",
    "room": "房号",
    "detail": "补充",
}
_OWN: Final[Mapping[str, str]] = {
    "project_name": "名称",
    "content": "内容",
    "property_company": "物业服务企业",
    "workers": "作业人员",
    "planned_start_on": "计划开工",
    "planned_end_on": "计划完工",
    "funding": "资金来源",
    "waste_site": "拟消纳场所",
    "insurances": "保险",
    "remark": "备注",
}
_FACTS: Final[Mapping[str, str]] = {
    "kind": "纳管类别",
    "category": "类型",
    "contract_amount_yuan": "施工承包合同金额（元）",
    "floor_area_m2": "施工区域建筑面积（平方米）",
    "investment_yuan": "工程投资额（元）",
    "building_area_m2": "建筑面积（平方米）",
    "owner_kind": "单位性质",
    "property_ownership": "房屋产权",
}
_NOT_OF_THE_MATTER: Final = frozenset({"facts", "materials", "corrections"})
_EMPTY: Final = "无"


def changed_matter(before: WalkIn, after: WalkIn, pack: PolicyPack) -> tuple[ChangedField, ...]:
    """List the fields of a matter that differ, in the order of the form; papers and their verdicts are none."""
    old, new = dict(_lines(before)), dict(_lines(after))
    told = [
        ChangedField(path, _label(path), old.get(path, ""), new.get(path, ""))
        for path in dict.fromkeys((*old, *new))
        if old.get(path, "") != new.get(path, "")
    ]
    return (*told, *_facts(before.facts, after.facts, pack))


def change_ahead(
    fields_changed: tuple[ChangedField, ...],
    *,
    before: Assessment,
    after: Assessment,
    pack: PolicyPack,
    site_check_by: date | None,
    obstacle: str,
    outstanding: Collection[str] = (),
) -> ChangeAhead:
    """Put together what a change brings: only papers that were not needed before are asked for.

    Beside them stand those that an earlier change asked for and nobody brought yet (``outstanding``).
    """
    newly = [code for code in after.required_materials if code not in before.required_materials]
    still = [code for code in after.required_materials if code in outstanding and code not in newly]
    raises = after.is_high_risk and not before.is_high_risk
    return ChangeAhead(
        fields=fields_changed,
        before=before,
        after=after,
        needed=(
            *(_needed(code, pack) for code in newly),
            *(replace(_needed(code, pack), is_outstanding=True) for code in still),
        ),
        no_longer_needed=tuple(
            pack.material(code).label for code in before.required_materials if code not in after.required_materials
        ),
        raises_class=raises,
        lowers_class=before.is_high_risk and after.high_risk is False,
        moves_point=after.acceptance_point != before.acceptance_point and after.registrable,
        site_check_by=site_check_by if raises else None,
        obstacle=obstacle,
    )


def with_brought(ahead: ChangeAhead, *, before: WalkIn, given: WalkIn) -> ChangeAhead:
    """Add to the fields what becomes of the papers still to be brought; an unjudged one stays as it was."""
    brought = []
    for need in ahead.needed:
        verdict = given.check_of(need.code).verdict
        old, new = paper_word(before.check_of(need.code).verdict), paper_word(verdict)
        if need.is_outstanding and verdict is not Verdict.UNJUDGED and old != new:
            brought.append(ChangedField(f"materials.{need.code}", need.label, old, new))
    return replace(ahead, fields=(*ahead.fields, *brought))


def _needed(code: str, pack: PolicyPack) -> NeededMaterial:
    rule = pack.material(code)
    return NeededMaterial(code=rule.code, label=rule.label, article=rule.article, cure=rule.cure)


def _lines(matter: WalkIn) -> Iterator[tuple[str, str]]:
    for field in fields(matter):
        if field.name not in _NOT_OF_THE_MATTER:
            yield from _leaves(getattr(matter, field.name), field.name)


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    if is_dataclass(value):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        yield path, "、".join(_listed(part) for part in value)
    else:
        yield path, _text(value)


def _listed(part: object) -> str:
    match part:
        case Worker():
            of_worker = (part.name, part.trade, part.certificate.kind, part.certificate.number, part.id_number)
            return " ".join(text for text in of_worker if text)
        case Insurance():
            return " ".join(text for text in (part.kind, part.insurer, part.policy_number) if text)
    return str(part)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return _KINDS.get(str(value.value), str(value.value))
    return value.isoformat() if isinstance(value, date) else str(value)


_KINDS: Final[Mapping[str, str]] = {
    "organisation": "企业及其他单位",
    "partnership": "合伙组织",
    "sole_trader": "个体工商户",
    "person": "自然人",
    "resident_id": "居民身份证",
    "credit_code": "统一社会信用代码",
    "passport": "护照",
    "hk_macao_permit": "港澳居民来往内地通行证",
    "taiwan_permit": "台湾居民来往大陆通行证",
    "foreign_resident_id": "外国人永久居留身份证",
    "other": "其他",
}


def _label(path: str) -> str:
    if path in _OWN:
        return _OWN[path]
    for prefix, who in _WHO.items():
        if path.startswith(f"{prefix}."):
            parts = (_WHAT.get(name, name) for name in path.removeprefix(f"{prefix}.").split("."))
            return who + "".join(parts)
    return path


def _facts(before: Facts, after: Facts, pack: PolicyPack) -> Iterator[ChangedField]:
    questions = {question.fact: question for question in pack.questions}
    for name in dict.fromkeys((*before.stated, *after.stated)):
        old, new = before.stated.get(name, UNKNOWN), after.stated.get(name, UNKNOWN)
        if old != new:
            asked = questions.get(name)
            label = _FACTS.get(name) or (asked.label if asked is not None else name)
            yield ChangedField(f"facts.{name}", label, _answer(old, name, pack), _answer(new, name, pack))


def _answer(value: FactValue, fact: str, pack: PolicyPack) -> str:
    if value is UNKNOWN:
        return "未填"
    if value is NOT_APPLICABLE:
        return "不适用"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return "、".join(pack.label_of(fact, item) for item in value if isinstance(item, str)) or _EMPTY
    if isinstance(value, date):
        return value.isoformat()
    category = pack.category(str(value)) if fact == "category" else None
    return category.label if category is not None else pack.label_of(fact, str(value))
