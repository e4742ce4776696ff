"""What clerks type for days, money and areas, read into values or refused in words; pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

YUAN_OF_WAN: Final = Decimal(10000)
_DAY: Final = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?")
_SHORT_DAY: Final = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_COMPACT_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER: Final = re.compile(r"\d+(\.\d*)?|\.\d+")
_LARGEST: Final = Decimal(10) ** 12
_YEARS: Final = range(1900, 3000)


class Unreadable(ValueError):
    """A typed text that cannot be taken; its message is for the clerk."""


def read_day(text: str, *, year: int) -> date | None:
    """Read a day written 2026-3-2, 2026.3.2, 2026年3月2日, 20260302 or 3-2 (of ``year``); None when empty.

    Raises ``Unreadable`` with the reason.
    """
    plain = _plain(text)
    if not plain:
        return None
    found = _COMPACT_DAY.fullmatch(plain) or _DAY.fullmatch(plain)
    parts = found.groups() if found else None
    if parts is None and (short := _SHORT_DAY.fullmatch(plain)):
        parts = (str(year), *short.groups())
    if parts is None:
        raise Unreadable("日期请写成 2026-3-2 或 20260302。")
    year_typed, month, day = (int(part) for part in parts)
    if year_typed not in _YEARS:
        raise Unreadable(f"{year_typed} 年不像是正确的年份，请核对。")
    try:
        return date(year_typed, month, day)
    except ValueError:
        raise Unreadable(f"没有 {year_typed} 年 {month} 月 {day} 日这一天。") from None


def read_amount(text: str, *, in_wan: bool) -> Decimal | None:
    """Read an amount of money into yuan; 万, 万元 and 元 after the number go before ``in_wan``; None when empty.

    Raises ``Unreadable`` with the reason.
    """
    plain = _plain(text)
    if not plain:
        return None
    unit_of = (("万元", True), ("万", True), ("元", False))
    suffix, wan = next(((suffix, wan) for suffix, wan in unit_of if plain.endswith(suffix)), ("", in_wan))
    number = read_number(plain[: len(plain) - len(suffix)], what="金额")
    if number is None:
        raise Unreadable("金额请写数字。")
    yuan = number * YUAN_OF_WAN if wan else number
    return _not_huge(yuan, "金额")


def read_number(text: str, *, what: str) -> Decimal | None:
    """Read a number that is not negative; None when empty.  Raises ``Unreadable`` with the reason."""
    plain = _plain(text).replace(",", "")
    if not plain:
        return None
    if plain.startswith(("-", "−")):
        raise Unreadable(f"{what}不能是负数。")
    if not _NUMBER.fullmatch(plain):
        raise Unreadable(f"{what}请写数字。")
    try:
        return _not_huge(Decimal(plain), what)
    except InvalidOperation:
        raise Unreadable(f"{what}请写数字。") from None


def plain_number(value: Decimal) -> str:
    """Write a number without exponent and without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _not_huge(value: Decimal, what: str) -> Decimal:
    if value > _LARGEST:
        raise Unreadable(f"{what}过大，请核对。")
    return value
