"""Excel ledgers taken in: the mapping of their columns, each import, and which row became what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class ColumnProfile(Base):
    """A mapping of columns that somebody confirmed, kept for the next sheet with these headings."""

    __tablename__ = "column_profile"
    __table_args__ = (UniqueConstraint("purpose", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]  # old_ledger, platform_list, prevention_services
    name: Mapped[str]
    headings: Mapped[list[str]]
    mapping: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]


class SheetImport(Base):
    """One sheet taken in, in one transaction."""

    __tablename__ = "sheet_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    rows_read: Mapped[int]
    rows_taken: Mapped[int]
    rows_known: Mapped[int]  # taken in before
    rows_refused: Mapped[int]
    imported_at: Mapped[datetime]
    imported_by: Mapped[str]
    imported_by_id: Mapped[int | None]  # account


class ImportedRow(Base):
    """One row of a sheet that became a filing or a service record; known by its content, so that it never doubles."""

    __tablename__ = "imported_row"
    __table_args__ = (Index("ix_imported_row_import_id", "import_id"), UniqueConstraint("purpose", "row_key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("sheet_import.id"))
    purpose: Mapped[str]
    row_key: Mapped[str]  # SHA-256 of what makes the row itself
    row_number: Mapped[int]  # in the sheet
    subject: Mapped[str]
    subject_id: Mapped[int]
    kept: Mapped[dict[str, Any]]  # the cells as they were, by heading, also those that were mapped to nothing
