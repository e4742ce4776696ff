"""The papers every matter is asked for, and the decision on a matter below the limits with some facts changed."""

from __future__ import annotations

from typing import Any

from desktop.domain.assess import assess
from desktop.domain.assessment_result import Assessment
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import declared

CALENDAR = WorkdayCalendar()
# 第二十八条(一)至(四) for an owner who files for his own house and hires a contractor.
ALWAYS = {"28-1", "28-2.1-id", "28-2.2-title", "28-3", "28-4"}
PLAIN = {"category": "other_building_and_ancillary"}
SIGN = {"kind": "minor_operation", "category": "signboard", "in_public_area": True}


def judged(pack: PolicyPack, *parts: dict[str, Any], **facts: Any) -> Assessment:
    """Judge an ordinary small work whose facts the parts add to or change."""
    merged: dict[str, Any] = {}
    for part in (*parts, facts):
        merged |= part
    return assess(declared(**merged), pack, CALENDAR)
