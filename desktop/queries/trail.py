"""The trail's questions: ids of a whole result, rows of a page, one event whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.trail import TrailCriteria, TrailRow
from desktop.models.account import Account
from desktop.models.filing import Filing, FilingNumber
from desktop.models.issued_document import IssuedDocument
from desktop.models.record import AuditEvent, AuditLink

Span = tuple[datetime | None, datetime | None]
_ROW: Final = (
    AuditEvent.id,
    AuditEvent.at,
    AuditEvent.who,
    AuditEvent.station,
    AuditEvent.act,
    AuditEvent.filing_id,
    AuditEvent.summary,
)


def find_events(session: Session, criteria: TrailCriteria, span: Span) -> tuple[int, ...]:
    """Give the ids of all events asked for, the newest first; ``span`` is the criteria's days as moments."""
    asked = select(AuditEvent.id).where(*_filters(criteria, span)).order_by(AuditEvent.id.desc())
    return tuple(session.scalars(asked))


def event_rows(session: Session, ids: Sequence[int]) -> tuple[TrailRow, ...]:
    """Give the rows of some events in the order of their ids; ids that are gone are left out."""
    found = {row.id: row for row in session.execute(select(*_ROW).where(AuditEvent.id.in_(ids)))}
    numbers = _numbers(session, {row.filing_id for row in found.values() if row.filing_id is not None})
    return tuple(
        TrailRow(
            id=row.id,
            at=row.at,
            who=row.who,
            station=row.station,
            act=row.act,
            number=numbers.get(row.filing_id, ""),
            summary=row.summary,
        )
        for row in (found[event_id] for event_id in ids if event_id in found)
    )


def stored_event(session: Session, event_id: int) -> AuditEvent:
    """Find an event; raises ``ClerkError("no_such_event")``."""
    event = session.get(AuditEvent, event_id)
    if event is None:
        raise ClerkError("no_such_event", event_id=event_id)
    return event


def link_of(session: Session, event_id: int) -> str:
    """Give the link of an event, empty when it has none."""
    return session.scalar(select(AuditLink.mac).where(AuditLink.event_id == event_id)) or ""


def user_name_of(session: Session, account_id: int | None) -> str:
    """Give the user name of an account, empty for none."""
    if account_id is None:
        return ""
    return session.scalar(select(Account.user_name).where(Account.id == account_id)) or ""


def paper_titles(session: Session, ids: Sequence[int]) -> tuple[str, ...]:
    """Give the titles of papers with their numbers."""
    document = IssuedDocument
    found = session.execute(select(document.title, document.number).where(document.id.in_(ids)).order_by(document.id))
    return tuple(f"{row.title}（{row.number}）" for row in found)


def people_and_acts(session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give who ever did something, and the acts that are on record."""
    people = session.scalars(select(AuditEvent.who).distinct())
    acts = session.scalars(select(AuditEvent.act).distinct())
    return tuple(sorted(name for name in people if name)), tuple(sorted(acts))


def _filters(criteria: TrailCriteria, span: Span) -> Iterator[ColumnElement[bool]]:
    first, end = span
    for word in criteria.text.split():
        columns = (AuditEvent.summary, AuditEvent.reason, AuditEvent.who, AuditEvent.station)
        yield or_(*(column.contains(word, autoescape=True) for column in columns))
    if criteria.who:
        yield AuditEvent.who == criteria.who
    if criteria.act:
        yield AuditEvent.act == criteria.act
    if criteria.number.strip():
        yield _about(criteria.number.strip().upper())
    if first is not None:
        yield AuditEvent.at >= first
    if end is not None:
        yield AuditEvent.at < end


def _about(number: str) -> ColumnElement[bool]:
    """Match events of a filing whose number holds the text, and those whose words name it."""
    filings = select(FilingNumber.filing_id).where(FilingNumber.number.contains(number, autoescape=True))
    return or_(AuditEvent.filing_id.in_(filings), AuditEvent.summary.contains(number, autoescape=True))


def _numbers(session: Session, filing_ids: set[int]) -> dict[int, str]:
    found = session.execute(select(Filing.id, Filing.number).where(Filing.id.in_(filing_ids)))
    return {row.id: row.number for row in found}
