"""Values of registers as they are stored, shown and put into fields again.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.book import BookRow, BookSpec, BookValue, FieldSpec, FieldType
from desktop.domain.search_keys import normalise


def to_plain(values: Mapping[str, BookValue]) -> dict[str, Any]:
    """Give values as plain data: days and money as text, several choices as a list."""
    return {key: _plain(value) for key, value in values.items()}


def from_plain(spec: BookSpec, plain: Mapping[str, Any]) -> dict[str, BookValue]:
    """Give stored values back; what the register does not know (any more) is left out."""
    return {
        field.key: _value(field, plain[field.key])
        for field in spec.fields
        if field.key in plain and plain[field.key] is not None
    }


def shown(field: FieldSpec, value: BookValue | None) -> str:
    """Give a value as a list shows it: words of choices, money with its thousands, days as 2026-03-02."""
    if value is None or value == "":
        return ""
    if field.type is FieldType.CHOICE:
        return dict(field.choices).get(str(value), str(value))
    if field.type is FieldType.SEVERAL and isinstance(value, tuple):
        words = dict(field.choices)
        return "、".join(words.get(each, each) for each in value)
    if field.type is FieldType.YES_NO:
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if field.type is FieldType.COUNT and field.key != "year":
        return f"{value:,}"
    return value.isoformat() if isinstance(value, date) else str(value)


def typed(field: FieldSpec, value: BookValue | None) -> str:
    """Give a value as it can be typed and read again."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else shown(field, value)


def search_text(spec: BookSpec, row: BookRow) -> str:
    """Give all that an entry says, folded, for finding it."""
    return normalise(" ".join((row.number, *(shown(field, row.values.get(field.key)) for field in spec.fields))))


def _plain(value: BookValue) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _value(field: FieldSpec, plain: Any) -> BookValue:
    match field.type:
        case FieldType.MONEY:
            return Decimal(str(plain))
        case FieldType.DAY:
            return date.fromisoformat(str(plain))
        case FieldType.SEVERAL:
            return tuple(str(each) for each in plain)
        case FieldType.COUNT:
            return int(plain)
        case FieldType.YES_NO:
            return bool(plain)
        case _:
            return str(plain)
