"""Entries of the registers beside the ledger (登记簿): training, surveys, insurance, accidents, funds and others."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class BookEntry(Base):
    """One entry in one form of it; to put it right a later form is written and this one ended.

    What counted at a moment is what had been recorded by then and was not yet ended: so a report can be made again as
    of any moment.
    """

    __tablename__ = "book_entry"
    __table_args__ = (
        Index("ix_book_entry_kind_happened", "kind", "happened_on", "id"),
        Index("ix_book_entry_uid", "uid", "version"),
        Index("ix_book_entry_filing_id", "filing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    uid: Mapped[str]  # of all forms of one entry
    version: Mapped[int]
    kind: Mapped[str]
    number: Mapped[str]
    happened_on: Mapped[date]
    community: Mapped[str]  # empty where it is about the whole street
    organisation: Mapped[str]
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"))
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    values: Mapped[dict[str, Any]] = mapped_column("entry_values")  # by field key; money and days as text
    import_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_import.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    recorded_by_id: Mapped[int | None]  # account
    ended_at: Mapped[datetime | None]  # put right by a later form, or withdrawn
    end_reason: Mapped[str]
    is_withdrawn: Mapped[bool]
