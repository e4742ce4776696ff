"""Whether any work on record has a term or a risk, whatever rules the office works by now."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.domain.ledger_fit import OnRecord
from desktop.models.filing import Filing


def on_record(session: Session) -> OnRecord:
    """Say it of the works that are seen."""
    return OnRecord(
        terms=_is_there(session, Filing.valid_until.is_not(None)),
        risks=_is_there(session, or_(Filing.high_risk.is_(True), Filing.escalated_on.is_not(None))),
    )


def _is_there(session: Session, wanted: ColumnElement[bool]) -> bool:
    return session.scalars(select(Filing.id).where(wanted).limit(1)).first() is not None
