"""Which sites the plan wants visited by a day: the last visit of each work under way, against its class."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.acts import UNDER_WAY
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.found_site import REGISTRABLE
from desktop.domain.patrol import DueVisit
from desktop.domain.patrol_plan import PatrolPlan, PlanClass, PlanRule, due_on
from desktop.domain.site import SiteRef
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.patrol import Patrol

_UNDER_WAY: Final = tuple(status.value for status in UNDER_WAY)
_NOT_YET_REGISTERED: Final = tuple(state.value for state in REGISTRABLE)
_OFF: Final = PlanRule()


def due_visits(
    session: Session, plan: PatrolPlan, *, expired: date, until: date, community: str | None = None
) -> tuple[DueVisit, ...]:
    """List the visits that the plan wants by ``until``, the earliest first; nothing while every class is off.

    A registration that ended before ``expired`` counts as expired (``domain.expiry.expired_before``).
    """
    rules = [rule for rule in plan.values() if rule.is_on]
    if not rules:
        return ()
    seen_by = until if any(rule.is_monthly for rule in rules) else until - timedelta(days=_shortest(rules))
    found = [*_registered(session, plan, expired, seen_by, community), *_found(session, plan, seen_by, community)]
    return tuple(
        sorted((visit for visit in found if visit.due_on <= until), key=lambda visit: (visit.due_on, visit.number))
    )


def plan_class(filing: Any, expired: date) -> PlanClass:
    """Give the class of a work under way; ``filing`` has the columns escalated_on, high_risk, valid_until, kind."""
    if filing.escalated_on is not None:
        return PlanClass.ESCALATED
    if filing.high_risk:
        return PlanClass.HIGH_RISK
    if filing.valid_until is not None and filing.valid_until < expired:
        return PlanClass.EXPIRED
    return PlanClass.MINOR if filing.kind == MINOR_OPERATION else PlanClass.ORDINARY


def _registered(
    session: Session, plan: PatrolPlan, expired: date, seen_by: date, community: str | None
) -> Iterator[DueVisit]:
    # The index of visits by filing and day alone answers this, once for each work under way.
    last = select(func.max(Patrol.visited_on)).where(Patrol.filing_id == Filing.id).scalar_subquery()
    asked = select(
        Filing.id,
        func.coalesce(Filing.registration_number, Filing.number).label("number"),
        Filing.project_name,
        Filing.place,
        Filing.community,
        Filing.kind,
        Filing.high_risk,
        Filing.escalated_on,
        Filing.valid_until,
        Filing.accepted_on,
        last.label("last_on"),
    ).where(Filing.status.in_(_UNDER_WAY), func.coalesce(last, Filing.accepted_on) <= seen_by)
    if community is not None:
        asked = asked.where(Filing.community == community)
    for row in session.execute(asked):
        of_class = plan_class(row, expired)
        begins = {PlanClass.ESCALATED: row.escalated_on, PlanClass.EXPIRED: row.valid_until}.get(
            of_class, row.accepted_on
        )
        if (visit := _due(plan, of_class, row, SiteRef(filing_id=row.id), begins=begins)) is not None:
            yield visit


def _found(session: Session, plan: PatrolPlan, seen_by: date, community: str | None) -> Iterator[DueVisit]:
    if not plan.get(PlanClass.FOUND, _OFF).is_on:
        return
    last = select(func.max(Patrol.visited_on)).where(Patrol.found_site_id == FoundSite.id).scalar_subquery()
    asked = select(
        FoundSite.id,
        FoundSite.number,
        FoundSite.work.label("project_name"),
        FoundSite.place,
        FoundSite.community,
        FoundSite.found_on,
        last.label("last_on"),
    ).where(FoundSite.state.in_(_NOT_YET_REGISTERED), func.coalesce(last, FoundSite.found_on) <= seen_by)
    if community is not None:
        asked = asked.where(FoundSite.community == community)
    for row in session.execute(asked):
        visit = _due(plan, PlanClass.FOUND, row, SiteRef(found_site_id=row.id), begins=row.found_on)
        if visit is not None:
            yield visit


def _due(plan: PatrolPlan, of_class: PlanClass, row: Any, ref: SiteRef, *, begins: date) -> DueVisit | None:
    rule = plan.get(of_class, _OFF)
    last_on = date.fromisoformat(row.last_on) if isinstance(row.last_on, str) else row.last_on
    by = due_on(rule, last=last_on, begins=begins)
    if by is None:
        return None
    return DueVisit(
        ref=ref,
        number=row.number,
        project_name=row.project_name,
        place=row.place,
        community=row.community,
        grid="",
        plan_class=of_class,
        last_visited_on=last_on,
        due_on=by,
        article=rule.article,
        is_unverified=rule.is_unverified,
    )


def _shortest(rules: list[PlanRule]) -> int:
    return min(rule.every_days for rule in rules)
