"""Troubles of versions of the rules: what happened, and what to do, in the clerk's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.views.shared.trouble import Say, trouble

RULES_TROUBLES: Final[Mapping[str, Say]] = {
    "no_such_version": lambda d: trouble(f"没有规则版本 {d.get('version', '')}。", "请在版本列表中重新选择。"),
    "version_not_open": lambda d: trouble(
        f"规则版本 {d.get('version', '')} 现在是“{d.get('state', '')}”，不能这样办理。", "请在版本列表中看它的状态。"
    ),
    "version_head_unfit": lambda d: trouble("版本的说明没有保存。", f"{d.get('why', '请核对')}。"),
    "version_exists": lambda d: trouble(f"已经有规则版本 {d.get('version', '')}。", "请换一个版本号。"),
    "version_without_day": lambda d: trouble(
        f"规则版本 {d.get('version', '')} 没有施行日期。", "请先写明自哪一天起施行，再提交复核。"
    ),
    "version_binds_already": lambda d: trouble(
        f"规则版本 {d.get('version', '')} 自 {d.get('on', '')} 起已经施行，不能撤回。",
        "请另起草一个版本，写明新的施行日期。",
    ),
    "second_person_needed": lambda d: trouble(
        f"这个版本由{d.get('who') or '您'}起草或者提交，须由另一人复核。", "请转给另一位有权复核规则的人员。"
    ),
    "version_unreadable": lambda d: trouble(
        f"{d.get('why') or '这个规则版本本程序读不出'}。", "请在“设置”的“规则”中看是哪里不对；其他版本不会代替它。"
    ),
    "duty_unfit": lambda d: trouble("履职事项没有保存。", str(d.get("why", "") or "请核对各项。")),
    "months_unfit": lambda d: trouble("试算的期间不对。", f"请填 1 至 {d.get('most', 60)} 个月。"),
    "not_signed_rules": lambda _d: trouble(
        "这不是签名的规则文件。", "请选其他单位导出的 .swrules 文件，或者规则文件 .toml。"
    ),
}
