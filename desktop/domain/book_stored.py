"""Whether the values of an entry of a register are such as this program stores; a package may bring others.  Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from desktop.domain.book import BookSpec, FieldSpec, FieldType
from desktop.domain.book_reading import LARGEST_COUNT
from desktop.domain.book_rules import joint_faults
from desktop.domain.book_values import from_plain
from desktop.domain.books import LONGEST_LONG_TEXT, LONGEST_TEXT, OF_ROW
from desktop.domain.typed_text import LARGEST_AMOUNT_YUAN, text_fault

_MONEY: Final = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,4})?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_NEVER_STORED: Final = frozenset({*OF_ROW, "filing"})  # in columns of their own


def stored_fault(spec: BookSpec, plain: Mapping[str, Any], *, day: str, organisation: str, has_filing: bool) -> str:
    """Give the first thing in stored values that cannot stand, in words; empty when they fit.

    ``day`` is the day by which the entry falls into periods, ``organisation`` whose it is.
    """
    fields = {field.key: field for field in spec.fields if field.key not in _NEVER_STORED}
    for key, value in plain.items():
        if key not in fields:
            return f"{spec.title}含有本程序不认识的项目“{key[:40]}”。"
        if not _CHECKS[fields[key].type](fields[key], value):
            return f"{spec.title}的{fields[key].label}写法不对。"
    missing = next((field for field in fields.values() if field.is_required and field.key not in plain), None)
    if missing is not None:
        return f"{spec.title}缺{missing.label}。"
    if any(field.key == "organisation" and field.is_required for field in spec.fields) and not organisation:
        return f"{spec.title}缺{spec.spec_of('organisation').label}。"
    if plain[spec.day.key] != day:
        return f"{spec.title}的{spec.day.label}与记录的日期不一致。"
    beside = {"filing": "-"} if has_filing else {}
    fault = next(joint_faults(spec, {**from_plain(spec, plain), **beside}), None)
    return "" if fault is None else f"{spec.title}：{fault.message}。"


def is_stored_text(value: Any, *, longest: int = LONGEST_TEXT) -> bool:
    """Say whether a value is a text as it may be stored."""
    return isinstance(value, str) and not text_fault(value, longest=longest)


def _is_text(_field: FieldSpec, value: Any) -> bool:
    return is_stored_text(value) and value != ""


def _is_long_text(_field: FieldSpec, value: Any) -> bool:
    return is_stored_text(value, longest=LONGEST_LONG_TEXT) and value != ""


def _is_day(_field: FieldSpec, value: Any) -> bool:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return day.isoformat() == value and _FIRST_YEAR <= day.year <= _LAST_YEAR


def _is_count(_field: FieldSpec, value: Any) -> bool:
    return type(value) is int and 0 <= value <= LARGEST_COUNT


def _is_money(_field: FieldSpec, value: Any) -> bool:
    return isinstance(value, str) and bool(_MONEY.fullmatch(value)) and Decimal(value) <= LARGEST_AMOUNT_YUAN


def _is_choice(field: FieldSpec, value: Any) -> bool:
    return isinstance(value, str) and value in dict(field.choices)


def _is_several(field: FieldSpec, value: Any) -> bool:
    if not isinstance(value, list) or not all(_is_choice(field, each) for each in value):
        return False
    return 0 < len(value) == len(set(value))


def _is_yes_or_no(_field: FieldSpec, value: Any) -> bool:
    return isinstance(value, bool)


_CHECKS: Final[Mapping[FieldType, Callable[[FieldSpec, Any], bool]]] = {
    FieldType.TEXT: _is_text,
    FieldType.LONG_TEXT: _is_long_text,
    FieldType.DAY: _is_day,
    FieldType.COUNT: _is_count,
    FieldType.MONEY: _is_money,
    FieldType.CHOICE: _is_choice,
    FieldType.SEVERAL: _is_several,
    FieldType.YES_NO: _is_yes_or_no,
    FieldType.FILING: _is_text,
    FieldType.FIRM: _is_text,
    FieldType.COMMUNITY: _is_text,
    FieldType.ENTRY: _is_text,
}
