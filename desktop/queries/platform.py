"""What the exchange with the platform asks of the ledger: what awaits entry, whole matters, what to compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.platform_comparison import KnownFiling
from desktop.domain.platform_entries import AwaitingFiling
from desktop.domain.platform_values import PlatformMatter
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing, FilingNumber
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.record import AuditEvent

_BATCH: Final = 200


def awaiting(session: Session) -> tuple[AwaitingFiling, ...]:
    """List the accepted filings that nobody has entered in the platform, the longest waiting first."""
    asked = (
        select(
            Filing.id,
            Filing.number,
            Filing.kind,
            Filing.project_name,
            Filing.owner_name,
            Filing.community,
            Filing.accepted_on,
        )
        .where(Filing.awaits_platform, Filing.registration_number.is_not(None))
        .order_by(Filing.filed_on, Filing.id)
    )
    return tuple(
        AwaitingFiling(
            filing_id=row.id,
            number=row.number,
            kind=row.kind,
            project_name=row.project_name,
            owner_name=row.owner_name,
            community=row.community,
            accepted_on=row.accepted_on,
        )
        for row in session.execute(asked)
    )


def matters(session: Session, ids: Sequence[int]) -> Iterator[PlatformMatter]:
    """Give registered filings whole, in the order of the ids; what is not seen is left out."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        asked = select(Filing).where(Filing.id.in_(batch), Filing.registration_number.is_not(None))
        by_id = {filing.id: filing for filing in session.scalars(asked)}
        for filing_id in batch:
            filing = by_id.get(filing_id)
            if filing is not None:
                yield PlatformMatter(
                    filing_id=filing.id,
                    number=filing.number,
                    walk_in=walk_in_from_plain(filing.walk_in),
                    high_risk=filing.high_risk,
                    accepted_on=filing.accepted_on,
                    valid_until=filing.valid_until,
                )
        session.expunge_all()


def known_filings(session: Session) -> tuple[KnownFiling, ...]:
    """Give every registered filing that is seen as the comparison with the platform's list needs it."""
    numbers: dict[int, list[str]] = defaultdict(list)
    for filing_id, number in session.execute(select(FilingNumber.filing_id, FilingNumber.number)):
        numbers[filing_id].append(number)
    entries = {
        row.filing_id: row
        for row in session.execute(
            select(PlatformEntryRow.filing_id, PlatformEntryRow.number, PlatformEntryRow.entered_on).order_by(
                PlatformEntryRow.id
            )
        )
    }
    events = select(AuditEvent.filing_id, func.max(AuditEvent.at)).where(AuditEvent.filing_id.is_not(None))
    last = {row[0]: row[1] for row in session.execute(events.group_by(AuditEvent.filing_id))}
    asked = select(
        Filing.id,
        Filing.number,
        Filing.project_name,
        Filing.owner_name,
        Filing.place,
        Filing.contractor_name,
        Filing.accepted_on,
    ).where(Filing.registration_number.is_not(None))
    return tuple(
        KnownFiling(
            filing_id=row.id,
            numbers=tuple(dict.fromkeys((row.number, *numbers[row.id]))),
            name=row.project_name,
            owner=row.owner_name,
            place=row.place,
            contractor=row.contractor_name,
            accepted_on=row.accepted_on,
            changed_on=last[row.id].date() if row.id in last else None,
            platform_number=entries[row.id].number if row.id in entries else "",
            entered_on=entries[row.id].entered_on if row.id in entries else None,
        )
        for row in session.execute(asked.order_by(Filing.id))
    )
