"""Hazards (隐患) from finding to clearing: 发现、查处、整改、销项."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base
from desktop.models.on_site import OnSite

# What enforcement must know and does not yet: few of many, cleared or not.
_UNREPORTED = "report_by IS NOT NULL AND reported_on IS NULL"


class Hazard(OnSite, Base):
    """One problem found on a site; how it stands follows from its steps, whose last dates are kept here."""

    __tablename__ = "hazard"
    __table_args__ = (
        # What is open is a small part; what is due is asked for every minute.
        Index("ix_hazard_state_due", "state", "due_on", "id"),
        Index("ix_hazard_unreported", "report_by", "id", sqlite_where=text(_UNREPORTED)),
        Index("ix_hazard_community", "community", "found_on"),
        Index("ix_hazard_found_on", "found_on", "id"),
        Index("ix_hazard_filing_id", "filing_id"),
        Index("ix_hazard_found_site_id", "found_site_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    patrol_id: Mapped[int | None] = mapped_column(ForeignKey("patrol.id"), index=True)
    report_id: Mapped[int | None]
    found_on: Mapped[date]
    found_at: Mapped[datetime]
    finding: Mapped[str]  # code of the pack's findings
    entry: Mapped[str]  # code in the pack's dictionary of hazards; empty for one described freely
    group: Mapped[str] = mapped_column("check_group")  # 安全生产 消防安全 文明施工 工程质量 管理资料
    description: Mapped[str]
    spot: Mapped[str]  # where on the site
    level: Mapped[str]  # general, major
    responsible: Mapped[str]  # owner, contractor, property, person
    responsible_name: Mapped[str]
    measures: Mapped[list[str]]  # taken on the spot
    state: Mapped[str]
    is_on_the_spot: Mapped[bool]  # put right while the patroller stood there
    due_on: Mapped[date | None]  # term of rectification
    report_by: Mapped[date | None]  # the calendar day on which enforcement must know (当日)
    reported_on: Mapped[date | None]
    feedback_on: Mapped[date | None]  # the contractor says it is put right
    cleared_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    stopped_on: Mapped[date | None]  # work was told to stop
    resumed_on: Mapped[date | None]
    escalated_on: Mapped[date | None]
    supervised_level: Mapped[str]  # 督办; empty for none
    supervised_on: Mapped[date | None]


class HazardStep(Base):
    """One step in the life of a hazard; never changed."""

    __tablename__ = "hazard_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"), index=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    on: Mapped[date] = mapped_column("step_on")
    text: Mapped[str]
    due_on: Mapped[date | None]  # a term set or moved by this step
    patrol_id: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))
    done_at: Mapped[datetime]
    done_by: Mapped[str]
    done_by_id: Mapped[int | None]  # account
