"""The second pair of eyes: who asked for a review, what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class Review(Base):
    """One step of review of one filing, open while ``outcome`` is empty; at level 0 an opinion and its answer."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    act_id: Mapped[str | None] = mapped_column(unique=True)  # of what closed it, so that a repeated call counts once
    level: Mapped[int]  # 1, or 2 for the second step
    levels: Mapped[int]  # how many this filing needs, as settings were when it was sent
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    asked_by_id: Mapped[int | None]  # account
    outcome: Mapped[str] = mapped_column(index=True)  # a value of ``ReviewOutcome``
    opinion: Mapped[str]
    answer: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str]
    done_by_id: Mapped[int | None]  # account
