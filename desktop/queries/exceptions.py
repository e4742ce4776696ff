"""Which filings are an exception that somebody should look at: overridden, not told whole, late, about to lapse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select

from desktop.domain.acts import Status
from desktop.domain.ledger import LedgerException
from desktop.domain.review import ReviewOutcome
from desktop.models.filing import Filing
from desktop.models.review import Review

EXPIRES_WITHIN_DAYS: Final = 15  # the days in which an extension can be asked for (第二十五条)
_UNANSWERED: Final = (Status.AWAITING_REVIEW.value, Status.RETURNED.value)
_OPINION: Final = Review.__table__


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
    last = as_of + timedelta(days=EXPIRES_WITHIN_DAYS)
    return and_(Filing.valid_until.between(as_of, last), Filing.status == Status.REGISTERED.value)


def _has_opinion(_as_of: date) -> ColumnElement[bool]:
    # Of the filings the gate lets through; the plain table saves a second round through it.
    return Filing.id.in_(select(_OPINION.c.filing_id).where(_OPINION.c.outcome == ReviewOutcome.OPINION.value))


_CONDITIONS: Final[Mapping[LedgerException, Callable[[date], ColumnElement[bool]]]] = {
    LedgerException.OVERRIDDEN: lambda _as_of: func.json_array_length(Filing.overrides) > 0,
    LedgerException.INCOMPLETE_NOTICE: lambda _as_of: Filing.incomplete_notices > 0,
    LedgerException.FEEDBACK_OVERDUE: _feedback_overdue,
    LedgerException.FEEDBACK_TODAY: _feedback_today,
    LedgerException.SITE_CHECK_TODAY: _site_check_today,
    LedgerException.EXPIRING: _expiring,
    LedgerException.OPINION: _has_opinion,
}
