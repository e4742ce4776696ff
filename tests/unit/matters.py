"""Ordinary matters for the tests of the decision, and the decision on the facts exactly as declared."""

from __future__ import annotations

from typing import Any

from desktop.domain.assess import assess, facts_as_declared
from desktop.domain.assessment_result import Assessment
from desktop.domain.fact_reading import read_facts
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar

CALENDAR = WorkdayCalendar(known_years=frozenset({2025, 2026}))
SHOP = {"kind": "small_work", "category": "nonresidential_decoration"}
BELOW = {"contract_amount_yuan": 300000, "floor_area_m2": 120}
ABOVE = {"contract_amount_yuan": "1000000.01", "floor_area_m2": "500.01"}
SIGN = {"kind": "minor_operation", "category": "signboard", "in_public_area": True}


def judged(pack: PolicyPack, *parts: dict[str, Any], **facts: Any) -> Assessment:
    """Judge the facts of all parts together; nothing is assumed that they do not say."""
    merged: dict[str, Any] = {}
    for part in (*parts, facts):
        merged |= part
    return assess(facts_as_declared(read_facts(merged), pack), pack, CALENDAR)
