"""How large a number of the rules may be: what is counted in days or months must end in a year that there is."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

LARGEST_NUMBER: Final = Decimal(10) ** 12
MOST_DECIMALS: Final = 6
MOST_DAYS: Final = 1000
MOST_MONTHS: Final = 600
_MOST_BY_UNIT: Final = {"_days": MOST_DAYS, "_months": MOST_MONTHS, "_count": 100}
_SHARE: Final = "_share"
_LEVELS: Final = "review_levels_"
_MOST_LEVELS: Final = 2


def number_fault(name: str, value: Decimal) -> str:
    """Say why a number cannot stand under its name (``…_days``, ``…_months``, ``…_count``, ``…_share``)."""
    if value < 0:
        return "不能为负数"
    # Asked of the exponent first: 1e999999 is never written out.
    if value.adjusted() > LARGEST_NUMBER.adjusted() or value > LARGEST_NUMBER:
        return f"数字太大，最大 {LARGEST_NUMBER:f}"
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > MOST_DECIMALS:
        return f"小数太多，最多 {MOST_DECIMALS} 位"
    if name.endswith(_SHARE) and value > 1:
        return "比例应在 0 和 1 之间，5% 写成 0.05"
    most = next((most for unit, most in _MOST_BY_UNIT.items() if name.endswith(unit)), None)
    most = _MOST_LEVELS if name.startswith(_LEVELS) else most
    if most is not None and (value != int(value) or value > most):
        return f"应为 0 至 {most} 的整数"
    return ""
