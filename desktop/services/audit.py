"""Writing the audit trail: one event in the same transaction as each change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.domain.acts import Office
from desktop.models.record import AuditEvent
from desktop.services.filing_keys import storable


def record_event(
    session: Session,
    office: Office | None,
    *,
    act: str,
    at: datetime,
    summary: str,
    reason: str = "",
    filing_id: int | None = None,
    paper_ids: Sequence[int] = (),
) -> None:
    """Add one event in the name of the clerk on duty; the database never lets it be changed."""
    session.add(
        AuditEvent(
            at=at,
            who=storable(office.clerk_name) if office else "",
            station=storable(office.station_name) if office else "",
            act=act,
            filing_id=filing_id,
            summary=storable(summary),
            reason=storable(reason),
            paper_ids=list(paper_ids),
        )
    )
