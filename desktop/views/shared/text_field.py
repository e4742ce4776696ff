"""A line of text that never splits a character and never swallows typed text without a word."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

LONGEST_TEXT: Final = 200
# Marks that turn the direction of what follows on the screen and on paper.
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_BREAKS: Final = re.compile(r"[\t\r\n]+")


class TextField(QLineEdit):
    """A line edit whose limit counts characters, not UTF-16 units; control and direction marks are dropped.

    ``changed`` follows every change by hand; ``objected`` says in words what was left out of a paste.
    """

    changed = Signal()
    objected = Signal(str)

    def __init__(self, text: str = "", parent: QWidget | None = None, *, limit: int = LONGEST_TEXT) -> None:
        super().__init__(parent)
        self._limit = limit
        # A subclass whose value is no plain text is not ready for its own set_value yet.
        TextField.set_value(self, text)
        self.textEdited.connect(self._tidy)

    def value(self) -> str:
        """Give the text without blanks at its ends."""
        return self.text().strip()

    def set_value(self, text: str) -> None:
        """Show a text from its beginning, without signals of typing."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def _tidy(self, text: str) -> None:
        # Lines and cells of a paste stay apart: two numbers never become one.
        clean = "".join(char for char in _BREAKS.sub(" ", text) if _can_stand(char))
        kept = whole_characters(clean, self._limit)
        if kept != text:
            cursor = min(self.cursorPosition(), len(kept.encode("utf-16-le")) // 2)
            self.setText(kept)
            self.setCursorPosition(cursor)
        if len(kept) < len(clean):
            self.objected.emit(f"最多 {self._limit} 个字，后面 {len(clean) - len(kept)} 个字没有写入。")
        elif kept != text:
            self.objected.emit("已去掉不能打印的控制符。")
        self._after_typing(kept)

    def _after_typing(self, _text: str) -> None:
        self.changed.emit()


def whole_characters(text: str, limit: int) -> str:
    """Give the first ``limit`` characters, without tearing a mark from the character it belongs to."""
    end = limit
    while 0 < end < len(text) and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return text[:end]


def _can_stand(char: str) -> bool:
    # Lone halves of surrogate pairs cannot be stored or printed.
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in _TURNING
