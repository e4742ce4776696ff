"""Covering of personal data for lists and for what is posted on site (第十条(三)).

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
COMPOUND_NAMES: Final = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "公户",
        "公玉",
        "公仪",
        "梁丘",
        "公仲",
        "公上",
        "公门",
        "公山",
        "公坚",
        "左丘",
        "公伯",
        "西门",
        "公祖",
        "第五",
        "公乘",
        "贯丘",
        "公皙",
        "南荣",
        "东里",
        "东宫",
        "仲长",
        "子书",
        "子桑",
        "即墨",
        "达奚",
        "褚师",
        "吴铭",
        "纳兰",
        "歐陽",
        "司馬",
        "諸葛",
        "東方",
        "南宮",
    ]
)
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
