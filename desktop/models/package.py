"""Packages sent and received, what of them is not settled, and what came from elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class SentPackage(Base):
    """One package (上报包) written; acknowledged or not."""

    __tablename__ = "sent_package"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    package_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]  # since_last, period, all
    from_event: Mapped[int]  # of the trail: what changed after this event …
    to_event: Mapped[int]  # … up to this one
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    is_masked: Mapped[bool]
    has_attachments: Mapped[bool]
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("known_station.id"))  # sealed to; none for open
    counts: Mapped[dict[str, Any]]  # kind of subject: number of records
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    made_by_id: Mapped[int | None]  # account
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str]  # name of the station that did
    outcome: Mapped[dict[str, Any]]  # what the acknowledgement says: outcome: number of records


class RefusedRecord(Base):
    """A record that the receiver did not take; it goes up again with the next package."""

    __tablename__ = "refused_record"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[str]
    reason: Mapped[str]
    refused_at: Mapped[datetime]


class ReceivedPackage(Base):
    """One package taken in, with what became of its records."""

    __tablename__ = "received_package"
    __table_args__ = (Index("ix_received_package_station_id", "station_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    package_id: Mapped[str] = mapped_column(unique=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("known_station.id"))
    kind: Mapped[str]
    from_event: Mapped[int]
    to_event: Mapped[int]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    is_masked: Mapped[bool]
    chain_count: Mapped[int]  # where the sender's trail ended
    chain_mac: Mapped[str]
    made_at: Mapped[datetime]
    file_sha256: Mapped[str]
    outcome: Mapped[dict[str, Any]]  # new, changed, same, older, conflict, rejected: number of records
    not_taken: Mapped[list[Any]]  # kind, uid, outcome, reason of those neither taken nor known already
    received_at: Mapped[datetime]
    received_by: Mapped[str]
    received_by_id: Mapped[int | None]  # account


class ForeignSubject(Base):
    """A subject that came from another station, and in which version it lies here.

    ``versions`` counts the last event of each station that changed it: {fingerprint: event}.  What changed here since
    ``local_event`` is ours on top of it.  The moments of receiving say when this ledger came to know what lies in it.
    """

    __tablename__ = "foreign_subject"
    __table_args__ = (UniqueConstraint("kind", "uid"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str]
    station_id: Mapped[int] = mapped_column(ForeignKey("known_station.id"), index=True)
    versions: Mapped[dict[str, Any]]
    local_event: Mapped[int]
    is_masked: Mapped[bool]
    first_received_at: Mapped[datetime | None]
    last_received_at: Mapped[datetime | None]


class ExchangeConflict(Base):
    """A record that changed on both sides; a person decides which stays, and both stay on record."""

    __tablename__ = "exchange_conflict"
    __table_args__ = (Index("ix_exchange_conflict_open", "decided_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    uid: Mapped[str]
    package_id: Mapped[str]
    station_id: Mapped[int] = mapped_column(ForeignKey("known_station.id"))
    ours: Mapped[dict[str, Any]]  # the record as it lay here
    theirs: Mapped[dict[str, Any]]  # the record as it came
    found_at: Mapped[datetime]
    decision: Mapped[str]  # ours, theirs; empty while it is open
    reason: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]
    decided_by_id: Mapped[int | None]  # account


class AwaitedFile(Base):
    """The bytes of an attachment that was told of and did not come along."""

    __tablename__ = "awaited_file"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("known_station.id"))
    told_at: Mapped[datetime]
