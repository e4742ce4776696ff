"""Reading plain declared data into facts: every fault at once, numbers exact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.facts import (
    CONFIG_KEY,
    FACT_SPECS,
    NOT_APPLICABLE,
    UNKNOWN,
    Facts,
    FactSpec,
    FactType,
    FactValue,
    Visit,
)
from desktop.domain.typed_text import USUAL_YEARS

# Beyond these an entry is a slip of the keys, and the sentences that repeat it would no longer be readable.
LARGEST_NUMBER: Final = Decimal(10) ** 15
MOST_DECIMALS: Final = 30
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_facts(raw: object, *, where: str = "facts", numbers_may_be_text: bool = True) -> Facts:
    """Read plain JSON data into facts; declared data give numbers as numbers, stored data may keep them as text.

    Raises ``FaultyInput`` with every unknown key, wrong type, negative or absurd number and impossible date.
    """
    if not isinstance(raw, Mapping):
        raise FaultyInput((Fault(where, "must be an object of facts"),))
    faults: list[Fault] = []
    stated: dict[str, FactValue] = {}
    config: dict[str, Decimal] = {}
    for key, value in raw.items():
        spot = f"{where}.{key}"
        if key == CONFIG_KEY:
            config = _read_config(value, spot, faults)
            continue
        spec = FACT_SPECS.get(key)
        if spec is None:
            faults.append(Fault(spot, "unknown key"))
            continue
        try:
            if spec.type is FactType.NUMBER and not numbers_may_be_text:
                _refuse_text(value)
            stated[key] = _READERS[spec.type](value, spec) if value is not None else UNKNOWN
            _refuse_absurd_day(key, stated[key])
        except ValueError as error:
            faults.append(Fault(spot, str(error)))
    if faults:
        raise FaultyInput(tuple(faults))
    return Facts(stated, config)


def _read_flag(value: object, _spec: FactSpec) -> FactValue:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _read_number(value: object, _spec: FactSpec) -> FactValue:
    if value == NOT_APPLICABLE.value:
        return NOT_APPLICABLE
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("must be a number")
    try:
        # str() first: the text of the number counts, not the binary float behind it.
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"is not a number: {value!r}") from None
    if not number.is_finite():
        raise ValueError("must be a finite number")
    if number < 0:
        raise ValueError(f"must not be negative: {value}")
    exponent = number.as_tuple().exponent
    if number > LARGEST_NUMBER or (isinstance(exponent, int) and exponent < -MOST_DECIMALS):
        raise ValueError("is too large or has too many decimals to be meant")
    return number


def _refuse_text(value: object) -> None:
    if isinstance(value, str) and value != NOT_APPLICABLE.value:
        raise ValueError(f'must be a number, null or "{NOT_APPLICABLE.value}", not a text: {value!r}')


def _refuse_absurd_day(key: str, value: FactValue) -> None:
    # A certificate may be good "for ever" (9999-12-31); periods are never counted from that day.
    if isinstance(value, date) and not key.endswith("_valid_to"):
        refuse_uncounted_day(value)


def refuse_uncounted_day(day: date) -> None:
    """Raise ``ValueError`` for a day that no period can be counted from, like the "for ever" of a certificate."""
    if day.year not in USUAL_YEARS:
        raise ValueError(f"is no likely day: {day.isoformat()}")


def _read_date(value: object, _spec: FactSpec) -> FactValue:
    if not isinstance(value, str):
        raise ValueError("must be a date written YYYY-MM-DD")
    return _day(value)


def _day(text: str) -> date:
    # fromisoformat alone also takes week dates and dates without hyphens.
    if not _ISO_DAY.fullmatch(text):
        raise ValueError(f"is not a date written YYYY-MM-DD: {text!r}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"is not a date: {text!r}") from None


def _read_choice(value: object, spec: FactSpec) -> FactValue:
    if not isinstance(value, str) or value not in spec.choices:
        raise ValueError(f"must be one of {', '.join(spec.choices)}")
    return value


def _read_text(value: object, _spec: FactSpec) -> FactValue:
    if not isinstance(value, str):
        raise ValueError("must be a text")
    return value or UNKNOWN


def _read_texts(value: object, _spec: FactSpec) -> FactValue:
    if isinstance(value, str):
        return (value,) if value else ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def _read_flag_or_text(value: object, _spec: FactSpec) -> FactValue:
    if isinstance(value, bool | str):
        # Where a text may name the kind of thing, "none" names that there is no such thing.
        return False if value in ("", "none") else value
    raise ValueError("must be true, false or a text")


def _read_visits(value: object, _spec: FactSpec) -> FactValue:
    if not isinstance(value, list | tuple):
        raise ValueError("must be a list of visits")
    return tuple(_read_visit(entry) for entry in value)


_VISIT_NOTICE_KEYS = ("notice_items", "deficiency_items", "notice", "noticed", "one_time_notice", "items")
_VISIT_DAY_KEYS = ("on", "date", "visited_on", "visit_on", "noticed_on")


def _read_visit(entry: object) -> Visit:
    if not isinstance(entry, Mapping):
        raise ValueError("each visit must be an object")
    noticed = next((_codes(entry[key]) for key in _VISIT_NOTICE_KEYS if key in entry), None)
    day = next((entry[key] for key in _VISIT_DAY_KEYS if key in entry), None)
    if day is not None and not isinstance(day, str):
        raise ValueError("a visit's day must be a date written YYYY-MM-DD")
    changed = entry.get("facts_changed", False)
    if not isinstance(changed, bool):
        raise ValueError("facts_changed must be true or false")
    try:
        on = _day(day) if day else None
        if on is not None:
            refuse_uncounted_day(on)
    except ValueError as error:
        raise ValueError(f"a visit's day {error}") from None
    return Visit(on, noticed, changed)


def _codes(value: object) -> tuple[str, ...] | None:
    if isinstance(value, Mapping):
        return next((_codes(value[key]) for key in _VISIT_NOTICE_KEYS if key in value), None)
    if value is None:
        return None
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError("a visit's notice must be a list of material codes")
    return tuple(value)


def _read_config(value: object, spot: str, faults: list[Fault]) -> dict[str, Decimal]:
    if not isinstance(value, Mapping):
        faults.append(Fault(spot, "must be an object of numbers"))
        return {}
    config: dict[str, Decimal] = {}
    for name, raw in value.items():
        try:
            number = _read_number(raw, FactSpec(FactType.NUMBER))
        except ValueError as error:
            faults.append(Fault(f"{spot}.{name}", str(error)))
            continue
        if isinstance(number, Decimal):
            config[str(name)] = number
    return config


_READERS = {
    FactType.FLAG: _read_flag,
    FactType.NUMBER: _read_number,
    FactType.DATE: _read_date,
    FactType.CHOICE: _read_choice,
    FactType.TEXT: _read_text,
    FactType.TEXTS: _read_texts,
    FactType.FLAG_OR_TEXT: _read_flag_or_text,
    FactType.VISITS: _read_visits,
}
