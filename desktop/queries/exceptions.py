"""Which filings are an exception that somebody should look at: overridden, told badly, late, lapsing, neglected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, select

from desktop.domain.acts import UNDER_WAY, Status
from desktop.domain.hazard import OPEN_STATES
from desktop.domain.ledger import LedgerException
from desktop.domain.review import ReviewOutcome
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.review import Review

_UNANSWERED: Final = (Status.AWAITING_REVIEW.value, Status.RETURNED.value)
_UNDER_WAY: Final = sorted(status.value for status in UNDER_WAY)
_OPEN: Final = sorted(state.value for state in OPEN_STATES)
# Of the filings the gate lets through; the plain tables save a second round through it.
_OPINION: Final = Review.__table__
_PATROL: Final = Patrol.__table__.c
_HAZARD: Final = Hazard.__table__.c


def exception_holds(exception: LedgerException, as_of: date) -> ColumnElement[bool]:
    """Give the condition of an exception on a day."""
    return _CONDITIONS[exception](as_of)


def _feedback_overdue(as_of: date) -> ColumnElement[bool]:
    return and_(Filing.status.in_(_UNANSWERED), Filing.feedback_by < as_of)


def _feedback_today(as_of: date) -> ColumnElement[bool]:
    return and_(Filing.status.in_(_UNANSWERED), Filing.feedback_by == as_of)


def _site_check_today(as_of: date) -> ColumnElement[bool]:
    return and_(Filing.site_check_by == as_of, Filing.status == Status.REGISTERED.value)


def _expiring(as_of: date) -> ColumnElement[bool]:
    # The days in which an extension can be asked for, as the version of the rules it was judged by counts them.
    in_window = and_(Filing.valid_until >= as_of, Filing.extension_first <= as_of)
    return and_(in_window, Filing.status == Status.REGISTERED.value)


def _has_opinion(_as_of: date) -> ColumnElement[bool]:
    return Filing.id.in_(select(_OPINION.c.filing_id).where(_OPINION.c.outcome == ReviewOutcome.OPINION.value))


def _is_unpatrolled(_as_of: date) -> ColumnElement[bool]:
    # A site that was never looked at while work may go on; one visit of any kind is a record.
    return and_(Filing.status.in_(_UNDER_WAY), ~exists().where(_PATROL.filing_id == Filing.id))


def _has_open_hazard(_as_of: date) -> ColumnElement[bool]:
    # Whatever became of the registration: one closed over an open hazard is what is looked for most.
    return Filing.id.in_(select(_HAZARD.filing_id).where(_HAZARD.state.in_(_OPEN), _HAZARD.filing_id.is_not(None)))


_CONDITIONS: Final[Mapping[LedgerException, Callable[[date], ColumnElement[bool]]]] = {
    LedgerException.OVERRIDDEN: lambda _as_of: func.json_array_length(Filing.overrides) > 0,
    LedgerException.INCOMPLETE_NOTICE: lambda _as_of: Filing.incomplete_notices > 0,
    LedgerException.FEEDBACK_OVERDUE: _feedback_overdue,
    LedgerException.FEEDBACK_TODAY: _feedback_today,
    LedgerException.SITE_CHECK_TODAY: _site_check_today,
    LedgerException.EXPIRING: _expiring,
    LedgerException.OPINION: _has_opinion,
    LedgerException.UNPATROLLED: _is_unpatrolled,
    LedgerException.OPEN_HAZARD: _has_open_hazard,
}
