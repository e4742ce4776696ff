"""Measured numbers as clerks type them, read exactly or refused in words; pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from desktop.domain.checked import half_width
from desktop.domain.typed_text import Typed, clean_text

_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
_LARGEST: Final = Decimal(10) ** 8


def read_number(text: str, *, what: str, unit: str) -> Typed[Decimal]:
    """Read a number that is not negative; ``what`` and its unit stand in the sentence of why not."""
    plain = half_width(clean_text(text)).replace("。", ".").replace(",", "").replace(" ", "")
    plain = plain.removesuffix(unit) if unit else plain
    if not plain:
        return Typed(value=None, why=f"未填写{what}")
    if plain[0] in "-−–—":
        return Typed(value=None, why=f"{what}不能是负数，请去掉前面的减号")
    if not _NUMBER.fullmatch(plain):
        return Typed(value=None, why=f"{what}请只填阿拉伯数字" + (f"（单位为{unit}）" if unit else ""))
    number = Decimal(plain)
    if number > _LARGEST:
        return Typed(value=None, why=f"{what}过大，请核对位数")
    return Typed(value=number)


def plain_number(value: Decimal) -> str:
    """Write a number without exponent and without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
