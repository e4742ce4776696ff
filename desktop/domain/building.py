"""What building an address names: units of one building count as near-identical places."""

from __future__ import annotations

import re
from typing import Final

# The usual words for one building of an estate are one and the same here.
_BUILDING: Final = re.compile(r"号楼|幢|座|栋")
_UNIT_WORDS: Final = re.compile(r"(?:室|房|铺位|铺|单元)$")
_HOUSE: Final = re.compile(r"[0-9]+(?:之[0-9一二三四五六七八九]+)?号(?!路|线|大道|桥|门|地块)")
_UNIT: Final = re.compile(r"(?:第?[0-9一二三四五六七八九十负b]{1,4}(?:层|楼)|[a-z]?[0-9]{1,4}[a-z]?)$")
_SHORTEST: Final = 6


def unit_key(place_key: str) -> str:
    """Give a folded address in one spelling: 幢, 座 and 号楼 as 栋, without 室, 房, 铺 behind the number."""
    return _UNIT_WORDS.sub("", _BUILDING.sub("栋", place_key))


def building_key(place_key: str) -> str:
    """Give the building that a folded address lies in, the whole address where none can be told.

    ``坪安路18号a栋101`` gives ``坪安路18号a栋``; ``坪安路18号一层`` gives ``坪安路18号``.
    """
    key = unit_key(place_key)
    if (at := key.find("栋")) > 0:
        return key[: at + 1]
    house = _HOUSE.search(key)
    if house is not None:
        return key[: house.end()]
    stem = _UNIT.sub("", key)
    return stem if len(stem) >= _SHORTEST else key
