"""Planned patrols: the next visit of every work under way, by the frequency of its class."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from desktop.domain.acts import UNDER_WAY
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.found_site import REGISTRABLE
from desktop.domain.patrol_plan import PlanClass, PlanRule, due_on
from desktop.domain.worklist import TaskKind
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.patrol import Patrol
from desktop.queries.worklist_source import Column, Due, Source, Terms, filing_source

_VISIT: Final = Patrol.__table__.c
_FILING: Final = Filing.__table__.c
# The few that were escalated, by their own index: asked of each filing, every row would be read to its end.
_ESCALATED: Final = select(_FILING.id).where(_FILING.escalated_on.is_not(None))


def planned_patrols(terms: Terms) -> Iterator[Source]:
    """Give a source for each class whose patrols are planned; the classes are those of ``PlanClass``."""
    for plan_class, rule in terms.plan.items():
        if not rule.is_on:
            continue
        if plan_class is PlanClass.FOUND:
            yield _of_found_sites(terms, rule)
            continue
        under_way = Filing.status.in_(sorted(status.value for status in UNDER_WAY))
        begins = {PlanClass.ESCALATED: Filing.escalated_on, PlanClass.EXPIRED: Filing.valid_until}.get(
            plan_class, Filing.accepted_on
        )
        last = _last_visit(_VISIT.filing_id == Filing.id)
        yield filing_source(
            TaskKind.PATROL,
            under_way,
            begins.is_not(None),
            *_of_class(plan_class, terms.expired_before),
            day=_counted_from(rule, last, begins),
            details=(last,),
            **_terms_of(terms, rule),
        )


def _of_found_sites(terms: Terms, rule: PlanRule) -> Source:
    last = _last_visit(_VISIT.found_site_id == FoundSite.id)
    return Source(
        kind=TaskKind.PATROL,
        asked=select(FoundSite.id).where(FoundSite.state.in_(sorted(state.value for state in REGISTRABLE))),
        subject=FoundSite.id,
        found_site=FoundSite.id,
        community=FoundSite.community,
        day=_counted_from(rule, last, FoundSite.found_on),
        details=(last,),
        **_terms_of(terms, rule),
    )


def _terms_of(terms: Terms, rule: PlanRule) -> dict[str, Any]:
    return {"due": _due(rule), "until": terms.ahead, "article": rule.article}


def _due(rule: PlanRule) -> Due:
    def due(start: date) -> date:
        return due_on(rule, last=start, begins=start) or start

    return due


def _last_visit(of_site: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(func.max(_VISIT.visited_on)).where(of_site).scalar_subquery()


def _counted_from(rule: PlanRule, last: ColumnElement[Any], begins: Column) -> ColumnElement[Any]:
    """Give the day the next visit is counted from: the last visit, or when the works began to be patrolled.

    A monthly visit is due in the month in which they began: the month before counts as visited.
    """
    if rule.is_monthly:
        month_before = func.date(begins, "start of month", "-1 day", type_=_VISIT.visited_on.type)
        return case((last >= begins, last), else_=month_before)
    return func.max(begins, func.coalesce(last, begins), type_=_VISIT.visited_on.type)


def _of_class(plan_class: PlanClass, expired: date) -> Iterator[ColumnElement[bool]]:
    """Say which works are of a class: a work is of the first that fits."""
    if plan_class is PlanClass.ESCALATED:
        yield Filing.id.in_(_ESCALATED)
        return
    yield Filing.id.not_in(_ESCALATED)
    if plan_class is PlanClass.HIGH_RISK:
        yield Filing.high_risk.is_(True)
        return
    yield or_(Filing.high_risk.is_(None), Filing.high_risk.is_(False))
    if plan_class is PlanClass.EXPIRED:
        yield Filing.valid_until < expired
        return
    is_minor = Filing.kind == MINOR_OPERATION
    not_past = or_(Filing.valid_until.is_(None), Filing.valid_until >= expired)
    yield and_(not_past, is_minor if plan_class is PlanClass.MINOR else ~is_minor)
