"""Random inspections (抽查): the frame, the seed, who was drawn, and what was found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class RandomDraw(Base):
    """One draw; ``frame`` and ``seed`` are enough to draw the same filings again."""

    __tablename__ = "random_draw"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    population: Mapped[str]  # who may be drawn, in words
    criteria: Mapped[dict[str, Any]]
    share: Mapped[str]  # a decimal fraction of one
    seed: Mapped[str]
    frame: Mapped[list[str]]  # numbers of all that could be drawn, in order
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))
    drawn_on: Mapped[date]
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[str]
    drawn_by_id: Mapped[int | None]  # account


class DrawnFiling(Base):
    """One filing that was drawn, and what the inspection found."""

    __tablename__ = "drawn_filing"

    draw_id: Mapped[int] = mapped_column(ForeignKey("random_draw.id"), primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), primary_key=True, index=True)
    ordinal: Mapped[int]
    result: Mapped[str]  # empty while it is not inspected
    inspected_on: Mapped[date | None]
    patrol_id: Mapped[int | None]
    note: Mapped[str]


class SplittingVerdict(Base):
    """What a person decided about works that look parted, and why; a later one is another row."""

    __tablename__ = "splitting_verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    group_key: Mapped[str] = mapped_column(index=True)  # which works, so that a further one asks again
    filing_ids: Mapped[list[int]]
    verdict: Mapped[str]
    reason: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str]
    decided_by_id: Mapped[int | None]  # account
