"""What is told upward beside the ledger, what insurers tell, and notes on patrollers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class Feedback(Base):
    """A situation or an opinion told to the level above (情况反馈, 平台使用意见建议) and what came back."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_told_on", "told_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]  # situation, platform
    noticed_on: Mapped[date]
    content: Mapped[str]
    told_to: Mapped[str]
    told_on: Mapped[date | None]
    reply: Mapped[str]
    replied_on: Mapped[date | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    noted_by_id: Mapped[int | None]  # account


class PreventionService(Base):
    """One accident prevention service an insurer gave at a site, as its list tells."""

    __tablename__ = "prevention_service"
    __table_args__ = (Index("ix_prevention_service_served_on", "served_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_import.id"))
    insurer: Mapped[str]
    policy_number: Mapped[str]
    project_name: Mapped[str]
    place: Mapped[str]
    served_on: Mapped[date]
    service: Mapped[str]
    findings: Mapped[str]
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"), index=True)


class PatrollerNote(Base):
    """A restricted note on a patroller who did not do the duty, or on integrity."""

    __tablename__ = "patroller_note"
    __table_args__ = (Index("ix_patroller_note_name", "patroller", "noted_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    patroller: Mapped[str]
    organisation: Mapped[str]
    kind: Mapped[str]  # duty, integrity
    happened_on: Mapped[date]
    facts: Mapped[str]
    handling: Mapped[str]
    decided_by: Mapped[str]
    noted_on: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    noted_by_id: Mapped[int | None]  # account
