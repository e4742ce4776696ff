"""Which subjects changed after which event of the trail, all read in one go."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.package import RecordKind
from desktop.models.record import AuditEvent
from desktop.services.record_uids import highest_id

_KINDS: Final = {kind.value: kind for kind in RecordKind}
_EVENTS_AT_ONCE: Final = 20  # one that took in a sheet names thousands of subjects


class ChangedSubjects:
    """The last event that changed each subject, and the first one after ``after``.

    An event counts when it left other rows behind than the one before: whoever only looks at a filing whole, or saves
    its papers, has not changed it.  Reads the whole trail; keeps 24 bytes for each subject.  The session must see
    every event.
    """

    def __init__(self, session: Session, *, after: int = 0) -> None:
        self.after = after
        self._marks = {kind: _Marks(highest_id(session, kind) + 1) for kind in RecordKind}
        self.up_to = 0
        self._scan(session)

    def last(self, kind: RecordKind, key: int) -> int:
        """Give the last event that changed a subject; 0 for none."""
        return self._marks[kind].at(self._marks[kind].last, key)

    def first(self, kind: RecordKind, key: int) -> int:
        """Give the first event after ``after`` that changed a subject; 0 for none."""
        return self._marks[kind].at(self._marks[kind].first, key)

    def ids(self, kind: RecordKind) -> Iterator[int]:
        """Give the subjects of a kind that changed after ``after``, in their order."""
        return (key for key, event in enumerate(self._marks[kind].first) if event)

    def _scan(self, session: Session) -> None:
        asked = select(AuditEvent.id, AuditEvent.filing_id, AuditEvent.touched).order_by(AuditEvent.id)
        for event, filing_id, touched in session.execute(asked.execution_options(yield_per=_EVENTS_AT_ONCE)):
            self.up_to = event
            for kind, key, hashed in _subjects(filing_id, touched):
                self._marks[kind].note(key, event, hashed, is_after=event > self.after)


class _Marks:
    """What is known of the subjects of one kind, by id."""

    def __init__(self, size: int) -> None:
        self._hashes = array("Q", bytes(8 * size))
        self.first, self.last = array("q", bytes(8 * size)), array("q", bytes(8 * size))

    def note(self, key: int, event: int, hashed: str, *, is_after: bool) -> None:
        """Note that an event touched a subject; one that is no longer there is passed over."""
        if not 0 < key < len(self.last):
            return
        # Its first 15 digits are enough to see that nothing changed; without a hash every event counts.
        short = int(hashed[:15], 16) + 1 if hashed else 0
        if short and self._hashes[key] == short:
            return
        self._hashes[key], self.last[key] = short, event
        if is_after and not self.first[key]:
            self.first[key] = event

    def at(self, marks: array[int], key: int) -> int:
        """Give what is noted of a subject."""
        return marks[key] if 0 <= key < len(marks) else 0


def touched_between(session: Session, first: date, last: date) -> dict[RecordKind, set[int]]:
    """Give the subjects that events of some days (local, both included) touched; the session must see every event."""
    asked = select(AuditEvent.filing_id, AuditEvent.touched).where(
        AuditEvent.at >= start_of(first), AuditEvent.at < start_of(last + timedelta(days=1))
    )
    found: dict[RecordKind, set[int]] = {kind: set() for kind in RecordKind}
    for filing_id, touched in session.execute(asked.execution_options(yield_per=_EVENTS_AT_ONCE)):
        for kind, key, _hashed in _subjects(filing_id, touched):
            found[kind].add(key)
    return found


def start_of(day: date) -> datetime:
    """Give the moment at which a local day begins."""
    return datetime.combine(day, time.min).astimezone()


def last_event(session: Session) -> int:
    """Give the number of the last event; 0 in an empty trail."""
    return session.scalar(select(func.max(AuditEvent.id))) or 0


def _subjects(filing_id: int | None, touched: list[Any]) -> Iterator[tuple[RecordKind, int, str]]:
    if not touched and filing_id is not None:
        # Events from before hashes were kept name the filing alone.
        yield RecordKind.FILING, filing_id, ""
    for name, key, hashed in touched:
        kind = _KINDS.get(name)
        if kind is not None and isinstance(key, int):
            yield kind, key, hashed
