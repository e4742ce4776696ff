"""Persons of the organisations with their posts, and the rotation of patrollers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class PersonRecord(Base):
    """One person of one organisation; deactivated, never deleted."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    phone: Mapped[str]
    posts: Mapped[list[str]]
    certificate_number: Mapped[str]
    note: Mapped[str]
    is_active: Mapped[bool]


class RotationRecord(Base):
    """One turn of a patroller in one area."""

    __tablename__ = "rotation"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    area: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
