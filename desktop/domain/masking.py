"""Covering of personal data for lists and for what is posted on site.

Every mask hides at least half of a text shorter than the document it expects, so that a slip of typing
never shows more than the full number would.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from desktop.domain.checked import compact

STAR: Final = "*"
NAME_STAR: Final = "＊"
_COMPOUND: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
    "仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
    "段干百里呼延东郭南门羊舌微生公户公玉公仪梁丘公仲公上公门公山公坚左丘公伯西门公祖第五公乘贯丘公皙"
    "南荣东里东宫仲长子书子桑即墨达奚褚师纳兰歐陽司馬諸葛東方南宮"
)
COMPOUND_NAMES: Final = frozenset(_COMPOUND[place : place + 2] for place in range(0, len(_COMPOUND), 2))
EMBEDDED_ID: Final = re.compile(r"[0-9]{14}[0-9X]{1,4}")


def mask_id(text: str, *, shows_area: bool = False) -> str:
    """Cover an identity number: the first 3 and last 4 of 18 stay, or 6 and 4 with ``shows_area``.

    Of any other length at most the last 3 stay, and never more than half.
    """
    number = compact(text)
    if len(number) != 18:
        return _cover(number, 0, min(3, len(number) // 2))
    return _cover(number, 6 if shows_area else 3, 4)


def mask_phone(text: str) -> str:
    """Cover a telephone number: the first 3 and last 4 of at least 11 stay, of a shorter one at most the last 4."""
    number = compact(text)
    if len(number) < 11:
        return _cover(number, 0, min(4, len(number) // 2))
    return _cover(number, 3, 4)


def mask_certificate(text: str, *, shows_area: bool = False) -> str:
    """Cover a certificate number; T-numbers and others that hold an ID number are covered alike."""
    number = compact(text)
    if number.startswith("T"):
        return "T" + mask_id(number[1:], shows_area=shows_area)
    held = EMBEDDED_ID.search(number)
    if held:
        covered = mask_id(held[0], shows_area=shows_area)
        return _cover(number[: held.start()], 0, 0) + covered + _cover(number[held.end() :], 0, 0)
    return _cover(number, 0, min(4, len(number) // 2))


def mask_name(text: str) -> str:
    """Cover a name for posting: the family name stays, each other character becomes ＊.

    Parts divided by · or spaces keep their divisions; at most half of the characters stay visible.
    """
    faces = _faces(text.strip())
    letters = [face for face in faces if not _divides(face)]
    kept = 2 if "".join(letters[:2]) in COMPOUND_NAMES else 1
    kept = kept if kept * 2 <= len(letters) else min(1, len(letters) // 2)
    masked = []
    for face in faces:
        is_kept = _divides(face) or kept > 0
        kept -= not _divides(face)
        masked.append(face if is_kept else NAME_STAR)
    return "".join(masked)


def _cover(text: str, head: int, tail: int) -> str:
    return text[:head] + STAR * (len(text) - head - tail) + text[len(text) - tail :]


def _faces(text: str) -> list[str]:
    """Split a text into characters with the marks that belong to them (variation selectors, accents)."""
    faces: list[str] = []
    for char in text:
        if faces and unicodedata.category(char) in ("Mn", "Me", "Mc"):
            faces[-1] += char
        else:
            faces.append(char)
    return faces


def _divides(face: str) -> bool:
    return face in "·•・･‧ 　"
