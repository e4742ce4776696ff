"""What the office has entered in the district's own platform (纳管系统), filing by filing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class PlatformEntryRow(Base):
    """A number the platform gave to a filing, as a clerk noted it; a correction is a row of its own."""

    __tablename__ = "platform_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    number: Mapped[str]
    entered_at: Mapped[datetime]
    clerk: Mapped[str]
    entered_on: Mapped[date | None]  # the day the platform gives, where it is known
