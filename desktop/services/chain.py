"""The chain of the audit trail: every event is hashed with a key over itself and over the link before it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Select, Table, insert, select
from sqlalchemy.orm import Session

from desktop.models.record import AuditEvent, AuditHead, AuditLink
from desktop.services.stored_form import canonical, names_of, stored_columns

HEAD_ID: Final = 1
START: Final = ""
_BATCH: Final = 500

StoredEvent = Mapping[str, Any]


class Chain:
    """Links events; the key never leaves the program and never lies in the database."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def append(self, session: Session, event: AuditEvent) -> None:
        """Link one event that is flushed already, in the transaction that wrote it."""
        head = session.get(AuditHead, HEAD_ID)
        before, count = (head.mac, head.count) if head is not None else (START, 0)
        stored = next(stored_events(session, only=event.id))
        mac = self.mac(stored, before)
        session.add(AuditLink(event_id=event.id, mac=mac))
        session.merge(self._head(count + 1, event.id, mac))

    def adopt(self, session: Session) -> int:
        """Link the events of a ledger from before there was a chain; gives how many there were.

        Only for the very transaction that brings such a ledger to the schema with a chain: done at any other time it
        would give a new chain to a trail whose own was taken away.
        """
        count, event_id, mac = 0, 0, START
        links = []
        for stored in stored_events(session):
            event_id, mac = stored["id"], self.mac(stored, mac)
            count += 1
            links.append({"event_id": event_id, "mac": mac})
        if links:
            session.execute(insert(AuditLink), links)
            session.add(self._head(count, event_id, mac))
            session.flush()
        return count

    def mac(self, stored: StoredEvent, before: str) -> str:
        """Give the keyed hash of an event, as the file holds it, that follows the link ``before``."""
        return self._hash(b"event", canonical([before, stored]))

    def seal(self, count: int, event_id: int, mac: str) -> str:
        """Give the keyed hash by which the end of the chain is known."""
        return self._hash(b"head", canonical([count, event_id, mac]))

    def derived(self, purpose: bytes) -> bytes:
        """Give a key of 32 bytes for another use, from which nothing of the chain's own follows (HKDF-SHA256)."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"small-works " + purpose).derive(self._key)

    def _head(self, count: int, event_id: int, mac: str) -> AuditHead:
        return AuditHead(id=HEAD_ID, count=count, event_id=event_id, mac=mac, seal=self.seal(count, event_id, mac))

    def _hash(self, purpose: bytes, content: bytes) -> str:
        return hmac.new(self._key, purpose + b"\0" + content, hashlib.sha256).hexdigest()


def stored_events(session: Session, *, only: int | None = None) -> Iterator[dict[str, Any]]:
    """Give the events, or only one, as the file holds them; an empty column is left out, as one added later is."""
    table = AuditEvent.__table__
    assert isinstance(table, Table)
    names = names_of(table)
    asked: Select[Any] = select(*stored_columns(table)).order_by(table.c.id)
    if only is not None:
        asked = asked.where(table.c.id == only)
    for row in session.execute(asked.execution_options(yield_per=_BATCH)):
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}
