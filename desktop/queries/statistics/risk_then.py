"""Risk as it was: since when a work is high-risk, and whether the ledger held it to be so at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, false, func, select

from desktop.domain.package import RecordKind
from desktop.models.filing import Filing
from desktop.models.registration_life import RegistrationChange
from desktop.queries.first_checks import day_raised, is_high
from desktop.queries.statistics.known_moments import known_here

_BEFORE: Final = is_high(RegistrationChange.assessment_before)
_AFTER: Final = is_high(RegistrationChange.assessment_after)
_CHANGE_KNOWN: Final = known_here(RecordKind.FILING, RegistrationChange.filing_id, RegistrationChange.done_at)

# A work that a change made high-risk is so from that day on, not from its registration.
HIGH_SINCE: Final = func.coalesce(day_raised(Filing.id).correlate(Filing), Filing.accepted_on)


def was_high(known_by: datetime) -> ColumnElement[bool]:
    """Say whether a work was held to be high-risk at a moment: as before the first later change of that."""
    later = select(_BEFORE).where(
        RegistrationChange.filing_id == Filing.id, _BEFORE != _AFTER, known_by < _CHANGE_KNOWN
    )
    first = later.order_by(RegistrationChange.done_at, RegistrationChange.id).limit(1).correlate(Filing)
    return func.coalesce(first.scalar_subquery(), Filing.high_risk, false())
