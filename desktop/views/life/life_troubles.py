"""The troubles of the life of a registration in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from desktop.domain.acts import Status
from desktop.domain.local_rules import cited, in_brackets, local
from desktop.domain.registration_life import LifeState

_FIELDS: Final[Mapping[str, str]] = {
    "reason": "理由",
    "exception_reason": "例外理由",
    "completed_on": "完工日期",
    "applied_on": "申报日期",
    "applicant": "申报人",
    "waste": "建筑废弃物",
    "kind": "废弃物种类",
    "amount": "数量",
    "hauler": "运输单位",
    "site": "消纳场所",
    "taken_on": "清运日期",
    "verdict": "现场情况",
    "checked_on": "核实日期",
    "text": "说明",
    "patrol": "巡查记录",
    "ground": "理由",
    "ground_text": "其他情形",
    "facts": "查明的事实",
    "evidence": "证据",
    "delivered_on": "送达日期",
    "receiver": "收件人",
    "note": "说明",
}
_STATUS: Final[Mapping[Status, str]] = {
    Status.REGISTERED: "已登记",
    Status.AWAITING_CLOSEOUT: "待注销核实",
    Status.CLOSED: "已注销",
    Status.REVOKED: "已撤销",
}
_OVER: Final[Mapping[object, str]] = {
    LifeState.COMPLETED: "已经完工",
    LifeState.AWAITING_CLOSEOUT: "已经申报注销，等待现场核实",
    LifeState.CLOSED: "已经注销",
    LifeState.REVOKED: "已经撤销",
}
_INSTEAD: Final[Mapping[object, str]] = {
    LifeState.COMPLETED: "请申报注销；现场还没有完工的，核实后退回在建，再办延期。",
    LifeState.AWAITING_CLOSEOUT: "现场核实还没有完工的，退回在建后再办延期。",
}
_Say = Callable[[Mapping[str, object]], tuple[str, str]]

LIFE_TROUBLES: Final[Mapping[str, _Say]] = {
    "not_in_this_state": lambda d: (
        f"{d.get('number', '该件')} 现在是{_status(d.get('status'))}，不能这样办理。",
        local("已注销、已撤销的登记内容只供查看，巡查、隐患和照片仍可记；其他的请看“在建管理”。"),
    ),
    "not_extendable": lambda d: (
        f"{d.get('number', '该件')} 不能延期：{_over(d)}。",
        local(_INSTEAD.get(d.get("state"), "还要施工的，请重新登记。")),
    ),
    "no_extension_here": lambda d: (
        "所用的规则没有规定延期。",
        local("有效期届满后还要施工的，请重新登记。") if d.get("has_validity") else "规则没有规定有效期，不需要延期。",
    ),
    "life_incomplete": lambda d: (f"没有填全：{_fields(d.get('fields'))}。", "请补充后再办理；每项最多 800 个字。"),
    "extension_too_early": lambda d: (
        "还没有到可以申请延期的日期。",
        f"{d.get('first', '')} 至 {d.get('last', '')} 可以申请。",
    ),
    "re_registration_needed": lambda d: (
        f"有效期已于 {d.get('last', '')} 届满。",
        local("请重新登记；确有特殊情况的，由分管领导例外同意延期。"),
    ),
    "extension_used_up": lambda d: (
        f"已经延期 {d.get('most', '')} 次，不能再延。",
        "确有特殊情况的，由分管领导例外同意。",
    ),
    "extension_months": lambda d: ("延长的月数不对。", f"每次 1 至 {d.get('most', '')} 个月。"),
    "patrol_before_end": lambda d: (
        local(
            f"所选的巡查在 {d.get('visited_on', '')}，登记有效期到 {d.get('until', '')} 才届满，不能说明逾期后失联。"
        ),
        "请在逾期后再到现场巡查一次，选那一次的记录。",
    ),
    "not_overdue": lambda d: (
        f"{d.get('number', '该件')} 的有效期到 {d.get('until', '')}，还没有逾期。",
        local("有效期内请办理延期、变更或者申报注销。"),
    ),
    "no_such_patrol": lambda _d: ("没有这一处的这次巡查记录。", "请先到现场巡查并记下。"),
    "nothing_changed": lambda _d: (local("登记内容没有变化。"), "请改动后再办理变更。"),
    "change_other_site": lambda _d: ("换了社区，不是同一处工地。", local("另一处工地请重新登记。")),
    "change_undetermined": lambda d: (
        "变更后的范围或者风险还不能判定。",
        str(d.get("why", "") or "请把表中未知而要紧的事实答全。"),
    ),
    "change_not_registrable": lambda d: (
        local("变更后不再属于登记范围。"),
        str(d.get("why", "") or "请按规定告知申报人。"),
    ),
    "change_at_street_office": lambda _d: (
        local("变更后属于高风险。"),
        f"请告知申报人到街道办事处办理变更{cited('street_office_counter')}。",
    ),
    "change_materials": lambda d: (
        f"因变更补充的材料没有核对，或者没有备齐：{_listed(d.get('materials'))}。",
        "请逐项核对。",
    ),
    "closeout_days": lambda _d: ("日期先后不对。", "应依次为受理、完工、申报、核实，且不晚于今天。"),
    "closeout_needs_wanting": lambda d: (
        f"{local('还有注销事项没有办妥')}：{_listed(d.get('needs'))}。",
        local("见到材料后勾选，再注销。"),
    ),
    "open_matters": lambda d: (
        f"还有没有办结的隐患或者移交：{_listed(d.get('numbers'))}。",
        "请填写例外理由。" if d.get("may_except") else local("请先办结，或者由分管领导写明理由注销。"),
    ),
    "rectify_first": lambda d: (
        local("超出登记范围的，先责成整改。"),
        f"拒不整改或者逾期未改的才撤销{in_brackets(str(d.get('article', '')))}。",
    ),
    "already_delivered": lambda d: (
        f"已记过送达（{d.get('on', '')}），不能更改。",
        "请核对送达记录；有出入的，在“核实”中另记。",
    ),
    "delivery_day": lambda d: ("送达日期不对。", f"应在 {d.get('first', '')} 至今天之间。"),
}


def _fields(names: object) -> str:
    listed = names if isinstance(names, tuple | list) else ()
    return "、".join(_FIELDS.get(str(name), str(name)) for name in listed) or "必填各项"


def _listed(texts: object) -> str:
    return "、".join(str(text) for text in texts) if isinstance(texts, tuple | list) else ""


def _status(status: object) -> str:
    return local(_STATUS.get(status, "未登记") if isinstance(status, Status) else "未登记")


def _over(details: Mapping[str, object]) -> str:
    said, on = local(_OVER.get(details.get("state"), "不在登记有效期内")), details.get("completed_on")
    return f"{on} {said}" if details.get("state") is LifeState.COMPLETED and on else said
