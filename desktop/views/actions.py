"""One table of everything a key does, so that F1, menus and tests read the same list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QKeySequence

ANYWHERE: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing a key does; ``page`` is the key of the page it belongs to, empty for everywhere."""

    key: str
    text: str
    shortcut: str
    page: str = ANYWHERE


def _a(key: str, text: str, shortcut: str, page: str = ANYWHERE) -> ActionSpec:
    return ActionSpec(key=key, text=text, shortcut=shortcut, page=page)


ACTIONS: Final[tuple[ActionSpec, ...]] = (
    _a("page.intake", "到“受理”", "Ctrl+1"),
    _a("page.ledger", "到“台账”", "Ctrl+2"),
    _a("page.admin", "到“设置”", "Ctrl+3"),
    _a("search", "搜索台账", "Ctrl+K"),
    _a("next_person", "下一位", "Ctrl+N"),
    _a("keys", "看本页键位", "F1"),
    _a("back", "退一步，不丢失已录内容", "Esc"),
    _a("text.larger", "放大文字", "Ctrl++"),
    _a("text.smaller", "缩小文字", "Ctrl+-"),
    _a("intake.accept", "受理并打印", "F9", "intake"),
    _a("intake.notice", "一次性告知", "F8", "intake"),
    _a("intake.permit", "告知办理施工许可", "F7", "intake"),
    _a("intake.must_not_start", "告知不得开工", "F6", "intake"),
    _a("intake.next_field", "到下一项", "Enter", "intake"),
    _a("intake.in_order", "材料：齐", "Space", "intake"),
    _a("intake.missing", "材料：缺", "1", "intake"),
    _a("intake.unreadable", "材料：不清", "2", "intake"),
    _a("intake.unsigned", "材料：未签", "3", "intake"),
    _a("intake.expired", "材料：过期", "4", "intake"),
    _a("intake.inconsistent", "材料：不一致", "5", "intake"),
    _a("intake.other", "材料：其他", "6", "intake"),
    _a("ledger.open", "打开选中的一件", "Enter", "ledger"),
    _a("ledger.copy", "复制编号", "Ctrl+C", "ledger"),
    _a("ledger.sort", "按当前列排序，再按一次倒序", "Ctrl+S", "ledger"),
    _a("ledger.clear", "清除全部筛选", "Ctrl+Backspace", "ledger"),
    _a("ledger.filters", "到筛选条件", "Alt+F", "ledger"),
    _a("filing.papers", "预览、打印全部文书", "Ctrl+P", "filing"),
    _a("filing.correct", "办理补正", "F5", "filing"),
    _a("filing.next_tab", "下一栏", "Ctrl+Tab", "filing"),
    _a("papers.print", "打印勾选的文书", "Ctrl+P", "papers"),
    _a("papers.save", "存为 PDF", "Ctrl+S", "papers"),
    _a("papers.next", "下一份文书", "Down", "papers"),
    _a("papers.tick", "勾选或者取消", "Space", "papers"),
    _a("papers.next_page", "下一页", "PgDown", "papers"),
    _a("admin.save", "保存本页设置", "Ctrl+S", "admin"),
)

_BY_KEY: Final = {spec.key: spec for spec in ACTIONS}
_WORDS_OF_KEYS: Final = {
    "Space": "空格",
    "Backspace": "退格",
    "Down": "↓",
    "PgDown": "PgDn",
    "Ctrl++": "Ctrl +",
    "Ctrl+-": "Ctrl −",
}


def action(key: str) -> ActionSpec:
    """Give one action of the table; raises ``KeyError`` for one that is not in it."""
    return _BY_KEY[key]


def shortcut(key: str) -> QKeySequence:
    """Give the keys of one action."""
    return QKeySequence(action(key).shortcut)


def actions_of(page: str) -> tuple[ActionSpec, ...]:
    """Give the actions that belong to one page, or with ``ANYWHERE`` to all."""
    return tuple(spec for spec in ACTIONS if spec.page == page)


def keys_in_words(spec: ActionSpec) -> str:
    """Write the keys of an action as they stand on a Chinese keyboard."""
    whole = _WORDS_OF_KEYS.get(spec.shortcut)
    if whole:
        return whole
    return "+".join(_WORDS_OF_KEYS.get(part, part) for part in spec.shortcut.split("+"))
