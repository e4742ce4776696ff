"""Parties of earlier filings, kept so that they can be taken over at the next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class KnownParty(Base):
    """An owner, agent, property owner or contractor as last typed; ``role`` parts contractors from the others."""

    __tablename__ = "known_party"

    role: Mapped[str] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(primary_key=True)  # folded name and number
    name_key: Mapped[str]
    initials: Mapped[str]
    typed: Mapped[dict[str, Any]]
    used_at: Mapped[datetime] = mapped_column(index=True)


class KnownPartyUse(Base):
    """The filings a party stood in: whoever may not see one of them is not offered the party."""

    __tablename__ = "known_party_use"

    role: Mapped[str] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), primary_key=True, index=True)
