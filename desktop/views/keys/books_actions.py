"""What keys do in the registers of the page 统计 and in what they open."""

from __future__ import annotations

from typing import Final

from desktop.views.keys.action_spec import ActionSpec

_BOOKS: Final = "登记簿"


def _books(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=f"books.{key}", neutral=text, shortcut=shortcut, page="statistics", part=_BOOKS)


def _sheet(key: str, text: str, shortcut: str) -> ActionSpec:
    return ActionSpec(key=f"book_sheet.{key}", neutral=text, shortcut=shortcut, page="book_sheet")


BOOK_KEYS: Final[tuple[ActionSpec, ...]] = (
    _books("kinds", "选登记簿：↑ ↓ 换一本，Tab 到记录", "F2"),
    _books("new", "记一条", "Insert"),
    _books("edit", "打开选中的一条，更正", "Ctrl+O"),
    _books("withdraw", "撤销选中的一条，写明原因", "Ctrl+Delete"),
    _books("find", "在登记簿中查找", "Ctrl+F"),
    _books("this_year", "只列本年度的", "F6"),
    _books("read_in", "从 Excel 导入；存空白模板", "Ctrl+I"),
    _books("give_out", "存为 Excel", "Ctrl+E"),
    _books("print", "打印登记簿", "Ctrl+P"),
    _books("case", "典型案例摘要，查看和打印", "Ctrl+D"),
    _books("warnings", "没有安责险或者将断保的小型工程", "Ctrl+T"),
    _books("photos", "照片和材料，查看和添加", "Ctrl+J"),
    _books("filing", "打开选中一条的一件一档", "Ctrl+G"),
    _sheet("file", "选取表格", "Ctrl+O"),
    _sheet("template", "存空白模板", "Ctrl+T"),
    _sheet("take", "全部导入", "Ctrl+S"),
    ActionSpec(key="entry_photos.add", neutral="添加照片、报告", shortcut="Insert", page="entry_photos"),
)
