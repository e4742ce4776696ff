"""On what a notice rests: on the rules themselves, or on the clerk's own reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desktop.domain.assessment_result import Assessment
from desktop.domain.counter_rules import PROPERTY_POINT, STREET_POINTS
from desktop.domain.pack_rules import Outcome

_OUTCOMES: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        "permit_notice": Outcome.PERMIT_REQUIRED,
        "must_not_start": Outcome.PROHIBITED,
        "transfer_sheet": Outcome.PROHIBITED,
        "not_applicable": Outcome.NOT_APPLICABLE,
    }
)


def is_by_rule(code: str, assessment: Assessment) -> bool:
    """Say whether the rules themselves give what a notice tells; otherwise it rests on the clerk's own reason."""
    if code == "to_street_office":
        return assessment.acceptance_point in STREET_POINTS or assessment.acceptance_point == PROPERTY_POINT
    return assessment.outcome is _OUTCOMES.get(code)
