"""Troubles of the rounds of evaluation: what happened, and how to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.views.shared.trouble import Say, trouble

EVALUATION_TROUBLES: Final[Mapping[str, Say]] = {
    "no_such_round": lambda _d: trouble("没有找到这一轮专项评价。", "可能不在您的权限内；请在列表中重新选择。"),
    "round_closed": lambda d: trouble(
        f"专项评价 {d.get('number', '')} 已经结束。", "只能记改进措施的完成日期；要改别的，请开展新的一轮。"
    ),
    "already_drawn": lambda d: trouble(
        f"专项评价 {d.get('number', '')} 已经抽过实地评价的单位。", "不重抽；确需更换的，请指定单位并写明理由。"
    ),
    "nobody_drawn": lambda _d: trouble("还没有抽取实地评价的单位。", "请先抽取，再打印抽取单。"),
    "evaluation_unfit": lambda d: trouble("没有保存。", str(d.get("why", "") or "请核对各项。")),
    "not_in_round": lambda d: trouble(
        f"“{d.get('organisation', '')}”不在这一轮{d.get('stage', '')}的单位中。", "请在列表中重新选择。"
    ),
}
