"""Verified data (信息核实): which datum of a filing was checked how, by whom, with what result."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class Verification(Base):
    """One check of one datum; a later check is another row, none is changed."""

    __tablename__ = "verification"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    datum: Mapped[str]
    how: Mapped[str]
    result: Mapped[str]
    note: Mapped[str]
    verified_at: Mapped[datetime]
    verified_by: Mapped[str]
    verified_by_id: Mapped[int | None]  # account
