"""The first check of high-risk works: which visits count as one, and from which day on."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.patrol import PatrolKind, PatrolResult
from desktop.models.filing import Filing
from desktop.models.patrol import Patrol
from desktop.models.registration_life import RegistrationChange

# Asked of filings that the gate let through already; the plain tables save a second round through it.
_VISIT: Final = Patrol.__table__.c
_CHANGE: Final = RegistrationChange.__table__.c


def is_first_check() -> ColumnElement[bool]:
    """Say whether a visit is a first check; who found no way in has not checked anything."""
    return and_(_VISIT.kind == PatrolKind.FIRST_CHECK.value, _VISIT.result != PatrolResult.NO_ACCESS.value)


def day_raised(filing_id: ColumnElement[Any] | InstrumentedAttribute[int]) -> ScalarSelect[date | None]:
    """Give the last day on which a change made a registered work high-risk, none where none did."""
    raised = and_(~is_high(_CHANGE.assessment_before), is_high(_CHANGE.assessment_after))
    asked = select(func.max(_CHANGE.changed_on)).where(_CHANGE.filing_id == filing_id, raised)
    return asked.scalar_subquery()


def raised_on(session: Session, filing_id: int) -> date | None:
    """Read the last day on which a change made a registered work high-risk, None where none did."""
    return session.scalar(select(day_raised(literal(filing_id))))


def check_begins_on(session: Session, filing: Filing, raised: date) -> date:
    """Give the day from which the check of a work that a change made high-risk is counted.

    An escalation whose own check is still open runs on: the change gives it no fresh term.
    """
    escalated = filing.escalated_on
    if escalated is None or escalated > raised:
        return raised
    checked = select(_VISIT.id).where(
        _VISIT.filing_id == filing.id, is_first_check(), _VISIT.visited_on.between(escalated, raised)
    )
    return escalated if session.scalar(checked.limit(1)) is None else raised


def is_high(assessment: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Say whether the duties of high-risk works applied by a stored assessment, as ``Assessment.is_high_risk``."""
    return or_(*(func.coalesce(func.json_extract(assessment, path), 0) == 1 for path in _DUTIES))


_DUTIES: Final = ("$.high_risk", "$.managed_as_high_risk")
