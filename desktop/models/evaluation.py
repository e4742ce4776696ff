"""Rounds of evaluation (专项评价): what was asked, what the organisations said, what was seen on site."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class EvaluationRoundRow(Base):
    """One round with its table of items as it was when the round was opened."""

    __tablename__ = "evaluation_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    period: Mapped[str]  # code of the period: 2025-H1
    self_due_on: Mapped[date | None]
    organisations: Mapped[list[str]]
    visited: Mapped[list[str]]
    items: Mapped[list[Any]]
    seed: Mapped[str]  # of the draw of those visited; empty for chosen by hand
    closed_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    opened_by_id: Mapped[int | None]  # account


class EvaluationLineRow(Base):
    """What is said of one organisation under one item at one stage."""

    __tablename__ = "evaluation_line"

    round_id: Mapped[int] = mapped_column(ForeignKey("evaluation_round.id"), primary_key=True)
    organisation: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[str | None]  # Decimal as text
    text: Mapped[str]
    evidence: Mapped[str]
    problem: Mapped[str]
    measure: Mapped[str]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]


class SampledProjectRow(Base):
    """One project seen on site."""

    __tablename__ = "sampled_project"
    __table_args__ = (Index("ix_sampled_project_round_id", "round_id", "organisation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("evaluation_round.id"))
    organisation: Mapped[str]
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"), index=True)
    project: Mapped[str]
    seen_on: Mapped[date]
    findings: Mapped[list[Any]]  # entry of the dictionary of hazards and what was seen
    result: Mapped[str]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
