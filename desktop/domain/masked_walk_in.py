"""A matter with everything personal covered: how it is shown until somebody asks for it whole (domain.md §10.6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import partial
from typing import Any, Final, TypeVar

from desktop.domain.checked import compact, half_width
from desktop.domain.facts import Facts
from desktop.domain.masking import mask_certificate, mask_id, mask_phone
from desktop.domain.walk_in import Certificate, IdKind, Party, SiteManager, WalkIn, Worker

_T = TypeVar("_T")
# Six of the area, a day of birth, three and a check symbol.
RESIDENT_ID: Final = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
# The same as people write it, in groups of whatever length, and the number of 15 from before 1999.
_AREA: Final = ("[1-9]", *[r"\d"] * 5)
_BORN: Final = (
    "(?:1[ -]?[89]|2[ -]?0)",
    *(r"\d", r"\d"),
    "(?:0[ -]?[1-9]|1[ -]?[0-2])",
    r"(?:0[ -]?[1-9]|[12][ -]?\d|3[ -]?[01])",
)
_GROUPED: Final = "[ -]?".join((*_AREA, *_BORN, *[r"\d"] * 3, r"[\dXx]"))
_OLD_ID: Final = r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
_TYPED_ID: Final = re.compile(rf"(?<!\d)(?:{_GROUPED}|{_OLD_ID})(?!\d)")
_MOBILE: Final = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")


def masked(walk_in: WalkIn, *, shows_area: bool = False) -> WalkIn:
    """Give the matter with numbers of identity documents, telephones and certificates covered, wherever typed.

    Names stay, and so do credit codes, which are public.  No rule prescribes the mask (未核实).
    """
    return _covered(walk_in, shows_area)


def cover_numbers(text: str, *, shows_area: bool = False) -> str:
    """Cover the identity numbers and mobile numbers that somebody typed into an ordinary text."""
    covered = _sub(_TYPED_ID, partial(mask_id, shows_area=shows_area), text)
    return _sub(_MOBILE, mask_phone, covered)


def _sub(pattern: re.Pattern[str], cover: Callable[[str], str], text: str) -> str:
    """Cover what a pattern finds, also in full-width digits; the rest of the text stays as typed."""
    parts, end = [], 0
    # Folding keeps the places: each character becomes one.
    for found in pattern.finditer(half_width(text)):
        parts += [text[end : found.start()], cover(found[0])]
        end = found.end()
    return "".join((*parts, text[end:]))


def shown_number(party: Party, *, shows_area: bool = False) -> str:
    """Give a party's number as lists show it: a credit code whole, every other number covered."""
    number = party.id_number
    if party.id_kind is IdKind.CREDIT_CODE and not RESIDENT_ID.search(compact(number)):
        return number
    return mask_id(number, shows_area=shows_area)


def personal_numbers(walk_in: WalkIn) -> frozenset[str]:
    """Give every number of the matter that is covered, in its compact form."""
    found: set[str] = set()
    _collect(walk_in, found)
    return frozenset(number for number in found if number)


def _covered(value: _T, shows_area: bool) -> _T:
    record: Any = value
    changes: dict[str, Any] = {}
    for field in fields(record):
        part = getattr(value, field.name)
        changes[field.name] = _covered_part(part, shows_area)
    changes.update(_covered_numbers(value, shows_area))
    covered: _T = replace(record, **changes)
    return covered


def _covered_part(part: Any, shows_area: bool) -> Any:
    if isinstance(part, Facts | Enum):
        return part
    if isinstance(part, str):
        return cover_numbers(part, shows_area=shows_area)
    if isinstance(part, tuple):
        return tuple(_covered_part(each, shows_area) for each in part)
    return _covered(part, shows_area) if is_dataclass(part) else part


def _covered_numbers(value: object, shows_area: bool) -> dict[str, str]:
    match value:
        case Party():
            return {"id_number": shown_number(value, shows_area=shows_area), "phone": mask_phone(value.phone)}
        case SiteManager():
            return {"phone": mask_phone(value.phone)}
        case Worker():
            return {"id_number": mask_id(value.id_number, shows_area=shows_area)}
        case Certificate():
            return {"number": mask_certificate(value.number, shows_area=shows_area)}
    return {}


def _collect(value: Any, found: set[str]) -> None:
    covered = _covered_numbers(value, False)
    found.update(compact(getattr(value, name)) for name, shown in covered.items() if getattr(value, name) != shown)
    for field in fields(value):
        part = getattr(value, field.name)
        for each in part if isinstance(part, tuple) else (part,):
            if is_dataclass(each) and not isinstance(each, Facts):
                _collect(each, found)
