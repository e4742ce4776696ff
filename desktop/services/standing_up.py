"""What is not yet up (未上报), by kind and age, and what a receiver refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.package import RecordKind
from desktop.domain.packing import AgeBand, Refused, Waiting, age_band
from desktop.models.package import RefusedRecord
from desktop.models.record import AuditEvent
from desktop.services.changed_subjects import ChangedSubjects, start_of
from desktop.services.package_choice import unsettled
from desktop.services.record_shape import SHAPES
from desktop.services.record_uids import batches

_DAYS: Final = {AgeBand.TODAY: 0, AgeBand.WEEK: 7, AgeBand.MONTH: 30}
# By what a clerk knows a record of each kind: the columns of its head.
_NAMED_BY: Final[Mapping[RecordKind, tuple[str, ...]]] = {
    RecordKind.PATROL: ("visited_on", "road"),
    RecordKind.LOOSE_PAPER: ("number", "title"),
    RecordKind.LOOSE_ATTACHMENT: ("title",),
}


def waiting(session: Session, changed: ChangedSubjects, on: date) -> tuple[Waiting, ...]:
    """Count what is not yet up on a day, by kind; the age is that of the first change that is not settled.

    A record that has not changed since it was refused is as old as the refusal.
    """
    ages, refused_at = _Ages(session, on), _refused_at(session)
    return tuple(
        _waiting(session, kind, ids, changed, ages, refused_at) for kind, ids in unsettled(session, changed).items()
    )


def refused(session: Session) -> tuple[Refused, ...]:
    """Give what receivers did not take, the oldest first."""
    rows = session.scalars(
        select(RefusedRecord).order_by(RefusedRecord.refused_at, RefusedRecord.kind, RefusedRecord.subject_id)
    ).all()
    names: dict[tuple[str, int], str] = {}
    for kind in {row.kind for row in rows}:
        of_kind = [row.subject_id for row in rows if row.kind == kind]
        names.update({(kind, key): name for key, name in _names(session, RecordKind(kind), of_kind)})
    return tuple(
        Refused(
            kind=RecordKind(row.kind),
            subject_id=row.subject_id,
            name=names.get((row.kind, row.subject_id), ""),
            reason=row.reason,
            package_id=row.package_id,
            refused_at=row.refused_at,
        )
        for row in rows
    )


class _Ages:
    """Tells how old an event is on a day, by the first event of each band."""

    def __init__(self, session: Session, on: date) -> None:
        self.on = on
        self._from = {
            band: session.scalar(
                select(func.min(AuditEvent.id)).where(AuditEvent.at >= start_of(on - timedelta(days=days)))
            )
            for band, days in _DAYS.items()
        }

    def of(self, event: int) -> AgeBand:
        """Give the age of an event."""
        reached = (band for band, first in self._from.items() if first is not None and event >= first)
        return next(reached, AgeBand.OLDER)


def _waiting(
    session: Session,
    kind: RecordKind,
    ids: Collection[int],
    changed: ChangedSubjects,
    ages: _Ages,
    refused_at: Mapping[tuple[str, int], datetime],
) -> Waiting:
    counts, oldest, moments = dict.fromkeys(AgeBand, 0), 0, list[datetime]()
    for key in ids:
        event = changed.first(kind, key)
        if event:
            counts[ages.of(event)] += 1
            oldest = min(oldest or event, event)
        else:
            at = refused_at[(kind.value, key)]
            moments.append(at)
            counts[age_band(at.astimezone().date(), ages.on)] += 1
    if oldest:
        moments.append(session.execute(select(AuditEvent.at).where(AuditEvent.id == oldest)).scalar_one())
    return Waiting(kind=kind, by_age=counts, oldest_at=min(moments, default=None))


def _refused_at(session: Session) -> dict[tuple[str, int], datetime]:
    asked = select(RefusedRecord.kind, RefusedRecord.subject_id, RefusedRecord.refused_at)
    return {(kind, key): at for kind, key, at in session.execute(asked)}


def _names(session: Session, kind: RecordKind, ids: Iterable[int]) -> list[tuple[int, str]]:
    table = SHAPES[kind][0].table
    columns = [table.c[name] for name in _NAMED_BY.get(kind, ("number",))]
    return [
        (key, " ".join(str(part) for part in parts if part))
        for some in batches(ids)
        for key, *parts in session.execute(select(table.c.id, *columns).where(table.c.id.in_(some)))
    ]
