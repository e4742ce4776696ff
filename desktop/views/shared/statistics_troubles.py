"""Troubles of reports: what happened, and what to do, in the clerk's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.views.shared.trouble import Say, trouble

STATISTICS_TROUBLES: Final[Mapping[str, Say]] = {
    "report_empty": lambda _d: trouble("报表里没有任何指标。", "请至少选一张表和一个指标，再统计。"),
    "report_name_taken": lambda d: trouble(
        f"已经有名为“{d.get('name', '')}”的报表。", "请换一个名称，或者先打开那一份再改。"
    ),
    "report_name_missing": lambda _d: trouble("报表没有名称。", "请给报表起一个名称，再保存。"),
    "no_such_statistics": lambda _d: trouble("没有这份报表。", "它可能已被删除，或者不在您的范围内。请重新选择。"),
    "report_not_current": lambda _d: trouble(
        "台账在统计以后有了变化，这份数字不再成立，没有打印。",
        "请重新统计，核对后再打印。一再如此的，请检查电脑时钟是否准确。",
    ),
    "report_scope_differs": lambda d: trouble(
        f"{d.get('number', '这份报表')} 统计的范围（{d.get('scope', '')}）超出您现在的范围，不能重新统计。",
        "请由能查看该范围的人员核对。",
    ),
    "period_unfit": lambda d: trouble(
        f"期间“{d.get('period', '')}”不合适。", "请写成 2026、2026-H1、2026-Q3、2026-03、2026-W12、某一天或者起止两天。"
    ),
    "no_such_community": lambda d: trouble(
        f"没有名为“{d.get('community', '')}”的社区。", f"请照受理点的社区名单写：{d.get('known', '')}。"
    ),
    "as_of_in_future": lambda _d: trouble("“截至”的时刻还没有到。", "请填现在或者以前的时刻。"),
    "no_such_measure": lambda d: trouble(
        f"没有可以列出的明细（{d.get('measure', '')}）。", "这个数字由其他数字算出，或者不能按所选口径分开。"
    ),
}
