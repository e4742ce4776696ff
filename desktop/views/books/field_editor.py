"""The editor of one field of a register, made from what the field holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.domain.book import FieldSpec, FieldType
from desktop.views.patrol.text_block import TextBlock
from desktop.views.people.check_list import CheckList
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField

YES, NO = "是", "否"
# What takes a whole line of the form.
WIDE = frozenset({FieldType.LONG_TEXT, FieldType.SEVERAL})
_BLOCK_LINES = 3


def editor_of(
    field: FieldSpec,
    *,
    today: Callable[[], date],
    communities: Sequence[str],
    entries: Sequence[tuple[str, str]],
) -> QWidget:
    """Make an editor; ``entries`` are the numbers of entries a field of that kind may name, with their words."""
    match field.type:
        case FieldType.DAY:
            return DayEdit(today=today)
        case FieldType.CHOICE:
            return PickList(field.choices, aliases=[(code, word) for word, code in field.aliases])
        case FieldType.YES_NO:
            return PickList([(YES, YES), (NO, NO)])
        case FieldType.COMMUNITY:
            return PickList([(name, name) for name in communities], allows_other=True)
        case FieldType.ENTRY:
            return PickList(entries, allows_other=True)
        case FieldType.SEVERAL:
            return CheckList([word for _code, word in field.choices])
        case FieldType.LONG_TEXT:
            return TextBlock(lines=_BLOCK_LINES)
        case _:
            return TextField()


def hint_of(field: FieldSpec) -> str:
    """Say in the empty field whether it must be filled in, and how."""
    unit = f"单位：{field.unit}" if field.type is FieldType.MONEY else ""
    return "；".join(part for part in ("必填" if field.is_required else "", unit, field.help) if part)


def text_in(editor: QWidget) -> str:
    """Give what stands in an editor as text that can be read."""
    if isinstance(editor, PickList):
        editor.settle()
        return editor.value()
    if isinstance(editor, CheckList):
        return "、".join(sorted(editor.value() or ()))
    if isinstance(editor, TextBlock | TextField):
        return editor.value()
    raise TypeError(type(editor).__name__)


def set_text(editor: QWidget, text: str) -> None:
    """Show a text, of several choices their words."""
    if isinstance(editor, CheckList):
        editor.set_value([word for word in text.split("、") if word])
    elif isinstance(editor, TextBlock):
        editor.setPlainText(text)
    elif isinstance(editor, TextField):
        editor.set_value(text)


def set_hint(editor: QWidget, hint: str) -> None:
    """Show a hint in the empty editor where it has room for one."""
    if isinstance(editor, TextBlock | TextField):
        editor.setPlaceholderText(hint)
