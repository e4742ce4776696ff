"""What is declared about a work: typed, three-valued facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Final


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
    "key_classes": _TEXTS,
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
    "design_unit_grade": _TEXT,
    "design_briefing": _flag(),
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


_WHEN_ABSENT: Final = {key: spec.when_absent for key, spec in (*DERIVED_SPECS.items(), *FACT_SPECS.items())}


def spec_of(key: str) -> FactSpec | None:
    """Give the spec of a declared or derived fact, None for a key that is none."""
    return FACT_SPECS.get(key) or DERIVED_SPECS.get(key)


def when_absent(key: str) -> FactValue:
    """Give what it means that nobody stated a fact; raises ``KeyError`` for a key that is none."""
    return _WHEN_ABSENT[key]


@dataclass(frozen=True, slots=True)
class Facts(Mapping[str, FactValue]):
    """The declared facts of one matter; ``stated`` holds what was said, the rest has its meaning of absence.

    ``config`` overrides numeric parameters of the pack (limits that change by law).
    """

    stated: Mapping[str, FactValue] = field(default_factory=dict)
    config: Mapping[str, Decimal] = field(default_factory=dict)

    def __getitem__(self, key: str) -> FactValue:
        return self.stated[key] if key in self.stated else _WHEN_ABSENT[key]

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
