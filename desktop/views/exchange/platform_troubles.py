"""Troubles with the platform's sheets and lists, and with the small registers, in words and with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from desktop.domain.local_rules import local

Details = Mapping[str, object]
# What happened and what to do, from the details of the trouble.
PLATFORM_TROUBLES: Final[Mapping[str, Callable[[Details], tuple[str, str]]]] = {
    "platform_day_unfit": lambda d: (
        f"录入日期 {d.get('day', '')} 晚于今天（{d.get('today', '')}）。",
        "请填平台上显示的日期；不知道的可以空着。",
    ),
    "no_platform_template": lambda _d: ("这套规则没有平台导入表。", "请让管理员选取平台的空白导入表。"),
    "no_platform_headings": lambda _d: (
        "这个文件里没有找到平台导入表的表头。",
        "请选从平台下载的空白导入表；表头须在前 20 行内，至少有“名称”“地点”一类的两列。",
    ),
    "no_list_headings": lambda d: (
        f"清单里没有“{'”“'.join(_texts(d.get('missing')))}”这样的表头。",
        f"现有表头：{'、'.join(_texts(d.get('headings'))) or '没有找到'}。请改表头后再导入。",
    ),
    "file_changed": lambda d: (
        f"“{d.get('name', '')}”在核对以后改动过，没有写入。",
        "请重新选取这个文件，再核对一次。",
    ),
    "kind_unsaid": lambda d: (
        f"有 {d.get('count', '')} 行没有写类别，没有写入。",
        local("请先选“没有写类别的算作”小型工程还是零星作业，或者把这些行改为“不处理”。"),
    ),
    "number_is_ours": lambda d: (
        f"第 {d.get('row', '')} 行的平台编号 {d.get('number', '')} 是本程序的编号式样，没有写入。",
        local("请核对清单的列：平台编号和登记编号可能对调了。"),
    ),
    "number_is_held": lambda d: (
        f"第 {d.get('row', '')} 行的平台编号 {d.get('number', '')} 台账中另一件已在使用，没有写入。",
        "请核对这一行的编号；编号无误的，先在台账中查这个编号，那一件可能就是它。",
    ),
    "feedback_unfit": lambda d: ("还不能保存。", f"{d.get('why', '请核对')}。"),
    "patroller_note_unfit": lambda d: ("还不能保存。", f"{d.get('why', '请核对')}。"),
    "no_such_entry": lambda _d: ("没有这一条。", "请在列表中重新选择。"),
    "no_such_number": lambda d: (f"台账里没有编号 {d.get('number', '')}。", "请核对编号，或者从一件一档复制。"),
}


def _texts(listed: object) -> tuple[str, ...]:
    return tuple(str(each) for each in listed) if isinstance(listed, tuple) else ()
