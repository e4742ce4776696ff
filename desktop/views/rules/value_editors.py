"""The editors of one field of the rules: what is typed is always a value of the draft, also while it does not read."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.pack_draft import FieldValue
from desktop.domain.pack_sections import Kind
from desktop.domain.rule_text import read_value, value_text
from desktop.domain.rule_words import RuleWords
from desktop.domain.typed_text import parse_day
from desktop.views.patrol.text_block import TextBlock
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, base_px, figure_font

_LONGEST: Final = 2000
_LINE: Final = 32  # Chinese characters of a text on one line of its field
_MOST_LINES: Final = 12
_LEAST_LINES: Final = {Kind.LONG: 2, Kind.TEXTS: 3, Kind.CONDITION: 4, Kind.PLAIN: 4}
_UNSAID: Final = ""
_FLAGS: Final = ((_UNSAID, "（不写）"), ("true", "是"), ("false", "否"))


class ValueEditor(QWidget):
    """One field; ``changed`` follows every change by hand, ``value`` gives it, None for nothing."""

    changed = Signal()

    def __init__(self, field: FieldValue, words: RuleWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self._words = field, words
        self.inner = _editor(field)
        self.reading = QLabel()
        self.reading.setWordWrap(True)
        self.reading.setProperty("role", "soft")
        if field.kind not in (Kind.CONDITION, Kind.PLAIN):
            self.reading.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.inner)
        column.addWidget(self.reading)
        self.setFocusProxy(self.inner)
        if isinstance(self.inner, TextBlock):
            self.inner.textChanged.connect(self._typed)
        else:
            self.inner.changed.connect(self._typed)
        self._say()

    def value(self) -> Any:
        """Give the value as typed: what does not read as its kind is kept as a text."""
        match self.field.kind:
            case Kind.WHOLE:
                typed = self._text()
                return int(typed) if typed.isascii() and typed.isdigit() else typed or None
            case Kind.FLAG:
                chosen = self._text()
                return None if chosen == _UNSAID else chosen == "true"
            case Kind.DAY:
                return _day(self._text())
            case Kind.TEXTS:
                return list(self.inner.lines()) or None if isinstance(self.inner, TextBlock) else None
            case Kind.CONDITION | Kind.PLAIN:
                return self._structured()
            case _:
                return self._text() or None

    def _text(self) -> str:
        return self.inner.value()

    def _structured(self) -> Any:
        typed = self._text()
        if not typed:
            return None
        try:
            return read_value(typed)
        except ValueError:
            return typed  # nothing typed is lost while it is not a condition yet

    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        if self.field.kind not in (Kind.CONDITION, Kind.PLAIN):
            return
        typed = self._text()
        try:
            read = read_value(typed) if typed else None
        except ValueError as error:
            self.reading.setText(f"▲ {error}；已原样保存，改好以前这个版本不能提交。")
            return
        if self.field.kind is Kind.CONDITION:
            self.reading.setText(f"读作：{self._words.condition(read)}" if typed else "读作：任何情形")
        else:
            self.reading.setText("")


def _editor(field: FieldValue) -> TextField | TextBlock:
    value = field.value
    match field.kind:
        case Kind.FLAG:
            pick = PickList(_FLAGS)
            pick.set_value(_UNSAID if not isinstance(value, bool) else str(value).lower())
            return pick
        case Kind.TEXTS:
            lines = value if isinstance(value, list) else [value] if isinstance(value, str) else []
            return _block("\n".join(map(str, lines)), field.kind)
        case Kind.CONDITION | Kind.PLAIN:
            text = value if isinstance(value, str) else "" if value is None else value_text(value)
            block = _block(text, field.kind)
            block.setFont(figure_font(base_px() - 1))
            return block
        case Kind.LONG:
            return _block("" if value is None else str(value), field.kind)
        case _:
            shown = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
            return TextField(shown, limit=_LONGEST)


def _block(text: str, kind: Kind) -> TextBlock:
    lines = sum(int(_breadth(line)) // _LINE + 1 for line in text.split("\n"))
    return TextBlock(text, lines=min(max(lines, _LEAST_LINES[kind]), _MOST_LINES))


def _breadth(line: str) -> float:
    return sum(0.6 if char.isascii() else 1 for char in line)


def _day(typed: str) -> date | str | None:
    read = parse_day(typed, date.today())
    return read.value or typed or None
