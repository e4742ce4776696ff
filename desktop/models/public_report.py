"""Reports from the public and feedback from other bodies."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base
from desktop.models.on_site import OnSite


class PublicReport(OnSite, Base):
    """One report: who said what, who looks into it until when, what came of it, and the answer given."""

    __tablename__ = "public_report"
    __table_args__ = (
        Index("ix_public_report_state", "state", "verify_by"),
        Index("ix_public_report_filing_id", "filing_id"),
        Index("ix_public_report_found_site_id", "found_site_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str]
    source_body: Mapped[str]  # the department or company, where it comes from one
    received_on: Mapped[date] = mapped_column(index=True)
    is_anonymous: Mapped[bool]
    reporter_name: Mapped[str]
    reporter_phone: Mapped[str]
    place: Mapped[str]
    content: Mapped[str]
    state: Mapped[str]
    assigned_to: Mapped[str]
    assigned_on: Mapped[date | None]
    verify_by: Mapped[date | None]
    verified_on: Mapped[date | None]
    verdict: Mapped[str]  # true, partly, untrue, not_found
    result: Mapped[str]
    replied_on: Mapped[date | None]
    reply: Mapped[str]
    deserves_reward: Mapped[bool | None]
    reward_yuan: Mapped[str]  # a decimal; empty for none
    rewarded_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    recorded_by_id: Mapped[int | None]  # account


class PublicReportStep(Base):
    """One step in dealing with a report; never changed."""

    __tablename__ = "public_report_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("public_report.id"), index=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    on: Mapped[date] = mapped_column("step_on")
    text: Mapped[str]
    done_at: Mapped[datetime]
    done_by: Mapped[str]
    done_by_id: Mapped[int | None]  # account
