"""What shows how the ledger came to be: audit events, finished acts, taken and void numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class AuditEvent(Base):
    """Who did what, when and why; the database refuses to change or delete one."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    station: Mapped[str]
    act: Mapped[str]
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"), index=True)
    summary: Mapped[str]
    reason: Mapped[str]
    paper_ids: Mapped[list[int]]
    account_id: Mapped[int | None]
    changes: Mapped[list[Any]]  # fields before and after: [field, before, after]
    touched: Mapped[list[Any]]  # what the act left behind: [kind, id, SHA-256 of all its rows]


class AuditLink(Base):
    """One link of the chain: a keyed hash over the event and over the link before it."""

    __tablename__ = "audit_link"

    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), primary_key=True)
    mac: Mapped[str]


class AuditHead(Base):
    """Where the chain ends, sealed by the same key, so that a shortened chain does not pass for a whole one."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)  # always 1
    count: Mapped[int]
    event_id: Mapped[int]
    mac: Mapped[str]
    seal: Mapped[str]


class FinishedAct(Base):
    """An act of a client that is done, so that asking for it again gives the same answer."""

    __tablename__ = "finished_act"

    act_id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    had_draft: Mapped[bool]


class SequenceRow(Base):
    """The last serial taken of one station's series in one year."""

    __tablename__ = "sequence"

    station: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class VoidNumber(Base):
    """A number that no filing holds, with the reason (作废登记)."""

    __tablename__ = "void_number"

    number: Mapped[str] = mapped_column(primary_key=True)
    why: Mapped[str]
    voided_at: Mapped[datetime]
