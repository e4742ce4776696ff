"""Works found without registration, until they are registered or passed on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class FoundSite(Base):
    """One unregistered work: where, who, until when it is to be registered, and what became of it."""

    __tablename__ = "found_site"
    __table_args__ = (Index("ix_found_site_state", "state", "register_by"), Index("ix_found_site_place", "place_key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    community: Mapped[str] = mapped_column(index=True)
    grid: Mapped[str]
    place: Mapped[str]
    place_key: Mapped[str]
    work: Mapped[str]  # what is being built there
    kind: Mapped[str]  # small_work, minor_operation, above_limit, or empty while it is not known
    owner_name: Mapped[str]
    owner_phone: Mapped[str]
    contractor_name: Mapped[str]
    found_on: Mapped[date]
    found_by: Mapped[str]
    source: Mapped[str]  # patrol, report, campaign
    patrol_id: Mapped[int | None]
    report_id: Mapped[int | None]
    campaign: Mapped[str]
    register_by: Mapped[date | None]  # term of registration
    state: Mapped[str]
    state_on: Mapped[date]
    state_reason: Mapped[str]
    refused_on: Mapped[date | None]
    report_by: Mapped[date | None]  # the calendar day on which enforcement must know (当日)
    reported_on: Mapped[date | None]
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    recorded_by_id: Mapped[int | None]  # account
