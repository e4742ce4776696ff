"""What is wrong with a name or text that will stand on a paper, found while it is typed.

Which rare characters the fonts have is known only where papers are made; what no font of papers should hold is
known here: emoji, and characters of the private use areas, which every computer draws as it likes.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from desktop.domain.typed_text import text_fault

# The characters below U+10000 that are drawn as pictures unless told otherwise (Unicode: Emoji_Presentation).
_PICTURES: Final = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)
_PICTURE_MARKS: Final = frozenset("\ufe0f\u20e3")


def unprintable_fault(text: str, *, longest: int) -> str:
    """Say what keeps a typed text from a paper and how to put it right, empty when nothing does.

    ``longest`` counts characters.
    """
    return _private_or_picture(text) or text_fault(text, longest=longest)


def _private_or_picture(text: str) -> str:
    if text.isascii():
        return ""
    for place, char in enumerate(text):
        if unicodedata.category(char) == "Co":
            return (
                f"文字中有自造字（私有区 U+{ord(char):04X}），别的电脑和文书上显示不出，"
                "请改用该字的国标编码输入，没有的用拼音代替并在备注说明"
            )
        if char in _PICTURES:
            return f"文字中有表情符号“{char}”，文书上无法打印，请删去"
        if char in _PICTURE_MARKS:
            shown = text[max(place - 1, 0) : place]
            return f"文字中有表情符号“{shown}”，文书上无法打印，请删去后重新输入"
    return ""
