"""Troubles of what happens on sites: visits, hazards, unregistered works, letters, draws, orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.local_rules import local
from desktop.views.shared.trouble import Say, trouble

_MOST_FAULTS: Final = 12
_ORDER_FIELDS: Final[Mapping[str, str]] = {
    "clause": "依据的条款",
    "facts": "查明的事实",
    "asked": "要求",
    "due_on": "期限（不早于今天）",
    "certificate_number": "执法证号",
}


SITE_TROUBLES: Final[Mapping[str, Say]] = {
    "no_such_found_site": lambda _d: trouble(local("没有这一处未登记工地。"), local("请在未登记工地列表中重新选择。")),
    "found_site_unfit": lambda d: trouble(local("未登记工地没有记下。"), str(d.get("why", "") or "请核对各项。")),
    "found_site_closed": lambda d: trouble(
        local(f"未登记工地 {d.get('number', '')} 已经办结，或者现在不能这样办理。"), "请在列表中查看它现在的状态。"
    ),
    "no_such_report": lambda _d: trouble("没有找到这件投诉举报。", "可能不在您的片区；请在列表中重新选择。"),
    "report_unfit": lambda d: trouble("投诉举报没有记下。", str(d.get("why", "") or "请核对各项。")),
    "report_closed": lambda d: trouble(f"投诉举报 {d.get('number', '')} 现在不能这样办理。", "请查看它现在的状态。"),
    "report_unverified": lambda d: trouble(
        f"投诉举报 {d.get('number', '')} 还没有核查。", "请先填写核查结果，再答复。"
    ),
    "no_such_transfer": lambda _d: trouble("没有找到这件移交。", "可能不在您的片区；请在列表中重新选择。"),
    "transfer_unfit": lambda d: trouble("移交没有办成。", str(d.get("why", "") or "请核对各项。")),
    "transfer_replied": lambda d: trouble(
        f"{d.get('number', '这件移交')} 已经收到反馈。", "不能再记进展，请看它的经过。"
    ),
    "no_penalty": lambda d: trouble(f"{d.get('number', '这件移交')} 的反馈中没有处罚。", "没有可以记入名录的措施。"),
    "site_required": lambda _d: trouble("没有选工地。", local("请选一件登记，或者一处未登记工地。")),
    "draw_unfit": lambda d: trouble("这样不能抽取。", str(d.get("why", "") or "请核对期间和比例。")),
    "draw_empty": lambda _d: trouble(local("这个范围内没有可以抽取的登记。"), "请放宽期间、类别、风险或者社区后再抽。"),
    "no_such_draw": lambda _d: trouble("没有找到这次抽查。", "可能不在您的片区；请在抽查列表中重新选择。"),
    "not_drawn": lambda _d: trouble("这一件不在这次抽查的名单上。", "请在名单中选择一件后再记结果。"),
    "outside_review_unfit": lambda d: trouble("第三方审查没有记下。", str(d.get("why", "") or "请核对各项。")),
    "hazard_incomplete": lambda d: trouble("隐患没有记下。", _fault_words(d) or "请核对各项。"),
    "step_incomplete": lambda d: trouble("这一步没有记下。", _fault_words(d) or "请核对各项。"),
    "step_not_allowed": lambda _d: trouble("隐患现在的状态不能这样办理。", "别人可能刚办过，请刷新后查看它的经过。"),
    "no_bad_conduct": lambda d: trouble(
        f"{d.get('number', '这条隐患')} 没有拒不整改、逾期不整改或者整改不彻底，责任方也须是施工（作业）单位或者个人。",
        "没有可以列入不良档案的情形，请看隐患的经过。",
    ),
    "no_such_hazard": lambda _d: trouble("没有找到这条隐患。", "可能不在您的片区；请在列表中重新选择。"),
    "patrol_unfit": lambda d: trouble("这条巡查记录还不能保存。", str(d.get("why", "") or "请核对标红的内容。")),
    "patrols_known": lambda d: trouble(
        f"这份表里有 {d.get('count', 0)} 条台账里已经有了，没有导入。",
        "请核对是不是导入过；确是另外几次巡查的，请选“仍要导入”。",
    ),
    "patrol_plan_unfit": lambda d: trouble("巡查频次没有保存。", f"天数为 0 至 {d.get('most', 366)}，0 为不设。"),
    "no_such_subject": lambda _d: trouble("没有找到照片所属的记录，照片没有保存。", "请重新选择巡查或者隐患后再加。"),
    "no_such_patrol": lambda _d: trouble("没有找到这次巡查，或者它不属于这一件。", "请核对巡查记录，或者先不填。"),
    "day_required": lambda d: trouble("没有日期。", str(d.get("why", "") or "请填写日期。")),
    "day_not_possible": lambda d: trouble("日期不对。", str(d.get("why", "") or "请核对日期。")),
    "note_unfit": lambda d: trouble("核实没有记下。", str(d.get("why", "") or "请写明情况。")),
    "order_incomplete": lambda d: trouble(
        "责令文书还不完整，没有签发。", f"请补充：{_order_fields(d.get('fields'))}。"
    ),
}


def _fault_words(details: Mapping[str, object]) -> str:
    faults = details.get("faults")
    found = [fault.message for fault in faults if isinstance(fault, FieldFault)] if isinstance(faults, tuple) else []
    return "；".join(dict.fromkeys(found[:_MOST_FAULTS])) + ("。" if found else "")


def _order_fields(names: object) -> str:
    listed = names if isinstance(names, tuple | list) else ()
    return "、".join(_ORDER_FIELDS.get(str(name), str(name)) for name in listed) or "必填各项"
