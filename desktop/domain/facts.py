"""What is declared about a work: typed, three-valued facts, and how plain data becomes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from typing import Final

from desktop.domain.errors import Fault, FaultyInput


class Blank(Enum):
    """Why a fact has no value; the two are never the same thing, and neither is false or zero."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


UNKNOWN: Final = Blank.UNKNOWN
NOT_APPLICABLE: Final = Blank.NOT_APPLICABLE

FactValue = bool | Decimal | date | str | tuple[str, ...] | tuple["Visit", ...] | Blank


@dataclass(frozen=True, slots=True)
class Visit:
    """An earlier visit: the day, what the notice of that day named, and whether facts changed since."""

    on: date | None
    noticed: tuple[str, ...] | None
    facts_changed: bool = False


class FactType(StrEnum):
    """The closed list of types a fact may have."""

    FLAG = "flag"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"
    TEXTS = "texts"
    FLAG_OR_TEXT = "flag_or_text"
    VISITS = "visits"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One key of the facts: its type, its closed list where it has one, and what absence means."""

    type: FactType
    choices: tuple[str, ...] = ()
    when_absent: FactValue = UNKNOWN


def _flag(when_absent: bool = False) -> FactSpec:
    return FactSpec(FactType.FLAG, when_absent=when_absent)


def _choice(*choices: str) -> FactSpec:
    return FactSpec(FactType.CHOICE, choices)


_NUMBER = FactSpec(FactType.NUMBER)
# A measured value that nobody mentioned is irrelevant, an explicit null is unknown.
_MEASURE = FactSpec(FactType.NUMBER, when_absent=NOT_APPLICABLE)
_DATE = FactSpec(FactType.DATE, when_absent=NOT_APPLICABLE)
_TEXT = FactSpec(FactType.TEXT, when_absent=NOT_APPLICABLE)
_TEXTS = FactSpec(FactType.TEXTS, when_absent=())

SMALL_WORK: Final = "small_work"
MINOR_OPERATION: Final = "minor_operation"

FACT_SPECS: Final[Mapping[str, FactSpec]] = {
    "kind": _choice(SMALL_WORK, MINOR_OPERATION),
    "category": FactSpec(FactType.TEXT),
    "art4_kind": FactSpec(FactType.TEXT, when_absent=NOT_APPLICABLE),
    "contract_amount_yuan": _NUMBER,
    "floor_area_m2": _NUMBER,
    "investment_yuan": _MEASURE,
    "building_area_m2": _MEASURE,
    "building_total_area_m2": _MEASURE,
    "total_contract_amount_yuan": _MEASURE,
    "total_floor_area_m2": _MEASURE,
    "split_contracts_same_site": _flag(),
    "illegal_acts": _TEXTS,
    "structural_change": _flag(),
    "load_increase": _flag(),
    "function_change": _flag(),
    "affects_house_safety": _flag(),
    "design_scheme_available": _flag(),
    "will_obtain_design": _flag(),
    "elevator_work_type": _choice("addition", "alteration", "replacement", "removal"),
    "elevator_addition_kind": _choice("legal_multi_owner_unit_residential", "other"),
    "crowded_place_hot_work": _flag(),
    "confined_space": _flag(),
    "excavation_depth_m": _MEASURE,
    "scaffold_height_m": _MEASURE,
    "scaffold_type": _choice("floor_steel_tube", "cantilever", "other"),
    "hoisting": _flag(),
    "other_dangerous_works": _TEXTS,
    "gas_line_change": _flag(),
    "earthwork": _flag(),
    "earthwork_with_pipelines": _flag(),
    "in_public_area": _flag(),
    "inside_residence": _flag(),
    "inside_enterprise": _flag(),
    "temporary_building": _flag(),
    "emergency_relief": _flag(),
    "after_relief_restoration": _flag(),
    "work_height_m": _MEASURE,
    "special_operations": _TEXTS,
    "filing_channel": _choice("walk_in_street_office", "walk_in_community", "walk_in_property", "online"),
    "filed_on": _DATE,
    "accepted_on": _DATE,
    "completed_on": _DATE,
    "extension_applied_on": _DATE,
    "closeout_applied_on": _DATE,
    "qualification_valid_to": _DATE,
    "safety_licence_valid_to": _DATE,
    "special_cert_valid_to": _DATE,
    "provided_materials": FactSpec(FactType.TEXTS),
    "visits": FactSpec(FactType.VISITS, when_absent=()),
    "municipal_kind": FactSpec(FactType.TEXT),
    "place_kind": _TEXT,
    "sector": _TEXT,
    "owner_kind": _TEXT,
    "facility_zh": _TEXT,
    "public_safety_structure": FactSpec(FactType.FLAG_OR_TEXT, when_absent=False),
    "complex_multi_trade": _flag(),
    "immovable_relic": _flag(),
    "elevator_removed_with_whole_building": _flag(),
    "non_bearing_wall_removal": _flag(),
    "function_change_approved": _flag(),
    "hot_work": _flag(),
    "hot_work_tools_zh": _TEXTS,
    "crowded_place": FactSpec(FactType.FLAG_OR_TEXT, when_absent=False),
    "permit_obtainable": _flag(),
    "construction_permit_obtained": _flag(),
    "other_permit_required": FactSpec(FactType.FLAG_OR_TEXT, when_absent=False),
    "government_decided": _flag(),
    "decision_document": _TEXT,
    "closed_management_place": FactSpec(FactType.FLAG_OR_TEXT, when_absent=False),
    "property_managed": _flag(),
    "contractor_kind": FactSpec(FactType.TEXT, when_absent=NOT_APPLICABLE),
    "self_performed": _flag(),
    "no_contract": _flag(),
    "voluntary_supervision": _flag(),
    "applicant_is_owner": _flag(True),
    "agent": _flag(),
    "completion_accepted": _flag(True),
    "property_ownership": FactSpec(FactType.TEXT, when_absent="legal"),
    "registered": _flag(),
    "finding": FactSpec(FactType.TEXT, when_absent=NOT_APPLICABLE),
    "patrol_finding": FactSpec(FactType.TEXT, when_absent=NOT_APPLICABLE),
    "violation_kind": FactSpec(FactType.TEXT, when_absent=NOT_APPLICABLE),
    "refuses_rectification": _flag(),
    # Facts of this program's own form; absent from the command-line contract's table but harmless there.
    "insulation_material": _flag(),
    "near_metro_or_pipeline": _flag(),
    "hazardous_chemicals": _flag(),
    "dangerous_operations": _TEXTS,
    "risk_kinds": _TEXTS,
    "funding": _TEXT,
    "work_natures": _TEXTS,
    "planned_start_on": _DATE,
    "planned_end_on": _DATE,
}

# What the assessment itself finds out and later rules build on; never read from a file.
DERIVED_SPECS: Final[Mapping[str, FactSpec]] = {
    "high_risk": FactSpec(FactType.FLAG),
    "above_limit": FactSpec(FactType.FLAG),
    "supervision_required": FactSpec(FactType.FLAG),
    "effective_investment_yuan": _NUMBER,
    "effective_building_area_m2": _NUMBER,
}

CONFIG_KEY: Final = "config"

# Beyond these an entry is a slip of the keys, and the sentences that repeat it would no longer be readable.
LARGEST_NUMBER: Final = Decimal(10) ** 15
MOST_DECIMALS: Final = 30
_YEARS: Final = range(1900, 3000)
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def spec_of(key: str) -> FactSpec | None:
    """Give the spec of a declared or derived fact, None for a key that is none."""
    return FACT_SPECS.get(key) or DERIVED_SPECS.get(key)


@dataclass(frozen=True, slots=True)
class Facts(Mapping[str, FactValue]):
    """The declared facts of one matter; ``stated`` holds what was said, the rest has its meaning of absence.

    ``config`` overrides numeric parameters of the pack (第二条末款: limits that change by law).
    """

    stated: Mapping[str, FactValue] = field(default_factory=dict)
    config: Mapping[str, Decimal] = field(default_factory=dict)

    def __getitem__(self, key: str) -> FactValue:
        if key in self.stated:
            return self.stated[key]
        spec = spec_of(key)
        if spec is None:
            raise KeyError(key)
        return spec.when_absent

    def __iter__(self) -> Iterator[str]:
        return iter(FACT_SPECS)

    def __len__(self) -> int:
        return len(FACT_SPECS)

    def is_stated(self, key: str) -> bool:
        """Say whether the key was given at all, even as unknown."""
        return key in self.stated

    def flag(self, key: str) -> bool | None:
        """Give a yes/no fact, None when it is unknown; text counts as yes unless it is empty."""
        value = self[key]
        if value is UNKNOWN:
            return None
        if value is NOT_APPLICABLE:
            return False
        return bool(value)

    def number(self, key: str) -> Decimal | None:
        """Give a number, None when it is unknown or not applicable."""
        value = self[key]
        return value if isinstance(value, Decimal) else None

    def day(self, key: str) -> date | None:
        """Give a date, None when there is none."""
        value = self[key]
        return value if isinstance(value, date) else None

    def text(self, key: str) -> str | None:
        """Give a text or choice, None when there is none."""
        value = self[key]
        return value if isinstance(value, str) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; empty when there are none or they are unknown."""
        value = self[key]
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()

    def with_facts(self, **changes: FactValue) -> Facts:
        """Return the same facts with some stated anew."""
        return Facts({**self.stated, **changes}, self.config)


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
    if isinstance(value, date) and not key.endswith("_valid_to") and value.year not in _YEARS:
        raise ValueError(f"is no likely day: {value.isoformat()}")


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
        return value
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
            number = _read_number(raw, _NUMBER)
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
