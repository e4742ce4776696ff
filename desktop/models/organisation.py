"""Organisations, the street's entrustments of them and the letters of responsibility signed with them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class OrganisationRecord(Base):
    """One organisation of any level; it is deactivated, never deleted."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)  # folded, by which it is found
    level: Mapped[str]
    short_names: Mapped[list[str]]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    areas: Mapped[list[str]]
    phone: Mapped[str]
    is_point: Mapped[bool]
    address: Mapped[str]
    hours: Mapped[str]
    scope: Mapped[str]
    roles: Mapped[list[str]]
    contract_first_on: Mapped[date | None]
    contract_last_on: Mapped[date | None]
    rules_document: Mapped[str]
    lead_department: Mapped[str]
    carrying_body: Mapped[str]
    tasks: Mapped[str]
    is_active: Mapped[bool]


class EntrustmentRecord(Base):
    """What the street entrusted to an organisation, and when it was ended before its term."""

    __tablename__ = "entrustment"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    scope: Mapped[str]
    areas: Mapped[list[str]]
    first_on: Mapped[date]
    last_on: Mapped[date]
    document_number: Mapped[str]
    ended_on: Mapped[date | None]
    made_at: Mapped[datetime]


class LetterRecord(Base):
    """A signed 安全管理工作责任书."""

    __tablename__ = "responsibility_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    area: Mapped[str]
    signed_on: Mapped[date]
    first_on: Mapped[date]
    last_on: Mapped[date]
    document_number: Mapped[str]
