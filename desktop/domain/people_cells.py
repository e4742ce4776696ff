"""Reading people out of one cell: names with telephones however they are parted, every doubt in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from desktop.domain.person_lists import Listed
from desktop.domain.phones import check_phone

_PARTED: Final = re.compile(r"[、,;|/\\\r\n\t。]+")
_DIGITS: Final = re.compile(r"\+?\(?\d[\d ()\-‐-―]*(?:转 ?\d+|\d)")
_LABELS: Final = re.compile(r"(?:姓名|联系电话|电话|手机号?码?|联系方式)\s*:?")
_NAME: Final = re.compile(r"[^\W\d_]+(?:[·•・ .'’-]+[^\W\d_]+)*\.?")
_NOBODY: Final = frozenset({"", "无", "暂无", "-", "--", "—", "——", "/", "X", "XX", "XXX"})
_FEW: Final = 4


def people_in(text: str) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """Give the people of a cell, each once, and what is wrong with it, in sentences that say how to put it right."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.upper() in _NOBODY:
        return (), ()
    names: list[str] = []
    phones: list[str] = []
    found: list[tuple[str, str]] = []  # name, phone
    troubles: list[str] = []
    tokens = list(_tokens(plain))
    is_apart = _names_first(tokens)
    for is_phone, word in tokens:
        if is_phone:
            checked = check_phone(word)
            if not checked.valid:
                troubles.append(f"“{word}”：{checked.why}")
            phones.append(checked.normalised)
            if found and not found[-1][1]:
                found[-1] = (found[-1][0], checked.normalised)
            elif not is_apart:
                troubles.append(_too_many(found, word))
        else:
            if not _NAME.fullmatch(word):
                troubles.append(f"“{word}”不像姓名：一格里只写姓名和电话，多人用顿号或者换行隔开")
            names.append(word)
            found.append((word, ""))
    if is_apart and len(names) > 1:
        found = list(zip(names, phones, strict=True))
    troubles += [f"“{name}”没有电话：请在姓名后补上电话" for name, phone in found if not phone]
    return tuple(dict.fromkeys(Listed(name, phone) for name, phone in found)), tuple(troubles)


def cell_of(people: tuple[Listed, ...]) -> str:
    """Write people as one cell, one a line."""
    return "\n".join(f"{person.name} {person.phone}" for person in people)


def is_name(text: str) -> bool:
    """Say whether a text can stand as a name in a list: letters only, with the points and blanks names have."""
    return bool(_NAME.fullmatch(text)) and not _LABELS.search(text) and text.upper() not in _NOBODY


def _too_many(found: list[tuple[str, str]], phone: str) -> str:
    if not found:
        return f"“{phone}”前面没有姓名：请先写姓名再写电话"
    return f"“{found[-1][0]}”有两个电话：一人只填一个"


def _tokens(plain: str) -> Iterator[tuple[bool, str]]:
    for piece in _PARTED.split(_LABELS.sub(" ", plain)):
        start = 0
        for match in _DIGITS.finditer(piece):
            yield from ((False, name) for name in _names(piece[start : match.start()]))
            yield from ((True, phone) for phone in _phones(match[0]))
            start = match.end()
        yield from ((False, name) for name in _names(piece[start:]))


def _phones(text: str) -> tuple[str, ...]:
    parts = tuple(text.split())
    if not check_phone(text).valid and len(parts) > 1 and all(check_phone(part).valid for part in parts):
        return parts
    return (text.strip(),)


def _names(text: str) -> tuple[str, ...]:
    words = text.replace(":", " ").strip(" ()-—").split()
    if not words:
        return ()
    if all(word.isascii() for word in words):
        return (" ".join(words),)
    whole = "".join(words)
    return (whole,) if any(len(word) == 1 for word in words) and len(whole) <= _FEW else tuple(words)


def _names_first(tokens: list[tuple[bool, str]]) -> bool:
    kinds = [is_phone for is_phone, _word in tokens]
    half = len(kinds) // 2
    return bool(kinds) and len(kinds) % 2 == 0 and not any(kinds[:half]) and all(kinds[half:])
