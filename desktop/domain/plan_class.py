"""Which class of the patrol plan a site is of, and from which day its visits are counted."""

from __future__ import annotations

from datetime import date

from desktop.domain.acts import UNDER_WAY
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.site import Site


def class_of(site: Site, expired: date) -> PlanClass | None:
    """Give the class of a site, the first that fits as in the worklist; None for works that are over.

    One that ended before ``expired`` counts as expired (``domain.expiry.expired_before``).
    """
    if site.status is None:
        return PlanClass.FOUND
    if site.status not in UNDER_WAY:
        return None
    if site.escalated_on is not None:
        return PlanClass.ESCALATED
    if site.high_risk:
        return PlanClass.HIGH_RISK
    if site.valid_until is not None and site.valid_until < expired:
        return PlanClass.EXPIRED
    return PlanClass.MINOR if site.kind == MINOR_OPERATION else PlanClass.ORDINARY


def patrolled_from(site: Site, plan_class: PlanClass | None) -> date | None:
    """Give the day from which the visits of a class are counted: acceptance, escalation or expiry."""
    if plan_class is PlanClass.ESCALATED:
        return site.escalated_on
    return site.valid_until if plan_class is PlanClass.EXPIRED else site.accepted_on
