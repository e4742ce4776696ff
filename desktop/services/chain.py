"""The chain of the audit trail: every event is hashed with a key over itself and over the link before it."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.record import AuditEvent, AuditHead, AuditLink
from desktop.services.touched import canonical

_HEAD_ID: Final = 1
_START: Final = ""


class Chain:
    """Links events; the key never leaves the program and never lies in the database."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def append(self, session: Session, event: AuditEvent) -> None:
        """Link one event that is flushed already, in the transaction that wrote it."""
        head = session.get(AuditHead, _HEAD_ID)
        before, count = (head.mac, head.count) if head is not None else (_START, 0)
        mac = self.mac(event, before)
        session.add(AuditLink(event_id=event.id, mac=mac))
        sealed = AuditHead(
            id=_HEAD_ID, count=count + 1, event_id=event.id, mac=mac, seal=self.seal(count + 1, event.id, mac)
        )
        session.merge(sealed)

    def adopt(self, session: Session) -> int:
        """Link the events of a ledger from before there was a chain; gives how many there were."""
        if session.scalar(select(func.count()).select_from(AuditHead)):
            return 0
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
        for event in events:
            self.append(session, event)
        return len(events)

    def mac(self, event: AuditEvent, before: str) -> str:
        """Give the keyed hash of an event that follows the link ``before``."""
        columns = AuditEvent.__table__.columns.keys()
        content = {name: getattr(event, name) for name in columns}
        return self._hash(b"event", canonical([before, content]))

    def seal(self, count: int, event_id: int, mac: str) -> str:
        """Give the keyed hash by which the end of the chain is known."""
        return self._hash(b"head", canonical([count, event_id, mac]))

    def _hash(self, purpose: bytes, content: bytes) -> str:
        return hmac.new(self._key, purpose + b"\0" + content, hashlib.sha256).hexdigest()
