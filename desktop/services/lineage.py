"""Under which name this ledger counts its events in the versions of records, also after it was restored.

A ledger put back from a backup counts its events on from where the backup ended.  Events of the days that were lost
bear the same numbers as those that follow: to whoever received packages of those days, a later change would look like
one long known.  So each restore begins a name of its own: the fingerprint of the station and the link of the event by
which the restore is on record.  What was changed in the lost days and again afterwards then stands apart, and a person
decides.
"""

from __future__ import annotations

from bisect import bisect_right

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.package import Versions
from desktop.models.record import AuditEvent, AuditLink

_LINK_DIGITS = 12


class Lineage:
    """The names of this ledger's stretches between restores; the session must see every event."""

    def __init__(self, session: Session, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        asked = (
            select(AuditEvent.id, AuditLink.mac)
            .join(AuditLink, AuditLink.event_id == AuditEvent.id)
            .where(AuditEvent.act == "restore")
            .order_by(AuditEvent.id)
        )
        restores = session.execute(asked).all()
        self._begins = [0, *(event for event, _ in restores)]
        self._names = [fingerprint, *(f"{fingerprint}.{mac[:_LINK_DIGITS]}" for _, mac in restores)]
        self._last = session.scalar(select(func.max(AuditEvent.id))) or 0

    def versions_at(self, event: int) -> dict[str, int]:
        """Give the version of a record that an event changed last: all stretches before it are known to their ends."""
        here = bisect_right(self._begins, event) - 1
        known = {self._names[each]: max(self._begins[each + 1] - 1, 1) for each in range(here)}
        return {**known, self._names[here]: event}

    def owns(self, versions: Versions) -> bool:
        """Say whether a record with these versions was ever changed in this ledger."""
        return any(station.split(".")[0] == self._fingerprint for station in versions)

    def is_beyond(self, versions: Versions) -> bool:
        """Say whether versions name an event of ours that never was; those lost before a restore are others."""
        return versions.get(self._names[-1], 0) > max(self._last, 1)
