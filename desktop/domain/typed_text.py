"""Reading of what a person typed: clean text, amounts, areas and days, with the reason in the clerk's words.

Nothing here raises on hostile text and nothing is changed in silence that a person could mean: rare characters
of names stay as typed (昇 never becomes 升), and a value that cannot be read is refused with how to put it right.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Generic, TypeVar

from desktop.domain.checked import half_width, shown
from desktop.domain.deadlines import why_no_such_day

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Generic[ValueT]):
    """A typed value as read: ``value`` when it can stand, else a Chinese sentence in ``why``."""

    value: ValueT | None
    why: str = ""

    @property
    def valid(self) -> bool:
        """Say whether the value can stand."""
        return self.value is not None


class AmountUnit(StrEnum):
    """Units in which an amount may be typed."""

    YUAN = "元"
    WAN_YUAN = "万元"


LARGEST_AMOUNT_YUAN: Final = Decimal(10) ** 12
LARGEST_AREA_M2: Final = Decimal(10) ** 8
AREA_DECIMALS: Final = 2
LARGEST_MEASURE: Final = Decimal(10) ** 8
MEASURE_DECIMALS: Final = 4
USUAL_YEARS: Final = range(1900, 3000)
FOR_EVER: Final = date(9999, 12, 31)

_YUAN_PER: Final = {AmountUnit.YUAN: 1, AmountUnit.WAN_YUAN: 10_000}
_DECIMALS: Final = {AmountUnit.YUAN: 2, AmountUnit.WAN_YUAN: 4}
_AMOUNT: Final = re.compile(r"(?:人民币|RMB|CNY|[¥￥])?(.*?)(万元?|元)?整?")
_AREA: Final = re.compile(r"(.*?)(?:㎡|M[2²]|平方米|平米|平方)?")
_NUMBER: Final = re.compile(r"([0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)?(?:\.([0-9]*))?")
_MINUS: Final = "-−–—"
_LONGEST_NUMBER: Final = 40
_DAY: Final = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))")
_DAY_OF_THIS_YEAR: Final = re.compile(r"([0-9]{1,2})[-./月]([0-9]{1,2})[日号]?")
_DAY_EXAMPLE: Final = "请写成 2026-03-02 的样子"

# Compatibility Han characters of names would be replaced by NFC, so they are kept out of it.
_COMPATIBILITY_HAN: Final = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_BIDI_MARKS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters by their category, but blank on every screen.
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_LINE_BREAKS_AND_TABS: Final = frozenset("\t\n\r")
_EMOJI: Final = range(0x1F000, 0x1FB00)


def clean_text(text: str) -> str:
    """Give a text as it should be stored: composed, without invisible characters, spaces drawn together.

    Line breaks and tabs become a space; half and full width, and every visible character, stay as typed.
    """
    seen = "".join(_seen(char) for char in text)
    parts = _COMPATIBILITY_HAN.split(" ".join(seen.split()))
    return "".join(part if place % 2 else unicodedata.normalize("NFC", part) for place, part in enumerate(parts))


def text_fault(text: str, *, longest: int) -> str:
    """Say what is wrong with a typed text, empty when nothing is; ``longest`` counts characters, not bytes."""
    for char in text:
        fault = _fault_of(char)
        if fault:
            return fault
    if len(text) > longest:
        return f"文字过长：现有 {len(text)} 个字，最多 {longest} 个字，请删减"
    return ""


def parse_amount_wan_or_yuan(text: str, unit: AmountUnit) -> Typed[Decimal]:
    """Read an amount of money in yuan from 元 (two decimals) or 万元 (four), exactly.

    A unit typed behind the number counts more than ``unit``; a comma or space may part thousands.
    """
    typed = _folded(text)
    if len(typed) > _LONGEST_NUMBER:
        return Typed(value=None, why="金额过长，请只填一个数字")
    body, named = _grouped(_AMOUNT, typed)
    spoken = {"元": AmountUnit.YUAN, "万": AmountUnit.WAN_YUAN, "万元": AmountUnit.WAN_YUAN}.get(named, unit)
    read = _number(body, what="金额", decimals=_DECIMALS[spoken], unit=spoken.value)
    if read.value is None:
        return read
    yuan = _plain(read.value * _YUAN_PER[spoken])
    if yuan > LARGEST_AMOUNT_YUAN:
        return Typed(value=None, why="金额超过一万亿元，请核对位数，以及单位是元还是万元")
    return Typed(value=yuan)


def yuan_fault(amount: Decimal) -> str:
    """Say what is wrong with an amount of money that was paid or fined, in yuan; empty when nothing is."""
    if not amount.is_finite():
        return "金额不是一个数，请填数字（单位为元）"
    if amount <= 0:
        return "金额应大于 0"
    if amount > LARGEST_AMOUNT_YUAN:
        return "金额超过一万亿元，请核对位数"
    exponent = amount.as_tuple().exponent
    is_too_fine = isinstance(exponent, int) and exponent < -_DECIMALS[AmountUnit.YUAN]
    return _too_fine("金额", _DECIMALS[AmountUnit.YUAN], AmountUnit.YUAN.value) if is_too_fine else ""


def parse_area(text: str) -> Typed[Decimal]:
    """Read an area in square metres with up to two decimals; 0 is a value of its own, not an empty field."""
    typed = _folded(text)
    if len(typed) > _LONGEST_NUMBER:
        return Typed(value=None, why="面积过长，请只填一个数字")
    read = _number(_grouped(_AREA, typed)[0], what="面积", decimals=AREA_DECIMALS, unit="平方米")
    if read.value is not None and read.value > LARGEST_AREA_M2:
        return Typed(value=None, why="面积超过一亿平方米，请核对位数（单位为平方米）")
    return read


def parse_measure(text: str, *, what: str, unit: str = "") -> Typed[Decimal]:
    """Read a measured number such as a depth in metres; ``what`` and ``unit`` stand in the sentence of why not."""
    typed = _folded(text)
    if len(typed) > _LONGEST_NUMBER:
        return Typed(value=None, why=f"{what}过长，请只填一个数字")
    body = typed.removesuffix(unit.upper()).strip() if unit else typed
    read = _number(body, what=what, decimals=MEASURE_DECIMALS, unit=unit)
    if read.value is not None and read.value > LARGEST_MEASURE:
        return Typed(value=None, why=f"{what}过大，请核对位数")
    return read


def parse_day(text: str, today: date) -> Typed[date]:
    """Read a day as people type it; without a year it is one of the current year.

    Takes 2026-03-02, 2026.3.2, 2026/3/2, 20260302, 2026年3月2日, 3-2 and 3月2日, also in full width.
    """
    typed = "".join(_folded(text).replace("。", ".").replace("号", "日").split())
    if not typed:
        return Typed(value=None, why=f"未填写日期，{_DAY_EXAMPLE}")
    whole, short = _DAY.fullmatch(typed), _DAY_OF_THIS_YEAR.fullmatch(typed)
    if whole:
        year, month, day = (int(part) for part in whole.groups() if part is not None)
    elif short:
        year, month, day = today.year, int(short[1]), int(short[2])
    else:
        return Typed(value=None, why=f"日期看不懂，{_DAY_EXAMPLE}")
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> Typed[date]:
    fault = why_no_such_day(year, month, day)
    if fault:
        return Typed(value=None, why=f"没有这一天：{fault}，请核对日期")
    read = date(year, month, day)
    if year not in USUAL_YEARS and read != FOR_EVER:
        return Typed(value=None, why=f"年份 {year} 不合常理，请核对日期")
    return Typed(value=read)


def _number(body: str, *, what: str, decimals: int, unit: str) -> Typed[Decimal]:
    if not body:
        return Typed(value=None, why=f"未填写{what}，请填数字{_in_unit(unit)}")
    if body[0] in _MINUS:
        return Typed(value=None, why=f"{what}不能是负数，请去掉前面的减号")
    match = _NUMBER.fullmatch(body)
    if match is None or not (match[1] or match[2]):
        return Typed(value=None, why=_unreadable(body, what, unit))
    fraction = (match[2] or "").rstrip("0")
    if len(fraction) > decimals:
        return Typed(value=None, why=_too_fine(what, decimals, unit))
    digits = re.sub("[, ]", "", match[1] or "0")
    return Typed(value=Decimal(f"{digits}.{fraction}" if fraction else digits))


def _unreadable(body: str, what: str, unit: str) -> str:
    strange = next((char for char in body if char not in "0123456789., "), None)
    if strange is not None:
        return f"{what}中有{shown(strange)}，请只填阿拉伯数字{_in_unit(unit)}"
    if body.count(".") > 1:
        return f"{what}有两个小数点，请核对"
    return f"{what}中逗号或者空格的位置不对：只能每三位一个，小数点请用“.”"


def _in_unit(unit: str) -> str:
    return f"（单位为{unit}）" if unit else ""


def _too_fine(what: str, decimals: int, unit: str) -> str:
    if unit == AmountUnit.WAN_YUAN:
        return f"{what}以万元填写时最多 {decimals} 位小数，更细的请改用元填写"
    return f"{what}以{unit}填写时最多 {decimals} 位小数" if unit else f"{what}最多 {decimals} 位小数"


def _grouped(pattern: re.Pattern[str], typed: str) -> tuple[str, str]:
    """Part a typed number from the words around it: the number's text, and the unit where one is caught."""
    match = pattern.fullmatch(typed)
    if match is None:
        return typed, ""
    return match[1].strip(), (match[2] or "") if pattern.groups > 1 else ""


