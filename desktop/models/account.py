"""Accounts of the people who work with the ledger, and the roles they are given."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class Account(Base):
    """One person's account; it is deactivated, never deleted, so that the record keeps its meaning."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str]
    user_key: Mapped[str] = mapped_column(unique=True)  # folded, by which it is found
    name: Mapped[str]
    organisation_id: Mapped[int | None]
    person_id: Mapped[int | None]
    password_hash: Mapped[str]
    must_change: Mapped[bool]
    is_active: Mapped[bool]
    failures: Mapped[int]  # wrong passwords in a row
    is_locked: Mapped[bool]
    made_at: Mapped[datetime]
    password_set_at: Mapped[datetime]


class AccountGrant(Base):
    """One role of an account with where and in which trade it counts; null is everywhere, or every trade."""

    __tablename__ = "account_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str]
    areas: Mapped[list[str] | None]
    departments: Mapped[list[str] | None]
