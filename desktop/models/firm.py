"""Firms and craftsmen with their certificates, their bad records and measures; what owners look for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class Firm(Base):
    """A firm, sole trader or craftsman of the register; withdrawn from it, never deleted."""

    __tablename__ = "firm"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)  # folded, by which it is found
    initials: Mapped[str]
    id_kind: Mapped[str]
    id_number: Mapped[str]
    number_key: Mapped[str] = mapped_column(unique=True)
    trade: Mapped[str]
    scope: Mapped[str]
    contact_name: Mapped[str]
    phone: Mapped[str]
    listed_phone: Mapped[str]  # a landline that owners may be told
    address: Mapped[str]
    training: Mapped[str]
    remark: Mapped[str]
    is_active: Mapped[bool]
    added_at: Mapped[datetime]


class FirmCertificateRow(Base):
    """One certificate of a firm; null is one that does not run out."""

    __tablename__ = "firm_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    number: Mapped[str]
    grade: Mapped[str]
    valid_to: Mapped[date | None] = mapped_column(index=True)


class BadRecord(Base):
    """A bad record (不良档案) of a firm; it is lifted, never deleted."""

    __tablename__ = "bad_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    ground: Mapped[str]
    decided_on: Mapped[date]
    since: Mapped[date]
    until: Mapped[date | None]  # last day, included; null has no end
    document: Mapped[str]
    decided_by: Mapped[str]
    filing_number: Mapped[str]
    remark: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]
    lifted_on: Mapped[date | None]
    lifted_by: Mapped[str]
    lift_reason: Mapped[str]


class FirmMeasure(Base):
    """A measure taken against a firm."""

    __tablename__ = "firm_measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    kind: Mapped[str]
    taken_on: Mapped[date]
    taken_by: Mapped[str]
    document: Mapped[str]
    remark: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]


class OwnerDemand(Base):
    """What an owner looks for, and what became of it."""

    __tablename__ = "owner_demand"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    works: Mapped[str]
    trade: Mapped[str]
    community: Mapped[str] = mapped_column(index=True)
    place: Mapped[str]
    wanted_from: Mapped[date | None]
    wanted_to: Mapped[date | None]
    owner_name: Mapped[str]
    owner_phone: Mapped[str]
    remark: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    taken_on: Mapped[date]
    taken_by: Mapped[str]
    answer: Mapped[str]
    answered_on: Mapped[date | None]
    answered_by: Mapped[str]
