"""The plain (JSON) form of a walk-in: lossless for the store, and read strictly with every fault at once."""

from __future__ import annotations

import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.facts import FACT_SPECS, Blank, Facts, FactValue, Visit
from desktop.domain.walk_in import Contractor, Party, WalkIn

FactsReader = Callable[[object, str], Facts]
_P = TypeVar("_P", Party, Contractor)


def walk_in_to_plain(walk_in: WalkIn) -> dict[str, object]:
    """Give a walk-in as plain data; ``walk_in_from_plain`` gives the same walk-in back."""
    plain = _plain(walk_in)
    assert isinstance(plain, dict)
    return plain


def walk_in_from_plain(raw: object, *, where: str = "walk_in", facts_reader: FactsReader | None = None) -> WalkIn:
    """Read a walk-in; ``facts_reader`` reads the facts where they come in another form than the stored one.

    Raises ``FaultyInput`` with every unknown key, missing key and wrong value, each with its path.
    """
    faults: list[Fault] = []
    value = _Reader(faults, facts_reader or _stored_facts).read(WalkIn, raw, where)
    if faults:
        raise FaultyInput(tuple(faults))
    assert isinstance(value, WalkIn)
    return value


def party_to_plain(party: Party | Contractor) -> dict[str, object]:
    """Give a party or contractor as plain data."""
    plain = _plain(party)
    assert isinstance(plain, dict)
    return plain


def party_from_plain(kind: type[_P], raw: object) -> _P:
    """Read a stored party or contractor; raises ``FaultyInput``."""
    faults: list[Fault] = []
    value = _Reader(faults, _stored_facts).read(kind, raw, kind.__name__)
    if faults:
        raise FaultyInput(tuple(faults))
    assert isinstance(value, kind)
    return value


def _plain(value: object) -> object:
    if isinstance(value, Facts):
        stated = {key: _plain_fact(fact) for key, fact in value.stated.items()}
        return {"stated": stated, "config": {name: str(number) for name, number in value.config.items()}}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _plain_fact(value: FactValue) -> object:
    """Write a fact so that its type is seen without knowing the key: plain text, flag and list, else one tag."""
    if isinstance(value, Blank):
        return {"blank": value.value}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        return [_plain_visit(item) if isinstance(item, Visit) else item for item in value]
    return value


def _plain_visit(visit: Visit) -> dict[str, object]:
    noticed = None if visit.noticed is None else list(visit.noticed)
    return {"on": visit.on and visit.on.isoformat(), "noticed": noticed, "facts_changed": visit.facts_changed}


def _stored_facts(raw: object, where: str) -> Facts:
    if not isinstance(raw, Mapping) or set(raw) != {"stated", "config"}:
        raise FaultyInput((Fault(where, 'must be an object with "stated" and "config"'),))
    faults: list[Fault] = []
    stated: dict[str, FactValue] = {}
    for key, value in dict(raw["stated"]).items():
        try:
            if key not in FACT_SPECS:
                raise ValueError("unknown key")
            stated[key] = _stored_fact(value)
        except (ValueError, TypeError, KeyError, InvalidOperation) as error:
            faults.append(Fault(f"{where}.{key}", str(error)))
    if faults:
        raise FaultyInput(tuple(faults))
    return Facts(stated, {name: Decimal(number) for name, number in dict(raw["config"]).items()})


def _finite(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(f"is not a number: {text!r}")
    return number


def _stored_fact(value: object) -> FactValue:
    if isinstance(value, Mapping) and len(value) == 1:
        tag, content = next(iter(value.items()))
        readers: dict[object, Callable[[str], FactValue]] = {
            "blank": Blank,
            "number": _finite,
            "date": date.fromisoformat,
        }
        return readers[tag](content)
    if isinstance(value, bool | str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(value, list):
        return tuple(_stored_visit(item) for item in value)
    raise ValueError("is no stored fact")


def _stored_visit(item: Mapping[str, Any]) -> Visit:
    on, noticed = item["on"], item["noticed"]
    return Visit(
        date.fromisoformat(on) if on else None, None if noticed is None else tuple(noticed), item["facts_changed"]
    )


@cache
def _types_of(kind: Hashable) -> Mapping[str, Any]:
    return get_type_hints(kind)


class _Reader:
    """Reads plain values into the types of the fields, gathering every fault."""

    def __init__(self, faults: list[Fault], facts_reader: FactsReader) -> None:
        self._faults = faults
        self._facts_reader = facts_reader

    def read(self, kind: Any, raw: object, where: str) -> object:
        """Read one value; after a fault the result is None and means nothing."""
        if kind is Facts:
            return self._facts(raw, where)
        if is_dataclass(kind):
            assert isinstance(kind, type)
            return self._record(kind, raw, where)
        if get_origin(kind) in (types.UnionType, Union):
            inner = next(part for part in get_args(kind) if part is not type(None))
            return None if raw is None else self.read(inner, raw, where)
        if get_origin(kind) is tuple:
            return self._several(get_args(kind)[0], raw, where)
        return self._single(kind, raw, where)

    def _facts(self, raw: object, where: str) -> Facts:
        try:
            return self._facts_reader(raw, where)
        except FaultyInput as faulty:
            self._faults += faulty.faults
            return Facts()

    def _record(self, kind: Any, raw: object, where: str) -> object:
        if not isinstance(raw, Mapping):
            return self._fault(where, "must be an object")
        hints = _types_of(kind)
        for key in raw:
            if key not in hints:
                self._fault(f"{where}.{key}", "unknown key")
        before = len(self._faults)
        values = {name: self.read(hints[name], raw[name], f"{where}.{name}") for name in hints if name in raw}
        for field in fields(kind):
            if field.name not in raw and field.default is MISSING and field.default_factory is MISSING:
                self._fault(f"{where}.{field.name}", "is missing")
        return kind(**values) if len(self._faults) == before else None

    def _several(self, kind: Any, raw: object, where: str) -> object:
        if not isinstance(raw, list | tuple):
            return self._fault(where, "must be a list")
        return tuple(self.read(kind, item, f"{where}.{index}") for index, item in enumerate(raw))

    def _single(self, kind: type[Any], raw: object, where: str) -> object:
        if issubclass(kind, Enum):
            try:
                return kind(raw)
            except ValueError:
                return self._fault(where, f"must be one of {', '.join(str(choice.value) for choice in kind)}")
        if kind is date:
            return self._day(raw, where)
        if (kind is int and isinstance(raw, bool)) or not isinstance(raw, kind):
            return self._fault(
                where, {str: "must be a text", int: "must be a whole number"}.get(kind, "is of wrong type")
            )
        if kind is int and not 0 <= raw <= _MOST_COPIES:
            return self._fault(where, f"must be between 0 and {_MOST_COPIES}")
        return raw

    def _day(self, raw: object, where: str) -> object:
        try:
            if isinstance(raw, str) and len(raw) == len("2026-01-31"):
                return date.fromisoformat(raw)
        except ValueError:
            return self._fault(where, f"is not a date: {raw!r}")
        return self._fault(where, "must be a date written YYYY-MM-DD")

    def _fault(self, where: str, what: str) -> object:
        self._faults.append(Fault(where, what))
        return None


# The only whole numbers are copies and pages.
_MOST_COPIES = 1_000_000
