"""Reading the cells of old ledgers: money, areas, days, yes and no, numbers of persons; each doubt with its cure.

Unknown stays unknown: an empty cell and 无, /, - give no value; what cannot be read is a fault and never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Generic, TypeVar

from desktop.domain.checked import compact, half_width
from desktop.domain.identifiers import check_credit_code, check_resident_id
from desktop.domain.phones import check_phone
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_grid import CellTrouble, CellValue, text_of
from desktop.domain.typed_text import (
    LARGEST_AMOUNT_YUAN,
    LARGEST_AREA_M2,
    AmountUnit,
    clean_text,
    parse_amount_wan_or_yuan,
    parse_area,
    parse_day,
)
from desktop.domain.walk_in import IdKind

T = TypeVar("T")

_NOTHING: Final = frozenset(
    {"", "/", "\\", "-", "--", "—", "——", "－", "无", "暂无", "未填", "n/a", "na", "空", "null"}
)
_UNKNOWN: Final = frozenset({"未知", "不详", "不清楚", "待定", "待核", "待核实", "?"})
_YES: Final = frozenset({"是", "有", "属于", "√", "✓", "✔", "y", "yes", "true", "1", "高风险", "高危", "高", "重大"})
_NO: Final = frozenset(
    {
        "否",
        "不是",
        "没有",
        "不属于",
        "非",
        "×",
        "✗",
        "x",
        "n",
        "no",
        "false",
        "0",
        "低风险",
        "一般",
        "非高风险",
        "低",
        "普通",
        "一般风险",
    }
)
_CENT: Final = Decimal("0.01")
_EXCEL_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(20_000, 80_000)  # 1954 to 2119
_MONEY: Final = re.compile(r"(?:人民币|RMB|CNY|[¥￥])?([0-9][0-9, ]*(?:\.[0-9]+)?)(万元?|元)?整?")
_SHORT_DAY: Final = re.compile(r"[0-9]{1,2}(?:[-./月][0-9]{1,2})[日号]?")
_MONTH_ONLY: Final = re.compile(r"[0-9]{4}(?:[-./年][0-9]{1,2}月?|年)")
_TWO_DIGIT_YEAR: Final = re.compile(r"[0-9]{2}(?:[-./年])[0-9]{1,2}(?:[-./月])[0-9]{1,2}[日号]?")
_TIME_BEHIND: Final = re.compile(r"[ T](?:[0-9]{1,2}(?::[0-9]{1,2}){1,2}(?:\.[0-9]+)?)$")
_WEEKDAY_BEHIND: Final = re.compile(r"[(（]?(?:星期|周)[一二三四五六日天][)）]?$")
_HAN_DAY: Final = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_HAN_DIGITS: Final = {han: str(place) for place, han in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_PERIOD_MARK: Final = re.compile(r"至|到|~|～|—+|–|－{1,2}|(?<=[日0-9])\s*-{1,2}\s*(?=[0-9]{4})")
_LONGEST_TEXT: Final = 500
_EXAMPLE: Final = "请写成 2026-03-02 的样子"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRead(Generic[T]):
    """What a cell says: a value, nothing, or a fault; ``warning`` is a doubt that keeps nobody from going on."""

    value: T | None = None
    fault: str = ""
    warning: str = ""


def read_text(cell: CellValue) -> CellRead[str]:
    """Read a text in one line; what merely says that there is none is none."""
    if isinstance(cell, CellTrouble):
        return CellRead(fault=cell.label)
    text = clean_text(text_of(cell))
    if _folded(text) in _NOTHING:
        return CellRead()
    if len(text) > _LONGEST_TEXT:
        return CellRead(fault=f"文字过长：现有 {len(text)} 个字，最多 {_LONGEST_TEXT} 个字，请删减")
    return CellRead(value=text)


def read_day(cell: CellValue) -> CellRead[date]:
    """Read a day in the many forms of old sheets; a day without its year is a fault, never one of this year."""
    if isinstance(cell, CellTrouble):
        return CellRead(fault=cell.label)
    if isinstance(cell, datetime):
        return _in_reason(cell.date())
    if isinstance(cell, date):
        return _in_reason(cell)
    if isinstance(cell, time | bool):
        return CellRead(fault=f"“{text_of(cell)}”不是日期，{_EXAMPLE}")
    typed = half_width(clean_text(text_of(cell))).strip()
    if _folded(typed) in _NOTHING | _UNKNOWN:
        return CellRead()
    if len(typed) > 60:
        return CellRead(fault=f"日期过长，{_EXAMPLE}")
    return _day_of_text(typed)


def read_period(cell: CellValue) -> tuple[CellRead[date], CellRead[date]]:
    """Read the first and the last day of a period such as 2026.3.1-2026.5.31."""
    if isinstance(cell, CellTrouble | date):
        return read_day(cell), CellRead()
    typed = half_width(clean_text(text_of(cell))).strip()
    if _folded(typed) in _NOTHING | _UNKNOWN:
        return CellRead(), CellRead()
    parts = [part.strip() for part in _PERIOD_MARK.split(typed[:80]) if part and part.strip()]
    if len(parts) != 2:
        fault: CellRead[date] = CellRead(fault=f"“{typed[:30]}”看不出起止日期，请写成 2026-03-02 至 2026-05-31 的样子")
        return fault, CellRead()
    first, last = read_day(parts[0]), read_day(parts[1])
    if first.value and last.value and last.value < first.value:
        return CellRead(fault="结束日期早于开始日期，请核对"), CellRead()
    return first, last


def read_amount(cell: CellValue, unit: AmountUnit) -> CellRead[Decimal]:
    """Read an amount in yuan; a unit in the cell counts more than ``unit``, and parts of a cent are rounded."""
    if isinstance(cell, CellTrouble):
        return CellRead(fault=cell.label)
    if isinstance(cell, bool | date | time):
        return CellRead(fault=f"“{text_of(cell)}”不是金额，请只填一个数字")
    typed = half_width(clean_text(text_of(cell))).replace("。", ".").strip().upper()
    if _folded(typed) in _NOTHING | _UNKNOWN:
        return CellRead()
    match = _MONEY.fullmatch(typed)
    read = parse_amount_wan_or_yuan(typed, unit)
    if read.value is not None:
        return _plausible(read.value)
    if match is None or len(typed) > 40 or not _is_grouped(match[1]):
        return CellRead(fault=read.why)
    spoken = {"元": 1, "万": 10_000, "万元": 10_000}.get(match[2] or unit.value, 1)
    exact = Decimal(re.sub("[, ]", "", match[1])) * spoken
    if exact > LARGEST_AMOUNT_YUAN:
        return CellRead(fault=read.why)
    rounded = exact.quantize(_CENT, ROUND_HALF_UP)
    said = "" if rounded == exact else f"小数过多，四舍五入为 {rounded} 元"
    return CellRead(value=rounded, warning=said or _plausible(rounded).warning)


def read_area(cell: CellValue) -> CellRead[Decimal]:
    """Read an area in square metres with two decimals; finer ones are rounded with a word."""
    if isinstance(cell, CellTrouble):
        return CellRead(fault=cell.label)
    if isinstance(cell, bool | date | time):
        return CellRead(fault=f"“{text_of(cell)}”不是面积，请只填一个数字")
    typed = half_width(clean_text(text_of(cell))).replace("。", ".").strip()
    if _folded(typed) in _NOTHING | _UNKNOWN:
        return CellRead()
    read = parse_area(typed)
    if read.value is not None:
        return CellRead(value=read.value)
    number = re.fullmatch(r"([0-9]{1,9}\.[0-9]{1,20})(?:㎡|[Mm][2²]|平方米|平米|平方)?", typed)
    if number is None or Decimal(number[1]) > LARGEST_AREA_M2:
        return CellRead(fault=read.why)
    rounded = Decimal(number[1]).quantize(_CENT, ROUND_HALF_UP)
    return CellRead(value=rounded, warning=f"小数过多，四舍五入为 {rounded} 平方米")


def read_flag(cell: CellValue) -> CellRead[bool]:
    """Read yes, no or nothing; 未知 and an empty cell stay unknown."""
    if isinstance(cell, CellTrouble):
        return CellRead(fault=cell.label)
    typed = _folded(half_width(clean_text(text_of(cell))))
    if typed in _NO:  # “无” of a high-risk column says no
        return CellRead(value=False)
    if typed in _YES:
        return CellRead(value=True)
    if typed == "无":
        return CellRead(value=False)
    if typed in _NOTHING | _UNKNOWN:
        return CellRead()
    return CellRead(fault=f"“{text_of(cell)[:20]}”看不懂，请填“是”“否”，不知道的空着")


def read_phone(cell: CellValue) -> CellRead[str]:
    """Read a telephone number; one of odd form is kept as it stands, with a warning."""
    text = read_text(cell)
    if text.value is None:
        return text
    checked = check_phone(text.value)
    if checked.valid:
        return CellRead(value=checked.normalised)
    return CellRead(value=text.value[:60], warning=checked.why)


def read_identity(cell: CellValue) -> CellRead[tuple[IdKind, str]]:
    """Read a resident ID number or credit code; one that fails its check is kept with a warning, for old ones exist."""
    text = read_text(cell)
    if text.value is None:
        return CellRead(fault=text.fault)
    number = compact(text.value)
    if len(number) > 40:
        return CellRead(fault="证件号码过长，一栏只填一个号码")
    if isinstance(cell, float) or (isinstance(cell, int) and not isinstance(cell, bool) and len(number) > 15):
        return CellRead(fault="号码被 Excel 存成了数字，末几位已丢失，请把该格设成文本后重新填写")
    if re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number):
        person = check_resident_id(number, date.max)
        if person.valid:
            return CellRead(value=(IdKind.RESIDENT_ID, person.normalised))
        company = check_credit_code(number)
        if company.valid:
            return CellRead(value=(IdKind.CREDIT_CODE, company.normalised))
        return CellRead(value=(IdKind.RESIDENT_ID, number), warning=person.why)
    checked = check_credit_code(number)
    if checked.valid:
        return CellRead(value=(IdKind.CREDIT_CODE, checked.normalised))
    if len(number) == 18:
        return CellRead(value=(IdKind.CREDIT_CODE, number), warning=checked.why)
    return CellRead(
        value=(IdKind.OTHER, number), warning="不是 18 位身份证号或者统一社会信用代码，按“其他证件”保存，请核对"
    )


def _day_of_text(typed: str) -> CellRead[date]:
    bare = _WEEKDAY_BEHIND.sub("", _TIME_BEHIND.sub("", typed)).strip()
    bare = "".join(bare.replace("。", ".").replace("号", "日").replace("、", ".").split()).rstrip(".")
    bare = re.sub(r"[‐-―−]", "-", bare)
    han = _HAN_DAY.fullmatch(bare)
    if han is not None:
        year = "".join(_HAN_DIGITS[digit] for digit in han[1])
        bare = f"{year}-{_small_number(han[2])}-{_small_number(han[3])}"
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", bare) and int(float(bare)) in _SERIALS:
        return _in_reason(_EXCEL_ZERO + timedelta(days=int(float(bare))))
    if _TWO_DIGIT_YEAR.fullmatch(bare):
        return CellRead(fault=f"“{typed}”的年份只有两位，请写全四位年份，{_EXAMPLE}")
    if _MONTH_ONLY.fullmatch(bare):
        return CellRead(fault=f"“{typed}”没有写到哪一天，{_EXAMPLE}")
    if _SHORT_DAY.fullmatch(bare):
        return CellRead(fault=f"“{typed}”没有写年份，{_EXAMPLE}")
    read = parse_day(bare, date(2000, 1, 1))
    return _in_reason(read.value) if read.value is not None else CellRead(fault=f"“{typed[:30]}”：{read.why}")


def _in_reason(day: date) -> CellRead[date]:
    if 1980 <= day.year <= 2100 or day == date(9999, 12, 31):
        return CellRead(value=day)
    return CellRead(fault=f"年份 {day.year} 不合常理，请核对日期")


def _small_number(han: str) -> int:
    if "十" not in han:
        return int("".join(_HAN_DIGITS[digit] for digit in han))
    tens, _, ones = han.partition("十")
    return int(_HAN_DIGITS.get(tens, "1")) * 10 + int(_HAN_DIGITS.get(ones, "0"))


def _plausible(yuan: Decimal) -> CellRead[Decimal]:
    if yuan and yuan < 10:
        return CellRead(value=yuan, warning=f"金额只有 {yuan} 元，请核对单位是元还是万元")
    if yuan > 100_000_000:
        return CellRead(value=yuan, warning="金额超过一亿元，请核对单位是元还是万元")
    return CellRead(value=yuan)


def _is_grouped(number: str) -> bool:
    return re.fullmatch(r"[0-9]+(?:\.[0-9]+)?|[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?", number.strip()) is not None


def _folded(text: str) -> str:
    folded = "".join(text.split()).casefold()
    return folded if folded in _NOTHING or len(folded) < 2 else (normalise(folded) or folded)
