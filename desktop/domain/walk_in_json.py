"""The plain (JSON) form of a walk-in: lossless for the store, and read strictly with every fault at once."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

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
    value = _reading(WalkIn)(raw, (None, where), _Round(faults, facts_reader or _stored_facts))
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
    wanted: Any = kind
    value = _reading(wanted)(raw, (None, kind.__name__), _Round(faults, _stored_facts))
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


_TAGS: Final[Mapping[object, Callable[[str], FactValue]]] = {
    "blank": Blank,
    "number": _finite,
    "date": date.fromisoformat,
}


def _stored_fact(value: object) -> FactValue:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Mapping) and len(value) == 1:
        tag, content = next(iter(value.items()))
        return _TAGS[tag](content)
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


# The only whole numbers are copies and pages.
_MOST_COPIES: Final = 1_000_000
_WRONG: Final = {str: "must be a text", int: "must be a whole number"}
# A place as the place around it and its own name: put in words only where something is wrong there.
_Where = tuple[Any, object]


@dataclass(frozen=True, slots=True)
class _Round:
    """One reading: it gathers every fault, and reads facts in the form they come in."""

    faults: list[Fault]
    facts_reader: FactsReader

    def fault(self, where: _Where, what: str) -> object:
        """Note what is wrong; the value read is None then and means nothing."""
        self.faults.append(Fault(_in_words(where), what))
        return None


_Reading = Callable[[Any, _Where, _Round], object]


def _in_words(where: _Where) -> str:
    around, name = where
    return str(name) if around is None else f"{_in_words(around)}.{name}"


@cache
def _reading(kind: Any) -> _Reading:
    """Make once what reads values of a type: a trial of rules reads some ten thousand walk-ins."""
    if kind is Facts:
        return _read_facts
    if is_dataclass(kind):
        assert isinstance(kind, type)
        return _reading_of_record(kind)
    if get_origin(kind) in (types.UnionType, Union):
        inner = _reading(next(part for part in get_args(kind) if part is not type(None)))
        return lambda raw, where, to: None if raw is None else inner(raw, where, to)
    if get_origin(kind) is tuple:
        return _reading_of_several(_reading(get_args(kind)[0]))
    if issubclass(kind, Enum):
        return _reading_of_choice(kind)
    return _read_day if kind is date else _reading_of_single(kind)


def _read_facts(raw: object, where: _Where, to: _Round) -> object:
    try:
        return to.facts_reader(raw, _in_words(where))
    except FaultyInput as faulty:
        to.faults.extend(faulty.faults)
        return Facts()


def _reading_of_record(kind: type[Any]) -> _Reading:
    hints = get_type_hints(kind)
    readings = {name: _reading(hint) for name, hint in hints.items()}
    # Most fields are plain texts: nothing can be wrong with a text there.
    texts = frozenset(name for name, hint in hints.items() if hint is str)
    needed = [field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING]

    def read(raw: Any, where: _Where, to: _Round) -> object:
        if not isinstance(raw, dict | Mapping):
            return to.fault(where, "must be an object")
        before, values = len(to.faults), {}
        for key in raw:
            if key not in readings:
                to.fault((where, key), "unknown key")
        for name, reading in readings.items():
            if name in raw:
                value = raw[name]
                is_sound = name in texts and type(value) is str
                values[name] = value if is_sound else reading(value, (where, name), to)
        for name in needed:
            if name not in raw:
                to.fault((where, name), "is missing")
        return kind(**values) if len(to.faults) == before else None

    return read


def _reading_of_several(reading: _Reading) -> _Reading:
    def read(raw: Any, where: _Where, to: _Round) -> object:
        if not isinstance(raw, list | tuple):
            return to.fault(where, "must be a list")
        return tuple(reading(item, (where, index), to) for index, item in enumerate(raw))

    return read


def _reading_of_choice(kind: type[Enum]) -> _Reading:
    choices = {choice.value: choice for choice in kind}

    def read(raw: Any, where: _Where, to: _Round) -> object:
        if isinstance(raw, str) and raw in choices:
            return choices[raw]
        return to.fault(where, f"must be one of {', '.join(map(str, choices))}")

    return read


def _reading_of_single(kind: type[Any]) -> _Reading:
    is_number = kind is int

    def read(raw: Any, where: _Where, to: _Round) -> object:
        if not isinstance(raw, kind) or (is_number and isinstance(raw, bool)):
            return to.fault(where, _WRONG.get(kind, "is of wrong type"))
        if is_number and not 0 <= raw <= _MOST_COPIES:
            return to.fault(where, f"must be between 0 and {_MOST_COPIES}")
        return raw

    return read


def _read_day(raw: object, where: _Where, to: _Round) -> object:
    try:
        if isinstance(raw, str) and len(raw) == len("2026-01-31"):
            return date.fromisoformat(raw)
    except ValueError:
        return to.fault(where, f"is not a date: {raw!r}")
    return to.fault(where, "must be a date written YYYY-MM-DD")
