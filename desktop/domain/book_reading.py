"""Reading an entry of a register, typed or from a sheet: every fault at its field, in the clerk's words.  Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.book import BookSpec, BookValue, FieldSpec, FieldType
from desktop.domain.book_rules import joint_faults
from desktop.domain.books import LONGEST_LONG_TEXT, LONGEST_TEXT
from desktop.domain.checked import half_width
from desktop.domain.headed_list import any_day
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_grid import CellTrouble, CellValue, text_of
from desktop.domain.typed_text import (
    AmountUnit,
    clean_text,
    parse_amount_wan_or_yuan,
    text_fault,
)

LARGEST_COUNT: Final = 1_000_000_000
_PARTS: Final = re.compile(r"[、，,；;/\s]+")
_YES: Final = frozenset({"是", "有", "已登记", "已备案", "√", "y", "yes", "true", "1"})
_NO: Final = frozenset({"否", "无", "没有", "未登记", "未备案", "×", "n", "no", "false", "0"})
_COUNT: Final = re.compile(r"[0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{3}){1,3}")

Read = tuple[BookValue | None, str]  # the value, or why there is none; both empty where nothing stands


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """An entry as read: values by field key, empty ones missing, and everything that is wrong."""

    values: Mapping[str, BookValue]
    faults: tuple[FieldFault, ...]


def read_entry(
    spec: BookSpec, cells: Mapping[str, CellValue], today: date, *, in_wan: frozenset[str] = frozenset()
) -> ReadEntry:
    """Read the cells of an entry by field key; ``in_wan`` names the fields of money given in 万元."""
    values: dict[str, BookValue] = {}
    faults: list[FieldFault] = []
    for field in spec.fields:
        value, why = _read(field, cells.get(field.key), today, in_wan=field.key in in_wan)
        if why:
            faults.append(FieldFault(field=field.key, code="unreadable", message=why))
        elif value is not None:
            values[field.key] = value
        elif field.is_required:
            verb = "请选择" if field.type in (FieldType.CHOICE, FieldType.YES_NO) else "请填写"
            faults.append(FieldFault(field=field.key, code="required", message=f"{verb}{field.label}"))
    faulty = {fault.field for fault in faults}
    faults.extend(fault for fault in joint_faults(spec, values) if fault.field not in faulty)
    return ReadEntry(values=values, faults=tuple(faults))


def _read(field: FieldSpec, cell: CellValue, today: date, *, in_wan: bool) -> Read:
    if isinstance(cell, CellTrouble):
        return None, cell.label
    if field.type is FieldType.DAY:
        return _day(field, cell, today)
    text = text_of(cell).strip()
    if not text:
        return None, ""
    if field.type is FieldType.MONEY:
        read = parse_amount_wan_or_yuan(text, AmountUnit.WAN_YUAN if in_wan else AmountUnit.YUAN)
        return read.value, read.why
    return _READERS.get(field.type, _text)(field, text)


def _day(field: FieldSpec, cell: CellValue, today: date) -> Read:
    day, fault = any_day(cell, today)
    if day is not None and day > today and not field.may_be_ahead:
        return None, f"{field.label}晚于今天，请核对"
    return day, fault


def _text(field: FieldSpec, text: str) -> Read:
    is_long = field.type is FieldType.LONG_TEXT
    fault = text_fault(text, longest=LONGEST_LONG_TEXT if is_long else LONGEST_TEXT)
    if fault:
        return None, fault
    clean = "\n".join(line for part in text.splitlines() if (line := clean_text(part))) if is_long else clean_text(text)
    # Numbers of policies and papers may look like those of people; nothing else here needs any.
    if not field.key.endswith("_number") and field.type is not FieldType.FIRM and cover_numbers(clean) != clean:
        return None, "文字里有身份证号或者手机号，登记簿不需要，请删去"
    return clean or None, ""


def _count(field: FieldSpec, text: str) -> Read:
    typed = half_width(text).replace(" ", "").removesuffix(field.unit).removesuffix("人次").removesuffix("人")
    if not _COUNT.fullmatch(typed):
        return None, f"{field.label}应是 0 或者更大的整数" + (f"（单位为{field.unit}）" if field.unit else "")
    number = int(typed.replace(",", ""))
    return (number, "") if number <= LARGEST_COUNT else (None, f"{field.label}过大，请核对位数")


def _choice(field: FieldSpec, text: str) -> Read:
    code = _code(field, text)
    return (code, "") if code else (None, f"没有“{text}”这一项，可填：{_words(field)}")


def _several(field: FieldSpec, text: str) -> Read:
    codes: list[str] = []
    for part in filter(None, _PARTS.split(text)):
        code = _code(field, part)
        if not code:
            return None, f"没有“{part}”这一项，可填：{_words(field)}"
        codes.append(code)
    # In the order of the choices, so that the same answer always reads the same.
    return tuple(code for code, _word in field.choices if code in codes) or None, ""


def _yes_no(field: FieldSpec, text: str) -> Read:
    key = clean_text(text).casefold()
    if key in _YES or key in _NO:
        return key in _YES, ""
    return None, f"{field.label}请填“是”或者“否”"


def _code(field: FieldSpec, text: str) -> str:
    wanted = normalise(text)
    known = (*field.choices, *((code, word) for word, code in field.aliases))
    return next((code for code, word in known if wanted in (normalise(word), normalise(code))), "")


def _words(field: FieldSpec) -> str:
    return "、".join(word for _code, word in field.choices)


_READERS: Final[Mapping[FieldType, Callable[[FieldSpec, str], Read]]] = {
    FieldType.COUNT: _count,
    FieldType.CHOICE: _choice,
    FieldType.SEVERAL: _several,
    FieldType.YES_NO: _yes_no,
}


def heading_words(spec: BookSpec) -> dict[str, tuple[str, ...]]:
    """Give by field key the headings a sheet may use for it, the own one first."""
    return {field.key: tuple(dict.fromkeys(_heads(field))) for field in spec.fields}


def is_in_wan(field: FieldSpec, heading: str) -> bool:
    """Say whether a heading gives amounts in 万元."""
    return field.type is FieldType.MONEY and "万元" in heading


def _heads(field: FieldSpec) -> Iterator[str]:
    units = ("元", "万元") if field.type is FieldType.MONEY else (field.unit,) if field.unit else ()
    for name in (field.label, *field.heads):
        yield name
        yield from (f"{name}{unit}" for unit in units)