def _folded(text: str) -> str:
    # An input method in Chinese mode types 。 for the decimal point.
    return half_width(clean_text(text)).replace("。", ".").replace("｡", ".").upper()


def _plain(value: Decimal) -> Decimal:
    """Give a number without needless zeros behind the point."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _seen(char: str) -> str:
    if char in _LINE_BREAKS_AND_TABS:
        return " "
    if char in _BLANK_LETTERS or unicodedata.category(char) in ("Cc", "Cf", "Cs") or _is_no_character(char):
        return ""
    return char


def _fault_of(char: str) -> str:
    if char in _LINE_BREAKS_AND_TABS:
        return ""
    if char in _BIDI_MARKS:
        return f"文字中有看不见的书写方向标记（如右向左标记，U+{ord(char):04X}），请删去后重新输入"
    if unicodedata.category(char) == "Cc":
        return f"文字中有控制字符（U+{ord(char):04X}），请删去后重新输入"
    if unicodedata.category(char) == "Cs" or _is_no_character(char):
        return f"文字中有残缺的字符（U+{ord(char):04X}），请删去后重新输入"
    if unicodedata.category(char) == "Cf" or char in _BLANK_LETTERS:
        return f"文字中有看不见的字符（U+{ord(char):04X}），请删去后重新输入"
    if ord(char) in _EMOJI:
        return f"文字中有表情符号“{char}”，证件和文书上无法打印，请删去"
    return ""


def _is_no_character(char: str) -> bool:
    return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
