"""What the measures of registrations count: made, in progress, changed, extended, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select

from desktop.domain.acts import Status
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.life_acts import CloseOutKind
from desktop.domain.measure import RowKind
from desktop.domain.package import RecordKind
from desktop.domain.period import Period
from desktop.models.filing import Filing
from desktop.models.registration_life import CloseOut, Extension, RegistrationChange
from desktop.queries.statistics.filing_source import (
    ACCEPTED_KNOWN,
    ENDED_KNOWN,
    FILING_JOINS,
    FILING_MEMBERS,
    FILING_SHOWN,
    FILINGS,
    ended_by,
)
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.risk_then import was_high
from desktop.queries.statistics.source import Count, Source, in_period, known

CLOSED: Final = replace(FILINGS, on=Filing.closed_on, known_at=ENDED_KNOWN, done_at=None, word="注销")
REVOKED: Final = replace(FILINGS, on=Filing.revoked_on, known_at=ENDED_KNOWN, done_at=None, word="撤销")
EXTENSIONS: Final = Source(
    row_kind=RowKind.FILING,
    joined=lambda statement: statement.select_from(Extension).join(Filing, Filing.id == Extension.filing_id),
    id=Extension.id,
    opens=Extension.filing_id,
    on=Extension.applied_on,
    known_at=known_here(RecordKind.FILING, Extension.filing_id, Extension.done_at),
    done_at=Extension.done_at,
    shown=replace(FILING_SHOWN, number=Extension.number, note=Extension.reason),
    word="延期",
    members=FILING_MEMBERS,
    member_joins=FILING_JOINS,
)
CHANGES: Final = Source(
    row_kind=RowKind.FILING,
    joined=lambda statement: statement.select_from(RegistrationChange).join(
        Filing, Filing.id == RegistrationChange.filing_id
    ),
    id=RegistrationChange.id,
    opens=RegistrationChange.filing_id,
    on=RegistrationChange.changed_on,
    known_at=known_here(RecordKind.FILING, RegistrationChange.filing_id, RegistrationChange.done_at),
    done_at=RegistrationChange.done_at,
    shown=replace(FILING_SHOWN, number=RegistrationChange.number, note=RegistrationChange.reason),
    word="变更",
    members=FILING_MEMBERS,
    member_joins=FILING_JOINS,
)


def _stands(period: Period) -> ColumnElement[bool]:
    return and_(Filing.accepted_on <= period.last_on, ~ended_by(period.last_on))


def _stood(period: Period, known_by: datetime) -> ColumnElement[bool]:
    had_not_ended = or_(~ended_by(period.last_on), known_by < ENDED_KNOWN)
    return and_(Filing.accepted_on <= period.last_on, known(ACCEPTED_KNOWN, known_by), had_not_ended)


def _is_past(on: date, known_by: datetime | None) -> ColumnElement[bool]:
    """Say that the validity had run out before a day, also where an extension was granted only afterwards."""
    later = Extension.applied_on > on
    if known_by is not None:
        later = or_(later, EXTENSIONS.known_at > known_by)
    extended_since = select(Extension.filing_id).where(later, Extension.valid_before < on)
    return or_(Filing.valid_until < on, Filing.id.in_(extended_since))


_ACCEPTED: Final = in_period(Filing.accepted_on)
_CLOSED: Final = in_period(Filing.closed_on)


def _was_high_risk(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_ACCEPTED(period), known(ACCEPTED_KNOWN, known_by), was_high(known_by))


_IS_CLOSED: Final = Filing.status == Status.CLOSED.value
_IS_LAPSED: Final = exists().where(CloseOut.filing_id == Filing.id, CloseOut.kind == CloseOutKind.LAPSED.value)

REGISTRATION_COUNTS: Final[Mapping[str, Count]] = {
    "registered": Count(source=FILINGS, when=_ACCEPTED),
    "registered_high_risk": Count(
        source=FILINGS, when=_ACCEPTED, known_when=_was_high_risk, only=Filing.high_risk.is_(True)
    ),
    "registered_small_work": Count(source=FILINGS, when=_ACCEPTED, only=Filing.kind == SMALL_WORK),
    "registered_minor_operation": Count(source=FILINGS, when=_ACCEPTED, only=Filing.kind == MINOR_OPERATION),
    # What it follows is not in the index that answers the others: asked for by itself.
    "reregistered": Count(source=FILINGS, when=lambda period: and_(Filing.follows_id.is_not(None), _ACCEPTED(period))),
    "in_progress": Count(source=FILINGS, when=_stands, known_when=_stood, is_stock=True),
    "overdue_open": Count(
        source=FILINGS,
        when=lambda period: and_(_stands(period), _is_past(period.last_on, None)),
        known_when=lambda period, known_by: and_(_stood(period, known_by), _is_past(period.last_on, known_by)),
        is_stock=True,
    ),
    "closed": Count(source=CLOSED, when=_CLOSED, only=_IS_CLOSED),
    "closed_lapsed": Count(source=CLOSED, when=_CLOSED, only=and_(_IS_CLOSED, _IS_LAPSED)),
    "revoked": Count(source=REVOKED, when=in_period(Filing.revoked_on), only=Filing.status == Status.REVOKED.value),
    "extended": Count(source=EXTENSIONS, when=in_period(Extension.applied_on)),
    "changed": Count(source=CHANGES, when=in_period(RegistrationChange.changed_on)),
}
