"""Troubles of accounts, rights, reviews, firms and what is known of their conduct."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.local_rules import local
from desktop.views.shared.trouble import Say, trouble

PEOPLE_TROUBLES: Final[Mapping[str, Say]] = {
    "not_permitted": lambda _d: trouble("您的账号没有这项权限。", "没有改动任何内容。需要办理的，请联系系统管理员。"),
    "outside_scope": lambda _d: trouble(
        "这一件不在您的区域或者行业范围内。", "没有改动任何内容。请转给负责该范围的人员办理。"
    ),
    "signed_out": lambda _d: trouble("现在没有人登录。", "请先登录。"),
    "sign_in_needed": lambda _d: trouble("这个台账需要登录。", "请用 --user 写明用户名。"),
    "wrong_password": lambda d: trouble(
        "用户名或者密码不对。", f"还可以试 {d['left']} 次，之后账号会锁定。" if "left" in d else "请核对后再输入。"
    ),
    "account_locked": lambda d: trouble(
        "密码连续输错，账号已锁定。", f"请等 {d.get('minutes', '30')} 分钟（程序须开着），或者请系统管理员解除锁定。"
    ),
    "account_inactive": lambda _d: trouble("这个账号已停用。", "需要恢复使用的，请联系系统管理员。"),
    "password_weak": lambda d: trouble("这个密码不能用。", f"{d.get('why', '请换一个')}。"),
    "password_must_change": lambda _d: trouble("第一次登录要先改密码。", "请在窗口中登录并改密码，再用命令行。"),
    "has_accounts_already": lambda _d: trouble("已经有账号了。", "请登录；新账号由系统管理员建立。"),
    "user_name_unfit": lambda d: trouble("用户名或者姓名不能用。", f"{d.get('why', '请核对')}。"),
    "user_name_taken": lambda d: trouble(
        f"用户名 {d.get('user_name', '')} 已经有人用。", "请换一个，例如在后面加数字。"
    ),
    "roles_unfit": lambda d: trouble("角色不能这样给。", f"{d.get('why', '请核对')}。"),
    "no_such_account": lambda _d: trouble("没有这个账号。", "请在账号列表中重新选择。"),
    "own_account": lambda _d: trouble("不能停用自己的账号，也不能更改自己的角色。", "请由另一位系统管理员办理。"),
    "last_administrator": lambda _d: trouble("这是最后一位系统管理员。", "请先让另一位在用的账号担任系统管理员。"),
    "minutes_unfit": lambda _d: trouble("锁屏时间没有改。", "请填 1 至 60 分钟。"),
    "review_done": lambda d: trouble(
        f"{d.get('number', '该件')} 现在不在待审核状态。",
        f"{d['by']}已经处理，请看“经过”。" if d.get("by") else "没有改动任何内容。请在台账中查看它的状态。",
    ),
    "same_person": lambda d: trouble(
        f"{d.get('name') or '您'}已经办过这一件的受理或者上一级审核。", "按设置须由另一人审核，请转给另一位审核人员。"
    ),
    "review_levels_unfit": lambda d: trouble("审核级数没有保存。", f"级数为 0 至 {d.get('most', 2)}。"),
    "opinion_unfit": lambda d: trouble("意见没有记下。", str(d.get("why", "") or "请写明意见。")),
    "no_such_opinion": lambda _d: trouble("没有找到这条意见。", "请重新打开这一件。"),
    "opinion_answered": lambda d: trouble("这条意见已经答复。", f"{d.get('by') or '别人'}已经答复，请看“经过”。"),
    "firm_unfit": lambda d: trouble("企业名录没有保存。", str(d.get("why", "") or "请核对标红的内容。")),
    "firm_known": lambda d: trouble(f"名录中已有这个证件号码：{d.get('name', '')}。", "请打开原来的一条修改。"),
    "no_such_firm": lambda _d: trouble(
        "名录中没有这个单位（人）。", "请从名录中重新选择；没有的，先在“企业和工匠”登记。"
    ),
    "conduct_unfit": lambda d: trouble("没有保存。", str(d.get("why", "") or "请核对标红的内容。")),
    "no_such_record": lambda _d: trouble("没有这条不良档案。", "请在列表中重新选择。"),
    "record_lifted": lambda d: trouble(
        f"这条不良档案已于 {d.get('on', '')} 解除。", "没有改动任何内容，请核对是否选错。"
    ),
    "manager_not_named": lambda d: trouble(
        local("生产经营单位在不良档案中，没有办结。"), f"理由中须写明同意受理的负责人（{_names(d.get('names'))}）。"
    ),
    "demand_unfit": lambda d: trouble(local("业主需求没有保存。"), str(d.get("why", "") or "请核对标红的内容。")),
    "demand_closed": lambda _d: trouble(
        local("这条业主需求已经办结。"), "没有改动任何内容；仍有需求的，请另行受理一条。"
    ),
    "no_such_demand": lambda _d: trouble(local("没有这条业主需求。"), "请在列表中重新选择。"),
    "purpose_required": lambda d: trouble(
        "没有办理：没有写明用途或者理由。", f"请写明，至少 {d.get('least', 4)} 个字；会记入审计记录。"
    ),
}


def _names(names: object) -> str:
    return "、".join(str(name) for name in names) if isinstance(names, tuple) else "分管领导"
