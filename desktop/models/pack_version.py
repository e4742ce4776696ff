"""Versions of the rules made or received here, beside those that come with the program."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class PackVersionRow(Base):
    """One version of a place's rules, whole: what it says never depends on a file of the program."""

    __tablename__ = "pack_version"
    __table_args__ = (Index("ix_pack_version_pack_id", "pack_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    pack_id: Mapped[str]
    version: Mapped[str]
    state: Mapped[str]  # VersionState
    effective_from: Mapped[date | None]
    based_on: Mapped[str]  # the version it was made from; empty for one received
    rules: Mapped[str]  # TOML
    papers: Mapped[str]  # TOML
    sha256: Mapped[str]  # over both
    note: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    made_by_id: Mapped[int | None]  # account
    written_by: Mapped[list[Any]]  # whoever wrote in it: [account or None, name]; none of them lets it bind
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str]
    submitted_by_id: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]
    decided_by_id: Mapped[int | None]
    decision: Mapped[str]  # reason of who decided
    origin: Mapped[dict[str, Any] | None]  # the station that signed one received: name, code, fingerprint
