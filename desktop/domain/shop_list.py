"""A list of the shops that are to come, as pasted, typed or read from a sheet: name, unit, contact, telephone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.search_keys import normalise
from desktop.domain.typed_text import clean_text
from desktop.domain.typed_texts import LONGEST_NAME, LONGEST_WORD
from desktop.domain.unprintable import unprintable_fault
from desktop.domain.walk_in import WalkIn

MOST_SHOPS: Final = 300
# What heads a column of such a list, by the field it fills; the first that fits counts.
_HEADS: Final = {
    "name": ("商户名称", "商户", "店铺名称", "店铺", "店名", "品牌", "单位名称", "名称"),
    "unit": ("铺位号", "铺位", "铺号", "房号", "单元号", "位置", "商铺号"),
    "contact": ("联系人", "负责人", "经营者"),
    "phone": ("联系电话", "电话", "手机", "手机号", "联系方式"),
}
_FIELDS: Final = tuple(_HEADS)
_BETWEEN: Final = re.compile(r"[\t,，;；]")
_WORDS: Final = {"name": "名称", "unit": "铺位", "contact": "联系人", "phone": "电话"}
_LONGEST: Final = {"name": LONGEST_NAME, "unit": LONGEST_WORD, "contact": LONGEST_NAME, "phone": LONGEST_WORD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One shop of a list; only its name is needed."""

    name: str
    unit: str = ""
    contact: str = ""
    phone: str = ""

    @property
    def line(self) -> str:
        """Give the shop as one line of the list."""
        return "，".join((self.name, self.unit, self.contact, self.phone)).rstrip("，")

    def taken_into(self, shared: WalkIn) -> WalkIn:
        """Put the shop's own into what it shares with the others."""
        owner = replace(shared.owner, name=self.name, contact_name=self.contact, phone=self.phone)
        return replace(shared, owner=owner, place=replace(shared.place, room=self.unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopList:
    """The shops of a list in its order, and what is wrong with lines that are none; nothing else is left out."""

    shops: tuple[Shop, ...]
    faults: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()  # lines that stand there twice and count once


def shops_of_text(text: str) -> ShopList:
    """Read what was typed or pasted: a line a shop, its parts between tabs, commas or semicolons."""
    return shops_of_rows([_BETWEEN.split(line) for line in text.splitlines()])


def shops_of_rows(rows: Iterable[Sequence[str]]) -> ShopList:
    """Read rows of cells; a first row that names its columns says what they hold, otherwise their order does."""
    order, shops, faults, repeated = _FIELDS, dict[str, Shop](), list[str](), list[str]()
    is_first = True
    for number, row in enumerate(rows, start=1):
        cells = [clean_text(cell) for cell in row]
        if not any(cells):
            continue
        heads = _heads(cells) if is_first else ()
        is_first = False
        if heads:
            order = heads
            continue
        shop, fault = _shop(dict(zip(order, cells, strict=False)))
        key = shop_key(shop.name, shop.unit)
        if fault:
            faults.append(f"第 {number} 行：{fault}")
        elif key in shops:
            repeated.append(shop.line)
        elif len(shops) == MOST_SHOPS:
            faults.append(f"第 {number} 行起：一次最多 {MOST_SHOPS} 户，其余请另行办理")
            break
        else:
            shops[key] = shop
    return ShopList(shops=tuple(shops.values()), faults=tuple(faults), repeated=tuple(repeated))


def shop_key(name: str, unit: str) -> str:
    """Give what makes a shop of one mall the same again."""
    return f"{normalise(name)} {normalise(unit)}"


def _heads(cells: Sequence[str]) -> tuple[str, ...]:
    """Give the field of each column where a row names columns, and nothing where it is a shop."""
    found = [next((field for field, words in _HEADS.items() if cell in words), "") for cell in cells]
    return tuple(found) if "name" in found else ()


def _shop(cells: dict[str, str]) -> tuple[Shop, str]:
    read = {field: cells.get(field, "") for field in _FIELDS}
    return Shop(**read), next(_faults(read), "")


def _faults(read: dict[str, str]) -> Iterator[str]:
    if not read["name"]:
        yield "没有名称"
    for field, text in read.items():
        fault = unprintable_fault(text, longest=_LONGEST[field])
        if fault:
            yield f"{_WORDS[field]}：{fault}"
