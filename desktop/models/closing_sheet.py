"""Daily closing sheets (日结单), kept as what they said; on paper each anchors the chain of the trail."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class ClosingSheet(Base):
    """One closing sheet: up to where it counted the chain, and its paper; never changed nor deleted."""

    __tablename__ = "closing_sheet"
    __table_args__ = (UniqueConstraint("day", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    ordinal: Mapped[int]  # how often the day was closed
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    made_by_id: Mapped[int | None]  # account
    event_count: Mapped[int]
    head_mac: Mapped[str]
    pages: Mapped[int]
    sha256: Mapped[str]
    content_sha256: Mapped[str]
    paper: Mapped[dict[str, Any]]
