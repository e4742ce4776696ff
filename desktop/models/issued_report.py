"""Statistical reports: saved definitions, and those printed, with the figures that they said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class ReportDefinitionRow(Base):
    """A saved definition of a report."""

    __tablename__ = "report_definition"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    definition: Mapped[dict[str, Any]]
    texts: Mapped[dict[str, Any]]  # what the manager wrote last under which heading
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    saved_by_id: Mapped[int | None]  # account


class IssuedReport(Base):
    """One printed report; never changed."""

    __tablename__ = "issued_report"
    __table_args__ = (Index("ix_issued_report_last_on", "last_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    period: Mapped[str]  # code of the period
    first_on: Mapped[date]
    last_on: Mapped[date]
    as_of: Mapped[datetime]
    scope: Mapped[str]
    grants: Mapped[list[Any]]  # the areas and departments counted: [areas or null, departments or null] each
    report: Mapped[dict[str, Any]]  # the report as computed
    fingerprint: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_document.id"))
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]
    issued_by_id: Mapped[int | None]  # account
