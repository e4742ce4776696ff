"""What a receiver says of a package, taken into the ledger: what arrived, what was refused and goes up again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.package import SETTLED, Acknowledgement, NotTaken, PackageKind, RecordKind
from desktop.models.package import RefusedRecord, SentPackage
from desktop.services.record_masking import UNMASKABLE
from desktop.services.record_uids import ids_by_uid

Taken = dict[tuple[RecordKind, int], NotTaken]


def package_meant(session: Session, acknowledgement: Acknowledgement) -> SentPackage:
    """Give the package that an acknowledgement is about; raises ``ClerkError("package_not_ours")``."""
    asked = select(SentPackage).where(SentPackage.package_id == acknowledgement.package_id)
    package = session.scalars(asked).first()
    if package is None:
        raise ClerkError("package_not_ours", package_id=acknowledgement.package_id)
    return package


def apply(session: Session, package: SentPackage, told: Acknowledgement, *, at: datetime) -> int:
    """Write down what a receiver told of a package; gives how many records it did not take.

    What was refused before this package was made went up with it, and is settled unless it was refused again.  When a
    later package with the same records has its answer already, that answer stands.
    """
    package.acknowledged_at, package.acknowledged_by = at, told.receiver.name
    package.outcome = {outcome.value: count for outcome, count in told.outcome.items()}
    refused = _subjects(session, told)
    if package.kind != PackageKind.PERIOD.value:
        _settle(session, package, refused)
    if not _is_overtaken(session, package):
        for (kind, subject_id), each in refused.items():
            session.merge(
                RefusedRecord(
                    kind=kind.value,
                    subject_id=subject_id,
                    package_id=package.package_id,
                    reason=each.reason,
                    refused_at=at,
                )
            )
    session.flush()
    return len(refused)


def _subjects(session: Session, told: Acknowledgement) -> Taken:
    """Give what was not taken by the subjects here; what is not here was never sent and means nothing."""
    by_kind: dict[RecordKind, dict[str, NotTaken]] = {}
    for each in told.not_taken:
        if each.outcome not in SETTLED:
            by_kind.setdefault(each.kind, {})[each.uid] = each
    return {(kind, key): each for kind, some in by_kind.items() for key, each in _found(session, kind, some)}


def _found(session: Session, kind: RecordKind, told: Mapping[str, NotTaken]) -> Iterator[tuple[int, NotTaken]]:
    for uid, key in ids_by_uid(session, kind, told).items():
        yield key, told[uid]


def _settle(session: Session, package: SentPackage, refused: Taken) -> None:
    earlier = select(RefusedRecord.kind, RefusedRecord.subject_id).where(RefusedRecord.refused_at <= package.made_at)
    for kind, subject_id in session.execute(earlier).all():
        was_in_it = not package.is_masked or RecordKind(kind) not in UNMASKABLE
        if was_in_it and (RecordKind(kind), subject_id) not in refused:
            session.execute(
                delete(RefusedRecord).where(RefusedRecord.kind == kind, RefusedRecord.subject_id == subject_id)
            )


def _is_overtaken(session: Session, package: SentPackage) -> bool:
    """Say whether a later package that held all of this one was acknowledged before it."""
    if package.kind == PackageKind.PERIOD.value:
        return False
    asked = select(SentPackage.id).where(
        SentPackage.kind != PackageKind.PERIOD.value,
        SentPackage.acknowledged_at.is_not(None),
        SentPackage.id > package.id,
        SentPackage.from_event <= package.from_event,
    )
    return session.scalars(asked.limit(1)).first() is not None
