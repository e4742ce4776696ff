"""Taking a ledger from before there was a chain into it: its old events linked, its rows hashed for the first time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop.models.record import AuditEvent
from desktop.services.chain import Chain
from desktop.services.touched import ROWS_OF, every_fingerprint

CHAIN_STARTED: Final = "chain_started"
_WITHOUT_CHAIN: Final = "0001"


def take_over_from(connection: Connection, found: str, *, chain: Chain, at: datetime) -> None:
    """Take over a ledger that a migration just brought from the schema ``found``, where that had no chain."""
    if found == _WITHOUT_CHAIN:
        with Session(connection, join_transaction_mode="rollback_only") as session:
            take_over(session, chain, at=at)
            session.commit()  # to the migration's transaction, which alone decides


def take_over(session: Session, chain: Chain, *, at: datetime) -> int:
    """Link the old events and record what the ledger holds now; gives how many subjects that were.

    Belongs in the very transaction that brings the ledger to the schema with a chain, else an edit made in between
    would be taken for what the program wrote.
    """
    linked = chain.adopt(session)
    subjects = [[kind, key, found] for kind in ROWS_OF for key, found in every_fingerprint(session, kind)]
    if not linked and not subjects:
        return 0
    event = AuditEvent(
        at=at,
        who="",
        station="",
        act=CHAIN_STARTED,
        filing_id=None,
        summary=f"台账升级：接上原有审计记录 {linked} 条，登记现有内容 {len(subjects)} 项的校验值",
        reason="",
        paper_ids=[],
        account_id=None,
        changes=[],
        touched=subjects,
    )
    session.add(event)
    session.flush()
    chain.append(session, event)
    session.flush()
    return len(subjects)
