"""Troubles of the registers beside the ledger: what happened, and what to do, in the clerk's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.views.shared.trouble import Say, trouble

BOOK_TROUBLES: Final[Mapping[str, Say]] = {
    "book_unfit": lambda d: trouble("有一栏不能这样填，没有保存。", f"{d.get('why', '')}。"),
    "book_changed": lambda d: trouble(
        f"{d.get('number', '这一条')} 在打开以后被更正过（{d.get('by', '')}），没有保存。",
        "请关闭后重新打开这一条，看过现在的内容再更正。",
    ),
    "book_sheet_faulty": lambda d: trouble(
        f"表格有 {d.get('count', '')} 行不对，整个文件都没有导入。",
        f"第 {d.get('line', '')} 行：{d.get('why', '')}。请在表格里改好后再导入一次。",
    ),
}
