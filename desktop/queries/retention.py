"""When a filing ended, and what hangs on ended filings; the session must see everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import Date, func, select
from sqlalchemy.orm import Session

from desktop.domain.acts import ACTS_FROM, Status
from desktop.models.attachment import Attachment, StagedAttachment
from desktop.models.desk_rows import DraftRow
from desktop.models.filing import Filing, FilingVisit

_ENDED_ON: Final = func.coalesce(Filing.closed_on, Filing.revoked_on, Filing.valid_until, type_=Date)


def scans_of_ended(session: Session) -> Iterator[tuple[Attachment, str, date]]:
    """Give every kept attachment of an ended filing with the filing's number and the day it ended.

    A registered filing ends on the day it was closed or revoked, before that with its validity; another that nothing
    more can be done with on its last visit.
    """
    last_visit = select(FilingVisit.filing_id, func.max(FilingVisit.visited_on).label("on"))
    last = last_visit.group_by(FilingVisit.filing_id).subquery()
    found = (
        select(Attachment, Filing.number, _ENDED_ON, last.c.on)
        .join(Filing, Filing.id == Attachment.filing_id)
        .join(last, last.c.filing_id == Filing.id)
        .where(Attachment.purged_at.is_(None), Filing.status.in_(_ended()))
        .order_by(Attachment.id)
    )
    for row, number, ended_on, on in session.execute(found):
        yield row, number, ended_on or on


def drafts_with_scans(session: Session) -> Iterator[tuple[DraftRow, int]]:
    """Give every draft with how many scans were picked for it."""
    counted = select(StagedAttachment.draft_id, func.count().label("scans")).group_by(StagedAttachment.draft_id)
    scans = counted.subquery()
    found = select(DraftRow, scans.c.scans).outerjoin(scans, scans.c.draft_id == DraftRow.id)
    for row, count in session.execute(found.order_by(DraftRow.saved_at)):
        yield row, count or 0


def _ended() -> tuple[str, ...]:
    return tuple(status.value for status in Status if not ACTS_FROM[status])
