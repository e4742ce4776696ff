"""A desk with a registered site and a patroller at work, and hazards as a patroller would type them."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.domain.access import Role
from desktop.domain.hazard import HazardDraft, HazardRequest, Measure, StepKind, StepRequest
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import person

PATROLLER = person(11, "何巡", Role.PATROLLER)
OTHER_COMMUNITY = person(12, "余外", Role.PATROLLER, areas=frozenset({"新禾社区"}))
TODAY = factories.FILED_ON


def draft(**changes: Any) -> HazardDraft:
    """A scaffold without rail, to be put right in three days."""
    values: dict[str, Any] = {
        "finding": "below_safety_standard",
        "description": "移动脚手架作业面没有防护栏",
        "spot": "一层门头",
        "measures": (Measure.HALT, Measure.URGE),
        "due_on": date(2026, 3, 5),
    }
    return HazardDraft(**{**values, **changes})


def asked(site: SiteRef, *drafts: HazardDraft, **changes: Any) -> HazardRequest:
    """A request to record hazards found today."""
    values: dict[str, Any] = {
        "act_id": "visit-1",
        "site": site,
        "hazards": drafts or (draft(),),
        "found_on": TODAY,
    }
    return HazardRequest(**{**values, **changes})


def step(desk: Desk, hazard_id: int, kind: StepKind, **changes: Any) -> StepRequest:
    """A step of today with a sentence."""
    values: dict[str, Any] = {
        "act_id": f"{kind.value}-{hazard_id}",
        "hazard_id": hazard_id,
        "kind": kind,
        "on": desk.office.today(),
        "text": "已到现场查看",
    }
    return StepRequest(**{**values, **changes})
