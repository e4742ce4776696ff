"""What the office itself keeps: drafts, calendar days, settings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class DraftRow(Base):
    """An unfinished form."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime]
    filing_id: Mapped[int | None]
    account_id: Mapped[int | None]  # whose it is; null before there were accounts
    follows_id: Mapped[int | None]  # the registration that this one is to take the place of
    found_site_id: Mapped[int | None]  # the work found unregistered that it was begun from
    walk_in: Mapped[dict[str, Any]]


class CalendarDayRow(Base):
    """A day that differs from Monday to Friday; kind ``plain`` keeps a shipped day from coming back."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    source: Mapped[str]
    is_shipped: Mapped[bool]


class Setting(Base):
    """One setting by its key."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
