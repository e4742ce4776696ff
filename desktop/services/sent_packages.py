"""Packages sent, as they stand on record."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.package import Outcome, PackageKind, RecordKind
from desktop.domain.packing import Sent
from desktop.models.package import SentPackage


def all_sent(session: Session) -> tuple[Sent, ...]:
    """Give every package made, the last first."""
    return tuple(sent_of(row) for row in session.scalars(select(SentPackage).order_by(SentPackage.id.desc())))


def sent_of(row: SentPackage) -> Sent:
    """Give a stored package as others see it."""
    return Sent(
        id=row.id,
        package_id=row.package_id,
        kind=PackageKind(row.kind),
        from_event=row.from_event,
        to_event=row.to_event,
        period=None if row.period_from is None or row.period_to is None else (row.period_from, row.period_to),
        is_masked=row.is_masked,
        has_attachments=row.has_attachments,
        receiver_id=row.receiver_id,
        counts={RecordKind(kind): count for kind, count in row.counts.items()},
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        made_at=row.made_at,
        made_by=row.made_by,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        outcome={Outcome(outcome): count for outcome, count in row.outcome.items()},
    )
