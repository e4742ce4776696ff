"""Troubles of the registers in words: what happened, and how to put it right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from desktop.domain.local_rules import cited, local

Details = Mapping[str, object]
# What happened and what to do, from the details of the trouble.
REGISTER_TROUBLES: Final[Mapping[str, Callable[[Details], tuple[str, str]]]] = {
    "register_incomplete": lambda d: ("还有必填的内容没有填。", f"请补充：{_fields(d.get('fields'))}。"),
    "phone_unfit": lambda d: ("电话号码不对。", f"{d.get('why', '请核对')}。"),
    "name_unfit": lambda _d: ("姓名中有不能用的字符。", "只写姓名本身，不写括号、数字和职务。"),
    "name_taken": lambda d: (f"同一上级下已有“{d.get('name', '')}”。", "请核对是否同一单位，或者写全称。"),
    "area_taken": lambda d: (
        f"片区“{d.get('area', '')}”已由“{d.get('organisation', '')}”负责。",
        "一个片区只由一个单位负责：请先从那个单位去掉。",
    ),
    "post_taken": lambda d: (
        f"系统后台管理员（主、副）各只能一名，现为“{d.get('holder', '')}”。",
        "请先更改那一位的职务。",
    ),
    "both_admins": lambda _d: ("同一人不能既是系统后台管理员又是副手。", "请只勾选一项。"),
    "person_known": lambda d: (f"这个单位已有“{d.get('name', '')}”，电话相同。", "请打开那一条修改。"),
    "scope_too_wide": lambda _d: (
        "受理范围超出这类受理点可以受理的范围。",
        local(f"高风险小型工程只由街道办事处受理{cited('high_risk_at_street')}。"),
    ),
    "term_reversed": lambda _d: ("止日早于起日。", "请核对两个日期。"),
    "own_parent": lambda _d: ("一个单位不能归自己或者自己的下级管。", "请另选上级。"),
    "no_such_role": lambda d: (f"没有“{d.get('name', '')}”这个角色。", "请用附件4的角色名称，多个用顿号隔开。"),
    "day_unreadable": lambda d: ("日期读不出来。", str(d.get("why", "请核对日期。"))),
    "no_such_organisation": lambda _d: ("名录中没有这个单位。", "请重新选择。"),
    "no_such_person": lambda _d: ("名录中没有这个人。", "请重新选择。"),
    "no_such_entrustment": lambda _d: ("没有这份委托。", "请重新选择。"),
    "not_to_be_entrusted": lambda d: (
        f"“{d.get('name', '')}”{local('不是可以委托登记的单位。')}",
        f"只委托在用的物业服务企业和居（村）委会{cited('entrustment')}。",
    ),
    "no_letter_with": lambda d: (f"不与“{d.get('name', '')}”签责任书。", "请选园区、商圈管委会或者物业服务企业。"),
    "not_a_patroller": lambda d: (f"“{d.get('name', '')}”不是在用的巡查人员。", "请先在人员中勾选“巡查人员”。"),
    "turn_overlaps": lambda d: (
        f"这段时间已排在“{d.get('area', '')}”（{d.get('first', '')} 至 {d.get('last', '')}）。",
        "请改日期，一人同一天只在一处。",
    ),
    "several_meant": lambda d: (f"有多个单位可以叫“{d.get('name', '')}”。", "请写全称。"),
    "registers_changed": lambda _d: ("名录在核对期间有变化，没有导入。", "请重新导入，再核对一次。"),
    "no_workbook": lambda _d: ("这个文件不是 Excel 表格（.xlsx），或者已损坏。", "请在 Excel 中另存为 .xlsx 再导入。"),
    "file_too_large": lambda d: (f"文件超过 {d.get('most', 10)} MB。", "请去掉图片和空白区域，或者分成几个文件。"),
    "entrustment_lapsed": lambda d: (
        f"“{d.get('name', '')}”{local('的登记委托不在有效期内，不能受理新件。')}",
        f"请转街道办理；续签后由街道在“名录”中登记委托{cited('entrustment')}。",
    ),
    "beyond_point_scope": lambda d: (
        f"“{d.get('name', '')}”{local('只受托受理零星作业。')}",
        f"{local('小型工程请转街道办理')}{cited('small_work_at_street')}。",
    ),
}

_FIELDS: Final = {
    "kind": "类别",
    "name": "名称或者姓名",
    "address": "地址",
    "hours": "受理时间",
    "phone": "电话",
    "posts": "职务",
    "certificate_number": "执法证号",
    "organisation_id": "组织",
    "areas": "片区",
    "area": "片区",
    "first_on": "起日",
    "last_on": "止日",
    "signed_on": "签订日期",
    "person_id": "人员",
}


def _fields(names: object) -> str:
    listed = names if isinstance(names, tuple | list) else ()
    return "、".join(_FIELDS.get(str(name), str(name)) for name in listed)
