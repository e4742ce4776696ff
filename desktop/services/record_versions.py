"""In which versions subjects lie here: what this station changed last, on top of what came from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.package import RecordKind, Versions, merged
from desktop.models.package import ForeignSubject
from desktop.services.changed_subjects import ChangedSubjects
from desktop.services.lineage import Lineage
from desktop.services.record_uids import batches


class RecordVersions:
    """Versions by subject: {fingerprint of a station: its last event that changed the record}.

    Of an own subject the last event here; of one from elsewhere what came with it, and the last event here when that
    is later than the event that took it in.
    """

    def __init__(self, own: Lineage, changed: ChangedSubjects) -> None:
        self._own, self._changed = own, changed

    def of(self, session: Session, kind: RecordKind, ids: Sequence[int]) -> Mapping[int, tuple[Versions, bool]]:
        """Give the versions of some subjects, and whether each lies here masked only."""
        foreign = _foreign(session, kind, ids)
        return {key: self._versions(kind, key, foreign.get(key)) for key in ids}

    def _versions(self, kind: RecordKind, key: int, foreign: ForeignSubject | None) -> tuple[Versions, bool]:
        last = self._changed.last(kind, key)
        if foreign is None:
            # What no event ever touched is as old as the trail: a version is at least 1.
            return self._own.versions_at(max(last, 1)), False
        stated: Versions = foreign.versions
        if last > foreign.local_event:
            stated = merged(stated, self._own.versions_at(last))
        return stated, foreign.is_masked


def _foreign(session: Session, kind: RecordKind, ids: Sequence[int]) -> dict[int, ForeignSubject]:
    found: dict[int, ForeignSubject] = {}
    for some in batches(ids):
        asked = select(ForeignSubject).where(ForeignSubject.kind == kind.value, ForeignSubject.subject_id.in_(some))
        for row in session.scalars(asked):
            found[row.subject_id] = row
            # Rows of hundreds of thousands of subjects are not kept in the session.
            session.expunge(row)
    return found
