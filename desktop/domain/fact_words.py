"""The Chinese words for declared and derived facts: what a fact is called, and how its value is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.conditions import SETTING
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Blank, Facts, FactType, FactValue, spec_of
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.sentences import plain_number

_TEN_THOUSAND: Final = Decimal(10000)
# Facts that no question of a pack asks for: they stand in a field of their own or follow from one.
_LABELS: Final[Mapping[str, str]] = {
    "kind": "纳管类别",
    "category": "类型",
    "contract_amount_yuan": "施工承包合同金额",
    "floor_area_m2": "施工区域建筑面积",
    "investment_yuan": "工程投资额",
    "building_area_m2": "建筑面积",
    "building_total_area_m2": "所在建筑的总面积",
    "total_contract_amount_yuan": "同一工地的合计合同金额",
    "total_floor_area_m2": "同一工地的合计施工面积",
    "crowded_place_hot_work": "人员密集场所动火作业",
    "key_classes": "重点监管情形",
    "filing_channel": "申报途径",
    "filed_on": "申报日期",
    "accepted_on": "受理日期",
    "completed_on": "完工日期",
    "extension_applied_on": "申请延期的日期",
    "closeout_applied_on": "申报注销的日期",
    "qualification_valid_to": "资质证书有效期",
    "safety_licence_valid_to": "安全生产许可证有效期",
    "special_cert_valid_to": "特种作业证件有效期",
    "provided_materials": "已核对齐全的材料",
    "visits": "以往到窗",
    "owner_kind": "单位性质",
    "property_ownership": "房屋产权",
    "contractor_kind": "生产经营单位性质",
    "non_bearing_wall_removal": "拆除非承重墙",
    "hot_work_tools_zh": "动火工具",
    "no_contract": "没有委托合同",
    "applicant_is_owner": "申报人就是房屋产权人",
    "agent": "由受委托人代办",
    "registered": "已经登记",
    "finding": "登记后发现的情形",
    "patrol_finding": "巡查发现的情形",
    "violation_kind": "违法行为种类",
    "refuses_rectification": "拒不整改",
    "funding": "资金来源",
    "work_natures": "工程性质",
    "planned_start_on": "计划开工日期",
    "planned_end_on": "计划完工日期",
    "high_risk": "属于高风险小型工程",
    "above_limit": "属于限额以上",
    "supervision_required": "应当委托监理",
    "effective_investment_yuan": "工程投资额（未填的按合同金额）",
    "effective_building_area_m2": "建筑面积（未填的按施工面积）",
}
_CHANNELS: Final[Mapping[str, str]] = {
    "walk_in_street_office": "在街道办事处现场申报",
    "walk_in_community": "在社区受理点现场申报",
    "walk_in_property": "在物业受理点现场申报",
    "online": "网上申报",
}


def fact_label(name: str, pack: PolicyPack, *, kind: str | None = None) -> str:
    """Say what a fact, or an unfilled setting of the pack (``config.…``), is called."""
    if name.startswith(SETTING):
        return pack.gap_label(name.removeprefix(SETTING))
    asked = [question for question in pack.questions if question.fact == name]
    fitting = next((question for question in asked if kind in question.kinds), None)
    question = fitting or next(iter(asked), None)
    return question.label if question is not None else usual_label(name)


def usual_label(name: str) -> str:
    """Say what a fact without a question is called; its name where the program has no word either."""
    return local(_LABELS.get(name, name))


def fact_words(name: str, facts: Facts, pack: PolicyPack) -> str:
    """Say the value of a fact of a matter, and where nobody said it, what it is taken for."""
    value = facts[name]
    if facts.is_stated(name):
        return value_words(name, value, pack)
    return "未申报" if isinstance(value, Blank) or value == () else f"{value_words(name, value, pack)}（未申报）"


def value_words(name: str, value: FactValue, pack: PolicyPack) -> str:
    """Say one value of a fact: numbers with their unit, codes by the pack, of a text only that there is one."""
    if value is UNKNOWN:
        return "未填"
    if value is NOT_APPLICABLE:
        return "不适用"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return number_words(name, value, pack)
    if isinstance(value, tuple):
        return _listed(name, value, pack)
    if isinstance(value, date):
        return value.isoformat()
    return code_word(name, str(value), pack)


def number_words(name: str, value: Decimal, pack: PolicyPack) -> str:
    """Say a number with its unit: large sums of yuan as 万元."""
    if name.endswith("_yuan"):
        if abs(value) < _TEN_THOUSAND:
            return f"{plain_number(value)}元"
        return f"{plain_number(value / _TEN_THOUSAND)}万元"
    if name.endswith("_m2"):
        return f"{plain_number(value)}平方米"
    unit = next((question.unit for question in pack.questions if question.fact == name), "")
    return f"{plain_number(value)}{unit or ('米' if name.endswith('_m') else '')}"


def code_word(name: str, code: str, pack: PolicyPack) -> str:
    """Give the word for a code of a closed list; a text without a list is only said to be there."""
    if name == "category":
        category = pack.category(code)
        return category.label if category is not None else code
    if name == "filing_channel":
        return local(_CHANNELS.get(code, code))
    if name == "provided_materials":
        return next((rule.label for rule in pack.materials if rule.code == code), code)
    spec = spec_of(name)
    has_list = name in pack.choices or (spec is not None and bool(spec.choices))
    return pack.label_of(name, code) if has_list else "已填写"


def _listed(name: str, value: tuple[object, ...], pack: PolicyPack) -> str:
    if not value:
        return "无"
    spec = spec_of(name)
    if name == "provided_materials" or (spec is not None and spec.type is FactType.VISITS):
        return f"{len(value)}{'份' if name == 'provided_materials' else '次'}"
    words = dict.fromkeys(code_word(name, item, pack) for item in value if isinstance(item, str))
    return "、".join(words)
